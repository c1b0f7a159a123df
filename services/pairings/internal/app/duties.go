package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/upkeep"
)

// DutiesEvery is how often the clock is looked at: what is due is done at most
// so much late.
const DutiesEvery = 5 * time.Second

// dutiesAtOnce bounds what one transaction of a duty takes.
const dutiesAtOnce = 50

// duties are what nobody asks for: the clock makes them due. Every replica does
// all of them; one takes what is due FOR UPDATE SKIP LOCKED, a few rows in a
// transaction, so that replicas share the work and a stop in the middle loses
// nothing. What is due is written in the rows, never remembered.
func (a *App) duties() []upkeep.Job {
	return []upkeep.Job{
		{Name: "consents", Do: a.endConsents},
		{Name: "retention", Do: a.eraseOld},
		{Name: "companions", Do: a.watchCompanions},
		{Name: "concerns", Do: a.watchConcerns},
		{Name: "concern retention", Do: a.eraseConcerns},
		{Name: "contacts", Do: a.watchContacts},
		{Name: "pairings", Do: a.watchPairings},
		{Name: "passes", Do: a.forgetPasses},
		{Name: "family consents", Do: a.endFamilyConsents},
		{Name: "family retention", Do: a.eraseFamilies},
		{Name: "aid reviews", Do: a.remindOfReviews},
		{Name: "wishes", Do: a.returnOverdueWishes},
	}
}

// DoDuties does what is due now. One that fails does not keep the others from
// being done; it is tried again the next time.
func (a *App) DoDuties(ctx context.Context) error { return upkeep.All(ctx, a.duties()...) }

// endConsents takes children off the list whose consent ran out.
func (a *App) endConsents(ctx context.Context) error {
	now := a.clock.Now()
	return eachOf(ctx, a, func(q postgres.Querier) ([]domain.Child, error) {
		return store.TakeChildrenWithoutConsent(ctx, q, now, dutiesAtOnce)
	}, func(q postgres.Querier, c domain.Child) error {
		if err := withdrawWishesOf(ctx, q, c.ID, now); err != nil {
			return err
		}
		return a.settle(ctx, q, c, now)
	})
}

// eraseOld destroys the keys of records whose time is over: referrals that nobody
// consented to, and what was refused or withdrawn.
func (a *App) eraseOld(ctx context.Context) error {
	now := a.clock.Now()
	return eachOf(ctx, a, func(q postgres.Querier) ([]domain.Child, error) {
		return store.TakeChildrenToErase(ctx, q, now, dutiesAtOnce)
	}, func(q postgres.Querier, c domain.Child) error {
		if _, err := store.DestroyKey(ctx, q, c.ID, domain.TheClock, "保存期满", now); err != nil {
			return err
		}
		return eraseChild(ctx, q, c, now)
	})
}

// eachOf does something with everything that take returns, some in a transaction,
// until it returns none.
func eachOf[T any](ctx context.Context, a *App, take func(q postgres.Querier) ([]T, error), do func(q postgres.Querier, one T) error) error {
	for more := true; more; {
		if err := a.db.InTx(ctx, func(q postgres.Querier) error {
			due, err := take(q)
			more = len(due) == dutiesAtOnce
			for _, one := range due {
				if err == nil {
					err = do(q, one)
				}
			}
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}
