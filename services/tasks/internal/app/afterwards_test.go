package app_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestForgottenCheckOuts(t *testing.T) {
	t.Parallel()
	t.Run("F10: 200 forgotten bring no minute, and the leader sees them minutes after the end, however often the duty is done", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		const forgotten = 200
		shift := w.givenShift(func(n *app.NewTask) { n.Shifts[0].Capacity = forgotten + 1 })
		w.forget(shift, forgotten)
		left := w.signUp(shift)
		w.attend(left, shift) // leaves the clock a minute after the end
		w.leapTo(shift.EndsAt.Add(-time.Second))
		w.must(w.DoDuties(t.Context()))
		if n := w.count(`SELECT count(*) FROM attendances WHERE state = 'open'`); n != forgotten {
			t.Fatalf("before the end %d are open", n)
		}
		w.leapTo(shift.EndsAt.Add(5 * time.Minute)) // F10: seen at most five minutes after the end
		w.must(w.DoDuties(t.Context()))
		w.must(w.DoDuties(t.Context()))
		roster, err := w.FindRoster(w.as(w.leader), shift.ID)
		w.must(err)
		if c := roster.Counts; c.Forgotten != forgotten || c.Present != 0 || roster.Lines[0].Exception != app.ExceptionNoCheckOut {
			t.Errorf("the leader sees %+v, first %s", c, roster.Lines[0].Exception)
		}
		if n := w.count(`SELECT count(*) FROM outbox WHERE subject = 'tasks.v1.notice.due' AND body->>'kind' = 'attendance.forgotten' AND body->'words'->>'count' = '200'`); n != 2 {
			t.Errorf("%d were told, want the leader and the deputy, once each", n)
		}

		_, err = w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{})
		w.must(err)
		if n := w.count(`SELECT COALESCE(sum(minutes), 0) FROM attendances WHERE volunteer_id <> $1`, left); n != 0 {
			t.Errorf("%d minutes without anybody's word", n)
		}
		if told := w.told(); count(told, "tasks.v1.attendance.confirmed") != 1 { // F12: what is not confirmed is told to nobody as hours
			t.Errorf("told %v", told)
		}
	})
	t.Run("a late scan out still closes it; who left at eleven says so herself", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		people := w.forget(shift, 2)
		w.leapTo(shift.EndsAt.Add(10 * time.Minute))
		w.must(w.DoDuties(t.Context()))
		out, err := w.scan(people[0], shift, domain.ClaimOut)
		w.must(err)
		if out.Attendance.State != domain.AttendanceClosed {
			t.Errorf("after the scan: %s", out.Attendance.State)
		}
		said, err := w.EnterAttendance(w.as(people[1]), app.NewAttendance{ShiftID: shift.ID, Period: w.period(shift, 0, 2*time.Hour), Reason: "十一点走的"})
		w.must(err)
		if got := said.Attendance; got.State != domain.AttendanceDeclared || got.InMethod != domain.MethodLink {
			t.Errorf("after her word: %+v", got)
		}
	})
}

func TestEnterAttendance(t *testing.T) {
	t.Parallel()
	t.Run("a leader enters who signed up and a member who did not; nobody else, not herself, and not a second time", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		came, member, stranger := w.signUp(shift), w.member(), id.New()
		w.leapTo(shift.EndsAt)
		n := func(volunteer string) app.NewAttendance {
			return app.NewAttendance{ShiftID: shift.ID, VolunteerID: volunteer, Period: w.period(shift, 0, time.Hour), Reason: "手机没电"}
		}
		for _, c := range []struct {
			name string
			as   string
			n    app.NewAttendance
			err  error
		}{
			{"a stranger", w.leader, n(stranger), domain.ErrNotOfTeam},
			{"herself", w.leader, n(w.leader), domain.ErrOwnAttendance},
			{"by a member", member, n(came), domain.ErrNotPublished},
			{"who signed up", w.leader, n(came), nil},
			{"a member", w.deputy, n(member), nil},
			{"the member again", w.leader, n(member), domain.ErrAlreadyEntered},
		} {
			if _, err := w.EnterAttendance(w.as(c.as), c.n); !errors.Is(err, c.err) {
				t.Errorf("%s: err = %v, want %v", c.name, err, c.err)
			}
		}
		roster, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{})
		w.must(err)
		if roster.Counts.Confirmed != 2 || roster.Counts.WalkIns != 1 || roster.Shift.State != domain.ShiftConfirmed {
			t.Errorf("confirmed %+v, %s", roster.Counts, roster.Shift.State)
		}
		for _, line := range roster.Lines {
			if line.Attendance.Verification != domain.VerificationC || line.Attendance.EnteredBy == "" {
				t.Errorf("%+v", line.Attendance)
			}
		}
		if taken := w.count(`SELECT taken FROM shifts WHERE id = $1`, shift.ID); taken != 1 {
			t.Errorf("%d seats are taken, want 1: who came without one takes none", taken)
		}
	})
	t.Run("her own word waits for somebody who accepts it, is told to the leaders, and counts as her word", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		w.leapTo(shift.EndsAt.Add(time.Hour))
		word := app.NewAttendance{ShiftID: shift.ID, Period: w.period(shift, 0, time.Hour), Reason: "在东门，和李姐一组"}
		said, err := w.EnterAttendance(w.as(v), word)
		w.must(err)
		if _, err := w.EnterAttendance(w.as(id.New()), word); !errors.Is(err, domain.ErrNotSignedUp) {
			t.Errorf("somebody who has nothing to do with it: %v", err)
		}
		roster, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{})
		w.must(err)
		if line := roster.Lines[0]; line.Exception != app.ExceptionDeclared || line.Attendance.Minutes != 0 {
			t.Errorf("without a decision: %s, %+v", line.Exception, line.Attendance)
		}
		accept := app.Confirmation{Decisions: []app.Decision{{AttendanceID: said.Attendance.ID, Verdict: app.VerdictAccept, Reason: "属实"}}}
		roster, err = w.ConfirmShift(w.as(w.deputy), shift.ID, accept)
		w.must(err)
		if at := roster.Lines[0].Attendance; at.Verification != domain.VerificationD || at.Minutes != 60 {
			t.Errorf("accepted: %s, %d minutes", at.Verification, at.Minutes)
		}
		if n := count(w.told(), "tasks.v1.notice.due"); n != 2 {
			t.Errorf("%d told", n)
		}
	})
}

func TestWalkIn(t *testing.T) {
	t.Parallel()
	t.Run("a member who did not sign up is added and checked in by one tap, beyond the capacity too, and takes no seat", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(func(n *app.NewTask) { n.Shifts[0].Capacity = 1 })
		w.signUp(shift)
		member, stranger := w.member(), id.New()
		w.leapTo(shift.StartsAt)
		tap := func(actor, volunteer string) (app.ClaimResult, error) {
			return w.CreateClaim(w.as(actor), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, VolunteerID: volunteer, WalkIn: true})
		}
		if _, err := tap(w.leader, stranger); !errors.Is(err, domain.ErrNotOfTeam) {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := tap(member, member); !errors.Is(err, app.ErrNotLeader) {
			t.Errorf("by a member: %v", err)
		}
		in, err := tap(w.leader, member)
		w.must(err)
		again, err := tap(w.deputy, member)
		w.must(err)
		if again.Attendance.ID != in.Attendance.ID || in.Attendance.InMethod != domain.MethodTap {
			t.Errorf("%+v, then %+v", in.Attendance, again.Attendance)
		}
		roster, err := w.FindRoster(w.as(w.leader), shift.ID)
		w.must(err)
		if c := roster.Counts; c.WalkIns != 1 || c.SignedUp != 1 || c.Present != 1 || c.Missing != 1 {
			t.Errorf("%+v", c)
		}
		mine, err := w.ListMyShifts(w.as(member), domain.ListingFilter{})
		w.must(err)
		if len(mine) != 1 || mine[0].Attendance == nil {
			t.Errorf("the member sees %+v", mine)
		}
		w.leapTo(shift.EndsAt)
		out, err := w.scan(member, shift, domain.ClaimOut)
		w.must(err)
		if out.Attendance.State != domain.AttendanceClosed {
			t.Errorf("checked out: %+v", out.Attendance)
		}
	})
}

func TestUndoTap(t *testing.T) {
	t.Parallel()
	t.Run("a mistaken tap is taken back within two minutes; the claim stays, and so does that it was taken back", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		w.leapTo(shift.StartsAt)
		claim := app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, VolunteerID: v}
		in, err := w.CreateClaim(w.as(w.leader), claim)
		w.must(err)
		if _, err := w.UndoTap(w.as(v), in.Attendance.ID); !errors.Is(err, domain.ErrNoSuchAttendance) {
			t.Errorf("by the volunteer: %v", err)
		}
		counts, err := w.UndoTap(w.as(w.deputy), in.Attendance.ID)
		w.must(err)
		if counts.Present != 0 || counts.Missing != 1 {
			t.Errorf("after it: %+v", counts)
		}
		again, err := w.CreateClaim(w.as(w.leader), claim) // the reply to the tap was lost
		w.must(err)
		if again.Attendance.State != domain.AttendanceUndone || again.Present != 0 {
			t.Errorf("the tap sent again: %+v", again.Attendance)
		}
		if n, kept := w.count(`SELECT count(*) FROM claims`), w.count(`SELECT count(*) FROM attendance_undos`); n != 1 || kept != 1 {
			t.Errorf("%d claims and %d taken back are kept", n, kept)
		}
		scanned, err := w.scan(v, shift, domain.ClaimIn)
		w.must(err)
		if scanned.Attendance.InMethod != domain.MethodLink || scanned.Present != 1 {
			t.Errorf("then she scans: %+v", scanned.Attendance)
		}
		if _, err := w.UndoTap(w.as(w.leader), in.Attendance.ID); !errors.Is(err, domain.ErrNoTap) {
			t.Errorf("her scan taken back: %v", err)
		}
	})
	t.Run("who was tapped by mistake can still withdraw", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		w.leapTo(shift.StartsAt)
		in, err := w.CreateClaim(w.as(w.leader), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, VolunteerID: v})
		w.must(err)
		signUpID := w.standing(v, shift).ID
		if _, err := w.WithdrawSignUp(w.as(v), signUpID, "家里有事"); !errors.Is(err, domain.ErrAlreadyPresent) {
			t.Errorf("while the tap stands: %v", err)
		}
		_, err = w.UndoTap(w.as(w.leader), in.Attendance.ID)
		w.must(err)
		if u, err := w.WithdrawSignUp(w.as(v), signUpID, "家里有事"); err != nil || u.State != domain.SignUpWithdrawn {
			t.Errorf("after it was taken back: %+v, %v", u, err)
		}
	})
	t.Run("after two minutes it stays, and the database says so too", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		w.leapTo(shift.StartsAt)
		in, err := w.CreateClaim(w.as(w.leader), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, VolunteerID: v})
		w.must(err)
		w.clock.Leap(domain.UndoWithin + time.Second)
		if _, err := w.UndoTap(w.as(w.leader), in.Attendance.ID); !errors.Is(err, domain.ErrUndoTooLate) {
			t.Errorf("err = %v", err)
		}
		if _, err := w.db.Owner(t).Exec(`INSERT INTO attendance_undos SELECT id, id, id, 'in', checked_in_at, checked_in_at + interval '3 minutes' FROM attendances`); err == nil {
			t.Error("a tap taken back after three minutes was stored")
		}
	})
}

// forget signs people up and checks them in at the start.
func (w *town) forget(shift app.ShiftView, n int) []string {
	w.t.Helper()
	people := make([]string, n)
	for i := range people {
		people[i] = w.signUp(shift)
	}
	w.leapTo(shift.StartsAt)
	for _, v := range people {
		_, err := w.scan(v, shift, domain.ClaimIn)
		w.must(err)
	}
	return people
}

func (w *town) leapTo(at time.Time) { w.clock.SetTo(at) }

// period is from so long after the shift's start for so long.
func (w *town) period(s app.ShiftView, after, length time.Duration) domain.Period {
	return domain.Period{From: s.StartsAt.Add(after), To: s.StartsAt.Add(after + length)}
}

// member is somebody new in the brigade.
func (w *town) member() string { return w.inTeam(w.team, "member") }

func (w *town) inTeam(team, role string) string {
	w.t.Helper()
	v := id.New()
	w.must(w.db.InTx(w.t.Context(), func(q postgres.Querier) error {
		return w.RememberMemberships(context.WithoutCancel(w.t.Context()), q, []teamsv1.MembershipChanged{
			{MembershipID: id.New(), TeamID: team, VolunteerID: v, Role: role, State: "active", Version: 1},
		})
	}))
	return v
}

func count(all []string, one string) (n int) {
	for s := range slices.Values(all) {
		if s == one {
			n++
		}
	}
	return n
}
