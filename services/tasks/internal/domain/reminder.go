package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

const (
	remindAt     = 18            // o'clock of the day before
	remindBefore = 2 * time.Hour // and once more
)

// Reminders says of which shifts people are to be reminded by now: of those
// that begin before day, once, since 18:00 of the day before; and of those that
// begin before soon once more, two hours ahead. At night nobody is reminded:
// whoever starts at six knew the evening before, and what begins soon after
// seven is reminded of at seven.
func Reminders(now time.Time) (day, soon time.Time) {
	local := now.In(clock.City)
	y, m, d := local.Date()
	midnight := time.Date(y, m, d+1, 0, 0, 0, 0, clock.City)
	switch hour := local.Hour(); {
	case hour < quietUntil || hour >= quietFrom:
		return now, now
	case hour >= remindAt:
		return midnight.AddDate(0, 0, 1), now.Add(remindBefore)
	}
	return midnight, now.Add(remindBefore)
}

// Reminded notes of which reminders somebody needs none any more: who signs up
// this evening for tomorrow knows.
func (u *SignUp) reminded(s Shift, now time.Time) {
	day, soon := Reminders(now)
	u.RemindedDay, u.RemindedSoon, u.Coming = time.Time{}, time.Time{}, time.Time{}
	if s.StartsAt.Before(day) {
		u.RemindedDay = s.StartsAt
	}
	if s.StartsAt.Before(soon) {
		u.RemindedSoon = s.StartsAt
	}
}

// Comes notes that somebody who has a seat said that they come at the time that
// the shift has now. Saying it twice changes nothing.
func (u *SignUp) Comes(s Shift, now time.Time) (changed bool, err error) {
	switch {
	case u.State != SignUpConfirmed:
		return false, ErrNoSuchSignUp
	case !now.Before(s.EndsAt):
		return false, ErrShiftOver
	case u.SaysComing(s):
		return false, nil
	}
	u.Coming = s.StartsAt
	u.Version++
	return true, nil
}

// SaysComing reports whether the person said that they come at the time that
// the shift has now.
func (u SignUp) SaysComing(s Shift) bool { return u.Coming.Equal(s.StartsAt) }
