package domain

import (
	"errors"
	"testing"
	"time"
)

func TestPeriod(t *testing.T) {
	t.Parallel()
	s, err := NewPeriod("task", on(20, 15, 0), on(30, 8, 0), 10)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("is its last day, open since its first", func(t *testing.T) {
		t.Parallel()
		if !s.OpenFrom.Equal(on(20, 0, 0)) || !s.StartsAt.Equal(on(30, 0, 0)) || s.EndsAt.Sub(s.StartsAt) != 24*time.Hour {
			t.Errorf("%+v", s)
		}
		for _, until := range []time.Time{on(19, 12, 0), on(20, 0, 0).Add(MostPeriod + 48*time.Hour)} {
			if _, err := NewPeriod("task", on(20, 0, 0), until, 1); !errors.Is(err, ErrPeriodDays) {
				t.Errorf("until %v: %v", until, err)
			}
		}
	})
	t.Run("nobody checks in, and no code is drawn", func(t *testing.T) {
		t.Parallel()
		if _, _, err := s.CheckIn(&SignUp{State: SignUpConfirmed}, nil, MethodLink, on(30, 9, 0)); !errors.Is(err, ErrNoFixedHours) {
			t.Error(err)
		}
		if err := s.Draws(); !errors.Is(err, ErrNoFixedHours) {
			t.Error(err)
		}
	})
	now := on(25, 20, 0)
	record := func(from, to time.Time, done []Done, dayCap int) (Attendance, error) {
		return s.Record(Stretch{VolunteerID: "she", By: "she", Period: Period{from, to}, Word: "打了电话", Number: 1}, "calls", done, dayCap, now)
	}
	t.Run("a stretch is one's own word and counts in full, days before the last", func(t *testing.T) {
		t.Parallel()
		at, err := record(on(22, 9, 0), on(22, 10, 30), nil, 480)
		if err != nil || at.State != AttendanceDeclared || at.Stretch != 1 {
			t.Fatalf("%+v, %v", at, err)
		}
		if err := at.Accept(); err != nil {
			t.Fatal(err)
		}
		if err := at.Confirm(s, "leader", now); err != nil || at.Minutes != 90 || at.Verification != VerificationD {
			t.Errorf("%+v, %v", at, err)
		}
	})
	t.Run("what a leader enters is closed, and entered afterwards", func(t *testing.T) {
		t.Parallel()
		at, err := s.Record(Stretch{VolunteerID: "she", By: "leader", Period: Period{on(22, 9, 0), on(22, 10, 0)}, Word: "没有手机", Number: 2}, "calls", nil, 0, now)
		if err != nil || at.State != AttendanceClosed || s.Verify(at.in(), at.out()) != VerificationC {
			t.Errorf("%+v, %v", at, err)
		}
	})
	t.Run("what cannot be is refused", func(t *testing.T) {
		t.Parallel()
		other := []Done{{From: on(22, 9, 0), To: on(22, 11, 0), ProgrammeID: "calls"}, {From: on(22, 13, 0), To: on(22, 18, 0), ProgrammeID: "river"}}
		for name, c := range map[string]struct {
			from, to time.Time
			dayCap   int
			want     error
		}{
			"before it is open":        {on(19, 9, 0), on(19, 10, 0), 0, ErrStretch},
			"in the future":            {on(25, 19, 0), on(25, 21, 0), 0, ErrStretch},
			"over midnight":            {on(22, 23, 0), on(23, 1, 0), 0, ErrStretch},
			"ends before it begins":    {on(22, 12, 0), on(22, 11, 0), 0, ErrStretch},
			"at the same time":         {on(22, 10, 30), on(22, 11, 30), 0, ErrStretchOverlap},
			"at the time of another":   {on(22, 17, 0), on(22, 19, 0), 0, ErrStretchOverlap},
			"more than a day has":      {on(22, 18, 0), on(22, 20, 0), 200, ErrDayFull},
			"right after, and allowed": {on(22, 11, 0), on(22, 12, 0), 200, nil},
		} {
			if _, err := record(c.from, c.to, other, c.dayCap); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
	})
	t.Run("its last day can be moved on, whatever was done; not back", func(t *testing.T) {
		t.Parallel()
		later := s
		if news, err := later.Change(Times{StartsAt: s.StartsAt.AddDate(0, 0, 3), EndsAt: s.EndsAt.AddDate(0, 0, 3), Capacity: 10}, 4, now); err != nil || !news {
			t.Errorf("%t, %v", news, err)
		}
		sooner := s
		if _, err := sooner.Change(Times{StartsAt: s.StartsAt.AddDate(0, 0, -3), EndsAt: s.EndsAt.AddDate(0, 0, -3), Capacity: 10}, 4, now); !errors.Is(err, ErrTimesFixed) {
			t.Error(err)
		}
	})
}
