package pairingsv1

import "time"

// NoticeKind says what sort of news a NoticeDue is; how each reads is decided by
// teams, whose inbox it goes to.
type NoticeKind string

// The kinds.
const (
	NoticeVaultBroken NoticeKind = "vault.broken" // to officers in charge: somebody opened a record in an emergency

	NoticeCompanionApplied       NoticeKind = "companion.applied"        // to the nearest child-care officers
	NoticeCompanionApproved      NoticeKind = "companion.approved"       // to the volunteer: approved, or back after a suspension
	NoticeCompanionRefused       NoticeKind = "companion.refused"        // to the volunteer
	NoticeCompanionEnding        NoticeKind = "companion.ending"         // to the volunteer: something ends soon
	NoticeCompanionEndingDesk    NoticeKind = "companion.ending.desk"    // to the nearest child-care officers, of what they renew
	NoticeCompanionSuspended     NoticeKind = "companion.suspended"      // to the volunteer: something has ended
	NoticeCompanionSuspendedDesk NoticeKind = "companion.suspended.desk" // to the nearest child-care officers
)

// NoticeDue says that somebody is to be told something about pairings. Teams puts
// it into words and into the person's inbox, once however often it is heard.
type NoticeDue struct {
	NoticeID    string            `json:"notice_id"`
	Kind        NoticeKind        `json:"kind"`
	VolunteerID string            `json:"volunteer_id"`
	SubjectKind string            `json:"subject_kind"` // what it is about: opening | companion | volunteer
	SubjectID   string            `json:"subject_id"`   // never a child's or a family's
	Words       map[string]string `json:"words"`        // what the sentence may need; people by id only
	DueAt       time.Time         `json:"due_at"`
}

// Subject is where this event is published.
func (NoticeDue) Subject() string { return "pairings.v1.notice.due" }

// Aggregate returns the notice's id; it never changes.
func (e NoticeDue) Aggregate() (string, int64) { return "notice/" + e.NoticeID, 1 }
