package clock

import (
	"testing"
	"time"
)

func TestShifted(t *testing.T) {
	t.Parallel()
	t.Run("goes on from where it was set, and leaps both ways", func(t *testing.T) {
		t.Parallel()
		var c Shifted
		day := time.Date(2026, 3, 8, 9, 0, 0, 0, City)
		c.SetTo(day)
		if off := c.Now().Sub(day); off < 0 || off > time.Minute {
			t.Errorf("it shows %v after %v", off, day)
		}
		c.Leap(48 * time.Hour)
		c.Leap(-24 * time.Hour)
		if off := c.Now().Sub(day.AddDate(0, 0, 1)); off < 0 || off > time.Minute {
			t.Errorf("a day later it is %v off", off)
		}
	})
	t.Run("tells what PostgreSQL can keep", func(t *testing.T) {
		t.Parallel()
		var c Shifted
		c.Leap(1234567 * time.Nanosecond)
		for name, now := range map[string]time.Time{"shifted": c.Now(), "system": System{}.Now()} {
			if now.Location() != time.UTC || now.Nanosecond()%1000 != 0 {
				t.Errorf("%s: %v is not in UTC to the microsecond", name, now)
			}
		}
	})
	t.Run("the city's day begins at 16:00 UTC, whatever the server has installed", func(t *testing.T) {
		t.Parallel()
		if got := time.Date(2026, 1, 31, 16, 0, 0, 0, time.UTC).In(City).Format(time.DateTime); got != "2026-02-01 00:00:00" {
			t.Errorf("got %s", got)
		}
	})
}
