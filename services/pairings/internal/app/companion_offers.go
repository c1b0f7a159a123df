package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// SetOffers writes what the caller, who is or wants to be a companion parent, can give:
// words of the list of children's needs.
func (a *App) SetOffers(ctx context.Context, offers []string) error {
	offers = slices.Compact(slices.Sorted(slices.Values(offers)))
	return a.onMine(ctx, func(q postgres.Querier, c *domain.Companion, _ string) error {
		if !c.Open() {
			return domain.ErrCompanionOver
		}
		return store.UpdateOffers(ctx, q, c.ID, offers)
	})
}
