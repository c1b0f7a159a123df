package domain

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// on is an instant of November 2026 in Hebi.
func on(day, hour, minute int) time.Time {
	return time.Date(2026, time.November, day, hour, minute, 0, 0, clock.City)
}

func TestTermsAt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		now, start time.Time
		held       bool
		ends       time.Time // zero: nothing is offered
	}{
		"by day, two hours":                                          {on(23, 9, 0), on(26, 9, 0), true, on(23, 11, 0)},
		"the last window that fits before the night":                 {on(23, 19, 0), on(26, 9, 0), true, on(23, 21, 0)},
		"what does not fit goes on in the morning":                   {on(23, 20, 30), on(26, 9, 0), true, on(24, 8, 30)},
		"the last minute before the night":                           {on(23, 20, 59), on(26, 9, 0), true, on(24, 8, 59)},
		"in the night it begins in the morning":                      {on(23, 21, 0), on(26, 9, 0), true, on(24, 9, 0)},
		"just before midnight":                                       {on(23, 23, 59), on(26, 9, 0), true, on(24, 9, 0)},
		"after midnight it is the same night":                        {on(24, 0, 0), on(26, 9, 0), true, on(24, 9, 0)},
		"the last minute of the night":                               {on(24, 6, 59), on(26, 9, 0), true, on(24, 9, 0)},
		"the morning's first":                                        {on(24, 7, 0), on(26, 9, 0), true, on(24, 9, 0)},
		"over the end of a month":                                    {on(30, 20, 0), on(34, 9, 0), true, on(31, 8, 0)},
		"a minute more than a day before":                            {on(24, 8, 59), on(25, 9, 0), true, on(24, 10, 59)},
		"a day before, to all until the start":                       {on(24, 9, 0), on(25, 9, 0), false, on(25, 9, 0)},
		"in the night before a morning's shift each hour counts":     {on(24, 23, 30), on(25, 6, 30), false, on(25, 6, 30)},
		"the evening before one that begins just before noon":        {on(24, 21, 0), on(25, 11, 59), false, on(25, 11, 59)},
		"after midnight, the noon is the same day's":                 {on(25, 2, 0), on(25, 11, 59), false, on(25, 11, 59)},
		"tomorrow before noon, but by day: the night is not touched": {on(24, 8, 0), on(25, 11, 59), true, on(24, 10, 0)},
		"a minute before the start":                                  {on(25, 8, 59), on(25, 9, 0), false, on(25, 9, 0)},
		"once it has begun, nothing":                                 {on(25, 9, 0), on(25, 9, 0), false, time.Time{}},
		"nor when it is over":                                        {on(26, 9, 0), on(25, 9, 0), false, time.Time{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, zone := range []*time.Location{clock.City, time.UTC, time.FixedZone("", -7*3600)} { // whatever the server's
				got, ok := TermsAt(c.now.In(zone), c.start.In(zone))
				if ok != !c.ends.IsZero() || got.Held != c.held || !got.EndsAt.Equal(c.ends) {
					t.Errorf("in %s: held %t until %v, %t; want %t until %v", zone, got.Held, got.EndsAt.In(clock.City), ok, c.held, c.ends)
				}
			}
		})
	}
	t.Run("whenever a seat is free, its offer ends by the start, and a held one has two hours of the day", func(t *testing.T) {
		t.Parallel()
		start := on(28, 6, 30)
		for now := on(23, 0, 0); now.Before(start); now = now.Add(7 * time.Minute) {
			got, ok := TermsAt(now, start)
			if !ok || got.EndsAt.After(start) || !got.EndsAt.After(now) {
				t.Fatalf("at %v: %+v", now, got)
			}
			if awakeMinutes := minutesAwake(now, got.EndsAt); got.Held && awakeMinutes != 120 {
				t.Fatalf("at %v: %d minutes of the day until %v", now, awakeMinutes, got.EndsAt.In(clock.City))
			}
		}
	})
}

// minutesAwake counts them one by one.
func minutesAwake(from, to time.Time) (n int) {
	for m := from; m.Before(to); m = m.Add(time.Minute) {
		if hour := m.In(clock.City).Hour(); hour >= 7 && hour < 21 {
			n++
		}
	}
	return n
}

// queue is a shift at 9:00 of the 26th with so many seats and five who came in this order.
type queue struct {
	Shift
	t    *testing.T
	had  map[string]*SignUp
	busy map[string]bool
}

func newQueue(t *testing.T, seats int) *queue {
	t.Helper()
	s, err := NewShift("task", on(26, 9, 0), on(26, 11, 0), seats)
	if err != nil {
		t.Fatal(err)
	}
	q := &queue{Shift: s, t: t, had: map[string]*SignUp{}, busy: map[string]bool{}}
	for i, name := range []string{"a", "b", "c", "d", "e"} {
		q.signUp(name, on(23, 8, i))
	}
	return q
}

// move moves the line as app does, before and after each change.
func (q *queue) move(now time.Time) {
	var line []SignUp
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		if u := q.had[name]; u != nil && (u.State == SignUpWaitlisted || u.State == SignUpOffered) {
			line = append(line, *u)
		}
	}
	slices.SortFunc(line, func(x, y SignUp) int { return x.SignedUpAt.Compare(y.SignedUpAt) })
	for _, u := range q.MoveLine(line, func(u SignUp) bool { return !q.busy[u.VolunteerID] }, now) {
		q.had[u.VolunteerID] = &u
	}
}

func (q *queue) signUp(name string, now time.Time) {
	q.t.Helper()
	q.move(now)
	u, _, err := q.SignUp(name, q.had[name], now)
	if err != nil {
		q.t.Fatalf("%s: %v", name, err)
	}
	q.had[name] = &u
	q.move(now)
}

func (q *queue) withdraw(name string, now time.Time) {
	q.t.Helper()
	q.move(now)
	if _, err := q.Withdraw(q.had[name], false, "有事", now); err != nil {
		q.t.Fatalf("%s: %v", name, err)
	}
	q.move(now)
}

// want compares each one's state, H an offer that is held, O one that is open to all.
func (q *queue) want(when, want string) {
	q.t.Helper()
	letters := map[SignUpState]string{SignUpConfirmed: "C", SignUpWaitlisted: "w", SignUpDeclined: "d", SignUpWithdrawn: "-", SignUpOffered: "O"}
	got, taken, waiting := "", 0, 0
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		u := q.had[name]
		letter := letters[u.State]
		if u.Held {
			letter = "H"
		}
		if u.State == SignUpConfirmed || u.Held {
			taken++
		}
		if u.State == SignUpWaitlisted || u.State == SignUpOffered {
			waiting++
		}
		got += letter
	}
	if diff := cmp.Diff(want, got); diff != "" || q.Taken != taken || q.Waiting != waiting || taken > q.Capacity {
		q.t.Errorf("%s: %s; taken %d, counted %d; waiting %d, counted %d", when, got, taken, q.Taken, waiting, q.Waiting)
	}
}

func TestWaitingList(t *testing.T) {
	t.Parallel()
	t.Run("days before, a seat goes from one to the next, and comes back to who asks again", func(t *testing.T) {
		t.Parallel()
		q := newQueue(t, 2)
		q.want("full", "CCwww")
		q.withdraw("a", on(23, 20, 30))
		q.want("a cannot come", "-CHww")
		q.signUp("a", on(23, 20, 40))
		q.want("a comes back", "wCHww")
		q.move(on(24, 8, 29))
		q.want("c has until 8:30", "wCHww")
		q.move(on(24, 8, 30))
		q.want("c did not answer", "wCdHw")
		q.withdraw("d", on(24, 8, 45))
		q.want("d does not want it", "wCddH")
		q.signUp("e", on(24, 8, 50))
		q.want("e takes it", "wCddC")
		q.withdraw("b", on(24, 8, 55))
		q.want("b cannot come; a was last, and is all who is left", "H-ddC")
		q.signUp("c", on(24, 8, 56))
		q.want("c asks again", "H-wdC")
	})
	t.Run("a seat is kept for whoever has the offer, whoever comes meanwhile", func(t *testing.T) {
		t.Parallel()
		q := newQueue(t, 4)
		q.withdraw("a", on(23, 9, 0))
		q.want("offered to e", "-CCCH")
		q.signUp("a", on(23, 9, 1))
		q.want("a waits", "wCCCH")
	})
	t.Run("in the last day it is offered to all, the first has it, and the others wait on", func(t *testing.T) {
		t.Parallel()
		q := newQueue(t, 2)
		q.withdraw("a", on(25, 22, 0))
		q.want("to all", "-COOO")
		q.signUp("d", on(25, 22, 5))
		q.want("d was first", "-CwCw")
		q.withdraw("b", on(25, 23, 0))
		q.want("again, to who is left", "--OCO")
		q.withdraw("c", on(25, 23, 1))
		q.want("c does not want it", "--dCO")
		q.move(on(26, 9, 0))
		q.want("the start ends it, and e was not asked in vain", "--dCw")
	})
	t.Run("in the last day whoever is quicker than those who wait has the seat", func(t *testing.T) {
		t.Parallel()
		q := newQueue(t, 4)
		q.withdraw("a", on(25, 22, 0))
		q.signUp("a", on(25, 22, 1))
		q.want("a thought better of it", "CCCCw")
	})
	t.Run("an offer from before the last day runs out first", func(t *testing.T) {
		t.Parallel()
		q := newQueue(t, 1)
		q.withdraw("a", on(25, 8, 0))
		q.want("held", "-Hwww")
		q.move(on(25, 9, 59))
		q.want("still", "-Hwww")
		q.move(on(25, 10, 0))
		q.want("then to all", "-dOOO")
	})
	t.Run("who is busy at that time is passed over, and keeps the place", func(t *testing.T) {
		t.Parallel()
		q := newQueue(t, 1)
		q.busy["b"] = true
		q.withdraw("a", on(23, 9, 0))
		q.want("c is next", "-wHww")
		q.busy["b"] = false
		q.withdraw("c", on(23, 9, 5))
		q.want("b is free again", "-Hdww")
	})
	t.Run("more seats go to as many", func(t *testing.T) {
		t.Parallel()
		q := newQueue(t, 1)
		q.Capacity = 3
		q.move(on(23, 9, 0))
		q.want("two more", "CHHww")
	})
	t.Run("an offer is no seat once it has ended", func(t *testing.T) {
		t.Parallel()
		q := newQueue(t, 4)
		q.withdraw("a", on(23, 9, 0))
		q.signUp("a", on(23, 9, 0))
		q.signUp("e", on(23, 11, 0))
		q.want("e was a moment late: a has it, e is at the end of the line", "HCCCw")
	})
}
