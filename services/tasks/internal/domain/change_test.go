package domain

import (
	"errors"
	"testing"
	"time"
)

func TestShiftChange(t *testing.T) {
	t.Parallel()
	moved := Times{StartsAt: after(60), EndsAt: after(210), Capacity: 2}
	for name, c := range map[string]struct {
		to      Times
		state   ShiftState
		present int
		now     time.Time
		news    bool
		want    error
	}{
		"a new time is news":                           {to: moved, now: after(-30), news: true},
		"more seats are none":                          {to: Times{StartsAt: noon, EndsAt: after(150), Capacity: 9}, now: after(-30)},
		"the same again changes nothing, even settled": {to: Times{StartsAt: noon, EndsAt: after(150), Capacity: 2}, state: ShiftConfirmed, now: after(500)},
		"not below who has a seat":                     {to: Times{StartsAt: noon, EndsAt: after(150), Capacity: 1}, now: after(-30), want: ErrTooFewSeats},
		"not once somebody has checked in":             {to: moved, present: 1, now: after(-30), want: ErrTimesFixed},
		"not once it has begun":                        {to: moved, now: noon, want: ErrTimesFixed},
		"more seats while it runs":                     {to: Times{StartsAt: noon, EndsAt: after(150), Capacity: 9}, present: 1, now: after(10)},
		"not into the past":                            {to: Times{StartsAt: after(-60), EndsAt: after(60), Capacity: 2}, now: after(-30), want: ErrShiftPast},
		"not to end before it begins":                  {to: Times{StartsAt: after(60), EndsAt: after(60), Capacity: 2}, now: after(-30), want: ErrShiftTimes},
		"a cancelled one stays cancelled":              {to: moved, state: ShiftCancelled, now: after(-30), want: ErrShiftCancelled},
		"a paused one waits":                           {to: moved, state: ShiftPaused, now: after(-30), want: ErrShiftPaused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := aShift(t)
			s.Taken = 2
			if c.state != "" {
				s.State = c.state
			}
			news, err := s.Change(c.to, c.present, c.now)
			if !errors.Is(err, c.want) || news != c.news {
				t.Errorf("Change = %v, %v; want %v, %v", news, err, c.news, c.want)
			}
			if c.want == nil && (s.Capacity != c.to.Capacity || !s.StartsAt.Equal(c.to.StartsAt)) {
				t.Errorf("shift = %+v", s)
			}
		})
	}
}

func TestShiftCancel(t *testing.T) {
	t.Parallel()
	t.Run("takes no sign-ups, no check-ins and no code, and says why", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		u, _, _ := s.SignUp("a", nil, after(-60))
		if changed, err := s.Cancel("大雨", 0, after(-30)); err != nil || !changed {
			t.Fatalf("Cancel = %v, %v", changed, err)
		}
		if changed, err := s.Cancel("又下雨", 0, after(-20)); err != nil || changed || s.Reason != "大雨" {
			t.Errorf("again: %v, %v, %q", changed, err, s.Reason)
		}
		if _, _, err := s.SignUp("b", nil, after(-20)); !errors.Is(err, ErrShiftCancelled) {
			t.Errorf("sign-up: %v", err)
		}
		if _, _, err := s.CheckIn(&u, nil, MethodLink, noon); !errors.Is(err, ErrShiftCancelled) {
			t.Errorf("check-in: %v", err)
		}
		if err := s.Draws(); !errors.Is(err, ErrShiftCancelled) {
			t.Errorf("code: %v", err)
		}
	})
	t.Run("not where somebody has checked in, not when it is over, not without a reason", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		for _, c := range []struct {
			reason  string
			present int
			now     time.Time
			want    error
		}{{"大雨", 1, after(10), ErrPeoplePresent}, {"大雨", 0, after(150), ErrShiftOver}, {"", 0, after(-10), ErrReasonMissing}} {
			if _, err := s.Cancel(c.reason, c.present, c.now); !errors.Is(err, c.want) {
				t.Errorf("err = %v, want %v", err, c.want)
			}
		}
	})
	t.Run("who is on the spot when it is paused goes home, and it counts", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		u, _, _ := s.SignUp("a", nil, after(-60))
		a, _, err := s.CheckIn(&u, nil, MethodLink, noon)
		if err != nil {
			t.Fatal(err)
		}
		s.State, s.Reason = ShiftPaused, "暴雨"
		if changed, err := s.CheckOut(&a, MethodTap, after(30)); err != nil || !changed {
			t.Errorf("CheckOut = %v, %v", changed, err)
		}
		if err := s.Settles(1); err != nil {
			t.Errorf("Settles = %v", err)
		}
		if err := s.Settles(0); !errors.Is(err, ErrShiftPaused) {
			t.Errorf("with nobody there: %v", err)
		}
	})
}

func TestTaskChange(t *testing.T) {
	t.Parallel()
	published := func(t *testing.T) Task {
		t.Helper()
		task := aTask(t, nil)
		if err := task.Publish([]Shift{aShift(t)}, noon); err != nil {
			t.Fatal(err)
		}
		return task
	}
	t.Run("another place is news, a better description is none", func(t *testing.T) {
		t.Parallel()
		task := published(t)
		d := task.Details
		d.Description = "自带水杯"
		if news, err := task.Change("programme", d); err != nil || news {
			t.Errorf("description: %v, %v", news, err)
		}
		d.Place = "淇水湾西门"
		if news, err := task.Change("programme", d); err != nil || !news {
			t.Errorf("place: %v, %v", news, err)
		}
	})
	t.Run("a published one keeps its programme and all that the law wants said", func(t *testing.T) {
		t.Parallel()
		task := published(t)
		d := task.Details
		if _, err := task.Change("another", d); !errors.Is(err, ErrProgrammeFixed) {
			t.Errorf("err = %v", err)
		}
		d.Risks = " "
		if _, err := task.Change("programme", d); !errors.Is(err, ErrRisksMissing) {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("a cancelled one is neither changed nor published", func(t *testing.T) {
		t.Parallel()
		task := published(t)
		if changed, err := task.Cancel("大雨"); err != nil || !changed {
			t.Fatal(changed, err)
		}
		if _, err := task.Change("programme", task.Details); !errors.Is(err, ErrTaskCancelled) {
			t.Errorf("err = %v", err)
		}
		if err := task.Publish([]Shift{aShift(t)}, noon); !errors.Is(err, ErrTaskCancelled) {
			t.Errorf("err = %v", err)
		}
	})
}
