package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/reseal"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Reseal seals everything that teams keeps sealed with the vault's present key, beside
// the running service, and returns how many values it changed. db is opened as the owner.
func Reseal(ctx context.Context, db *postgres.DB, v *vault.Vault, tell reseal.Tell) (int, error) {
	return reseal.All(ctx, db, v, store.Sealed, tell)
}
