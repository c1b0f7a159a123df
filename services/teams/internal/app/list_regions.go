package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListRegions returns the divisions directly below one, by their codes, or
// domain.ErrNoRegion. Everybody may know them: whoever registers is asked where
// they are at home.
func (a *App) ListRegions(ctx context.Context, parent string) ([]domain.Region, error) {
	var regions []domain.Region
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if _, err := store.FindRegion(ctx, q, parent); err != nil {
			return err
		}
		var err error
		regions, err = store.ListRegions(ctx, q, parent)
		return err
	})
	return regions, err
}
