// Package hoursv1 is what the hours service tells the others, version 1.
package hoursv1

import "time"

// Stream is the JetStream stream that holds these events.
const Stream = "HOURS"

// EntryPosted says that a line was written to the hour ledger.
type EntryPosted struct {
	EntryID      string    `json:"entry_id"`
	VolunteerID  string    `json:"volunteer_id"`
	TeamID       string    `json:"team_id"`
	ProgrammeID  string    `json:"programme_id"`
	Minutes      int       `json:"minutes"` // negative in a reversal
	Kind         string    `json:"kind"`    // service | training | adjustment | reversal | import
	Verification string    `json:"verification"`
	SourceID     string    `json:"source_id"` // what it is credited for: an attendance
	RecordedAt   time.Time `json:"recorded_at"`
}

// Subject is where this event is published.
func (EntryPosted) Subject() string { return "hours.v1.entry.posted" }

// Aggregate returns the entry's id; an entry never changes, so its version is 1.
func (e EntryPosted) Aggregate() (string, int64) { return "entry/" + e.EntryID, 1 }

// CreditHeld says that a confirmed attendance could not be credited, because
// the same person was already credited for some of the time. It waits for
// somebody to look; nothing is lost.
type CreditHeld struct {
	CreditID    string    `json:"credit_id"` // the line's id, if it is credited after all
	VolunteerID string    `json:"volunteer_id"`
	TeamID      string    `json:"team_id"`
	SourceID    string    `json:"source_id"` // the attendance
	Minutes     int       `json:"minutes"`
	Against     string    `json:"against"` // the line that has the time
	HeldAt      time.Time `json:"held_at"`
}

// Subject is where this event is published.
func (CreditHeld) Subject() string { return "hours.v1.credit.held" }

// Aggregate returns the id of what is held; it is told once.
func (e CreditHeld) Aggregate() (string, int64) { return "credit/" + e.CreditID, 1 }

// EntryCorrected says that a line of the ledger was undone, and what took its
// place, as another person than who asked for it and whom it is about decided.
// Both lines are told by EntryPosted too.
type EntryCorrected struct {
	EntryID      string    `json:"entry_id"` // the line that was undone
	CorrectionID string    `json:"correction_id"`
	VolunteerID  string    `json:"volunteer_id"`
	AttendanceID string    `json:"attendance_id,omitempty"` // for which it was credited in the first place
	NewEntryID   string    `json:"new_entry_id,omitempty"`  // missing: nothing took its place
	Minutes      int       `json:"minutes"`                 // that count now; 0 for nothing
	DecidedBy    string    `json:"decided_by"`
	DecidedAt    time.Time `json:"decided_at"`
}

// Subject is where this event is published.
func (EntryCorrected) Subject() string { return "hours.v1.entry.corrected" }

// Aggregate returns the entry's id; it is undone once, so the version is 2.
func (e EntryCorrected) Aggregate() (string, int64) { return "entry/" + e.EntryID, 2 }
