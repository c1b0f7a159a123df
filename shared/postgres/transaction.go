package postgres

import (
	"context"
	"database/sql"
	"fmt"
)

var snapshot = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}

// run carries out one transaction. The end of ctx undoes it, but never once the
// commit is under way: a commit that waits for the standby and is cancelled is
// seen by everybody, and there is only one of it (docs/high-availability.md).
func (d *DB) run(ctx context.Context, opts *sql.TxOptions, f func(q Querier) error) error {
	inside, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	calm := context.AfterFunc(ctx, cancel)
	defer calm()
	tx, err := d.db.BeginTxx(inside, opts)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing to undo after Commit; undoes on error and on panic

	if err := f(transaction{tx, d.prepared}); err != nil {
		return err
	}
	if !calm() {
		return fmt.Errorf("commit transaction: %w", ctx.Err())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit transaction: %w", err)
	}
	return nil
}
