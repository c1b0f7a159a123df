// Package store reads and writes the tables of the pairings service. Every
// function works in the transaction, or on the connection, that it is given.
package store

import (
	"database/sql"
	"time"
)

// nullable is a value that the database keeps as NULL when it is empty.
func nullable[T comparable](value T) sql.Null[T] {
	var zero T
	return sql.Null[T]{V: value, Valid: value != zero}
}

// instant is the moment in UTC; zero for NULL.
func instant(t sql.Null[time.Time]) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return t.V.UTC()
}
