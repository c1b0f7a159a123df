package app_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// swapped is a task with two shifts in two and three days, and somebody with a
// seat in the first who made a link.
type swapped struct {
	*town
	first, second app.ShiftView
	giver         string
	secret        string
}

func newSwap(t *testing.T, capacity int) swapped {
	t.Helper()
	w := newTown(t)
	start := w.clock.Now().Add(48 * time.Hour).Truncate(time.Minute)
	first := w.givenShift(func(n *app.NewTask) {
		n.Shifts = nil
		for _, from := range []time.Time{start, start.Add(24 * time.Hour)} {
			n.Shifts = append(n.Shifts, app.NewShift{StartsAt: from, EndsAt: from.Add(2 * time.Hour), Capacity: capacity})
		}
	})
	task, err := w.FindTask(w.as(w.leader), first.TaskID)
	w.must(err)
	s := swapped{town: w, first: task.Shifts[0], second: task.Shifts[1]}
	s.giver = w.signUp(s.first)
	s.secret = s.link(s.giver, s.first)
	return s
}

func (s swapped) link(who string, shift app.ShiftView) string {
	s.t.Helper()
	_, secret, err := s.OfferSwap(s.as(who), s.standing(who, shift).ID)
	s.must(err)
	return secret
}

// holds compares who has a seat in a shift, and that as many are counted.
func (s swapped) holds(shift app.ShiftView, people ...string) {
	s.t.Helper()
	var have []string
	s.must(s.db.Owner(s.t).Select(&have, `SELECT volunteer_id FROM sign_ups WHERE shift_id = $1 AND state = 'confirmed' ORDER BY volunteer_id`, shift.ID))
	slices.Sort(people)
	if !slices.Equal(have, people) {
		s.t.Errorf("%v have seats, want %v", have, people)
	}
	if n := s.count(`SELECT taken FROM shifts WHERE id = $1`, shift.ID); n != len(people) {
		s.t.Errorf("%d seats are counted, want %d", n, len(people))
	}
}

func (s swapped) told(kind, who string) int {
	return s.count(`SELECT count(*) FROM outbox WHERE body->>'kind' = $1 AND body->>'volunteer_id' = $2`, kind, who)
}

func TestSwap(t *testing.T) {
	t.Parallel()
	t.Run("a seat goes to whoever opens the link: once, with nothing counted against anybody, and the leaders know", func(t *testing.T) {
		t.Parallel()
		s := newSwap(t, 1)
		s.leapTo(s.first.StartsAt.Add(-2 * time.Hour)) // the link of the day before is too old
		taker := id.New()
		if _, err := s.TakeSwap(s.as(taker), s.secret, ""); !errors.Is(err, domain.ErrSwapOver) {
			t.Errorf("an old link: %v", err)
		}
		old, secret := s.secret, s.link(s.giver, s.first)
		view, err := s.FindSwap(s.as(taker), secret)
		s.must(err)
		if view.ID != s.first.ID || view.Mine || !view.Swap.EndsAt.Equal(s.first.StartsAt) {
			t.Errorf("she sees %+v", view)
		}
		key := idempotency.WithKey(s.as(taker), id.New())
		for _, ctx := range []context.Context{key, key, s.as(taker)} {
			u, err := s.TakeSwap(ctx, secret, "")
			s.must(err)
			if u.State != domain.SignUpConfirmed || u.VolunteerID != taker {
				t.Errorf("she has %+v", u)
			}
		}
		s.holds(s.first, taker)
		if n := s.count(`SELECT count(*) FROM sign_ups WHERE volunteer_id = $1 AND state = 'withdrawn' AND reason = '换班' AND NOT late`, s.giver); n != 1 {
			t.Error("the giver's seat is not withdrawn, or counts as late")
		}
		if s.told("swap.seat_taken", s.giver) != 1 || s.told("swap.taken", s.leader) != 1 || s.told("swap.taken", s.deputy) != 1 {
			t.Error("not each was told once")
		}
		for name, c := range map[string]error{
			"the same link by another": errOf(s.TakeSwap(s.as(id.New()), secret, "")),
			"the link before":          errOf(s.TakeSwap(s.as(id.New()), old, "")),
		} {
			if !errors.Is(c, domain.ErrSwapOver) {
				t.Errorf("%s: %v", name, c)
			}
		}
		if _, err := s.FindSwap(s.as(taker), "no such secret"); !errors.Is(err, domain.ErrNoSwap) {
			t.Errorf("no link: %v", err)
		}
	})
	t.Run("what the rules of signing up refuse is refused, and nothing moves", func(t *testing.T) {
		t.Parallel()
		s := newSwap(t, 2)
		busy, minor, second := id.New(), id.New(), s.signUp(s.first)
		at := s.givenShift(func(n *app.NewTask) {
			n.Details.Title = "普法宣传"
			n.Shifts[0].StartsAt, n.Shifts[0].EndsAt = s.first.StartsAt.Add(time.Hour), s.first.EndsAt.Add(time.Hour)
		})
		_, err := s.SignUp(s.as(busy), at.ID)
		s.must(err)
		s.must(s.db.InTx(t.Context(), func(q postgres.Querier) error {
			return s.RememberMerges(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: minor, Minor: true, WaitsForGuardian: true, Version: 1}})
		}))
		for name, c := range map[string]struct{ err, want error }{
			"elsewhere then":           {errOf(s.TakeSwap(s.as(busy), s.secret, "")), domain.ErrTimeConflict},
			"without a guardian's yes": {errOf(s.TakeSwap(s.as(minor), s.secret, "")), domain.ErrGuardianFirst},
			"with a seat already":      {errOf(s.TakeSwap(s.as(second), s.secret, "")), domain.ErrHasSeat},
			"herself":                  {errOf(s.TakeSwap(s.as(s.giver), s.secret, "")), domain.ErrOwnSwap},
			"another's seat for it":    {errOf(s.TakeSwap(s.as(minor), s.secret, s.standing(second, s.first).ID)), domain.ErrNoSuchSignUp},
		} {
			if !errors.Is(c.err, c.want) {
				t.Errorf("%s: %v, want %v", name, c.err, c.want)
			}
		}
		s.holds(s.first, s.giver, second)
		s.must(s.TakeBackSwap(s.as(s.giver), s.standing(s.giver, s.first).ID))
		if _, err := s.TakeSwap(s.as(id.New()), s.secret, ""); !errors.Is(err, domain.ErrSwapOver) {
			t.Errorf("taken back: %v", err)
		}
		if _, _, err := s.OfferSwap(s.as(second), s.standing(s.giver, s.first).ID); !errors.Is(err, domain.ErrNoSuchSignUp) {
			t.Errorf("a link for another's seat: %v", err)
		}
	})
	t.Run("who withdrew and came back, or has checked in, has the seat of the link no more", func(t *testing.T) {
		t.Parallel()
		s := newSwap(t, 2)
		s.withdraw(s.giver, s.first)
		if _, err := s.TakeSwap(s.as(id.New()), s.secret, ""); !errors.Is(err, domain.ErrSeatGone) {
			t.Errorf("withdrawn: %v", err)
		}
		s.clock.Leap(time.Minute)
		_, err := s.SignUp(s.as(s.giver), s.first.ID)
		s.must(err)
		if _, err := s.TakeSwap(s.as(id.New()), s.secret, ""); !errors.Is(err, domain.ErrSeatGone) {
			t.Errorf("came back: %v", err)
		}
		s.leapTo(s.first.StartsAt.Add(-30 * time.Minute))
		secret := s.link(s.giver, s.first)
		_, err = s.scan(s.giver, s.first, domain.ClaimIn)
		s.must(err)
		if _, err := s.TakeSwap(s.as(id.New()), secret, ""); !errors.Is(err, domain.ErrSeatGone) {
			t.Errorf("checked in: %v", err)
		}
		s.holds(s.first, s.giver)
	})
	t.Run("those who wait come first, but two seats of one task change hands past nobody", func(t *testing.T) {
		t.Parallel()
		s := newSwap(t, 1)
		line := s.signUp(s.first)
		if _, err := s.TakeSwap(s.as(id.New()), s.secret, ""); !errors.Is(err, domain.ErrLineFirst) {
			t.Errorf("given past the line: %v", err)
		}
		taker := s.signUp(s.second)
		view, err := s.FindSwap(s.as(taker), s.secret)
		s.must(err)
		if len(view.Seats) != 1 || view.Waiting != 1 {
			t.Fatalf("she can give %+v", view.Seats)
		}
		_, err = s.TakeSwap(s.as(taker), s.secret, view.Seats[0].SignUp.ID)
		s.must(err)
		s.holds(s.first, taker)
		s.holds(s.second, s.giver)
		if got := s.standing(line, s.first).State; got != domain.SignUpWaitlisted || s.told("swap.exchanged", s.giver) != 1 {
			t.Errorf("who waits is %s", got)
		}
		swaps, err := s.ListSwaps(s.as(s.leader), s.second.ID)
		s.must(err)
		for range 2 {
			s.must(s.UndoSwap(s.as(s.leader), swaps[0].ID))
		}
		s.holds(s.first, s.giver)
		s.holds(s.second, taker)
		if s.told("swap.undone", s.giver) != 1 || s.told("swap.undone", taker) != 1 {
			t.Error("not both were told once that it was undone")
		}
	})
	t.Run("the leader undoes it until the start, while the seats are where it put them; nobody else does", func(t *testing.T) {
		t.Parallel()
		s := newSwap(t, 1)
		undo := func(who, secret string, then func(taker string)) error {
			taker := id.New()
			_, err := s.TakeSwap(s.as(taker), secret, "")
			s.must(err)
			swaps, err := s.ListSwaps(s.as(s.leader), s.first.ID)
			s.must(err)
			then(taker)
			return s.UndoSwap(s.as(who), swaps[0].ID)
		}
		if err := undo(s.giver, s.secret, func(string) {}); !errors.Is(err, domain.ErrNoSwap) {
			t.Errorf("the giver: %v", err)
		}
		swaps, err := s.ListSwaps(s.as(s.leader), s.first.ID)
		s.must(err)
		s.must(s.UndoSwap(s.as(s.deputy), swaps[0].ID))
		s.holds(s.first, s.giver)

		if err := undo(s.leader, s.link(s.giver, s.first), func(string) {
			at := s.givenShift(func(n *app.NewTask) {
				n.Details.Title, n.Shifts[0].StartsAt, n.Shifts[0].EndsAt = "普法宣传", s.first.StartsAt, s.first.EndsAt
			})
			_, err := s.SignUp(s.as(s.giver), at.ID)
			s.must(err)
		}); !errors.Is(err, domain.ErrNoWayBack) {
			t.Errorf("the giver is elsewhere: %v", err)
		}
		swaps, err = s.ListSwaps(s.as(s.leader), s.first.ID)
		s.must(err)
		taker := swaps[0].TakerID
		s.withdraw(taker, s.first)
		s.clock.Leap(time.Minute)
		_, err = s.SignUp(s.as(taker), s.first.ID) // her own seat now
		s.must(err)
		if err := s.UndoSwap(s.as(s.leader), swaps[0].ID); !errors.Is(err, domain.ErrSwapMoved) {
			t.Errorf("moved since: %v", err)
		}
		s.holds(s.first, taker)
		s.leapTo(s.first.StartsAt)
		if err := s.UndoSwap(s.as(s.leader), swaps[0].ID); !errors.Is(err, domain.ErrSwapStarted) {
			t.Errorf("begun: %v", err)
		}
	})
}

func errOf(_ domain.SignUp, err error) error { return err }

func TestSwapRace(t *testing.T) {
	t.Parallel()
	t.Run("many take one link at once: one has the seat", func(t *testing.T) {
		t.Parallel()
		s := newSwap(t, 1)
		errs := make([]error, 16)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() { _, errs[i] = s.TakeSwap(s.as(id.New()), s.secret, "") })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !errors.Is(err, domain.ErrSwapOver) {
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d have it", won)
		}
		s.counted()
	})
	t.Run("the giver withdraws, takes the link back, or exchanges crosswise while it is taken: never a seat too many", func(t *testing.T) {
		t.Parallel()
		s := newSwap(t, 1)
		s.signUp(s.second)
		for range 6 {
			first, second := s.seated(s.first), s.seated(s.second)
			one, two := s.link(first, s.first), s.link(second, s.second)
			u, v := s.standing(first, s.first).ID, s.standing(second, s.second).ID
			var wg sync.WaitGroup
			for i, do := range []func() error{
				func() error { return errOf(s.TakeSwap(s.as(second), one, v)) },
				func() error { return errOf(s.TakeSwap(s.as(first), two, u)) },
				func() error { return errOf(s.TakeSwap(s.as(id.New()), one, "")) },
				func() error { return errOf(s.WithdrawSignUp(s.as(first), u, "有事")) },
				func() error { return s.TakeBackSwap(s.as(second), v) },
			} {
				wg.Go(func() {
					err := do()
					known := []error{domain.ErrSwapOver, domain.ErrSeatGone, domain.ErrNoSwapHere, domain.ErrHasSeat, domain.ErrOtherCannot, domain.ErrLineFirst}
					if err != nil && !slices.ContainsFunc(known, func(k error) bool { return errors.Is(err, k) }) {
						t.Errorf("%d: %v", i, err)
					}
				})
			}
			wg.Wait()
			s.counted()
			if s.count(`SELECT count(*) FROM sign_ups WHERE shift_id = $1 AND state = 'confirmed'`, s.first.ID) == 0 {
				s.signUp(s.first)
			}
		}
	})
}

// seated returns who has the only seat of a shift.
func (s swapped) seated(shift app.ShiftView) (who string) {
	s.t.Helper()
	s.must(s.db.Owner(s.t).Get(&who, `SELECT volunteer_id FROM sign_ups WHERE shift_id = $1 AND state = 'confirmed'`, shift.ID))
	return who
}
