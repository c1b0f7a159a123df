package pairingsv1

import "time"

// NoticeKind says what sort of news a NoticeDue is; how each reads is decided by
// teams, whose inbox it goes to.
type NoticeKind string

// The kinds.
const (
	NoticeVaultBroken NoticeKind = "vault.broken" // to officers in charge: somebody opened a record in an emergency

	NoticeConsentGiven     NoticeKind = "consent.given"     // to who has the case: the guardian agreed by her link
	NoticeConsentRefused   NoticeKind = "consent.refused"   // the same: she did not
	NoticeConsentWithdrawn NoticeKind = "consent.withdrawn" // the same: she took it back

	NoticeCompanionApplied       NoticeKind = "companion.applied"        // to the nearest child-care officers
	NoticeCompanionApproved      NoticeKind = "companion.approved"       // to the volunteer: approved, or back after a suspension
	NoticeCompanionRefused       NoticeKind = "companion.refused"        // to the volunteer
	NoticeCompanionEnding        NoticeKind = "companion.ending"         // to the volunteer: something ends soon
	NoticeCompanionEndingDesk    NoticeKind = "companion.ending.desk"    // to the nearest child-care officers, of what they renew
	NoticeCompanionSuspended     NoticeKind = "companion.suspended"      // to the volunteer: something has ended
	NoticeCompanionSuspendedDesk NoticeKind = "companion.suspended.desk" // to the nearest child-care officers

	NoticeConcernRaised   NoticeKind = "concern.raised"   // to the nearest child-care officers
	NoticeConcernOverdue  NoticeKind = "concern.overdue"  // to them and those above: no authority knows yet
	NoticeConcernNobody   NoticeKind = "concern.nobody"   // to administrators: there is no child-care officer
	NoticeConcernReporter NoticeKind = "concern.reporter" // to two others in charge: somebody was shown who raised it

	NoticeConcernChild NoticeKind = "concern.child" // to two others in charge: somebody said which record a concern is about, and reads it

	NoticeContactOverdue    NoticeKind = "contact.overdue"     // to the volunteer: a visit or a call is overdue
	NoticeContactSilent     NoticeKind = "contact.silent"      // to who stands on the rung that the silence has come to
	NoticeContactSilentLate NoticeKind = "contact.silent.late" // the same, where rungs below it were passed over
	NoticeContactRefused    NoticeKind = "contact.refused"     // to the volunteer: a record does not count
	NoticeContactCounted    NoticeKind = "contact.counted"     // to the volunteer: a record counts for other minutes than she wrote

	NoticePairingProposed   NoticeKind = "pairing.proposed"    // to the volunteer, who is asked
	NoticePairingDecide     NoticeKind = "pairing.decide"      // to the nearest child-care officers, one of whom is asked
	NoticePairingGuardian   NoticeKind = "pairing.guardian"    // to who has the case: the guardian is to be asked
	NoticePairingDeclined   NoticeKind = "pairing.declined"    // to who proposed, and who has the case
	NoticePairingBegun      NoticeKind = "pairing.begun"       // to the volunteer
	NoticePairingBegunDesk  NoticeKind = "pairing.begun.desk"  // to who proposed, and who has the case
	NoticePairingActive     NoticeKind = "pairing.active"      // to the volunteer: the trial went well
	NoticePairingReview     NoticeKind = "pairing.review"      // to who supervises: the trial ends
	NoticePairingPaused     NoticeKind = "pairing.paused"      // to the volunteer
	NoticePairingPausedDesk NoticeKind = "pairing.paused.desk" // to who supervises
	NoticePairingResumed    NoticeKind = "pairing.resumed"     // to both
	NoticePairingClosed     NoticeKind = "pairing.closed"      // to the volunteer
	NoticePairingClosedDesk NoticeKind = "pairing.closed.desk" // to who supervised, and who has the case
	NoticePairingSupervise  NoticeKind = "pairing.supervise"   // to who looks after a pairing from now on
	NoticePairingNobody     NoticeKind = "pairing.nobody"      // to the nearest child-care officers: nobody looks after one
	NoticeAidAsked          NoticeKind = "aid.asked"           // to the volunteer: may we count on you
	NoticeAidAgreed         NoticeKind = "aid.agreed"          // to who has the family's case: the helper says yes
	NoticeAidDeclined       NoticeKind = "aid.declined"        // the same: she says no
	NoticeAidPlanned        NoticeKind = "aid.planned"         // to officers: a plan waits for one of them
	NoticeAidSentBack       NoticeKind = "aid.sent_back"       // to who has the family's case: the plan was not approved
	NoticeAidRunning        NoticeKind = "aid.running"         // to the helper
	NoticeAidEnded          NoticeKind = "aid.ended"           // to the helper
	NoticeAidHelperGone     NoticeKind = "aid.helper.gone"     // to who has the family's case: the helper's account is erased
	NoticeAidVisitRefused   NoticeKind = "aid.visit.refused"   // to the helper: a visit does not count
	NoticeAidReview         NoticeKind = "aid.review"          // to who has the family's case: a quarter is to be reviewed
	NoticeAidReviewLate     NoticeKind = "aid.review.late"     // the same and an administrator: it was not

	NoticeWishDrafted  NoticeKind = "wish.drafted"  // to officers: one of them is to read it before it is public
	NoticeWishClaimed  NoticeKind = "wish.claimed"  // to who wrote it down
	NoticeWishReturned NoticeKind = "wish.returned" // to who had claimed it: its time is over
)

// NoticeDue says that somebody is to be told something about pairings. Teams puts
// it into words and into the person's inbox, once however often it is heard.
type NoticeDue struct {
	NoticeID    string            `json:"notice_id"`
	Kind        NoticeKind        `json:"kind"`
	VolunteerID string            `json:"volunteer_id"`
	SubjectKind string            `json:"subject_kind"` // what it is about: purpose | consent | companion | volunteer | concern | pairing | aid_case | wish
	SubjectID   string            `json:"subject_id"`   // never a child's or a family's
	Words       map[string]string `json:"words"`        // what the sentence may need; people by id only
	DueAt       time.Time         `json:"due_at"`
}

// Subject is where this event is published.
func (NoticeDue) Subject() string { return "pairings.v1.notice.due" }

// Aggregate returns the notice's id; it never changes.
func (e NoticeDue) Aggregate() (string, int64) { return "notice/" + e.NoticeID, 1 }
