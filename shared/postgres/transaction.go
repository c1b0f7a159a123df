package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
)

var snapshot = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}

func (d *DB) run(ctx context.Context, opts *sql.TxOptions, f func(q Querier) error) error {
	tx, err := d.db.BeginTxx(ctx, opts)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing to undo after Commit; undoes on error and on panic

	if err := f(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit transaction: %w", err)
	}
	return nil
}

// reader keeps those who are in Read from writing by mistake.
type reader struct{ *sqlx.DB }

func (reader) ExecContext(context.Context, string, ...any) (sql.Result, error) {
	return nil, errors.New("write outside a transaction: use InTx")
}
