package pairings

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// RewrapKeys makes the key that was added last to the key file the one that wraps
// data keys, and wraps all of them with it, beside the running service. It returns
// how many there were. With dropOld it then removes the others from the file: only
// when every host has the file with the new key, for a service that has not may
// still wrap with an old one.
func RewrapKeys(ctx context.Context, cfg Config, dropOld bool) (n int, err error) {
	if err := vault.PromoteKey(cfg.KeyFile); err != nil {
		return 0, err
	}
	v, err := vault.Load(cfg.KeyFile)
	if err != nil {
		return 0, err
	}
	owner, err := postgres.Open(ctx, cfg.OwnerDatabaseURL, 1)
	if err != nil {
		return 0, err
	}
	defer func() { _ = owner.Close() }()
	if n, err = app.RewrapKeys(ctx, owner, v); err != nil || !dropOld {
		return n, err
	}
	return n, vault.DropKeys(cfg.KeyFile)
}
