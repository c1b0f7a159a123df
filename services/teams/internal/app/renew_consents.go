package app

import (
	"context"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// renewAtOnce bounds how many people are told of in one transaction.
const renewAtOnce = 200

// RenewConsents lets consents count no longer that were given to words which
// say less than today's, and tells each person and all services of it. The pages ask
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
		source := fmt.Sprintf("%s/%d", purpose, least)
		notices := toAll(stale, func(volunteerID string) domain.Notice {
			words := domain.Words{"consent": string(purpose)}
			return domain.NewNotice(domain.NoticeConsentRenewal, volunteerID, "consent", string(purpose), words, a.clock.Now()).From(source)
		})
		if err := a.notify(ctx, q, notices...); err != nil {
			return err
		}
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
