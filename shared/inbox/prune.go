package inbox

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Prune deletes the inbox rows of all consumers that are older than before, in
// short transactions. Keep them for at least as long as a stream keeps events.
func (r *Receiver) Prune(ctx context.Context, before time.Time) error {
	const query = `
		DELETE FROM inbox
		WHERE ctid = ANY (ARRAY(
			SELECT ctid
			FROM inbox
			WHERE received_at < $1
			LIMIT 5000))`
	for {
		var deleted int64
		err := r.db.InTx(ctx, func(q postgres.Querier) error {
			done, err := q.ExecContext(ctx, query, before)
			if err != nil {
				return fmt.Errorf("prune inbox: %w", err)
			}
			deleted, err = done.RowsAffected()
			return err
		})
		if err != nil || deleted == 0 {
			return err
		}
	}
}
