package hours

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/reseal"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Reseal seals everything sealed with the present key of the key file, beside the
// running service, and returns how many values it changed; a second run goes on where
// the first was broken off. It needs of the settings the owner's database and the key file.
func Reseal(ctx context.Context, cfg Config, tell reseal.Tell) (int, error) {
	keys, err := vault.Load(cfg.KeyFile)
	if err != nil {
		return 0, err
	}
	owner, err := postgres.Open(ctx, cfg.OwnerDatabaseURL, 1)
	if err != nil {
		return 0, err
	}
	defer func() { _ = owner.Close() }()
	return app.Reseal(ctx, owner, keys, tell)
}
