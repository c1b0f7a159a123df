package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// CreditHours writes a line of the ledger for every confirmed attendance that
// has none yet, and adds it to the totals, in the caller's transaction. An
// attendance that came to no minutes has no line. An error that names an
// attendance means that its facts break the rules of the ledger.
func (a *App) CreditHours(ctx context.Context, q postgres.Querier, events []tasksv1.AttendanceConfirmed) error {
	now := a.clock.Now()
	publicity, err := store.FindPublicity(ctx, q, domain.DayOf(now))
	if err != nil {
		return err
	}
	entries := make([]domain.Entry, 0, len(events))
	for _, e := range events {
		if e.Minutes == 0 {
			continue
		}
		entry, err := domain.NewEntry(kindOf(e), domain.Entry{
			VolunteerID: e.VolunteerID, TeamID: e.TeamID, ProgrammeID: e.ProgrammeID,
			RegionPath: e.RegionPath, ReportingUnit: e.ReportingUnit,
			Verification: e.Verification, Minutes: e.Minutes, From: e.From, To: e.To,
			SourceKind: domain.SourceAttendance, SourceID: e.AttendanceID, Title: e.TaskTitle,
			ConfirmedBy: e.ConfirmedBy, ConfirmedAt: e.ConfirmedAt, RecordedAt: now, SettlesOn: publicity.SettlesOn(e.RegionPath, now),
		})
		if err != nil {
			return err
		}
		entries = append(entries, entry)
	}
	posted, err := store.InsertEntries(ctx, q, entries)
	if err != nil || len(posted) == 0 {
		return err
	}
	if err := store.AddTotals(ctx, q, domain.AddUp(posted)); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, told(posted)...)
}

// kindOf returns what an attendance is credited as. Events of releases before
// there were classes say nothing: it was service.
func kindOf(e tasksv1.AttendanceConfirmed) domain.Kind {
	if e.Kind == string(domain.Training) {
		return domain.Training
	}
	return domain.Service
}

func told(posted []domain.Entry) []outbox.Event {
	events := make([]outbox.Event, len(posted))
	for i, e := range posted {
		events[i] = hoursv1.EntryPosted{
			EntryID: e.ID, VolunteerID: e.VolunteerID, TeamID: e.TeamID, ProgrammeID: e.ProgrammeID,
			Minutes: e.Minutes, Kind: string(e.Kind), Verification: e.Verification,
			SourceID: e.SourceID, RecordedAt: e.RecordedAt,
		}
	}
	return events
}
