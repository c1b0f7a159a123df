package app

import (
	"context"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// CheckKeys returns an error when the vault's keys are not those that sealed
// the phones in the database. With other keys nobody could sign in, and what
// is sealed from then on would be lost as soon as the right ones come back.
func (a *App) CheckKeys(ctx context.Context) error {
	err := a.db.Read(ctx, func(q postgres.Querier) error { return store.CheckKeys(ctx, q, a.vault) })
	if err != nil {
		return fmt.Errorf("try the keys on the database: %w", err)
	}
	return nil
}
