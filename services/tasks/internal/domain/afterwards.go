package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

const (
	// DeclareWithin is how long after a shift's end somebody may say themself
	// that they were there.
	DeclareWithin = 14 * 24 * time.Hour
	// UndoWithin is how long a leader's tap can be taken back.
	UndoWithin = 2 * time.Minute
)

// What can be wrong with what is entered afterwards, and with taking a tap back.
var (
	ErrPeriod         = apperr.New(apperr.Invalid, "period", "时间要在这一场之内，结束晚于开始，也不能晚于现在。", "The times must lie within the shift, in order, and not in the future.")
	ErrNotOver        = apperr.New(apperr.Conflict, "not_over", "活动还没结束，现在请扫码或请队长点名。", "The shift is not over; please scan the code or ask the leader to tap your name.")
	ErrDeclareTooLate = apperr.New(apperr.Conflict, "declare_too_late", "活动结束已超过 14 天，不能再申报。请联系队长或妇联。", "More than 14 days have passed since the shift; please ask the leader or the federation.")
	ErrAlreadyEntered = apperr.New(apperr.Conflict, "already_entered", "这一场已经有签到记录了，不用再填。", "There is an attendance for this shift already; nothing needs to be entered.")
	ErrUndoTooLate    = apperr.New(apperr.Conflict, "undo_too_late", "点名超过两分钟，不能撤回了。确认时可以改。", "More than two minutes have passed since the tap; change it when confirming.")
	ErrNoTap          = apperr.New(apperr.Conflict, "no_tap", "这不是点名，不能撤回。", "This was not a tap and cannot be taken back.")
)

// Period is when somebody says that they were there.
type Period struct{ From, To time.Time }

// Enter is a leader's entry afterwards (事后补录) of somebody who was there and
// was not seen by any code. It has no proof on the spot: it counts as grade C
// when it is confirmed. had is what is known of the person at this shift.
func (s Shift) Enter(volunteerID string, had *Attendance, p Period, by, reason string, now time.Time) (Attendance, error) {
	switch {
	case s.State == ShiftCancelled:
		return Attendance{}, s.stands()
	case s.State == ShiftConfirmed:
		return Attendance{}, ErrShiftConfirmed
	case had.there():
		return Attendance{}, ErrAlreadyEntered
	case !s.holds(p, now):
		return Attendance{}, ErrPeriod
	case reason == "":
		return Attendance{}, ErrReasonMissing
	}
	a := had.again(s.ID, volunteerID)
	a.State, a.EnteredBy, a.Reason = AttendanceClosed, by, reason
	a.CheckedInAt, a.InMethod, a.CheckedOutAt, a.OutMethod = p.From, MethodNone, p.To, MethodNone
	return a, nil
}

// Declare is somebody's own word (本人申报) after the shift: that they were
// there from then to then, or, for who checked in and forgot to check out, when
// they left. Nothing counts before somebody else has confirmed it.
func (s Shift) Declare(volunteerID string, had *Attendance, p Period, word string, now time.Time) (Attendance, error) {
	if err := s.Settles(1); err != nil { // called off: nobody was there
		return Attendance{}, err
	}
	switch {
	case now.Before(s.EndsAt):
		return Attendance{}, ErrNotOver
	case now.After(s.EndsAt.Add(DeclareWithin)):
		return Attendance{}, ErrDeclareTooLate
	case word == "":
		return Attendance{}, ErrReasonMissing
	}
	if had.there() {
		return had.declareEnd(s, p.To, word)
	}
	if !s.holds(p, now) {
		return Attendance{}, ErrPeriod
	}
	a := had.again(s.ID, volunteerID)
	a.State, a.EnteredBy, a.Reason = AttendanceDeclared, volunteerID, word
	a.CheckedInAt, a.InMethod, a.CheckedOutAt, a.OutMethod = p.From, MethodOwn, p.To, MethodOwn
	return a, nil
}

func (a *Attendance) declareEnd(s Shift, to time.Time, word string) (Attendance, error) {
	switch {
	case a.State != AttendanceOpen && a.State != AttendanceUnconfirmed:
		return Attendance{}, ErrAlreadyEntered
	case !to.After(a.CheckedInAt) || to.After(s.EndsAt):
		return Attendance{}, ErrEndMissing
	}
	b := *a
	b.State, b.CheckedOutAt, b.OutMethod, b.EnteredBy, b.Reason = AttendanceDeclared, to, MethodOwn, a.VolunteerID, word
	b.Version++
	return b, nil
}

// Accept takes somebody's own word for it; confirming comes after it. What was
// seen to its end needs no accepting, and loses nothing by it.
func (a *Attendance) Accept() error {
	switch {
	case a.Decided() || !a.there():
		return ErrAlreadyDecided
	case a.State == AttendanceClosed:
		return nil
	case a.State != AttendanceDeclared:
		return ErrEndMissing
	}
	a.State = AttendanceClosed
	a.Version++
	return nil
}

// Forget ends an open attendance when the shift is over and nobody checked out:
// when they left is not known, so it brings no minutes until somebody says.
func (a *Attendance) Forget(s Shift, now time.Time) bool {
	if a.State != AttendanceOpen || now.Before(s.EndsAt) {
		return false
	}
	a.State = AttendanceUnconfirmed
	a.Version++
	return true
}

// Undone is a leader's tap that was taken back.
type Undone struct {
	ID, AttendanceID string
	ActorID          string
	Kind             ClaimKind
	TappedAt         time.Time
	At               time.Time
}

// Undo takes back the leader's tap that made the attendance what it is, within
// UndoWithin of it, and returns what is to be kept of that. The claim stays
// what it is: a tap that was made.
func (a *Attendance) Undo(by string, now time.Time) (Undone, error) {
	u := Undone{ID: id.New(), AttendanceID: a.ID, ActorID: by, Kind: ClaimIn, TappedAt: a.CheckedInAt, At: now}
	method := a.InMethod
	if a.State == AttendanceClosed {
		u.Kind, u.TappedAt, method = ClaimOut, a.CheckedOutAt, a.OutMethod
	}
	switch {
	case a.State != AttendanceOpen && a.State != AttendanceClosed || !method.tapped():
		return Undone{}, ErrNoTap
	case now.Sub(u.TappedAt) > UndoWithin:
		return Undone{}, ErrUndoTooLate
	}
	if u.Kind == ClaimOut {
		a.State, a.CheckedOutAt, a.OutMethod = AttendanceOpen, time.Time{}, MethodNone
	} else {
		a.State = AttendanceUndone
	}
	a.Version++
	return u, nil
}

// UndoUntil is until when the tap that made the attendance what it is can be
// taken back; zero when it cannot.
func (a *Attendance) UndoUntil() time.Time {
	switch {
	case a.State == AttendanceOpen && a.InMethod.tapped():
		return a.CheckedInAt.Add(UndoWithin)
	case a.State == AttendanceClosed && a.OutMethod.tapped():
		return a.CheckedOutAt.Add(UndoWithin)
	}
	return time.Time{}
}

// tapped reports whether it was the leader's hand, here or kept in her phone.
func (m Method) tapped() bool {
	switch m {
	case MethodTap, MethodCard, MethodOwn, MethodTapOffline, MethodCardOffline:
		return true
	default:
		return false
	}
}

// there reports whether anything is known of the person at the shift that was
// not taken back.
func (a *Attendance) there() bool { return a != nil && a.State != AttendanceUndone }

// again begins an attendance, in the row of one that was taken back if there is one.
func (a *Attendance) again(shiftID, volunteerID string) Attendance {
	if a == nil {
		return Attendance{ID: id.New(), ShiftID: shiftID, VolunteerID: volunteerID, Version: 1}
	}
	return Attendance{ID: a.ID, ShiftID: a.ShiftID, VolunteerID: a.VolunteerID, Version: a.Version + 1}
}

// holds reports whether a period lies within the shift and is over.
func (s Shift) holds(p Period, now time.Time) bool {
	return !p.From.Before(s.begins()) && p.To.After(p.From) && !p.To.After(s.EndsAt) && !p.To.After(now)
}
