package domain

import (
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// A task may have no fixed hours: call the old people you look after, sew ten
// bags, by the 30th (ADR 51). Its shift is its last day, so that lists, waiting
// lists, changes and calendars treat it as what it is, a day by which it has to
// be done; OpenFrom says since when it can. Nobody checks in. Whoever has a seat
// says afterwards when they did it, once for each stretch, and another person
// confirms it, as any own word.

// MostPeriod is how long such a task may be open.
const MostPeriod = 92 * 24 * time.Hour

// What can be wrong with a task without fixed hours.
var (
	ErrPeriodDays     = apperr.New(apperr.Invalid, "period_days", "最后一天不能早于开始那天，最长三个月。", "The last day must not be before the first, and at most three months later.")
	ErrNoFixedHours   = apperr.New(apperr.Conflict, "no_fixed_hours", "这个活动没有固定时间，不用签到。做完以后，到活动页点“记一次”。", "This activity has no fixed hours and needs no check-in. When you have done it, open its page and record it.")
	ErrFixedHours     = apperr.New(apperr.Conflict, "fixed_hours", "这一场有固定时间，请扫码签到，或在结束后申报。", "This shift has fixed hours; please check in, or declare your hours afterwards.")
	ErrStretch        = apperr.New(apperr.Invalid, "stretch", "时间要在活动期内的同一天，结束晚于开始，不能晚于现在。", "The times must lie on one day of the activity's period, in order, and not in the future.")
	ErrStretchOverlap = apperr.New(apperr.Conflict, "stretch_overlap", "{time} 您已经有别的记录了，同一段时间只能记一次。", "You have a record of {time} already; the same time counts once.")
	ErrDayFull        = apperr.New(apperr.Conflict, "day_full", "这个项目一天最多记 {hours} 小时，这一天已经记了 {had} 分钟。", "At most {hours} hours a day are recorded for this programme; that day has {had} minutes already.")
)

// NewPeriod returns a shift without fixed hours, open from the day of from to
// the end of the day before until.
func NewPeriod(taskID string, from, until time.Time, capacity int) (Shift, error) {
	opens, last := midnight(from), midnight(until.Add(-time.Nanosecond))
	if last.Before(opens) || last.Sub(opens) > MostPeriod {
		return Shift{}, ErrPeriodDays
	}
	s, err := NewShift(taskID, last, last.AddDate(0, 0, 1), capacity)
	s.OpenFrom = opens.UTC()
	return s, err
}

func midnight(t time.Time) time.Time {
	y, m, d := t.In(clock.City).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, clock.City)
}

// Flexible reports whether the shift has no fixed hours.
func (s Shift) Flexible() bool { return !s.OpenFrom.IsZero() }

// begins is from when on service at the shift counts.
func (s Shift) begins() time.Time {
	if s.Flexible() {
		return s.OpenFrom
	}
	return s.StartsAt
}

// Stretch is what somebody, or a leader for them, says of one time that they
// did what has no fixed hours.
type Stretch struct {
	VolunteerID string
	By          string // who says it
	Period      Period
	Word        string // what was done
	Number      int    // of those of this person at this shift, from 1
}

// Done is another attendance of the same person.
type Done struct {
	From, To    time.Time
	ProgrammeID string
}

// Record is a stretch, to be confirmed by another person. done is what else the
// person did that day, wherever; dayCap the minutes of a day that the programme
// allows, 0 for any.
func (s Shift) Record(x Stretch, programmeID string, done []Done, dayCap int, now time.Time) (Attendance, error) {
	if err := s.Settles(1); err != nil {
		return Attendance{}, err
	}
	p := x.Period
	switch {
	case !s.Flexible():
		return Attendance{}, ErrFixedHours
	case now.After(s.EndsAt.Add(DeclareWithin)):
		return Attendance{}, ErrDeclareTooLate
	case !s.holds(p, now) || !midnight(p.From).Equal(midnight(p.To.Add(-time.Nanosecond))):
		return Attendance{}, ErrStretch
	case x.Word == "":
		return Attendance{}, ErrReasonMissing
	}
	had := 0
	for _, d := range done {
		if d.From.Before(p.To) && d.To.After(p.From) {
			return Attendance{}, ErrStretchOverlap.With("time", clockTime(d.From)+"–"+clockTime(d.To))
		}
		if d.ProgrammeID == programmeID {
			had += int(d.To.Sub(d.From) / time.Minute)
		}
	}
	if dayCap > 0 && had+int(p.To.Sub(p.From)/time.Minute) > dayCap {
		return Attendance{}, ErrDayFull.With("hours", strconv.FormatFloat(float64(dayCap)/60, 'f', -1, 64)).With("had", strconv.Itoa(had))
	}
	var none *Attendance
	a := none.again(s.ID, x.VolunteerID)
	a.Stretch, a.EnteredBy, a.Reason, a.CheckedInAt, a.CheckedOutAt = x.Number, x.By, x.Word, p.From, p.To
	a.State, a.InMethod, a.OutMethod = AttendanceClosed, MethodNone, MethodNone
	if x.By == x.VolunteerID {
		a.State, a.InMethod, a.OutMethod = AttendanceDeclared, MethodOwn, MethodOwn
	}
	return a, nil
}
