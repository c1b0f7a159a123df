package upkeep

import (
	"context"

	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Answers forgets old answers to requests.
func Answers(db *postgres.DB, c clock.Clock) Job {
	return Job{"answers", func(ctx context.Context) error {
		return idempotency.Prune(ctx, db, c.Now().Add(-idempotency.Keep))
	}}
}
