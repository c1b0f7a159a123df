package idempotency

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Keep is how long an answer is kept: a phone that was away for a weekend may
// still send its request again.
const Keep = 7 * 24 * time.Hour

// chunk bounds how long one deletion holds its locks.
const chunk = 5000

// Prune deletes the answers to requests older than before, in short transactions.
func Prune(ctx context.Context, db *postgres.DB, before time.Time) error {
	const query = `
		DELETE FROM idempotency_keys
		WHERE ctid = ANY (ARRAY(SELECT ctid FROM idempotency_keys WHERE created_at < $1 LIMIT $2))`

	for {
		var deleted int64
		err := db.InTx(ctx, func(q postgres.Querier) error {
			res, err := q.ExecContext(ctx, query, before, chunk)
			if err != nil {
				return fmt.Errorf("prune answers: %w", err)
			}
			deleted, err = res.RowsAffected()
			return err
		})
		if err != nil || deleted < chunk {
			return err
		}
	}
}
