package postgres

import (
	"context"
	"fmt"
	"sync"

	"github.com/jmoiron/sqlx"
)

// Beside runs f as often as parts says, all at once, each on a connection of its
// own that sees the database exactly as q does, which is InSnapshot's: for a read
// that is worth more than one core. It returns when all have ended, with the first
// error of one of them; the others are cancelled then.
func (d *DB) Beside(ctx context.Context, q Querier, parts int, f func(ctx context.Context, q Querier, part int) error) error {
	if _, err := q.ExecContext(ctx, "SET LOCAL idle_in_transaction_session_timeout = 0"); err != nil { // q says nothing for as long as f takes
		return fmt.Errorf("wait with a snapshot: %w", err)
	}
	var exported string
	if err := sqlx.GetContext(ctx, q, &exported, "SELECT pg_export_snapshot()"); err != nil {
		return fmt.Errorf("share a snapshot: %w", err)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var all sync.WaitGroup
	for part := range parts {
		all.Go(func() {
			if err := d.InSnapshot(ctx, func(q Querier) error {
				if _, err := q.ExecContext(ctx, "SET TRANSACTION SNAPSHOT '"+exported+"'"); err != nil {
					return fmt.Errorf("take over a snapshot: %w", err)
				}
				return f(ctx, q, part)
			}); err != nil {
				cancel(err)
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}
