package app_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestConfirmShift(t *testing.T) {
	t.Parallel()
	t.Run("an hour travels from posting to the event that credits it", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		w.clock.Leap(32 * time.Minute) // 9:02
		in, err := w.scan(v, shift, domain.ClaimIn)
		w.must(err)
		if in.Present != 1 {
			t.Errorf("present = %d, want 1", in.Present)
		}
		w.clock.Leap(146 * time.Minute) // 11:28
		_, err = w.scan(v, shift, domain.ClaimOut)
		w.must(err)
		w.clock.Leap(5 * time.Minute)
		roster, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{PeopleServed: 40})
		w.must(err)
		if roster.Shift.State != domain.ShiftConfirmed || roster.Shift.PeopleServed != 40 || roster.Counts.Confirmed != 1 {
			t.Errorf("roster = %s, %d served, %+v", roster.Shift.State, roster.Shift.PeopleServed, roster.Counts)
		}

		want := []string{
			"tasks.v1.task.published", "tasks.v1.sign-up.changed", "tasks.v1.attendance.changed", "tasks.v1.attendance.changed",
			"tasks.v1.attendance.confirmed", "tasks.v1.shift.confirmed",
		}
		if diff := cmp.Diff(want, w.told()); diff != "" {
			t.Errorf("told (-want +got):\n%s", diff)
		}
		e := w.credited()
		if e.Minutes != 146 || e.Verification != "A" || e.VolunteerID != v || e.ConfirmedBy != w.leader || e.RegionPath != "4106/410611/" {
			t.Errorf("event = %+v", e)
		}
	})
	t.Run("minutes are cut to whole multiples, as the programme has it on the shift's day", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		_, err := w.db.Owner(t).Exec(`
			INSERT INTO programme_settings (id, programme_id, valid_from, needs, day_cap, rounding, risky, risk_note, meet_every, call_every, reason, set_at)
			VALUES ($1, $2, '2026-11-23', '{}', 480, 30, false, '', 0, 0, 'x', '2026-11-23T00:00:00Z')`, id.New(), w.programme)
		w.must(err)
		v := w.signUp(shift)
		w.clock.SetTo(shift.StartsAt)
		_, err = w.scan(v, shift, domain.ClaimIn)
		w.must(err)
		w.clock.Leap(70 * time.Minute)
		_, err = w.scan(v, shift, domain.ClaimOut)
		w.must(err)
		roster, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{})
		w.must(err)
		if at := roster.Lines[0].Attendance; at.Minutes != 60 || at.To.Sub(at.From) < 69*time.Minute || w.credited().Minutes != 60 {
			t.Errorf("%d minutes of %v", at.Minutes, at.To.Sub(at.From))
		}
	})
	t.Run("the leader's own hours wait for the deputy", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		_, err := w.SignUp(w.as(w.leader), shift.ID)
		w.must(err)
		w.attend(w.leader, shift)
		roster, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{})
		w.must(err)
		if got := roster.Lines[0]; got.Exception != app.ExceptionOwn || got.Attendance.State != domain.AttendanceClosed || roster.Shift.State != domain.ShiftOpen {
			t.Errorf("after the leader: %s, %s, shift %s", got.Exception, got.Attendance.State, roster.Shift.State)
		}
		roster, err = w.ConfirmShift(w.as(w.deputy), shift.ID, app.Confirmation{})
		w.must(err)
		if got := roster.Lines[0]; got.Attendance.ConfirmedBy != w.deputy || roster.Shift.State != domain.ShiftConfirmed {
			t.Errorf("after the deputy: by %s, shift %s", got.Attendance.ConfirmedBy, roster.Shift.State)
		}
	})
	t.Run("nor does she confirm what was done under another record of hers", func(t *testing.T) {
		t.Parallel()
		for name, merges := range map[string][]teamsv1.VolunteerChanged{
			"her own record stayed":   {{VolunteerID: "other", MergedInto: "leader", Version: 2}},
			"by way of a third":       {{VolunteerID: "other", MergedInto: "third", Version: 2}, {VolunteerID: "third", MergedInto: "leader", Version: 3}},
			"control: no such record": nil,
		} {
			w := newTown(t)
			shift := w.givenShift(nil)
			other := w.signUp(shift)
			w.attend(other, shift)
			w.merge(map[string]string{"other": other, "leader": w.leader, "third": id.New()}, merges)
			roster, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{})
			w.must(err)
			got := roster.Lines[0]
			if hers := merges != nil; hers != (got.Exception == app.ExceptionOwn) || hers == (got.Attendance.State == domain.AttendanceConfirmed) {
				t.Errorf("%s: %s, %s", name, got.Exception, got.Attendance.State)
			}
			if merges == nil {
				continue
			}
			reject := app.Confirmation{Decisions: []app.Decision{{AttendanceID: got.Attendance.ID, Verdict: app.VerdictReject, Reason: "x"}}}
			if _, err := w.ConfirmShift(w.as(w.leader), shift.ID, reject); !errors.Is(err, domain.ErrOwnAttendance) {
				t.Errorf("%s: rejecting it: %v", name, err)
			}
			roster, err = w.ConfirmShift(w.as(w.deputy), shift.ID, app.Confirmation{})
			w.must(err)
			if by := roster.Lines[0].Attendance.ConfirmedBy; by != w.deputy {
				t.Errorf("%s: confirmed by %q", name, by)
			}
		}
	})
	t.Run("the database itself refuses that anybody confirms themself", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		w.attend(v, shift)
		_, err := w.db.Owner(t).Exec(`UPDATE attendances SET state = 'confirmed', confirmed_by = volunteer_id, confirmed_at = checked_out_at`)
		if err == nil {
			t.Error("a self-confirmed attendance was stored")
		}
	})
	t.Run("without a check-out there are no minutes until somebody decides", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		forgot := w.signUp(shift)
		w.clock.Leap(30 * time.Minute)
		in, err := w.scan(forgot, shift, domain.ClaimIn)
		w.must(err)
		if _, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{}); !errors.Is(err, app.ErrShiftRunning) {
			t.Errorf("while it runs: err = %v, want ErrShiftRunning", err)
		}
		w.clock.Leap(4 * time.Hour)
		roster, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{})
		w.must(err)
		if got := roster.Lines[0]; got.Exception != app.ExceptionNoCheckOut || roster.Shift.State != domain.ShiftOpen {
			t.Fatalf("undecided: %s, shift %s", got.Exception, roster.Shift.State)
		}
		ended := shift.StartsAt.Add(2 * time.Hour)
		roster, err = w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{Decisions: []app.Decision{
			{AttendanceID: in.Attendance.ID, Verdict: app.VerdictSetEnd, EndedAt: ended, Reason: "忘记签退"},
		}})
		w.must(err)
		got := roster.Lines[0].Attendance
		if got.State != domain.AttendanceConfirmed || got.Minutes != 119 && got.Minutes != 120 || got.Verification != domain.VerificationB {
			t.Errorf("decided: %s, %d minutes, %s", got.State, got.Minutes, got.Verification)
		}
	})
	t.Run("a rejected one earns nothing and is told to nobody as hours", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		at := w.attend(v, shift)
		_, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{Decisions: []app.Decision{
			{AttendanceID: at.ID, Verdict: app.VerdictReject, Reason: "替人签到"},
		}})
		w.must(err)
		for _, s := range w.told() {
			if s == "tasks.v1.attendance.confirmed" {
				t.Error("a rejected attendance was told as confirmed")
			}
		}
	})
	t.Run("somebody else's shift looks like none", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		stranger := w.signUp(shift)
		if _, err := w.ConfirmShift(w.as(stranger), shift.ID, app.Confirmation{}); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("confirm: err = %v", err)
		}
		if _, err := w.FindCode(w.as(stranger), shift.ID); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("code: err = %v", err)
		}
		if _, err := w.FindRoster(w.as(stranger), shift.ID); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("roster: err = %v", err)
		}
		officer := auth.With(t.Context(), auth.Principal{VolunteerID: stranger, Grants: []auth.Grant{{Role: "viewer", RegionPath: "4106/410621/"}}})
		if _, err := w.FindRoster(officer, shift.ID); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("roster for an officer of another county: err = %v", err)
		}
		city := auth.With(t.Context(), auth.Principal{VolunteerID: stranger, Grants: []auth.Grant{{Role: "viewer", RegionPath: "4106/"}}})
		if _, err := w.FindRoster(city, shift.ID); err != nil {
			t.Errorf("roster for an officer of the city: err = %v", err)
		}
	})
}

// attend checks the volunteer in at the start and out near the end, and leaves
// the clock after it.
func (w *town) attend(v string, s app.ShiftView) domain.Attendance {
	w.t.Helper()
	w.clock.SetTo(s.StartsAt)
	_, err := w.scan(v, s, domain.ClaimIn)
	w.must(err)
	w.clock.SetTo(s.EndsAt)
	out, err := w.scan(v, s, domain.ClaimOut)
	w.must(err)
	w.clock.Leap(time.Minute)
	return *out.Attendance
}

func (w *town) credited() (e tasksv1.AttendanceConfirmed) {
	w.t.Helper()
	var body []byte
	w.must(w.db.Owner(w.t).Get(&body, `SELECT body FROM outbox WHERE subject = $1`, e.Subject()))
	w.must(json.Unmarshal(body, &e))
	return e
}
