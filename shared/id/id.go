// Package id makes the identifiers of everything Qihe keeps.
package id

import "github.com/google/uuid"

// New returns a UUID of version 7 as text. Ids made one after the other sort
// in that order, so a table's index grows at its end.
func New() string { return uuid.Must(uuid.NewV7()).String() }

// Valid reports whether s is a UUID in its usual 36-character lower-case form.
func Valid(s string) bool {
	u, err := uuid.Parse(s)
	return err == nil && u.String() == s
}
