package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ClaimWish gives a published wish to the caller, an adult who has fewer than three. Of
// many who claim it at the same moment one gets it; the others domain.ErrWishTaken.
func (a *App) ClaimWish(ctx context.Context, wishID string) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	minor := a.knownOf(ctx, who.VolunteerID).Minor
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		if minor {
			return domain.ErrWishClaimer
		}
		claimed, err := store.LockClaimer(ctx, q, who.VolunteerID)
		if err != nil {
			return err
		}
		w, err := store.LockMicroWish(ctx, q, wishID)
		if err != nil {
			return err
		}
		if w.State == domain.WishClaimed && w.ClaimedBy == who.VolunteerID {
			return nil // sent again
		}
		if claimed >= domain.ClaimsAtOnce {
			return domain.ErrWishMany
		}
		if w, err = w.Claim(who.VolunteerID, a.clock.Now()); err != nil {
			return err
		}
		if err := store.UpdateMicroWish(ctx, q, w); err != nil {
			return err
		}
		return a.tellWish(ctx, q, pairingsv1.NoticeWishClaimed, w, w.DraftedBy)
	})
}

// ReturnWish makes a wish that the caller claimed everybody's again.
func (a *App) ReturnWish(ctx context.Context, wishID string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		who, err := auth.From(ctx)
		if err != nil {
			return err
		}
		w, err := store.LockMicroWish(ctx, q, wishID)
		if err != nil {
			return err
		}
		if w.ClaimedBy == "" {
			return domain.ErrNoWish
		}
		own, err := store.SamePerson(ctx, q, who.VolunteerID, w.ClaimedBy)
		if err == nil && !own {
			err = domain.ErrNoWish
		}
		if err != nil {
			return err
		}
		if w, err = w.Return(a.clock.Now()); err != nil {
			return err
		}
		return store.UpdateMicroWish(ctx, q, w)
	})
}

// returnOverdueWishes makes wishes everybody's again whose time is over, and says so to
// who had claimed them.
func (a *App) returnOverdueWishes(ctx context.Context) error {
	now := a.clock.Now()
	return eachOf(ctx, a, func(q postgres.Querier) ([]domain.MicroWish, error) {
		return store.TakeOverdueWishes(ctx, q, now, dutiesAtOnce)
	}, func(q postgres.Querier, w domain.MicroWish) error {
		had := w.ClaimedBy
		w, err := w.Return(now)
		if err != nil {
			return err
		}
		if err := store.UpdateMicroWish(ctx, q, w); err != nil {
			return err
		}
		return a.tellWish(ctx, q, pairingsv1.NoticeWishReturned, w, had)
	})
}
