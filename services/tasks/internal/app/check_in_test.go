package app_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestCreateClaim(t *testing.T) {
	t.Parallel()
	t.Run("a reply lost and sent again is one check-in", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		w.clock.Leap(30 * time.Minute)
		claim := app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: w.ticket(shift)}
		first, err := w.CreateClaim(w.as(v), claim)
		w.must(err)
		for range 10 {
			again, err := w.CreateClaim(w.as(v), claim)
			w.must(err)
			if again.Attendance.ID != first.Attendance.ID || again.Attendance.Version != first.Attendance.Version {
				t.Fatalf("again = %+v, want %+v", again.Attendance, first.Attendance)
			}
		}
		if n := w.count(`SELECT count(*) FROM attendances`); n != 1 {
			t.Errorf("%d attendances, want 1", n)
		}
		if n := w.count(`SELECT count(*) FROM claims`); n != 1 {
			t.Errorf("%d claims, want 1", n)
		}
	})
	t.Run("a claim id is not used twice for different things", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v, other := w.signUp(shift), w.signUp(shift)
		w.clock.Leap(30 * time.Minute)
		claim := app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: w.ticket(shift)}
		_, err := w.CreateClaim(w.as(v), claim)
		w.must(err)
		if _, err := w.CreateClaim(w.as(other), claim); !errors.Is(err, domain.ErrClaimReused) {
			t.Errorf("err = %v, want ErrClaimReused", err)
		}
	})
	t.Run("an opened link holds for fifteen minutes, counted from its opening, and no longer", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v, late := w.signUp(shift), w.signUp(shift)
		w.clock.Leap(30 * time.Minute)
		opened := w.clock.Now()
		ticket := w.ticket(shift)
		w.clock.Leap(14 * time.Minute) // a slow page, a first sign-in
		in, err := w.CreateClaim(w.as(v), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: ticket})
		w.must(err)
		if got := in.Attendance.CheckedInAt; got.Sub(opened).Abs() > time.Second {
			t.Errorf("checked in at %v, want when the link was opened, %v", got, opened)
		}
		w.clock.Leap(2 * time.Minute)
		if _, err := w.CreateClaim(w.as(late), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: ticket}); !errors.Is(err, domain.ErrCodeExpired) {
			t.Errorf("after 16 minutes: err = %v, want ErrCodeExpired", err)
		}
	})
	t.Run("a ticket for another shift, and one nobody signed, are refused", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift, other := w.givenShift(nil), w.givenShift(func(n *app.NewTask) { n.Details.Title = "别的活动" })
		v := w.signUp(shift)
		w.clock.Leap(30 * time.Minute)
		for name, ticket := range map[string]string{"foreign": w.ticket(other), "forged": w.ticket(shift) + "x"} {
			_, err := w.CreateClaim(w.as(v), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: ticket})
			if !errors.Is(err, domain.ErrCodeExpired) {
				t.Errorf("%s: err = %v, want ErrCodeExpired", name, err)
			}
		}
	})
	t.Run("five wrong tries lock the digits for that person and shift, kept although each was refused", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		w.clock.Leap(30 * time.Minute)
		type_ := func(digits string) error {
			_, err := w.CreateClaim(w.as(v), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Digits: digits})
			return err
		}
		for range domain.MaxTries {
			if err := type_("xxxxxx"); err == nil {
				t.Fatal("wrong digits were accepted")
			}
		}
		if err := type_(shift.Key.Digits(shift.ID, w.clock.Now())); !errors.Is(err, domain.ErrTooManyTries) {
			t.Errorf("err = %v, want ErrTooManyTries", err)
		}
		if _, err := w.scan(v, shift, domain.ClaimIn); err != nil {
			t.Errorf("scanning still works: %v", err)
		}
	})
	t.Run("the leader taps somebody without a phone; nobody else can", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v, other := w.signUp(shift), w.signUp(shift)
		w.clock.Leap(30 * time.Minute)
		tap := func(actor string) (app.ClaimResult, error) {
			return w.CreateClaim(w.as(actor), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, VolunteerID: v})
		}
		if _, err := tap(other); !errors.Is(err, app.ErrNotLeader) {
			t.Errorf("a volunteer's tap: err = %v, want ErrNotLeader", err)
		}
		in, err := tap(w.leader)
		w.must(err)
		if in.Attendance.InMethod != domain.MethodTap || in.Attendance.VolunteerID != v {
			t.Errorf("attendance = %+v", in.Attendance)
		}
	})
	t.Run("a crowd at the gate: each gets their own answer, one bad claim spoils nobody's", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(func(n *app.NewTask) { n.Shifts[0].Capacity = 200 })
		const crowd = 150
		ids := make([]string, crowd)
		for i := range ids {
			ids[i] = id.New()
			if i%10 != 0 { // every tenth has not signed up
				_, err := w.SignUp(w.as(ids[i]), shift.ID)
				w.must(err)
			}
		}
		w.clock.Leap(30 * time.Minute)
		ticket := w.ticket(shift)
		errs := make([]error, crowd)
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() {
				_, errs[i] = w.CreateClaim(w.as(ids[i]), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: ticket})
			})
		}
		wg.Wait()
		for i, err := range errs {
			if want := i%10 == 0; errors.Is(err, domain.ErrNotSignedUp) != want || err != nil && !want {
				t.Fatalf("volunteer %d: err = %v", i, err)
			}
		}
		if n := w.count(`SELECT count(*) FROM attendances WHERE state = 'open'`); n != crowd*9/10 {
			t.Errorf("%d attendances, want %d", n, crowd*9/10)
		}
		if n := w.count(`SELECT count(*) FROM outbox WHERE subject = 'tasks.v1.attendance.changed'`); n != crowd*9/10 {
			t.Errorf("%d events, want %d", n, crowd*9/10)
		}
	})
	t.Run("nobody signed in, nothing written", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		if _, err := w.CreateClaim(context.Background(), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, Digits: "1"}); err == nil {
			t.Error("an anonymous claim was accepted")
		}
	})
}

func TestSignUp(t *testing.T) {
	t.Parallel()
	t.Run("two shifts at the same time: the second is refused with the first named, even at the same moment", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shifts := []app.ShiftView{w.givenShift(nil), w.givenShift(func(n *app.NewTask) { n.Details.Title = "普法宣传" })}
		v := id.New()
		errs := make([]error, 2)
		var wg sync.WaitGroup
		for i, s := range shifts {
			wg.Go(func() { _, errs[i] = w.SignUp(w.as(v), s.ID) })
		}
		wg.Wait()
		refused := 0
		for _, err := range errs {
			if errors.Is(err, domain.ErrTimeConflict) {
				refused++
			} else if err != nil {
				t.Fatal(err)
			}
		}
		if refused != 1 {
			t.Errorf("%d refused, want 1 (%v)", refused, errs)
		}
	})
	t.Run("withdrawing frees the seat; somebody else's sign-up looks like none", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(func(n *app.NewTask) { n.Shifts[0].Capacity = 1 })
		v := id.New()
		u, err := w.SignUp(w.as(v), shift.ID)
		w.must(err)
		if _, err := w.WithdrawSignUp(w.as(id.New()), u.ID, ""); !errors.Is(err, domain.ErrNoSuchSignUp) {
			t.Errorf("a stranger: err = %v, want ErrNoSuchSignUp", err)
		}
		_, err = w.WithdrawSignUp(w.as(v), u.ID, "孩子发烧")
		w.must(err)
		if _, err := w.SignUp(w.as(id.New()), shift.ID); err != nil {
			t.Errorf("the freed seat: %v", err)
		}
	})
	t.Run("a draft cannot be joined", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		start := w.clock.Now().Add(time.Hour)
		task, err := w.CreateTask(w.as(w.leader), app.NewTask{
			TeamID: w.team, ProgrammeID: w.programme, Details: domain.Details{Title: "草稿"},
			Shifts: []app.NewShift{{StartsAt: start, EndsAt: start.Add(time.Hour), Capacity: 1}},
		})
		w.must(err)
		if _, err := w.SignUp(w.as(id.New()), task.Shifts[0].ID); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("err = %v, want ErrNotPublished", err)
		}
		if _, err := w.FindTask(w.as(id.New()), task.ID); err == nil {
			t.Error("a stranger saw a draft")
		}
	})
}

func (w *town) count(query string, args ...any) int {
	w.t.Helper()
	var n int
	w.must(w.db.Owner(w.t).Get(&n, query, args...))
	return n
}
