package postgres

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jmoiron/sqlx"
)

// reader is the Querier of Read. It keeps those who are in Read from writing
// by mistake.
type reader struct {
	*sqlx.DB
	prepared *prepared
}

func (reader) ExecContext(context.Context, string, ...any) (sql.Result, error) {
	return nil, errors.New("write outside a transaction: use InTx")
}

func (r reader) QueryxContext(ctx context.Context, query string, args ...any) (*sqlx.Rows, error) {
	if len(args) > 0 {
		if statement := r.prepared.find(query); statement != nil {
			return statement.QueryxContext(ctx, args...)
		}
	}
	return r.DB.QueryxContext(ctx, query, args...)
}

func (r reader) QueryRowxContext(ctx context.Context, query string, args ...any) *sqlx.Row {
	if len(args) > 0 {
		if statement := r.prepared.find(query); statement != nil {
			return statement.QueryRowxContext(ctx, args...)
		}
	}
	return r.DB.QueryRowxContext(ctx, query, args...)
}
