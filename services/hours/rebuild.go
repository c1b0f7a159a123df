package hours

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// RebuildTotals makes all totals anew from the ledger, which is what they are
// sums of, and returns what it did in one line. It may run beside the service;
// replicas that were started on wrong totals are to be started again afterwards.
func RebuildTotals(ctx context.Context, cfg Config) (string, error) {
	cfg = cfg.withDefaults()
	if err := postgres.Migrate(ctx, cfg.OwnerDatabaseURL, Migrations()...); err != nil {
		return "", err
	}
	owner, err := postgres.Open(ctx, cfg.OwnerDatabaseURL, 3)
	if err != nil {
		return "", err
	}
	defer func() { _ = owner.Close() }()
	began := time.Now()
	r, err := app.RebuildTotals(ctx, owner, app.RebuildAtOnce)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d lines of the ledger summed into %d totals in %s", r.Lines, r.Sums, time.Since(began).Round(time.Millisecond)), nil
}
