package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// AttendanceState says how far an attendance has come.
type AttendanceState string

// The states of an attendance: open → closed → confirmed | rejected. Whoever
// forgets to check out goes by way of unconfirmed; who says afterwards that they
// were there, by way of declared. A tap that was taken back leaves it undone,
// from where it may begin again.
const (
	AttendanceOpen        AttendanceState = "open"        // checked in
	AttendanceUnconfirmed AttendanceState = "unconfirmed" // the shift ended and nobody checked out: no minutes until somebody says when they left
	AttendanceDeclared    AttendanceState = "declared"    // their own word, until somebody else accepts it
	AttendanceClosed      AttendanceState = "closed"      // checked in and out
	AttendanceConfirmed   AttendanceState = "confirmed"   // somebody else confirmed it; hours follow
	AttendanceRejected    AttendanceState = "rejected"    // somebody else decided that it does not count
	AttendanceUndone      AttendanceState = "undone"      // the tap was a mistake and was taken back at once
)

// Method says how one end of an attendance was proved.
type Method string

// The methods.
const (
	MethodNone   Method = ""       // not proved: entered afterwards
	MethodLink   Method = "link"   // the QR code's link, opened while the code was on the screen
	MethodDigits Method = "digits" // the six digits, typed while they were on the screen
	MethodTap    Method = "tap"    // the leader's tap for somebody else, on the spot
	MethodCard   Method = "card"   // the volunteer's card, scanned by the leader on the spot
	MethodPaper  Method = "paper"  // a printed sheet, typed in later
	MethodOwn    Method = "own"    // a leader's tap for themself: their own word, nobody's eyes

	MethodLinkOffline Method = "link_offline" // the code, kept in a phone without network, which signed it
	MethodTapOffline  Method = "tap_offline"  // the leader's tap, likewise
	MethodCardOffline Method = "card_offline" // the card's scan, likewise
)

func (m Method) offline() Method { return m + "_offline" }

// Attendance is what is known of one volunteer's presence at one shift: the
// instants as they were observed, never rounded, and what was decided.
type Attendance struct {
	ID          string
	ShiftID     string
	VolunteerID string
	Stretch     int // of those of a shift without fixed hours, from 1; else 0
	State       AttendanceState

	CheckedInAt  time.Time
	InMethod     Method
	CheckedOutAt time.Time // zero while nobody knows when they left
	OutMethod    Method
	EnteredBy    string // who entered it afterwards; empty when it was seen on the spot

	// Whose turn it is to confirm it; see turn.go.
	Turn      Turn
	TurnOf    string    // the member who was picked
	TurnUntil time.Time // when the next rung is due; zero on the last

	// Frozen by the confirmation.
	Verification Verification
	From, To     time.Time
	Minutes      int
	ConfirmedBy  string
	ConfirmedAt  time.Time
	Reason       string // why rejected, why entered by hand, or what they say themself

	Away bool // the phone said that it was far from the place; known while it is confirmed, and kept apart (away.go)

	Version int64
}

// What can be wrong with a check-in, a check-out or a confirmation.
var (
	ErrNotSignedUp      = apperr.New(apperr.Conflict, "not_signed_up", "您还没有报名这一场，请先报名。", "You have not signed up for this shift; please sign up first.")
	ErrNotCheckedIn     = apperr.New(apperr.Conflict, "not_checked_in", "您还没有签到，请先签到。", "You have not checked in yet; please check in first.")
	ErrSameScan         = apperr.New(apperr.Conflict, "same_scan", "离开时请重新扫一次队长的码再签退。", "When you leave, please scan the leader's code again to check out.")
	ErrAlreadyDecided   = apperr.New(apperr.Conflict, "already_decided", "这次签到已经确认过了。", "This attendance has already been decided.")
	ErrOwnAttendance    = apperr.New(apperr.Forbidden, "own_attendance", "自己的时长要由别人确认。", "Your own hours must be confirmed by somebody else.")
	ErrEndMissing       = apperr.New(apperr.Invalid, "end_missing", "请填写离开的时间，要在签到之后、活动结束之前。", "Please give when they left, after check-in and before the end of the shift.")
	ErrReasonMissing    = apperr.New(apperr.Invalid, "reason_missing", "请写明原因。", "Please give a reason.")
	ErrNotOfTeam        = apperr.New(apperr.NotFound, "not_of_team", "这个人没有报名，也不是这支队伍的队员。请先请她入队。", "This person neither signed up nor belongs to the team; please let them join first.")
	ErrNoSuchAttendance = apperr.New(apperr.NotFound, "no_such_attendance", "名单上没有这个人的签到。", "There is no such attendance on the roster.")
)

// CheckIn opens the attendance of whoever is signed up, or returns had
// unchanged when it is open already: checking in twice is no mistake.
// at is when the proof was seen, which may be before the claim arrived.
func (s Shift) CheckIn(u *SignUp, had *Attendance, method Method, at time.Time) (a Attendance, changed bool, err error) {
	if s.Flexible() {
		return Attendance{}, false, ErrNoFixedHours
	}
	if had.there() {
		return *had, false, nil
	}
	if u == nil || u.State != SignUpConfirmed {
		return Attendance{}, false, ErrNotSignedUp
	}
	return s.arrive(u.VolunteerID, had, method, at)
}

// WalkIn is CheckIn for a member of the team who came without having signed up
// and whom a leader sees. It takes no seat: seats are what was promised
// beforehand, and who is really there is written down as it is, beyond the
// capacity too.
func (s Shift) WalkIn(volunteerID string, had *Attendance, method Method, at time.Time) (a Attendance, changed bool, err error) {
	if s.Flexible() {
		return Attendance{}, false, ErrNoFixedHours
	}
	if had.there() {
		return *had, false, nil
	}
	return s.arrive(volunteerID, had, method, at)
}

func (s Shift) arrive(volunteerID string, had *Attendance, method Method, at time.Time) (a Attendance, changed bool, err error) {
	if err := s.accepts(at); err != nil {
		return Attendance{}, false, err
	}
	if at.After(s.EndsAt) {
		return Attendance{}, false, ErrTooLate
	}
	a = had.again(s.ID, volunteerID)
	a.State, a.CheckedInAt, a.InMethod = AttendanceOpen, at, method
	return a, true, nil
}

// CheckOut closes an open attendance. Checking out twice is no mistake and
// keeps the first. A check-out by the very scan that checked in proves
// nothing about leaving and is refused.
func (s Shift) CheckOut(a *Attendance, method Method, at time.Time) (changed bool, err error) {
	switch {
	case s.Flexible():
		return false, ErrNoFixedHours
	case !a.there():
		return false, ErrNotCheckedIn
	case a.State != AttendanceOpen && a.State != AttendanceUnconfirmed:
		return false, nil
	}
	if s.State == ShiftPaused {
		s.State = ShiftOpen // who is there goes home, and it counts
	}
	if err := s.accepts(at); err != nil {
		return false, err
	}
	if !at.After(a.CheckedInAt) {
		return false, ErrSameScan
	}
	a.State, a.CheckedOutAt, a.OutMethod = AttendanceClosed, at, method
	a.Version++
	return true, nil
}

// SetEnd enters by hand when somebody left who forgot to check out.
func (a *Attendance) SetEnd(s Shift, endedAt time.Time, reason string) error {
	switch {
	case a.Decided() || !a.there():
		return ErrAlreadyDecided
	case !endedAt.After(a.CheckedInAt) || endedAt.After(s.EndsAt):
		return ErrEndMissing
	case reason == "":
		return ErrReasonMissing
	}
	a.State, a.CheckedOutAt, a.OutMethod, a.Reason = AttendanceClosed, endedAt, MethodNone, reason
	a.Version++
	return nil
}

// Confirm settles a closed attendance: the interval, the minutes and how it
// was proved are frozen. by must be another person; the database refuses it too.
func (a *Attendance) Confirm(s Shift, by string, now time.Time) error {
	switch {
	case by == a.VolunteerID:
		return ErrOwnAttendance
	case a.Decided():
		return ErrAlreadyDecided
	case a.State != AttendanceClosed:
		return ErrEndMissing
	}
	a.From, a.To, a.Minutes = Credit(s, a.CheckedInAt, a.CheckedOutAt)
	a.Verification = s.Verify(a.in(), a.out())
	a.State, a.ConfirmedBy, a.ConfirmedAt = AttendanceConfirmed, by, now
	a.Version++
	return nil
}

// Round cuts the minutes of a confirmed attendance to whole multiples, as the
// programme's setting of the shift's day has it; the interval stays as it was.
func (a *Attendance) Round(to int) {
	if a.State == AttendanceConfirmed && to > 1 {
		a.Minutes -= a.Minutes % to
	}
}

// Reject decides that the attendance does not count, with the reason.
func (a *Attendance) Reject(by, reason string, now time.Time) error {
	switch {
	case by == a.VolunteerID:
		return ErrOwnAttendance
	case a.Decided() || !a.there():
		return ErrAlreadyDecided
	case reason == "":
		return ErrReasonMissing
	}
	a.State, a.ConfirmedBy, a.ConfirmedAt, a.Reason = AttendanceRejected, by, now, reason
	a.Version++
	return nil
}

func (a *Attendance) in() End  { return End{a.InMethod, a.CheckedInAt, a.Away} }
func (a *Attendance) out() End { return End{a.OutMethod, a.CheckedOutAt, a.Away} }

// Decided reports whether somebody else has confirmed or rejected it.
func (a *Attendance) Decided() bool {
	return a.State == AttendanceConfirmed || a.State == AttendanceRejected
}

// Credit returns the interval that counts and its whole minutes. Who came
// early counts from the shift's start, who came late from their arrival, who
// stayed on up to the shift's end (docs/check-in.md). Begun minutes do not
// count. The interval is empty when nothing counts.
func Credit(s Shift, in, out time.Time) (from, to time.Time, minutes int) {
	from, to = in, out
	if begins := s.begins(); from.Before(begins) {
		from = begins
	}
	if to.After(s.EndsAt) {
		to = s.EndsAt
	}
	if !to.After(from) {
		return from, from, 0
	}
	return from, to, int(to.Sub(from) / time.Minute)
}
