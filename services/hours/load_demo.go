package hours

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// LoadDemo fills an empty ledger, and all that goes with it, with the demo
// city. A ledger that is not empty is left alone. Call it before Run.
func LoadDemo(ctx context.Context, cfg Config, city *demo.City) error {
	cfg = cfg.withDefaults()
	if err := postgres.Migrate(ctx, cfg.OwnerDatabaseURL, Migrations()...); err != nil {
		return err
	}
	owner, err := postgres.Open(ctx, cfg.OwnerDatabaseURL, 2)
	if err != nil {
		return err
	}
	defer func() { _ = owner.Close() }()
	papers, err := vault.LoadOrMake(cfg.KeyFile, cfg.MakeKeyFile)
	if err != nil {
		return err
	}
	return app.LoadDemo(ctx, owner, papers, city)
}
