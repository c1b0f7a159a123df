// Package store reads and writes the tables of the hours service. Every
// function works in the transaction, or on the connection, that it is given.
package store

import (
	"context"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// each calls f for every row of the query as it arrives, for results that
// should not be in memory twice.
func each(ctx context.Context, q postgres.Querier, query string, args []any, f func(rows *sqlx.Rows) error) error {
	rows, err := q.QueryxContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// interned keeps one copy of each of few texts, of millions of rows.
type interned map[string]string

func (i interned) of(b []byte) string {
	if s, ok := i[string(b)]; ok {
		return s
	}
	s := strings.Clone(string(b))
	i[s] = s
	return s
}
