package domain

import (
	"crypto/rand"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// ShiftState says whether a shift takes place and whether its roster is settled.
// That it runs or is over is not stored: the clock says so.
type ShiftState string

// The states of a shift.
const (
	ShiftOpen      ShiftState = "open"
	ShiftPaused    ShiftState = "paused"    // held back with others of a region and a period; may be resumed
	ShiftCancelled ShiftState = "cancelled" // does not take place
	ShiftConfirmed ShiftState = "confirmed" // every attendance is confirmed or rejected
)

const (
	// MaxShift is how long one shift may last. Longer service is several shifts.
	MaxShift = 24 * time.Hour
	// checkInEarly is how long before the start one may check in.
	checkInEarly = time.Hour
	// checkOutLate is how long after the end one may check out.
	checkOutLate = 2 * time.Hour
)

// Shift is one time window of a task with a number of seats.
type Shift struct {
	ID               string
	TaskID           string
	StartsAt, EndsAt time.Time
	OpenFrom         time.Time // of one without fixed hours, which is its last day (period.go); zero: it has hours
	Capacity         int       // seats
	Taken            int       // seats taken, and those held for somebody who has an offer
	Waiting          int       // people on the waiting list, those with an offer too
	Key              Key
	State            ShiftState
	PeopleServed     int       // 服务人次; one number, asked of the leader
	ConfirmedAt      time.Time // zero while open
	Reason           string    // why cancelled or paused
	Version          int64
}

// What can be wrong with a shift or a sign-up.
var (
	ErrShiftTimes     = apperr.New(apperr.Invalid, "shift_times", "结束时间要晚于开始时间，一场最长 24 小时。", "A shift must end after it starts and last at most 24 hours.")
	ErrShiftPast      = apperr.New(apperr.Invalid, "shift_past", "这个时间已经过去了，请重新选。", "This time has passed; please choose another.")
	ErrShiftFull      = apperr.New(apperr.Conflict, "shift_full", "这一场已报满（{capacity} 人），请看看别的场次。", "This shift is full ({capacity} people); please look at another.")
	ErrShiftOver      = apperr.New(apperr.Conflict, "shift_over", "这一场已经结束，不能再报名。", "This shift is over.")
	ErrShiftConfirmed = apperr.New(apperr.Conflict, "shift_confirmed", "这一场已经确认过了，要改请走“时间不对”。", "This shift has been confirmed; ask for a correction instead.")
	ErrTooEarly       = apperr.New(apperr.Conflict, "too_early", "还没到签到时间，{time} 开始可以签到。", "Too early; check-in opens at {time}.")
	ErrTooLate        = apperr.New(apperr.Conflict, "too_late", "签到时间已过，请队长补录。", "Check-in has closed; please ask the leader to enter it.")
)

// NewShift returns a shift of the task with a new secret key.
func NewShift(taskID string, startsAt, endsAt time.Time, capacity int) (Shift, error) {
	if !endsAt.After(startsAt) || endsAt.Sub(startsAt) > MaxShift {
		return Shift{}, ErrShiftTimes
	}
	return Shift{
		ID: id.New(), TaskID: taskID, StartsAt: startsAt.UTC(), EndsAt: endsAt.UTC(),
		Capacity: capacity, Key: newKey(), State: ShiftOpen, Version: 1,
	}, nil
}

// RenewKey gives a shift that is still to come another key, so that the pages
// of whoever led its team before draw no valid codes, and reports whether it
// did. One whose check-in has opened keeps its key: people stand at the gate,
// and claims made without network come for three days more (ADR 24).
func (s *Shift) RenewKey(now time.Time) bool {
	if s.State != ShiftOpen || !now.Before(s.CheckInOpens()) {
		return false
	}
	s.Key = newKey()
	return true
}

func newKey() Key {
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // never fails
	return key
}

// CheckInOpens and CheckOutCloses bound when codes of the shift are accepted.
func (s Shift) CheckInOpens() time.Time { return s.StartsAt.Add(-checkInEarly) }

// CheckOutCloses is the last instant at which one may check out.
func (s Shift) CheckOutCloses() time.Time { return s.EndsAt.Add(checkOutLate) }

// accepts returns nil when presence at t can be proved.
func (s Shift) accepts(t time.Time) error {
	switch err := s.stands(); {
	case err != nil:
		return err
	case s.Flexible():
		return ErrNoFixedHours
	case t.Before(s.CheckInOpens()):
		return ErrTooEarly.With("time", clockTime(s.CheckInOpens()))
	case t.After(s.CheckOutCloses()):
		return ErrTooLate
	}
	return nil
}
