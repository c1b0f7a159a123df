package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/erased"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// EraseAgain destroys the keys of all whom the list names and whose keys are there
// again, because the database came back from a backup, and brings in line what goes
// with them. It is done before anybody is served, and returns how many there were.
func (a *App) EraseAgain(ctx context.Context, list erased.List) (again int, err error) {
	lines, err := list.Read()
	if err != nil {
		return 0, err
	}
	if err := a.db.InTx(ctx, func(q postgres.Querier) error {
		again = 0
		for _, line := range lines {
			done, err := store.DestroyKey(ctx, q, line.SubjectID, line.By, line.Reason, line.At)
			if err != nil {
				return err
			}
			if done {
				again++
			}
		}
		return nil
	}); err != nil {
		return 0, err
	}
	if again > 0 {
		a.log.WarnContext(ctx, "the database is from before some were erased; they are erased again", "records", again)
	}
	return again, a.finishErasing(ctx)
}

// finishErasing takes away what records hold in the open whose key is destroyed and
// whose row does not know it, and ends what went on with them.
func (a *App) finishErasing(ctx context.Context) error {
	now := a.clock.Now()
	if err := eachOf(ctx, a, func(q postgres.Querier) ([]domain.Child, error) {
		return store.TakeHalfErasedChildren(ctx, q, dutiesAtOnce)
	}, func(q postgres.Querier, c domain.Child) error {
		if err := a.endPairing(ctx, q, c, domain.ClosedConsent, ""); err != nil {
			return err
		}
		if err := withdrawWishesOf(ctx, q, c.ID, now); err != nil {
			return err
		}
		return eraseChild(ctx, q, c, now)
	}); err != nil {
		return err
	}
	if err := eachOf(ctx, a, func(q postgres.Querier) ([]domain.Household, error) {
		return store.TakeHalfErasedHouseholds(ctx, q, dutiesAtOnce)
	}, func(q postgres.Querier, h domain.Household) error {
		if err := a.endAidOf(ctx, q, h, "consent_ended", ""); err != nil {
			return err
		}
		if err := withdrawWishesOf(ctx, q, h.ID, now); err != nil {
			return err
		}
		return eraseFamily(ctx, q, h, now)
	}); err != nil {
		return err
	}
	return eachOf(ctx, a, func(q postgres.Querier) ([]domain.Companion, error) {
		return store.TakeHalfErasedCompanions(ctx, q, dutiesAtOnce)
	}, func(q postgres.Querier, c domain.Companion) error {
		c, err := c.Leave("other", now)
		if err != nil {
			return err
		}
		if err := store.UpdateCompanion(ctx, q, c); err != nil {
			return err
		}
		return a.followCompanion(ctx, q, c)
	})
}

// KeepErased returns a job that puts into the list whoever was erased since.
func (a *App) KeepErased(list erased.List) func(ctx context.Context) error {
	kept := -1
	return func(ctx context.Context) error {
		var lines []erased.Line
		n := 0
		if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
			if n, err = store.CountErased(ctx, q); err != nil || n == kept {
				return err
			}
			lines, err = store.ListErased(ctx, q)
			return err
		}); err != nil || n == kept {
			return err
		}
		if err := list.Add(lines); err != nil {
			return err
		}
		kept = n
		return nil
	}
}

// eraseChild takes away what of a locked child whose key is destroyed stands in the open.
func eraseChild(ctx context.Context, q postgres.Querier, c domain.Child, now time.Time) error {
	c.State, c.StateAt, c.Version = domain.ChildErased, now, c.Version+1
	return store.UpdateChildErased(ctx, q, c)
}

// eraseFamily does the same with a family.
func eraseFamily(ctx context.Context, q postgres.Querier, h domain.Household, now time.Time) error {
	if err := store.ReplacePapers(ctx, q, h.ID, nil); err != nil {
		return err
	}
	h.State, h.StateAt, h.EraseAt, h.Sealed, h.Version = domain.HouseholdErased, now, time.Time{}, []byte{}, h.Version+1
	h.Kinds, h.Size = []string{"other"}, 1 // what they were is gone, too
	return store.UpdateHousehold(ctx, q, h)
}
