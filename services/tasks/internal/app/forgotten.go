package app

import (
	"context"
	"strconv"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// shiftsAtOnce is how many shifts a duty takes in one transaction.
const shiftsAtOnce = 20

// endForgotten ends the attendances of shifts that are over and from which
// nobody checked out, and tells those who lead the team how many: a leader
// sees it minutes after the end, and not one minute is credited before
// somebody has said when they left.
func (a *App) endForgotten(ctx context.Context) error {
	for {
		var done []string
		err := a.db.InTx(ctx, func(q postgres.Querier) (err error) {
			if done, err = store.LockShiftsWithOpen(ctx, q, a.clock.Now(), shiftsAtOnce); err != nil {
				return err
			}
			for _, shiftID := range done {
				if err := a.endForgottenOf(ctx, q, shiftID); err != nil {
					return err
				}
			}
			return nil
		})
		a.shifts.Touch(done...)
		if err != nil || len(done) < shiftsAtOnce {
			return err
		}
	}
}

func (a *App) endForgottenOf(ctx context.Context, q postgres.Querier, shiftID string) error {
	shift, err := store.FindShift(ctx, q, shiftID)
	if err != nil {
		return err
	}
	attendances, err := store.LockShiftAttendances(ctx, q, shiftID)
	if err != nil {
		return err
	}
	var (
		now     = a.clock.Now()
		changed []domain.Attendance
		events  []outbox.Event
	)
	for _, at := range attendances {
		if at.Forget(shift, now) {
			changed = append(changed, at)
			events = append(events, attendanceChanged(at))
		}
	}
	if len(changed) == 0 {
		return nil
	}
	if err := store.UpsertAttendances(ctx, q, changed); err != nil {
		return err
	}
	told, err := a.tellForgotten(ctx, q, shiftID, len(changed))
	if err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, append(events, told...)...)
}

// tellForgotten is empty for a shift that nobody sees any more.
func (a *App) tellForgotten(ctx context.Context, q postgres.Querier, shiftID string, n int) ([]outbox.Event, error) {
	listings, err := store.ListListings(ctx, q, domain.ListingFilter{IDs: []string{shiftID}})
	if err != nil || len(listings) == 0 {
		return nil, err
	}
	leaders, err := store.ListLeaders(ctx, q, listings[0].TeamID)
	return news(tasksv1.NoticeCheckOutsForgotten, listings[0], a.clock.Now(), map[string]string{"count": strconv.Itoa(n)}, leaders...), err
}
