// Package store reads and writes the tables of the tasks service: one file per
// table. Every function takes the transaction it runs in.
package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// nullTime stores the zero time as NULL.
func nullTime(t time.Time) sql.Null[time.Time] {
	return sql.Null[time.Time]{V: t, Valid: !t.IsZero()}
}

// nullText stores the empty text as NULL.
func nullText(s string) sql.Null[string] { return sql.Null[string]{V: s, Valid: s != ""} }

// utc reads a NULL as the zero time, and every time in UTC.
func utc(t sql.Null[time.Time]) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return t.V.UTC()
}

// copyRows adds many items to a table at once; columns is the list that the table's queries use.
func copyRows[T any](ctx context.Context, q postgres.Querier, table, columns string, items iter.Seq[T], row func(T) []any) (int64, error) {
	names := strings.FieldsFunc(columns, func(r rune) bool { return strings.ContainsRune(", \n\t", r) })
	return postgres.Copy(ctx, q, table, names, func(yield func([]any, error) bool) {
		for item := range items {
			if !yield(row(item), nil) {
				return
			}
		}
	})
}

// Analyze refreshes what the planner knows of the tables, after very many rows
// were written at once: it would otherwise take them for empty for a minute.
func Analyze(ctx context.Context, q postgres.Querier) error {
	const query = `ANALYZE programmes, tasks, shifts, sign_ups, attendances, certificates, known_teams, known_memberships`

	if _, err := q.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("analyze tables: %w", err)
	}
	return nil
}
