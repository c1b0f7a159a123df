package store

import (
	"database/sql"
	"time"
)

// orNull returns the time, or NULL for the zero time.
func orNull(t time.Time) sql.Null[time.Time] {
	return sql.Null[time.Time]{V: t, Valid: !t.IsZero()}
}

// orZero returns the time, zero for NULL.
func orZero(t sql.Null[time.Time]) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return t.V.UTC()
}
