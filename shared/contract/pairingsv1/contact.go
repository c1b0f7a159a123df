package pairingsv1

import "time"

// ContactConfirmed says that another person than the volunteer has confirmed a
// visit or a call to who the volunteer stands by. It carries all that the hours
// service needs to credit it, frozen at this moment, and nothing by which anybody
// could tell whom it was for: Reference is random, made for this event, and the
// region is no smaller than a township.
type ContactConfirmed struct {
	Reference     string    `json:"reference"`      // what it is credited for, once
	Line          string    `json:"line,omitempty"` // companion | aid: the sort of help; empty is companion
	TeamID        string    `json:"team_id"`
	RegionPath    string    `json:"region_path"` // of a township, or of what is above one
	ReportingUnit string    `json:"reporting_unit"`
	ProgrammeID   string    `json:"programme_id"`
	VolunteerID   string    `json:"volunteer_id"`
	Verification  string    `json:"verification"` // C | D
	From          time.Time `json:"from"`
	To            time.Time `json:"to"`
	Minutes       int       `json:"minutes"` // whole minutes
	ConfirmedBy   string    `json:"confirmed_by"`
	ConfirmedAt   time.Time `json:"confirmed_at"`
}

// Subject is where this event is published.
func (ContactConfirmed) Subject() string { return "pairings.v1.contact.confirmed" }

// Aggregate returns the reference; it never changes.
func (e ContactConfirmed) Aggregate() (string, int64) { return "contact/" + e.Reference, 1 }
