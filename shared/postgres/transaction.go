package postgres

import (
	"context"
	"database/sql"
	"fmt"
)

var snapshot = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}

func (d *DB) run(ctx context.Context, opts *sql.TxOptions, f func(q Querier) error) error {
	tx, err := d.db.BeginTxx(ctx, opts)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing to undo after Commit; undoes on error and on panic

	if err := f(transaction{tx, d.prepared}); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit transaction: %w", err)
	}
	return nil
}
