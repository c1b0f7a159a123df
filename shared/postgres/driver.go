package postgres

import (
	"database/sql/driver"
	"errors"
	"net"

	"github.com/lib/pq"
)

// Array passes a Go slice as a PostgreSQL array, for unnest and ANY. A nil slice
// is an empty array, never NULL: to Go the two are one, and NULL would silently
// match nothing, or break a column that wants a list.
func Array[V any](slice []V) any {
	if slice == nil {
		slice = []V{}
	}
	return pq.Array(slice)
}

// ArrayInto reads a PostgreSQL array into a Go slice.
func ArrayInto[V any](slice *[]V) any { return pq.Array(slice) }

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

// Forbidden reports whether err is the violation of any constraint: what is in the
// database says no.
func Forbidden(err error) bool {
	var e *pq.Error
	return errors.As(err, &e) && e.Code.Class() == "23"
}

// Locked reports whether err says that somebody else held a lock for too long: the
// same call succeeds when that one has ended.
func Locked(err error) bool {
	var e *pq.Error
	return errors.As(err, &e) && e.Code == "55P03" // lock_not_available
}

// Unreachable reports whether err says that the database could not be reached
// or is stopping or starting, or is not the primary any more, so that the same
// call may succeed later.
func Unreachable(err error) bool {
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, errNoPrimary) {
		return true
	}
	var e *pq.Error
	if errors.As(err, &e) {
		const readOnly = "25006" // a standby's answer to a write
		return e.Code.Class() == "08" || e.Code.Class() == "53" || e.Code.Class() == "57" && e.Code != "57014" || e.Code == readOnly
	}
	var n *net.OpError // not every net.Error: an expired context is one, and says nothing about the database
	return errors.As(err, &n)
}
