package domain

import (
	"errors"
	"time"
)

// Doubt says why a claim that was kept in a phone changed nothing and waits for
// the leader's look. Nothing that somebody sent is lost, and nothing that is
// known already is overwritten.
type Doubt string

// The doubts.
const (
	DoubtNone        Doubt = ""
	DoubtLate        Doubt = "late"          // it came more than 72 hours after it was seen
	DoubtClock       Doubt = "clock"         // the phone's clock does not fit: a tap whose time nobody knows, a code seen when it was gone
	DoubtNewDevice   Doubt = "new_device"    // the phone was registered after it says it saw this
	DoubtConflict    Doubt = "conflict"      // another time is known already
	DoubtNotSignedUp Doubt = "not_signed_up" // no seat
	DoubtNoCheckIn   Doubt = "no_check_in"   // a check-out without a check-in
	DoubtDecided     Doubt = "decided"       // the roster was confirmed before it came

	// DoubtStrays is of a claim that counts: the phone's clock was set between the two ends.
	DoubtStrays Doubt = "strays"
)

// agreeing is how far two proofs of one thing may lie apart.
const agreeing = time.Minute

// DoubtedClaim is one that waits for the leader's look.
type DoubtedClaim struct {
	ClaimID     string
	VolunteerID string
	Kind        ClaimKind
	Method      Method
	Doubt       Doubt
	At          time.Time // what it proves
	ReceivedAt  time.Time
	Look        Look // the last one at it; the zero Look: nobody has decided
}

// Contradicts returns DoubtConflict if a claim that was kept in a phone speaks
// of another time than what is known, DoubtDecided if that is decided, and
// DoubtNone if it says nothing new, or the first that is said.
func (p Proved) Contradicts(kind ClaimKind, had *Attendance) Doubt {
	if !had.there() {
		return DoubtNone
	}
	other := kind == ClaimIn && had.CheckedInAt.Sub(p.At) > agreeing ||
		kind == ClaimOut && !had.CheckedOutAt.IsZero() && had.CheckedOutAt.Sub(p.At).Abs() > agreeing
	switch {
	case other && had.Decided():
		return DoubtDecided
	case other:
		return DoubtConflict
	}
	return DoubtNone
}

// DoubtOf returns what a refusal means for a claim that was kept in a phone;
// DoubtNone: it stays a refusal.
func DoubtOf(refusal error) Doubt {
	switch {
	case errors.Is(refusal, ErrNotSignedUp):
		return DoubtNotSignedUp
	case errors.Is(refusal, ErrNotCheckedIn):
		return DoubtNoCheckIn
	case errors.Is(refusal, ErrShiftConfirmed):
		return DoubtDecided
	default:
		return DoubtNone
	}
}
