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
	SignUpConfirmed  SignUpState = "confirmed"
	SignUpWaitlisted SignUpState = "waitlisted" // 候补: the shift was full
	SignUpOffered    SignUpState = "offered"    // a seat became free; waits for an answer
	SignUpDeclined   SignUpState = "declined"   // did not want the seat that was offered, or did not answer
	SignUpWithdrawn  SignUpState = "withdrawn"
	SignUpNoShow     SignUpState = "no_show" // had a seat and was not seen; noted when the shift is confirmed
)

// Live reports whether the person holds a seat or waits for one.
func (s SignUpState) Live() bool {
	return s == SignUpConfirmed || s == SignUpWaitlisted || s == SignUpOffered
}

// SignUp is a volunteer's seat in a shift, or place on its waiting list.
type SignUp struct {
	ID          string
	ShiftID     string
	VolunteerID string
	State       SignUpState
	SignedUpAt  time.Time // the order of the waiting list
	WithdrawnAt time.Time // zero unless withdrawn
	Reason      string    // why withdrawn
	OfferedAt   time.Time // while offered
	OfferEndsAt time.Time // while offered: until when it can be accepted
	Held        bool      // while offered: the seat is kept for this person, and is counted as taken
	EnteredBy   string    // the leader who wrote down what was said in the group (本人在群内报名); empty: the person's own act

	RemindedDay, RemindedSoon time.Time // of which start the person was reminded the day and two hours before
	Coming                    time.Time // at which start the person said to come (我会来)
	Late                      bool      // withdrawn within a day of the start (临时取消); nobody is punished for it

	Version int64
}

// lateWithin is how long before the start a withdrawal is one that the leader
// has to hear of at once: the seat may stay empty.
const lateWithin = 24 * time.Hour

// What can stand in the way of a sign-up or a withdrawal.
var (
	ErrNotPublished   = apperr.New(apperr.NotFound, "no_such_shift", "没有这一场活动。", "There is no such shift.")
	ErrTimeConflict   = apperr.New(apperr.Conflict, "time_conflict", "时间冲突：{time} 您已报名“{title}”。", "Time conflict: you signed up for “{title}” at {time}.")
	ErrNoSuchSignUp   = apperr.New(apperr.NotFound, "no_such_sign_up", "没有这个报名。", "There is no such sign-up.")
	ErrAlreadyPresent = apperr.New(apperr.Conflict, "already_present", "您已经签到，不能取消报名。", "You have checked in and can no longer withdraw.")
)

// SignUp gives the volunteer a seat, or the next place on the waiting list when
// there is none; it takes up an offer. had is the volunteer's earlier sign-up
// for this shift, if any: a withdrawn one may come back, at the end of the
// line. Signing up twice returns the same sign-up. The line has been moved
// before (MoveLine): a seat that is free now is nobody else's.
func (s *Shift) SignUp(volunteerID string, had *SignUp, now time.Time) (signUp SignUp, changed bool, err error) {
	u := SignUp{ID: id.New(), ShiftID: s.ID, VolunteerID: volunteerID, State: SignUpWithdrawn}
	if had != nil {
		u = *had
	}
	full := s.Taken >= s.Capacity
	switch {
	case u.State == SignUpConfirmed, u.State == SignUpNoShow, u.State == SignUpWaitlisted && full && now.Before(s.StartsAt):
		return u, false, nil
	case s.State == ShiftCancelled || s.State == ShiftPaused:
		return SignUp{}, false, s.stands()
	case s.State == ShiftConfirmed || !now.Before(s.EndsAt):
		return SignUp{}, false, ErrShiftOver
	case u.State == SignUpOffered:
		s.accept(&u)
	case full && !now.Before(s.StartsAt):
		return SignUp{}, false, ErrShiftFull.With("capacity", strconv.Itoa(s.Capacity))
	case full:
		u.State, u.SignedUpAt = SignUpWaitlisted, now
		s.Waiting++
	default:
		if u.State == SignUpWaitlisted {
			s.Waiting--
		}
		u.State, u.SignedUpAt = SignUpConfirmed, now
		s.Taken++
	}
	u.WithdrawnAt, u.Reason, u.EnteredBy, u.Late = time.Time{}, "", "", false
	u.reminded(*s, now)
	u.Version++
	return u, true, nil
}

// Withdraw frees the seat, or the place on the waiting list; it declines an
// offer. present tells whether the volunteer has already checked in.
// Withdrawing twice changes nothing.
func (s *Shift) Withdraw(u *SignUp, present bool, reason string, now time.Time) (changed bool, err error) {
	switch {
	case !u.State.Live():
		return false, nil
	case present:
		return false, ErrAlreadyPresent
	case !now.Before(s.EndsAt):
		return false, ErrShiftOver
	}
	state := SignUpWithdrawn
	if u.State == SignUpOffered {
		state = SignUpDeclined
	}
	if u.State == SignUpConfirmed || u.Held {
		s.Taken--
	}
	u.Late = u.State == SignUpConfirmed && s.State == ShiftOpen && !s.Flexible() && s.StartsAt.Sub(now) < lateWithin
	if u.State != SignUpConfirmed {
		s.Waiting--
	}
	u.endOffer()
	u.State, u.WithdrawnAt, u.Reason = state, now, reason
	u.Version++
	return true, nil
}

// Clash refuses a second shift at the same time and names the first.
func Clash(title string, startsAt time.Time) error {
	return ErrTimeConflict.With("title", title).With("time", startsAt.In(clock.City).Format("1月2日 15:04"))
}

func clockTime(t time.Time) string { return t.In(clock.City).Format("15:04") }
