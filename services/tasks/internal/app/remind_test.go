package app_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
)

func TestReminders(t *testing.T) {
	t.Parallel()
	t.Run("each once, across restarts and replicas, not to who withdrew, and again when the shift is moved", func(t *testing.T) {
		t.Parallel()
		w := newTown(t) // Monday 8:30
		s, seated, line := w.full(48*time.Hour, 3, 1)
		comes, withdrew, later := seated[0], seated[1], seated[2]
		w.withdraw(withdrew, s) // the seat is held for who waits
		doAll := func() {
			t.Helper()
			var wg sync.WaitGroup
			for _, a := range []*app.App{w.App, w.replica()} {
				wg.Go(func() {
					if err := a.DoDuties(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		}
		told := func(kind tasksv1.NoticeKind, want ...string) {
			t.Helper()
			got := map[string]int{}
			for _, v := range w.offers(kind) {
				got[v]++
			}
			count := map[string]int{}
			for _, v := range want {
				count[v]++
			}
			if diff := cmp.Diff(count, got); diff != "" {
				t.Errorf("%s at %v (-want +got):\n%s", kind, w.clock.Now(), diff)
			}
		}
		eve := s.StartsAt.Add(-24 * time.Hour) // Tuesday 8:30
		w.clock.SetTo(eve.Add(9 * time.Hour))  // 17:30
		doAll()
		told(tasksv1.NoticeTomorrow)
		w.clock.SetTo(eve.Add(9*time.Hour + 31*time.Minute)) // 18:01
		doAll()
		doAll()
		told(tasksv1.NoticeTomorrow, comes, later)
		u, err := w.SignUp(w.as(line[0]), s.ID) // she knows when it is
		w.must(err)
		if u.State != domain.SignUpConfirmed {
			t.Fatalf("%+v", u)
		}
		doAll()
		told(tasksv1.NoticeTomorrow, comes, later)
		w.withdraw(later, s)
		w.clock.SetTo(s.StartsAt.Add(-89 * time.Minute)) // 7:01
		doAll()
		doAll()
		told(tasksv1.NoticeSoon, comes, line[0])
		_, err = w.db.Owner(t).Exec(`UPDATE shifts SET starts_at = starts_at + interval '30 minutes' WHERE id = $1`, s.ID)
		w.must(err)
		doAll()
		doAll()
		told(tasksv1.NoticeSoon, comes, line[0], comes, line[0])
		told(tasksv1.NoticeTomorrow, comes, later)
	})
	t.Run("whoever says to come is not on the list of the unconfirmed; late withdrawals stand there with the reason", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		s, seated, _ := w.full(20*time.Hour, 3, 0)
		for range 2 {
			_, err := w.SayComing(w.as(seated[0]), w.standing(seated[0], s).ID)
			w.must(err)
		}
		if _, err := w.SayComing(w.as(seated[1]), w.standing(seated[0], s).ID); !errors.Is(err, domain.ErrNoSuchSignUp) {
			t.Errorf("for another: %v", err)
		}
		w.withdraw(seated[2], s)
		if u := w.standing(seated[2], s); !u.Late || u.State != domain.SignUpWithdrawn {
			t.Errorf("%+v", u)
		}
		if u := w.standing(seated[0], s); !u.SaysComing(s.Shift) {
			t.Errorf("%+v", u)
		}
		if diff := cmp.Diff(2, len(w.offers(tasksv1.NoticeWithdrawnLate))); diff != "" { // leader and deputy
			t.Error(diff)
		}
		early := w.shiftIn(72*time.Hour, 3)
		v := w.signUp(early)
		w.withdraw(v, early)
		if u := w.standing(v, early); u.Late {
			t.Error("three days before is not late")
		}
	})
	t.Run("who had a seat and was not seen is noted when the shift is confirmed, and nothing else follows", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		s := w.givenShift(nil)
		came, missed := w.signUp(s), w.signUp(s)
		gone := w.signUp(s)
		w.withdraw(gone, s)
		w.attend(came, s)
		roster, err := w.ConfirmShift(w.as(w.leader), s.ID, app.Confirmation{PeopleServed: 1})
		w.must(err)
		if diff := cmp.Diff([]domain.SignUpState{domain.SignUpConfirmed, domain.SignUpNoShow, domain.SignUpWithdrawn}, w.states(s, came, missed, gone)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if len(roster.Lines) != 2 || roster.Counts.SignedUp != 2 || roster.Counts.Missing != 1 {
			t.Errorf("%d lines, %+v", len(roster.Lines), roster.Counts)
		}
	})
	t.Run("nor is anybody a no-show of one that was paused while some were there", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		s := w.givenShift(nil)
		came, missed := w.signUp(s), w.signUp(s)
		w.leapTo(s.StartsAt)
		_, err := w.scan(came, s, domain.ClaimIn)
		w.must(err)
		w.clock.Leap(time.Hour)
		_, err = w.PauseShifts(w.officer("coordinator", "4106/"), w.flood())
		w.must(err)
		if got := w.stateOf(s.ID); got != domain.ShiftPaused {
			t.Fatalf("%s", got)
		}
		_, err = w.scan(came, s, domain.ClaimOut)
		w.must(err)
		_, err = w.ConfirmShift(w.as(w.leader), s.ID, app.Confirmation{PeopleServed: 1})
		w.must(err)
		if diff := cmp.Diff([]domain.SignUpState{domain.SignUpConfirmed, domain.SignUpConfirmed}, w.states(s, came, missed)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("nobody is a no-show of a shift that was called off", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		s := w.givenShift(nil)
		w.signUp(s)
		_, err := w.CancelShift(w.as(w.leader), s.ID, "大雨")
		w.must(err)
		w.clock.Leap(5 * time.Hour)
		w.must(w.DoDuties(t.Context()))
		if n := w.count(`SELECT count(*) FROM sign_ups WHERE state = 'no_show'`) + w.count(`SELECT count(*) FROM outbox WHERE body::text LIKE '%shift.soon%'`); n != 0 {
			t.Errorf("%d", n)
		}
	})
}
