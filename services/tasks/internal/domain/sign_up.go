package domain

import (
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// SignUpState says where a sign-up stands.
type SignUpState string

// The states of a sign-up.
const (
	SignUpConfirmed SignUpState = "confirmed"
	SignUpWithdrawn SignUpState = "withdrawn"
)

// SignUp is a volunteer's seat in a shift.
type SignUp struct {
	ID          string
	ShiftID     string
	VolunteerID string
	State       SignUpState
	SignedUpAt  time.Time
	WithdrawnAt time.Time // zero unless withdrawn
	Reason      string    // why withdrawn
	Version     int64
}

// What can stand in the way of a sign-up or a withdrawal.
var (
	ErrNotPublished   = apperr.New(apperr.NotFound, "no_such_shift", "没有这一场活动。", "There is no such shift.")
	ErrTimeConflict   = apperr.New(apperr.Conflict, "time_conflict", "时间冲突：{time} 您已报名“{title}”。", "Time conflict: you signed up for “{title}” at {time}.")
	ErrNoSuchSignUp   = apperr.New(apperr.NotFound, "no_such_sign_up", "没有这个报名。", "There is no such sign-up.")
	ErrAlreadyPresent = apperr.New(apperr.Conflict, "already_present", "您已经签到，不能取消报名。", "You have checked in and can no longer withdraw.")
)

// SignUp gives the volunteer a seat. A withdrawn sign-up may come back.
// It changes the shift's count of taken seats; had is the volunteer's earlier
// sign-up for this shift, if any. Signing up twice returns the same sign-up.
func (s *Shift) SignUp(volunteerID string, had *SignUp, now time.Time) (signUp SignUp, changed bool, err error) {
	if had != nil && had.State == SignUpConfirmed {
		return *had, false, nil
	}
	switch {
	case s.State == ShiftCancelled || s.State == ShiftPaused:
		return SignUp{}, false, s.stands()
	case s.State == ShiftConfirmed || !now.Before(s.EndsAt):
		return SignUp{}, false, ErrShiftOver
	case s.Taken >= s.Capacity:
		return SignUp{}, false, ErrShiftFull.With("capacity", strconv.Itoa(s.Capacity))
	}
	s.Taken++
	if had != nil {
		back := *had
		back.State, back.SignedUpAt, back.WithdrawnAt, back.Reason = SignUpConfirmed, now, time.Time{}, ""
		back.Version++
		return back, true, nil
	}
	return SignUp{ID: id.New(), ShiftID: s.ID, VolunteerID: volunteerID, State: SignUpConfirmed, SignedUpAt: now, Version: 1}, true, nil
}

// Withdraw frees the seat. present tells whether the volunteer has already
// checked in. Withdrawing twice changes nothing.
func (s *Shift) Withdraw(u *SignUp, present bool, reason string, now time.Time) (changed bool, err error) {
	switch {
	case u.State == SignUpWithdrawn:
		return false, nil
	case present:
		return false, ErrAlreadyPresent
	case !now.Before(s.EndsAt):
		return false, ErrShiftOver
	}
	s.Taken--
	u.State, u.WithdrawnAt, u.Reason = SignUpWithdrawn, now, reason
	u.Version++
	return true, nil
}

// Clash refuses a second shift at the same time and names the first.
func Clash(title string, startsAt time.Time) error {
	return ErrTimeConflict.With("title", title).With("time", startsAt.In(clock.City).Format("1月2日 15:04"))
}

func clockTime(t time.Time) string { return t.In(clock.City).Format("15:04") }
