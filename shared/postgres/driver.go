package postgres

import (
	"database/sql/driver"
	"errors"
	"net"

	"github.com/lib/pq"
)

// Array passes a Go slice as a PostgreSQL array, for unnest and ANY.
func Array(slice any) any { return pq.Array(slice) }

// Column turns rows on their side: one value of each, as the array that unnest
// wants, so that any number of rows is one statement.
func Column[R, V any](rows []R, value func(R) V) any {
	values := make([]V, len(rows))
	for i, row := range rows {
		values[i] = value(row)
	}
	return Array(values)
}

// Violated reports whether err is the violation of the constraint of that name
// (unique, check, exclusion or foreign key).
func Violated(err error, constraint string) bool {
	var e *pq.Error
	return errors.As(err, &e) && e.Code.Class() == "23" && e.Constraint == constraint
}

// Unreachable reports whether err says that the database could not be reached
// or is stopping or starting, so that the same call may succeed later.
func Unreachable(err error) bool {
	if errors.Is(err, driver.ErrBadConn) {
		return true
	}
	var e *pq.Error
	if errors.As(err, &e) {
		return e.Code.Class() == "08" || e.Code.Class() == "53" || e.Code.Class() == "57" && e.Code != "57014"
	}
	var n *net.OpError // not every net.Error: an expired context is one, and says nothing about the database
	return errors.As(err, &n)
}
