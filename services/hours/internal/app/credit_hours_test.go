package app_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestCreditHours(t *testing.T) {
	t.Parallel()
	t.Run("writes the line, its totals and an event together", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		e := w.attendance()
		w.credit(e)
		w.agree(w.App, 1)

		page, _, err := w.MyEntries(w.as(e.VolunteerID), "", 10)
		w.must(err)
		if len(page) != 1 || page[0].SourceID != e.AttendanceID || page[0].Minutes != 120 || !page[0].From.Equal(e.From) {
			t.Fatalf("MyEntries = %+v", page)
		}
		told := w.told()
		want := []hoursv1.EntryPosted{{
			EntryID: page[0].ID, VolunteerID: e.VolunteerID, TeamID: e.TeamID, ProgrammeID: e.ProgrammeID,
			Minutes: 120, Kind: "service", Verification: "A", SourceID: e.AttendanceID, RecordedAt: page[0].RecordedAt,
		}}
		if diff := cmp.Diff(want, told, cmpopts.EquateApproxTime(time.Microsecond)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("training is a line and a sum of its own, and stands on no board", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		e := w.attendance(func(e *tasksv1.AttendanceConfirmed) { e.Kind = "training" })
		served := w.attendance(by(e.VolunteerID, 30), func(s *tasksv1.AttendanceConfirmed) { s.Kind = "service" })
		w.credit(e, served)
		w.credit(e) // told again
		w.agree(w.App, 2)
		s, err := w.MySummary(w.as(e.VolunteerID))
		w.must(err)
		if s.Training != 120 || s.Total != 30 || s.Entries != 2 {
			t.Errorf("MySummary = %+v", s)
		}
		if told := w.told(); len(told) != 2 || told[0].Kind != "training" && told[1].Kind != "training" {
			t.Errorf("told %+v", told)
		}
		page, _, err := w.MyEntries(w.as(e.VolunteerID), "", 10)
		w.must(err)
		if len(page) != 2 || page[0].Account == page[1].Account {
			t.Errorf("MyEntries = %+v", page)
		}
	})
	t.Run("credits an attendance once, in one batch or in two, and tells of it once", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		e := w.attendance()
		w.credit(e, e)
		w.credit(e, w.attendance())
		w.agree(w.App, 2)
		if told := w.told(); len(told) != 2 {
			t.Errorf("%d events told, want 2", len(told))
		}
	})
	t.Run("adds what a volunteer gave twice on a day for the same team", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		first := w.attendance()
		second := w.attendance(by(first.VolunteerID, 60))
		w.credit(first, second)
		w.credit(w.attendance(by(first.VolunteerID, 30)))
		w.agree(w.App, 3)
		s, err := w.MySummary(w.as(first.VolunteerID))
		w.must(err)
		if s.Total != 210 || s.Entries != 3 {
			t.Errorf("MySummary = %+v, want 210 minutes in 3 entries", s)
		}
	})
	t.Run("writes no line for no minutes", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		w.credit(w.attendance(by(w.leader, 0), func(e *tasksv1.AttendanceConfirmed) { e.ConfirmedBy = w.other }))
		w.agree(w.App, 0)
	})
	for name, change := range map[string]func(*tasksv1.AttendanceConfirmed){
		"more minutes than there were": func(e *tasksv1.AttendanceConfirmed) { e.Minutes = 121 },
		"one's own confirmation":       func(e *tasksv1.AttendanceConfirmed) { e.ConfirmedBy = e.VolunteerID },
		"an end before the start":      func(e *tasksv1.AttendanceConfirmed) { e.To = e.From.Add(-time.Minute) },
		"an unknown proof":             func(e *tasksv1.AttendanceConfirmed) { e.Verification = "Z" },
		"an id that is none":           func(e *tasksv1.AttendanceConfirmed) { e.TeamID = "team" },
	} {
		t.Run(name+" is a fault of the event, and nothing of its batch is written", func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			batch := []tasksv1.AttendanceConfirmed{w.attendance(), w.attendance(change)}
			err := w.db.InTx(t.Context(), func(q postgres.Querier) error { return w.CreditHours(t.Context(), q, batch) })
			if err == nil {
				t.Error("CreditHours accepted it")
			}
			w.count(w.App)
			w.agree(w.App, 0)
		})
	}
}

// told returns what lies in the outbox.
func (w *town) told() (events []hoursv1.EntryPosted) {
	w.t.Helper()
	var bodies []string
	w.must(w.db.Owner(w.t).Select(&bodies, "SELECT body FROM outbox WHERE subject = $1 ORDER BY tx, id", hoursv1.EntryPosted{}.Subject()))
	for _, body := range bodies {
		var e hoursv1.EntryPosted
		w.must(json.Unmarshal([]byte(body), &e))
		events = append(events, e)
	}
	return events
}
