package hoursv1

import "time"

// NoticeKind says what sort of news a NoticeDue is; how each reads is decided by
// teams, whose inbox it goes to.
type NoticeKind string

// The kinds.
const (
	NoticeCorrectionAsked     NoticeKind = "correction.asked"     // to those who may decide: a question about a line
	NoticeCorrectionRose      NoticeKind = "correction.rose"      // likewise: nobody below decided in time
	NoticeCorrectionOpened    NoticeKind = "correction.opened"    // to the volunteer: somebody asks about their line
	NoticeCorrectionAccepted  NoticeKind = "correction.accepted"  // to who asked, the volunteer, and those who lead the team
	NoticeCorrectionRefused   NoticeKind = "correction.refused"   // likewise
	NoticeCertificateAsked    NoticeKind = "certificate.asked"    // to those who may issue it
	NoticeCertificateIssued   NoticeKind = "certificate.issued"   // to the volunteer
	NoticeCertificateReplaced NoticeKind = "certificate.replaced" // to the volunteer: another took its place
	NoticeCertificateRevoked  NoticeKind = "certificate.revoked"  // to the volunteer
	NoticeStarReached         NoticeKind = "star.reached"         // to the volunteer
	NoticeCreditHeld          NoticeKind = "credit.held"          // to the volunteer: the same time counts already
	NoticeCreditDecided       NoticeKind = "credit.decided"       // to the volunteer: what was held was credited, or closed
	NoticeCorrectionTaken     NoticeKind = "correction.taken"     // to the volunteer: who asked has taken it back
	NoticeHistorySubmitted    NoticeKind = "history.submitted"    // to those who may decide: rows of a paper register wait
	NoticeHistoryReturned     NoticeKind = "history.returned"     // to who entered them: they were sent back
	NoticeHistoryApproved     NoticeKind = "history.approved"     // to who entered them: they count
	NoticeHistoryCredited     NoticeKind = "history.credited"     // to the volunteer: hours came out of a paper register
)

// NoticeDue says that somebody is to be told something about hours. Teams puts
// it into words and into the person's inbox, once however often it is heard.
type NoticeDue struct {
	NoticeID    string            `json:"notice_id"`
	Kind        NoticeKind        `json:"kind"`
	VolunteerID string            `json:"volunteer_id"`
	SubjectKind string            `json:"subject_kind"` // what it is about: entry | correction | certificate | history | volunteer
	SubjectID   string            `json:"subject_id"`
	Words       map[string]string `json:"words"` // what the sentence may need: task, day, minutes, until and what else the kind has; people by id only
	DueAt       time.Time         `json:"due_at"`
}

// Subject is where this event is published.
func (NoticeDue) Subject() string { return "hours.v1.notice.due" }

// Aggregate returns the notice's id; it never changes.
func (e NoticeDue) Aggregate() (string, int64) { return "notice/" + e.NoticeID, 1 }
