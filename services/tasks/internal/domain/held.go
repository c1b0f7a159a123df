package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// LookVerdict is what a leader decides about a claim that is held.
type LookVerdict string

// The verdicts.
const (
	LookAccept  LookVerdict = "accept"
	LookDismiss LookVerdict = "dismiss" // it stays kept, and asks no more
	LookUndo    LookVerdict = "undo"    // of the tap before, within UndoWithin
)

// Look is a leader's verdict on a held claim. The last of a claim counts.
type Look struct {
	ClaimID string
	Turn    int // from 1
	Verdict LookVerdict
	ActorID string
	At      time.Time
	Before  *Attendance // what was known; nil: nothing
	Version int64       // of the attendance afterwards; 0: unchanged
}

// What can be wrong with a look.
var (
	ErrNoSuchClaim = apperr.New(apperr.NotFound, "no_such_claim", "没有这条待看的签到。", "There is no such check-in to look at.")
	ErrHeldTime    = apperr.New(apperr.Conflict, "held_time", "这条签到的时间对不上这一场，请用“补录”写上实际时间。", "The time of this check-in does not fit the shift; please enter the real time instead.")
	ErrNothingDone = apperr.New(apperr.Conflict, "nothing_done", "没有可以撤回的操作。", "There is nothing to take back.")
)

// Waits reports whether a held claim still waits for somebody's look, l being
// the last one.
func (l Look) Waits() bool { return l.Verdict == "" || l.Verdict == LookUndo }

// UndoUntil is until when the look can be taken back; zero when it cannot.
func (l Look) UndoUntil() time.Time {
	if l.Waits() {
		return time.Time{}
	}
	return l.At.Add(UndoWithin)
}

// AcceptHeld writes down what a held claim says, on a leader's word. What the
// claim proves by itself keeps its method: a good code that disagreed with what
// was known, of somebody without a seat, or without a check-in before it (who is
// then taken to have come at the start). What was doubted is no better than
// entered by hand. had is what is known of the person.
func (s Shift) AcceptHeld(c DoubtedClaim, had *Attendance, by string, now time.Time) (Attendance, error) {
	switch {
	case s.State == ShiftCancelled, s.State == ShiftConfirmed:
		return Attendance{}, s.stands()
	case had.there() && had.Decided():
		return Attendance{}, ErrAlreadyDecided
	}
	a := had.again(s.ID, c.VolunteerID)
	if had.there() {
		a = *had
		a.Version++
	} else {
		a.CheckedInAt, a.State = s.StartsAt, AttendanceOpen
	}
	a.EnteredBy = by
	if c.Kind == ClaimIn {
		a.CheckedInAt, a.InMethod = c.At, c.proof()
		a.Forget(s, now) // over, and nobody knows when they left
	} else {
		a.CheckedOutAt, a.OutMethod, a.State = c.At, c.proof(), AttendanceClosed
	}
	out := !a.CheckedOutAt.IsZero()
	if a.CheckedInAt.Before(s.CheckInOpens()) || !a.CheckedInAt.Before(s.EndsAt) || out && (!a.CheckedOutAt.After(a.CheckedInAt) || a.CheckedOutAt.After(s.CheckOutCloses())) {
		return Attendance{}, ErrHeldTime
	}
	return a, nil
}

func (c DoubtedClaim) proof() Method {
	switch c.Doubt {
	case DoubtConflict, DoubtNotSignedUp, DoubtNoCheckIn:
		return c.Method
	default:
		return MethodNone
	}
}

// TakeBack returns the attendance as it was before a look, or a refusal: too
// late, or something has happened to it since. now is what the look left.
func (l Look) TakeBack(now *Attendance, at time.Time) (Attendance, error) {
	switch {
	case l.Waits():
		return Attendance{}, ErrNothingDone
	case at.After(l.UndoUntil()):
		return Attendance{}, ErrUndoTooLate
	case now == nil || now.Version != l.Version:
		return Attendance{}, ErrAlreadyDecided
	}
	a := *now
	if l.Before == nil {
		a.State = AttendanceUndone
	} else {
		a = *l.Before
	}
	a.Version = now.Version + 1
	return a, nil
}
