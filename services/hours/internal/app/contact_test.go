package app_test

import (
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// contact is an hour with somebody from an instant on, confirmed by the leader.
func (w *town) contact(volunteerID string, from time.Time) pairingsv1.ContactConfirmed {
	return pairingsv1.ContactConfirmed{
		Reference: id.Random(), TeamID: w.team, RegionPath: "4106/410611/410611100/", ReportingUnit: "淇滨区", ProgrammeID: w.programme, VolunteerID: volunteerID,
		Verification: "D", From: from, To: from.Add(time.Hour), Minutes: 60, ConfirmedBy: w.leader, ConfirmedAt: w.clock.Now(),
	}
}

func (w *town) creditContacts(events ...pairingsv1.ContactConfirmed) {
	w.t.Helper()
	w.inTx(func(q postgres.Querier) error { return w.CreditContacts(w.t.Context(), q, events) })
	w.count(w.App)
}

func TestCreditContacts(t *testing.T) {
	t.Parallel()
	t.Run("a contact is a line of service like an attendance, once, and says nothing of whom it was for", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me := id.New()
		e := w.contact(me, w.clock.Now().Add(-26*time.Hour))
		w.creditContacts(e, e)
		w.creditContacts(e)
		w.agree(w.App, 1)
		page, _, err := w.MyEntries(w.as(me), "", 10)
		w.must(err)
		if len(page) != 1 || page[0].SourceID != e.Reference || page[0].Title != domain.ContactTitle || page[0].Minutes != 60 || page[0].Verification != "D" || page[0].SettlesOn == 0 {
			t.Errorf("MyEntries = %+v", page)
		}
		if told := w.told(); len(told) != 1 {
			t.Errorf("told %+v", told)
		}
	})
	t.Run("who may only object sees the day and the minutes, neither the hour nor where nor who looks after it", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me := id.New()
		e := w.contact(me, w.clock.Now().Truncate(time.Hour).Add(-3*time.Hour))
		w.creditContacts(e)
		seen, err := w.FindEntry(w.as(id.New()), e.Reference)
		w.must(err)
		day := domain.DayOf(e.From)
		if !seen.From.Equal(day.Start()) || !seen.To.Equal((day + 1).Start()) || seen.Minutes != 60 || seen.MyEntry.ConfirmedBy != "" || seen.ProgrammeID != "" || seen.RegionPath != "" || seen.SourceID == e.Reference {
			t.Errorf("a stranger sees %+v", seen)
		}
		own, err := w.FindEntry(w.as(me), e.Reference)
		w.must(err)
		if !own.From.Equal(e.From) || own.SourceID != e.Reference { // control
			t.Errorf("she sees %+v", own)
		}
	})
	t.Run("time that counts for something else is held, and a cap cuts", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me, day := id.New(), w.clock.Now().Truncate(time.Hour).AddDate(0, 0, -2)
		w.credit(w.attendance(by(me, 120), at(day)))
		w.creditContacts(w.contact(me, day.Add(time.Hour)))
		w.agree(w.App, 1)
		_, held, err := w.MyUncounted(w.as(me))
		w.must(err)
		if len(held) != 1 || held[0].Entry.SourceKind != domain.SourceContact {
			t.Fatalf("held %+v", held)
		}
		w.inTx(func(q postgres.Querier) error {
			return store.InsertDayCap(t.Context(), q, domain.DayCap{ID: id.New(), ValidFrom: domain.DayOf(day) - 9, Minutes: 150, Reason: "上限", SetBy: w.leader, SetAt: day})
		})
		w.creditContacts(w.contact(me, day.Add(3*time.Hour)))
		if got := w.total(me); got != 150 {
			t.Errorf("%d minutes count", got)
		}
	})
	t.Run("a visit of a family is called so, and is held when an attendance has its time", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me, day := id.New(), w.clock.Now().Truncate(time.Hour).AddDate(0, 0, -2)
		w.credit(w.attendance(by(me, 120), at(day)))
		twice, free := w.contact(me, day.Add(time.Hour)), w.contact(me, day.Add(5*time.Hour))
		twice.Line, free.Line = "aid", "aid"
		w.creditContacts(twice, free)
		w.agree(w.App, 2)
		page, _, err := w.MyEntries(w.as(me), "", 10)
		w.must(err)
		_, held, err := w.MyUncounted(w.as(me))
		w.must(err)
		if len(page) != 2 || page[0].Title != domain.AidTitle || page[0].SourceID != free.Reference || len(held) != 1 || held[0].Entry.SourceID != twice.Reference || w.total(me) != 180 {
			t.Errorf("%+v, held %+v, %d minutes", page, held, w.total(me))
		}
	})
	t.Run("a line is corrected as others are", func(t *testing.T) {
		t.Parallel()
		s := newStaff(t)
		e := s.contact(s.me, s.clock.Now().Add(-26*time.Hour))
		s.creditContacts(e)
		var line domain.Entry
		s.inTx(func(q postgres.Querier) error {
			lines, err := store.ListEntriesBySource(t.Context(), q, domain.SourceContact, []string{e.Reference})
			line = lines[0]
			return err
		})
		before, _ := s.sum(s.me, 0)
		v := s.ask(s.as(s.me), line, later(line))
		s.must(s.DecideCorrection(s.as(s.deputy), v.ID, app.CorrectionDecision{Accept: true, Reason: "核实过"}))
		s.count(s.App)
		if after, _ := s.sum(s.me, 0); after != before+30 {
			t.Errorf("%d minutes before, %d after", before, after)
		}
	})
	for name, change := range map[string]func(*pairingsv1.ContactConfirmed){
		"a grade of codes":       func(e *pairingsv1.ContactConfirmed) { e.Verification = "A" },
		"one's own confirmation": func(e *pairingsv1.ContactConfirmed) { e.ConfirmedBy = e.VolunteerID },
		"too many minutes":       func(e *pairingsv1.ContactConfirmed) { e.Minutes = 61 },
	} {
		t.Run(name+" is a fault of the event", func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			e := w.contact(id.New(), w.clock.Now().Add(-26*time.Hour))
			change(&e)
			if err := w.db.InTx(t.Context(), func(q postgres.Querier) error {
				return w.CreditContacts(t.Context(), q, []pairingsv1.ContactConfirmed{e})
			}); err == nil {
				t.Error("it was credited")
			}
			w.credit(w.attendance(func(e *tasksv1.AttendanceConfirmed) { e.Verification = "A" })) // control
			w.agree(w.App, 1)
		})
	}
}
