package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// correctHours writes what an accepted correction adds to the ledger: the line is
// undone and, unless to has no minutes, written anew. The new line is judged like
// any other: time that counts for something else is refused (store.ErrOverlap),
// caps cut. Ledger, totals, credited time and settling agree when the caller's
// transaction commits, and what happened is told. people holds the volunteer,
// locked. A line is undone once: ErrAlreadyReversed.
func (a *App) correctHours(ctx context.Context, q postgres.Querier, people map[string]domain.Person, c domain.Correction, e domain.Entry, to domain.Served) error {
	publicity, err := store.FindPublicity(ctx, q, domain.DayOf(c.DecidedAt))
	if err != nil {
		return err
	}
	lines, err := e.Correct(c, to, publicity.SettlesOn(e.RegionPath, c.DecidedAt))
	if err != nil {
		return err
	}
	if err := a.undo(ctx, q, c, e, lines[0]); err != nil {
		return err
	}
	corrected := hoursv1.EntryCorrected{
		EntryID: e.ID, CorrectionID: c.ID, VolunteerID: e.VolunteerID, DecidedBy: c.DecidedBy, DecidedAt: c.DecidedAt,
	}
	if corrected.AttendanceID, err = store.FindAttendance(ctx, q, e); err != nil {
		return err
	}
	if len(lines) > 1 {
		placed, err := place(ctx, q, people, lines[1:])
		if err == nil && placed[0].Against != "" {
			err = store.ErrOverlap
		}
		if err != nil {
			return err
		}
		if err := fitsDay(ctx, q, people, placed[0].Entry); err != nil {
			return err
		}
		if err := a.write(ctx, q, people, placed); err != nil {
			return err
		}
		if corrected.Minutes = placed[0].Entry.Minutes; corrected.Minutes > 0 {
			corrected.NewEntryID = placed[0].Entry.ID
		}
	}
	return outbox.Append(ctx, q, c.DecidedAt, corrected)
}

// undo writes the reversal of a line and gives its time back.
func (a *App) undo(ctx context.Context, q postgres.Querier, c domain.Correction, e, reversal domain.Entry) error {
	posted, err := store.InsertEntries(ctx, q, []domain.Entry{reversal})
	if err == nil && len(posted) == 0 {
		err = domain.ErrAlreadyReversed
	}
	if err != nil {
		return err
	}
	if err := store.FreeInterval(ctx, q, e.ID); err != nil {
		return err
	}
	if err := store.AddTotals(ctx, q, domain.AddUp(posted)); err != nil {
		return err
	}
	if c.Held {
		if err := store.InsertSettlingChanges(ctx, q, e.GiveWay(reversal, c.ID, c.DecidedAt)); err != nil {
			return err
		}
	}
	return outbox.Append(ctx, q, c.DecidedAt, told(posted)...)
}
