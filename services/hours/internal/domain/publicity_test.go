package domain

import (
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

func TestPublicity(t *testing.T) {
	t.Parallel()
	set := Publicity{"4106/": 5, "4106/410621/410621100/": 3}
	for path, want := range map[string]int{
		"4106/": 5, "4106/410611/": 5, "4106/410611/410611001/410611001002/": 5, "4106/410621/": 5,
		"4106/410621/410621100/": 3, "4106/410621/410621100/410621100200/": 3, "4106/410621/41062110/": 5, "4105/": UsualPublicity, "": UsualPublicity,
	} {
		if got := set.Days(path); got != want {
			t.Errorf("Days(%s) = %d, want %d", path, got, want)
		}
	}
	if got := (Publicity(nil)).Days("4106/"); got != UsualPublicity {
		t.Errorf("where nothing was set: %d days, want %d", got, UsualPublicity)
	}
	late := time.Date(2026, time.November, 24, 23, 59, 59, 0, clock.City) // still the 24th in Hebi
	if got, want := set.SettlesOn("4106/", late), DayOn(2026, time.November, 29); got != want {
		t.Errorf("posted a second before midnight, it settles on %s, want %s", got, want)
	}
	if got, want := set.SettlesOn("4106/", late.Add(time.Second)), DayOn(2026, time.November, 30); got != want {
		t.Errorf("posted at midnight, it settles on %s, want %s", got, want)
	}
}

// TestSettlingOfQuestions adds up what counts as settled of a line on every day,
// whatever becomes of a question about it.
func TestSettlingOfQuestions(t *testing.T) {
	t.Parallel()
	const question = "0190c0de-0000-7000-8000-000000000009"
	noon := func(d Day) time.Time { return d.Date().Add(4 * time.Hour) }
	line := Entry{ID: "0190c0de-0000-7000-8000-000000000001", Minutes: 120, SettlesOn: 20_100}
	sum := func(on Day, lines []Entry, changes ...SettlingChange) (minutes int) {
		for _, e := range lines {
			if e.Settled(on) {
				minutes += e.Minutes
			}
		}
		for _, c := range changes {
			if c.EffectiveOn <= on {
				minutes += c.Minutes
			}
		}
		return minutes
	}
	held, ok := line.Hold(question, noon(20_098))
	if _, late := line.Hold(question, noon(20_100)); !ok || late {
		t.Errorf("before its day it is held: %v; on its day: %v", ok, late)
	}
	for on := Day(20_090); on < 20_120; on++ {
		if got := sum(on, []Entry{line}, held); got != 0 {
			t.Errorf("while the question is open %d minutes are settled on %s", got, on)
		}
		for _, decided := range []Day{20_099, 20_100, 20_105} {
			want := 0
			if on >= max(decided, line.SettlesOn) {
				want = 120
			}
			if got := sum(on, []Entry{line}, held, line.LetGo(question, noon(decided))); got != want {
				t.Errorf("dismissed on %s: %d minutes are settled on %s, want %d", decided, got, on, want)
			}
			reversal := Entry{Minutes: -120, SettlesOn: max(line.SettlesOn, decided)}
			if got := sum(on, []Entry{line, reversal}, held, line.GiveWay(reversal, question, noon(decided))); got != 0 {
				t.Errorf("reversed on %s: %d minutes are settled on %s", decided, got, on)
			}
		}
	}
}
