package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// Record is a line of the audit: who did what to whom and why, or who looked
// at whose data (PIPL art. 51, 54). It is never changed, and holds ids and our
// own words only: a reason that a person typed must not name anybody.
type Record struct {
	ID          string
	At          time.Time
	ActorID     string // empty: Qihe itself, at a date that was due
	Act         string // "grant.given"
	SubjectKind string // "grant"
	SubjectID   string
	VolunteerID string // whose data it was; empty when not one person's
	Reason      string
}

// NewRecord returns a line that says what somebody does now.
func NewRecord(actorID, act, subjectKind, subjectID string, now time.Time) Record {
	return Record{ID: id.New(), At: now, ActorID: actorID, Act: act, SubjectKind: subjectKind, SubjectID: subjectID}
}

// About returns the record with whose data it is about.
func (r Record) About(volunteerID string) Record {
	r.VolunteerID = volunteerID
	return r
}

// Because returns the record with its reason.
func (r Record) Because(reason string) Record {
	r.Reason = reason
	return r
}
