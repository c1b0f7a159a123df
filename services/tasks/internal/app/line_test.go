package app_test

import (
	"encoding/json"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// shiftIn returns a shift of two hours that begins so long from now.
func (w *town) shiftIn(ahead time.Duration, seats int) app.ShiftView {
	w.t.Helper()
	start := w.clock.Now().Add(ahead).Truncate(time.Minute)
	return w.givenShift(func(n *app.NewTask) {
		n.Shifts = []app.NewShift{{StartsAt: start, EndsAt: start.Add(2 * time.Hour), Capacity: seats}}
	})
}

// full returns a shift of so many seats, so long from now, that is full, with
// who has the seats and who waits, in order.
func (w *town) full(ahead time.Duration, seats, waiting int) (s app.ShiftView, seated, line []string) {
	w.t.Helper()
	s = w.shiftIn(ahead, seats)
	for range seats {
		seated = append(seated, w.signUp(s))
	}
	for range waiting {
		line = append(line, w.signUp(s))
	}
	return s, seated, line
}

// standing returns somebody's sign-up as they see it.
func (w *town) standing(v string, s app.ShiftView) domain.SignUp {
	w.t.Helper()
	view, err := w.FindPresence(w.as(v), s.ID)
	w.must(err)
	if view.SignUp == nil {
		w.t.Fatal("not signed up")
	}
	return *view.SignUp
}

func (w *town) withdraw(v string, s app.ShiftView) {
	w.t.Helper()
	_, err := w.WithdrawSignUp(w.as(v), w.standing(v, s).ID, "有事")
	w.must(err)
}

func (w *town) states(s app.ShiftView, people ...string) (states []domain.SignUpState) {
	w.t.Helper()
	for _, v := range people {
		states = append(states, w.standing(v, s).State)
	}
	return states
}

// offers returns who was told of a seat, by kind, oldest first.
func (w *town) offers(kind tasksv1.NoticeKind) (people []string) {
	w.t.Helper()
	var bodies [][]byte
	w.must(w.db.Owner(w.t).Select(&bodies, `SELECT body FROM outbox WHERE subject = $1 ORDER BY tx, id`, tasksv1.NoticeDue{}.Subject()))
	for _, body := range bodies {
		var e tasksv1.NoticeDue
		w.must(json.Unmarshal(body, &e))
		if e.Kind == kind {
			people = append(people, e.VolunteerID)
		}
	}
	return people
}

// counted fails when the shift's counts are not those of its sign-ups.
func (w *town) counted() {
	w.t.Helper()
	const wrong = `
		SELECT count(*)
		FROM shifts s
		WHERE s.taken <> (SELECT count(*) FROM sign_ups u WHERE u.shift_id = s.id AND (u.state IN ('confirmed', 'no_show') OR u.held))
			OR s.waiting <> (SELECT count(*) FROM sign_ups u WHERE u.shift_id = s.id AND u.state IN ('waitlisted', 'offered'))`
	if n := w.count(wrong); n > 0 {
		w.t.Errorf("%d shifts are counted wrong", n)
	}
}

// replica is another process of the service on the same database.
func (w *town) replica() *app.App {
	a := app.New(w.db.DB, w.clock, auth.NewVerifier(w.signer.PublicKeys(), w.clock), w.People(), slog.New(slog.DiscardHandler))
	w.t.Cleanup(a.Close)
	return a
}

func TestWaitingList(t *testing.T) {
	t.Parallel()
	t.Run("the way of a seat: held, lapsed, declined, to all, taken", func(t *testing.T) {
		t.Parallel()
		w := newTown(t) // Monday 8:30
		s, seated, line := w.full(72*time.Hour, 2, 4)
		view, err := w.FindPresence(w.as(line[1]), s.ID)
		w.must(err)
		if view.Waiting != 4 || view.InLine != 2 || view.Taken != 2 {
			t.Errorf("%d wait, in line %d, taken %d", view.Waiting, view.InLine, view.Taken)
		}
		w.withdraw(seated[0], s)
		if u := w.standing(line[0], s); !u.Held || !u.OfferEndsAt.Equal(u.OfferedAt.Add(2*time.Hour)) {
			t.Errorf("offered at %v until %v, held %t", u.OfferedAt, u.OfferEndsAt, u.Held)
		}
		w.clock.Leap(119 * time.Minute)
		w.must(w.DoDuties(t.Context()))
		want := []domain.SignUpState{domain.SignUpOffered, domain.SignUpWaitlisted, domain.SignUpWaitlisted, domain.SignUpWaitlisted}
		if diff := cmp.Diff(want, w.states(s, line...)); diff != "" {
			t.Errorf("before it ends (-want +got):\n%s", diff)
		}
		w.clock.Leap(2 * time.Minute)
		w.must(w.replica().DoDuties(t.Context())) // the service has been restarted in the middle of the offer
		want[0], want[1] = domain.SignUpDeclined, domain.SignUpOffered
		if diff := cmp.Diff(want, w.states(s, line...)); diff != "" {
			t.Errorf("when it has ended (-want +got):\n%s", diff)
		}
		w.withdraw(line[1], s)
		want[1], want[2] = domain.SignUpDeclined, domain.SignUpOffered
		if diff := cmp.Diff(want, w.states(s, line...)); diff != "" {
			t.Errorf("when it is declined (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(line[:3], w.offers(tasksv1.NoticeSeatOffered)); diff != "" {
			t.Errorf("who was offered it (-want +got):\n%s", diff)
		}
		w.clock.SetTo(s.StartsAt.Add(-23 * time.Hour))
		w.must(w.DoDuties(t.Context())) // the third slept over it: to all
		if u := w.standing(line[3], s); u.State != domain.SignUpOffered || u.Held || !u.OfferEndsAt.Equal(s.StartsAt) {
			t.Errorf("to all: %+v", u)
		}
		if diff := cmp.Diff([]string{line[0], line[2]}, w.offers(tasksv1.NoticeSeatLapsed)); diff != "" { // not the one who declined
			t.Errorf("who was told that it went on (-want +got):\n%s", diff)
		}
		late := w.signUp(s)
		if diff := cmp.Diff([]domain.SignUpState{domain.SignUpConfirmed, domain.SignUpWaitlisted}, w.states(s, late, line[3])); diff != "" {
			t.Errorf("somebody was quicker (-want +got):\n%s", diff)
		}
		w.withdraw(seated[1], s)
		u, err := w.SignUp(w.as(line[3]), s.ID)
		w.must(err)
		if u.State != domain.SignUpConfirmed || len(w.offers(tasksv1.NoticeSeatFree)) != 2 {
			t.Errorf("taken: %+v; told %v", u, w.offers(tasksv1.NoticeSeatFree))
		}
		w.counted()
	})
	t.Run("the start ends every offer", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		s, seated, line := w.full(3*time.Hour, 2, 2)
		w.withdraw(seated[0], s)
		w.clock.SetTo(s.StartsAt)
		w.must(w.DoDuties(t.Context()))
		w.withdraw(seated[1], s)
		w.must(w.DoDuties(t.Context()))
		if diff := cmp.Diff([]domain.SignUpState{domain.SignUpWaitlisted, domain.SignUpWaitlisted}, w.states(s, line...)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		w.counted()
	})
	t.Run("more seats are offered, whoever added them, and not to who is elsewhere at that time", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		s, _, line := w.full(72*time.Hour, 1, 2)
		elsewhere, _, _ := w.full(72*time.Hour, 1, 0)
		other := w.givenShift(func(n *app.NewTask) {
			n.Shifts = []app.NewShift{{StartsAt: elsewhere.StartsAt, EndsAt: elsewhere.EndsAt, Capacity: 3}}
		})
		_, err := w.SignUp(w.as(line[0]), other.ID)
		w.must(err)
		_, err = w.db.Owner(t).Exec(`UPDATE shifts SET capacity = 3 WHERE id = $1`, s.ID)
		w.must(err)
		w.must(w.DoDuties(t.Context()))
		if diff := cmp.Diff([]domain.SignUpState{domain.SignUpWaitlisted, domain.SignUpOffered}, w.states(s, line...)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if shifts := w.count(`SELECT count(*) FROM sign_ups WHERE state = 'offered' AND held`); shifts != 1 {
			t.Errorf("%d offers", shifts)
		}
		w.withdraw(line[0], other)
		w.must(w.DoDuties(t.Context()))
		if got := w.standing(line[0], s).State; got != domain.SignUpOffered {
			t.Errorf("free again: %s", got)
		}
		w.counted()
	})
	t.Run("two replicas do a duty once", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		var shifts []app.ShiftView
		for range 8 {
			s, seated, _ := w.full(72*time.Hour, 1, 3)
			w.withdraw(seated[0], s)
			shifts = append(shifts, s)
		}
		w.clock.Leap(3 * time.Hour)
		var wg sync.WaitGroup
		for _, a := range []*app.App{w.App, w.replica(), w.replica()} {
			for range 3 {
				wg.Go(func() {
					if err := a.DoDuties(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Wait()
		if told := w.offers(tasksv1.NoticeSeatOffered); len(told) != 2*len(shifts) {
			t.Errorf("%d were offered a seat, want %d", len(told), 2*len(shifts))
		}
		w.counted()
	})
	t.Run("whatever people and the clock do at once, the seats are counted right", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		s, seated, line := w.full(25*time.Hour, 4, 8)
		everybody := append(append([]string{id.New(), id.New()}, seated...), line...)
		for _, leap := range []time.Duration{time.Hour, 2 * time.Hour, 20 * time.Hour} {
			var wg sync.WaitGroup
			for i, v := range everybody {
				wg.Go(func() {
					if i%3 == 0 {
						if view, err := w.FindPresence(w.as(v), s.ID); err == nil && view.SignUp != nil {
							_, _ = w.WithdrawSignUp(w.as(v), view.SignUp.ID, "")
						}
					} else if _, err := w.SignUp(w.as(v), s.ID); err != nil {
						t.Error(err)
					}
				})
				wg.Go(func() {
					if err := w.DoDuties(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			w.counted()
			w.clock.Leap(leap)
		}
	})
}
