package pairingsv1

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
