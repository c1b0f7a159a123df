// Package id makes the identifiers of everything Qihe keeps.
package id

import "github.com/google/uuid"

// New returns a UUID of version 7 as text. Ids made one after the other sort
// in that order, so a table's index grows at its end.
func New() string { return uuid.Must(uuid.NewV7()).String() }

// Random returns a UUID of version 4 as text, for what must not tell its reader
// when it was made: New's ids hold the millisecond.
func Random() string { return uuid.NewString() }

// Valid reports whether s is a UUID in its usual 36-character lower-case form.
func Valid(s string) bool {
	u, err := uuid.Parse(s)
	return err == nil && u.String() == s
}

// Append appends the 16 bytes of a valid id to b.
func Append(b []byte, s string) []byte {
	u := uuid.MustParse(s)
	return append(b, u[:]...)
}

// FromBytes is Append's inverse.
func FromBytes(b [16]byte) string { return uuid.UUID(b).String() }
