package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UndoTap takes back a leader's tap that was a mistake, within two minutes of
// it, and returns the counts of the shift. The claim stays, and beside it that
// it was taken back. Others than the team's leader and deputies get NotFound;
// ErrNoTap refuses what was no tap, ErrUndoTooLate what was one too long ago.
func (a *App) UndoTap(ctx context.Context, attendanceID string) (domain.Counts, error) {
	var shiftID string
	counts, err := idempotency.Do(ctx, a.db, a.clock.Now(), "undo_tap", attendanceID, func(q postgres.Querier) (domain.Counts, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return domain.Counts{}, err
		}
		at, err := store.LockAttendance(ctx, q, attendanceID)
		if err != nil {
			return domain.Counts{}, err
		}
		listing, err := store.FindListing(ctx, q, at.ShiftID)
		if err != nil {
			return domain.Counts{}, err
		}
		if err := reader.atGate(ctx, q, listing, domain.ErrNoSuchAttendance); err != nil {
			return domain.Counts{}, err
		}
		shiftID = at.ShiftID
		if err := a.undo(ctx, q, reader, at); err != nil {
			return domain.Counts{}, err
		}
		all, err := store.CountShifts(ctx, q, []string{shiftID})
		return all[shiftID], err
	})
	if err == nil {
		a.shifts.Touch(shiftID)
	}
	return counts, err
}

func (a *App) undo(ctx context.Context, q postgres.Querier, reader crew, at domain.Attendance) error {
	undone, err := at.Undo(reader.VolunteerID, a.clock.Now())
	if err != nil {
		return err
	}
	if err := store.InsertUndone(ctx, q, undone); err != nil {
		return err
	}
	if err := store.UpsertAttendances(ctx, q, []domain.Attendance{at}); err != nil {
		return err
	}
	return outbox.Append(ctx, q, a.clock.Now(), attendanceChanged(at))
}
