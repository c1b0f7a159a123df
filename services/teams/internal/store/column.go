package store

import (
	"database/sql"
	"time"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// column turns rows on their side: one value of each, as the array that
// unnest wants, so that any number of rows is one statement.
func column[R, V any](rows []R, value func(R) V) any {
	values := make([]V, len(rows))
	for i, row := range rows {
		values[i] = value(row)
	}
	return postgres.Array(values)
}

// orNull returns the time, or NULL for the zero time.
func orNull(t time.Time) sql.Null[time.Time] {
	return sql.Null[time.Time]{V: t, Valid: !t.IsZero()}
}
