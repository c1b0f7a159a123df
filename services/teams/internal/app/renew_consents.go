package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// renewAtOnce bounds how many people are told of in one transaction.
const renewAtOnce = 200

// RenewConsents lets consents count no longer that were given to words which
// say less than today's, and tells all services of each person. The pages ask
// for them again. It is called now and then, and goes on where it was stopped.
func (a *App) RenewConsents(ctx context.Context) error {
	for _, purpose := range domain.Purposes {
		for {
			n, err := a.renewSome(ctx, purpose)
			if err != nil {
				return err
			}
			if n < renewAtOnce {
				break
			}
		}
	}
	return nil
}

func (a *App) renewSome(ctx context.Context, purpose domain.Purpose) (n int, err error) {
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		texts, err := store.ListConsentTexts(ctx, q)
		if err != nil {
			return err
		}
		least := domain.LeastVersion(texts, purpose, a.clock.Now())
		if least == 0 {
			return nil // nothing new was ever said
		}
		stale, err := store.ListStaleConsents(ctx, q, purpose, least, renewAtOnce)
		if err != nil {
			return err
		}
		n = len(stale)
		for _, id := range stale {
			v, err := store.LockVolunteer(ctx, q, a.vault, id)
			if err != nil {
				return err
			}
			if err := a.countConsent(ctx, q, v, purpose, false); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}
