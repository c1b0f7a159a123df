package inbox

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/upkeep"
)

// kept is how long the ids of events are kept: as long as a stream keeps the events.
const kept = 14 * 24 * time.Hour

// Forgetting forgets old events of all consumers of the receiver's database.
func Forgetting(r *Receiver) upkeep.Job {
	return upkeep.Job{Name: "inbox", Do: func(ctx context.Context) error {
		return r.Prune(ctx, time.Now().Add(-kept)) // the inbox goes by the database's clock
	}}
}

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
