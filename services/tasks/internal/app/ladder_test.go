package app_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestLadder(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	t.Run("the leader's own hours climb: deputy, a member who was there, the office; a duty that stopped in the middle forgets nothing", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		_, err := w.SignUp(w.as(w.leader), shift.ID)
		w.must(err)
		one, two := w.signUp(shift), w.signUp(shift)
		for _, v := range []string{w.leader, one, two} {
			w.attend(v, shift)
		}
		stopped, stop := context.WithCancel(t.Context())
		stop()
		_ = w.DoDuties(stopped) // nothing is written
		w.must(w.DoDuties(t.Context()))
		_, err = w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{PeopleServed: 40})
		w.must(err)
		if got := w.turn(w.leader); got.Turn != "deputy" || w.told1(w.deputy) != 1 {
			t.Fatalf("at the end: %+v, the deputy was told %d times", got, w.told1(w.deputy))
		}

		w.leapTo(shift.EndsAt.Add(3*day + time.Minute))
		for range 3 {
			w.must(w.DoDuties(t.Context()))
		}
		picked := w.turn(w.leader)
		if picked.Turn != "member" || picked.Of != one && picked.Of != two || w.told1(picked.Of) != 1 {
			t.Fatalf("after three days: %+v", picked)
		}
		other := one
		if picked.Of == one {
			other = two
		}
		if _, err := w.FindRoster(w.as(other), shift.ID); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("whoever was not picked sees it: %v", err)
		}
		roster, err := w.FindRoster(w.as(picked.Of), shift.ID)
		w.must(err)
		if len(roster.Lines) != 1 || roster.Lines[0].VolunteerID != w.leader || !roster.Lines[0].Yours {
			t.Errorf("whoever was picked sees %+v", roster.Lines)
		}

		w.leapTo(shift.EndsAt.Add(6*day + 5*time.Minute))
		w.must(w.DoDuties(t.Context()))
		if _, err := w.ConfirmShift(w.as(picked.Of), shift.ID, app.Confirmation{}); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("after her three days: %v", err)
		}
		officer := w.office("coordinator", "4106/410611/")
		waiting, err := w.ListWaitingShifts(officer, "410611")
		w.must(err)
		if len(waiting) != 1 || waiting[0].Waiting != 1 || waiting[0].Township {
			t.Fatalf("the office sees %+v", waiting)
		}
		roster, err = w.ConfirmShift(officer, shift.ID, app.Confirmation{})
		w.must(err)
		if roster.Shift.State != domain.ShiftConfirmed || roster.Shift.PeopleServed != 40 {
			t.Errorf("confirmed by the office: %s, %d served", roster.Shift.State, roster.Shift.PeopleServed)
		}
	})
	t.Run("whoever was picked confirms that one line and nothing else", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		w.dropDeputy()
		shift := w.givenShift(nil)
		_, err := w.SignUp(w.as(w.leader), shift.ID)
		w.must(err)
		member := w.signUp(shift)
		w.attend(w.leader, shift)
		w.attend(member, shift)
		w.must(w.DoDuties(t.Context()))
		if got := w.turn(w.leader); got.Of != member {
			t.Fatalf("picked %+v", got)
		}
		roster, err := w.ConfirmShift(w.as(member), shift.ID, app.Confirmation{PeopleServed: 0})
		w.must(err)
		if len(roster.Lines) != 1 || roster.Lines[0].Attendance.ConfirmedBy != member || roster.Shift.State != domain.ShiftOpen {
			t.Errorf("%+v, %s", roster.Lines, roster.Shift.State)
		}
		if n := w.count(`SELECT count(*) FROM attendances WHERE state = 'confirmed'`); n != 1 {
			t.Errorf("%d confirmed, want the leader's alone", n)
		}
	})
	t.Run("nobody else was there: the township, not a village below it", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		w.dropDeputy()
		w.must(w.db.InTx(t.Context(), func(q postgres.Querier) error {
			return w.RememberTeams(t.Context(), q, []teamsv1.TeamChanged{{
				TeamID: w.team, Name: "桂鹤", RegionPath: "4106/410611/410611001/410611001200/", ReportingUnit: "淇滨区", State: "active", Version: 2,
			}})
		}))
		shift := w.givenShift(nil)
		_, err := w.SignUp(w.as(w.leader), shift.ID)
		w.must(err)
		w.attend(w.leader, shift)
		w.must(w.DoDuties(t.Context()))
		if _, err := w.ConfirmShift(w.office("coordinator", "4106/410611/410611001/410611001200/"), shift.ID, app.Confirmation{}); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("the village: %v", err)
		}
		if _, err := w.ConfirmShift(w.office("viewer", "4106/410611/410611001/"), shift.ID, app.Confirmation{}); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("who only looks: %v", err)
		}
		roster, err := w.ConfirmShift(w.office("administrator", "4106/410611/410611001/"), shift.ID, app.Confirmation{})
		w.must(err)
		if roster.Shift.State != domain.ShiftConfirmed {
			t.Errorf("the township: %s", roster.Shift.State)
		}
	})
	t.Run("unconfirmed for seven days a shift goes to the office; not a minute before", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		w.attend(w.signUp(shift), shift)
		officer := w.office("coordinator", "4106/")
		for _, c := range []struct {
			after time.Duration
			want  int
		}{{time.Minute, 0}, {7*day - time.Minute, 0}, {7*day + time.Minute, 1}} {
			w.leapTo(shift.EndsAt.Add(c.after))
			w.must(w.DoDuties(t.Context()))
			waiting, err := w.ListWaitingShifts(officer, "")
			w.must(err)
			if len(waiting) != c.want {
				t.Errorf("after %v the office has %d", c.after, len(waiting))
			}
		}
		if elsewhere, err := w.ListWaitingShifts(w.office("coordinator", "4106/410621/"), ""); err != nil || len(elsewhere) != 0 {
			t.Errorf("another county has %d, %v", len(elsewhere), err)
		}
	})
	t.Run("F11: hers of the household she does not confirm once it is said, under any record; another person does", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		husband, other := w.signUp(shift), w.signUp(shift)
		at := w.attend(husband, shift)
		w.attend(other, shift)
		w.must(w.DoDuties(t.Context()))
		say := app.Confirmation{Decisions: []app.Decision{{AttendanceID: at.ID, Verdict: app.VerdictHousehold}}}
		roster, err := w.ConfirmShift(w.as(w.leader), shift.ID, say)
		w.must(err)
		if roster.Counts.Confirmed != 1 || roster.Lines[0].Exception != app.ExceptionHousehold {
			t.Fatalf("said: %+v, %s", roster.Counts, roster.Lines[0].Exception)
		}
		w.must(w.DoDuties(t.Context()))
		if got := w.turn(husband); got.Turn != "deputy" {
			t.Errorf("it is %+v", got)
		}
		again := id.New()
		w.merge(map[string]string{"leader": w.leader, "again": again}, []teamsv1.VolunteerChanged{{VolunteerID: "leader", MergedInto: "again", Version: 2}})
		for _, verdict := range []app.Verdict{app.VerdictReject, app.VerdictSetEnd} {
			c := app.Confirmation{Decisions: []app.Decision{{AttendanceID: at.ID, Verdict: verdict, Reason: "x", EndedAt: shift.EndsAt}}}
			if _, err := w.ConfirmShift(w.as(w.leader), shift.ID, c); !errors.Is(err, domain.ErrSameHousehold) {
				t.Errorf("%s: %v", verdict, err)
			}
		}
		roster, err = w.ConfirmShift(w.as(w.deputy), shift.ID, app.Confirmation{})
		w.must(err)
		if roster.Counts.Confirmed != 2 {
			t.Errorf("the deputy: %+v", roster.Counts)
		}
	})
}

type turn struct {
	Turn string `db:"turn"`
	Of   string `db:"turn_of"`
}

func (w *town) turn(volunteerID string) (got turn) {
	w.t.Helper()
	w.must(w.db.Owner(w.t).Get(&got, `SELECT turn, COALESCE(turn_of::text, '') AS turn_of FROM attendances WHERE volunteer_id = $1`, volunteerID))
	return got
}

// told1 is how often somebody was asked to confirm one person's hours.
func (w *town) told1(volunteerID string) int {
	w.t.Helper()
	return w.count(`SELECT count(*) FROM outbox WHERE body->>'kind' = 'attendance.confirm' AND body->>'volunteer_id' = $1`, volunteerID)
}

func (w *town) office(role, regionPath string) context.Context {
	return auth.With(w.t.Context(), auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: role, RegionPath: regionPath}}})
}

// dropDeputy leaves the leader to lead alone.
func (w *town) dropDeputy() {
	w.t.Helper()
	_, err := w.db.Owner(w.t).Exec(`UPDATE known_memberships SET role = 'member' WHERE volunteer_id = $1`, w.deputy)
	w.must(err)
}
