// Package pairingsv1 is what the pairings service tells the others, version 1.
//
// Events carry people only as ids. Children, guardians and families are in none of
// them, not even by id: what others have to know of a pairing they learn by a
// reference that means nothing to them.
package pairingsv1

// Stream is the JetStream stream that holds these events.
const Stream = "PAIRINGS"

// CompanionChanged says how far things are with a volunteer who wants to be a companion
// parent (代理家长): only an approved one may be matched with a child. Why is not told.
type CompanionChanged struct {
	VolunteerID string `json:"volunteer_id"`
	State       string `json:"state"`   // applied | approved | suspended | refused | left
	Version     int64  `json:"version"` // goes on from one application of a volunteer to the next
}

// Subject is where this event is published.
func (CompanionChanged) Subject() string { return "pairings.v1.companion.changed" }

// Aggregate returns the volunteer's id and the version.
func (e CompanionChanged) Aggregate() (string, int64) {
	return "companion/" + e.VolunteerID, e.Version
}
