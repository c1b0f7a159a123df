package domain

import (
	"errors"
	"testing"
	"time"
)

func TestHandOver(t *testing.T) {
	t.Parallel()
	now := after(-120)
	for name, c := range map[string]struct {
		shift   func(*Shift)
		from    SignUpState
		to      SignUpState
		at      time.Time
		want    error
		waiting int
	}{
		"to somebody new":                  {nil, SignUpConfirmed, SignUpWithdrawn, now, nil, 2},
		"to somebody who declined once":    {nil, SignUpConfirmed, SignUpDeclined, now, nil, 2},
		"to one of the line, in exchange":  {nil, SignUpConfirmed, SignUpWaitlisted, now, nil, 1},
		"to who has a seat":                {nil, SignUpConfirmed, SignUpConfirmed, now, ErrHasSeat, 2},
		"to who is asked":                  {nil, SignUpConfirmed, SignUpOffered, now, ErrHasSeat, 2},
		"from who withdrew":                {nil, SignUpWithdrawn, SignUpWithdrawn, now, ErrSeatGone, 2},
		"from who waits":                   {nil, SignUpWaitlisted, SignUpWithdrawn, now, ErrSeatGone, 2},
		"when it has begun":                {nil, SignUpConfirmed, SignUpWithdrawn, after(0), ErrNoSwapHere, 2},
		"where there are no fixed hours":   {func(s *Shift) { s.OpenFrom = after(-9999) }, SignUpConfirmed, SignUpWithdrawn, now, ErrNoSwapHere, 2},
		"where it does not take place":     {func(s *Shift) { s.State = ShiftCancelled }, SignUpConfirmed, SignUpWithdrawn, now, ErrShiftCancelled, 2},
		"where it is held back for a time": {func(s *Shift) { s.State = ShiftPaused }, SignUpConfirmed, SignUpWithdrawn, now, ErrShiftPaused, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := aShift(t)
			s.Taken, s.Waiting = 3, 2
			if c.shift != nil {
				c.shift(&s)
			}
			from, to := SignUp{ID: "f", State: c.from}, SignUp{ID: "t", State: c.to}
			err := s.HandOver(&from, &to, c.at)
			if !errors.Is(err, c.want) || s.Taken != 3 || s.Waiting != c.waiting {
				t.Fatalf("%v, %d taken, %d wait; want %v", err, s.Taken, s.Waiting, c.want)
			}
			moved := from.State == SignUpWithdrawn && !from.Late && from.Reason == ReasonSwapped && to.State == SignUpConfirmed && to.SignedUpAt.Equal(c.at)
			if moved != (c.want == nil) {
				t.Errorf("from %+v to %+v", from, to)
			}
		})
	}
}

func TestNewSwap(t *testing.T) {
	t.Parallel()
	seat := SignUp{ID: "u", VolunteerID: "v", State: SignUpConfirmed, SignedUpAt: after(-9999)}
	t.Run("a link is good for a day, or until the start, and for this seat only", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		for _, c := range []struct{ ahead, life time.Duration }{{72 * time.Hour, 24 * time.Hour}, {2 * time.Hour, 2 * time.Hour}} {
			now := s.StartsAt.Add(-c.ahead)
			w, secret, err := NewSwap(s, seat, false, now)
			if err != nil || len(secret) != 22 || !w.EndsAt.Equal(now.Add(c.life)) || string(w.Hash) != string(SwapHash(secret)) {
				t.Fatalf("%+v, %v", w, err)
			}
			if w.Good(w.EndsAt.Add(-1)) != nil || !errors.Is(w.Good(w.EndsAt), ErrSwapOver) {
				t.Error("it is good too long, or not long enough")
			}
			anew := seat
			anew.SignedUpAt = now.Add(time.Second)
			if !w.From(seat) || w.From(anew) {
				t.Error("the seat of the link is another")
			}
		}
	})
	t.Run("only who has a seat and is not there yet makes one", func(t *testing.T) {
		t.Parallel()
		s := aShift(t)
		waits := seat
		waits.State = SignUpWaitlisted
		for name, c := range map[string]struct {
			u       SignUp
			present bool
		}{"waits": {waits, false}, "there": {seat, true}} {
			if _, _, err := NewSwap(s, c.u, c.present, after(-60)); !errors.Is(err, ErrNoSwapHere) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
