package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// endFamilyConsents ends helping where the family's consent ran out.
func (a *App) endFamilyConsents(ctx context.Context) error {
	now := a.clock.Now()
	return eachOf(ctx, a, func(q postgres.Querier) ([]domain.Household, error) {
		return store.TakeHouseholdsWithoutConsent(ctx, q, now, dutiesAtOnce)
	}, func(q postgres.Querier, h domain.Household) error {
		if err := a.endAidOf(ctx, q, h, "consent_ended", ""); err != nil {
			return err
		}
		if err := withdrawWishesOf(ctx, q, h.ID, now); err != nil {
			return err
		}
		return store.UpdateHousehold(ctx, q, h.Settle(false, now))
	})
}

// eraseFamilies destroys the keys of families whose record's time is over.
func (a *App) eraseFamilies(ctx context.Context) error {
	now := a.clock.Now()
	return eachOf(ctx, a, func(q postgres.Querier) ([]domain.Household, error) {
		return store.TakeHouseholdsToErase(ctx, q, now, dutiesAtOnce)
	}, func(q postgres.Querier, h domain.Household) error {
		if _, err := store.DestroyKey(ctx, q, h.ID, domain.TheClock, "保存期满", now); err != nil {
			return err
		}
		return eraseFamily(ctx, q, h, now)
	})
}

// remindOfReviews tells who has a family's case that a quarter is to be reviewed, and
// two weeks late the administrators nearest as well.
func (a *App) remindOfReviews(ctx context.Context) error {
	now := a.clock.Now()
	return eachOf(ctx, a, func(q postgres.Querier) ([]domain.AidCase, error) {
		return store.TakeAidCasesToRemind(ctx, q, now, dutiesAtOnce)
	}, func(q postgres.Querier, c domain.AidCase) error {
		h, err := store.FindHousehold(ctx, q, c.HouseholdID)
		if err != nil {
			return err
		}
		kind, to := pairingsv1.NoticeAidReview, []string{h.OfficerID}
		if c.Reminders == 2 {
			kind = pairingsv1.NoticeAidReviewLate
			above, err := store.ListOfficers(ctx, q, h.RegionPath, []string{administrator}, now)
			if err != nil {
				return err
			}
			if len(above) > 0 && above[0] != h.OfficerID {
				to = append(to, above[0])
			}
		}
		last := c.ReviewDueAt.In(clock.City).AddDate(0, 0, -1).Format(time.DateOnly)
		if err := a.tellAid(ctx, q, kind, c, map[string]string{"day": last}, to...); err != nil {
			return err
		}
		return store.UpdateAidCase(ctx, q, c.Reminded())
	})
}
