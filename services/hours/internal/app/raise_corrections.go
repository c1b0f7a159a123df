package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// correctionsAtOnce is how many late questions are taken in one transaction.
const correctionsAtOnce = 20

// raiseCorrections takes questions that were not decided by their last day to the
// next region above, with a new last day, and tells its officers. At the top they
// are reminded.
func (a *App) raiseCorrections(ctx context.Context) error {
	for {
		var late []domain.Correction
		err := a.db.InTx(ctx, func(q postgres.Querier) (err error) {
			if late, err = store.LockLateCorrections(ctx, q, domain.DayOf(a.clock.Now()), correctionsAtOnce); err != nil {
				return err
			}
			for _, c := range late {
				if err := a.raiseCorrection(ctx, q, c); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(late) < correctionsAtOnce {
			return err
		}
	}
}

func (a *App) raiseCorrection(ctx context.Context, q postgres.Querier, c domain.Correction) error {
	now := a.clock.Now()
	e, err := store.FindEntry(ctx, q, c.EntryID)
	if err != nil {
		return err
	}
	deciders, err := a.decidersOf(ctx, q, e)
	if err != nil {
		return err
	}
	place, who := deciders.Next(c)
	c.Raise(place, now)
	if err := store.UpdateCorrection(ctx, q, c); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, tellCorrection(hoursv1.NoticeCorrectionRose, c, e, now, who...)...)
}
