package domain

import (
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

func TestReminders(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		now, start time.Time
		day, soon  bool
	}{
		"the day before, a minute before six":                   {on(23, 17, 59), on(24, 9, 0), false, false},
		"the day before at six":                                 {on(23, 18, 0), on(24, 9, 0), true, false},
		"the last of tomorrow":                                  {on(23, 18, 0), on(24, 23, 59), true, false},
		"the first of the day after":                            {on(23, 18, 0), on(25, 0, 0), false, false},
		"at night nobody":                                       {on(23, 21, 0), on(24, 9, 0), false, false},
		"nor after midnight, of a shift at six":                 {on(24, 4, 0), on(24, 6, 0), false, false},
		"in the morning whoever was not reached in the evening": {on(24, 7, 0), on(24, 19, 0), true, false},
		"more than two hours ahead":                             {on(24, 7, 0), on(24, 9, 0), true, false},
		"less than two":                                         {on(24, 7, 1), on(24, 9, 0), true, true},
		"what begins soon after seven, at seven":                {on(24, 7, 0), on(24, 7, 30), true, true},
		"an evening's, two hours ahead":                         {on(24, 18, 1), on(24, 20, 0), true, true},
		"the last day of a month":                               {on(30, 18, 0), on(31, 9, 0), true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, zone := range []*time.Location{clock.City, time.UTC} {
				day, soon := Reminders(c.now.In(zone))
				if got := c.start.Before(day); got != c.day {
					t.Errorf("in %s: the day before: %t", zone, got)
				}
				if got := c.start.Before(soon); got != c.soon {
					t.Errorf("in %s: two hours before: %t", zone, got)
				}
			}
		})
	}
}
