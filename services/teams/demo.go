package teams

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// LoadDemo brings the tables up to date and keeps the people, brigades and
// officers of a demo city. It is called before Run; in a database that has
// people already it changes nothing. The whole city takes a few seconds.
func LoadDemo(ctx context.Context, cfg Config, city *demo.City) error {
	cfg = cfg.withDefaults()
	keys, err := vault.LoadOrMake(cfg.KeyFile, cfg.MakeKeyFile)
	if err != nil {
		return err
	}
	if err := postgres.Migrate(ctx, cfg.OwnerDatabaseURL, Migrations()...); err != nil {
		return err
	}
	owner, err := postgres.Open(ctx, cfg.OwnerDatabaseURL, 2)
	if err != nil {
		return err
	}
	defer func() { _ = owner.Close() }()
	return app.New(app.Parts{DB: owner, Vault: keys, Clock: cfg.Clock, Log: cfg.Log}).LoadDemo(ctx, city)
}
