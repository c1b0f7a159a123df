// Package person says who is one human being: people are known by records, and
// teams may find out that several were the same.
package person

import (
	"maps"
	"slices"
)

// Person is all records of one human being: usually one, more when teams found
// out that several were the same. Two-person rules compare persons.
type Person map[string]bool

// New returns the person with these records.
func New(volunteerIDs ...string) Person {
	p := make(Person, len(volunteerIDs))
	for _, id := range volunteerIDs {
		p[id] = true
	}
	return p
}

// Is reports whether a record is the person's.
func (p Person) Is(volunteerID string) bool { return p[volunteerID] }

// Shares reports whether a record is of both.
func (p Person) Shares(others Person) bool {
	for id := range p {
		if others[id] {
			return true
		}
	}
	return false
}

// With returns the person with one more record.
func (p Person) With(volunteerID string) Person {
	more := New(volunteerID)
	maps.Copy(more, p)
	return more
}

// IDs returns the records, in order.
func (p Person) IDs() []string { return slices.Sorted(maps.Keys(p)) }

// Key names the person in locks and constraints: one of the records, the same
// whichever of them is asked.
func (p Person) Key() string { return p.IDs()[0] }
