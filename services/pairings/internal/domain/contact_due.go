package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Duty is what a plan asks for again and again.
type Duty string

// The duties. A visit counts for both: who was there this week need not call.
const (
	DutyMeet Duty = "meet"
	DutyCall Duty = "call"
)

// Duties are all of them.
var Duties = []Duty{DutyMeet, DutyCall}

// metBy reports whether a contact of a kind, if it was made, is what the duty asks for.
func (d Duty) metBy(kind ContactKind) bool {
	return kind == ContactVisit || d == DutyCall && kind == ContactCall
}

// every returns in how many weeks, or months, the plan asks for it; 0: it does not.
func (d Duty) every(p ContactPlan) int {
	if d == DutyMeet {
		return p.MeetMonths
	}
	return p.CallWeeks
}

// period returns the calendar's months, or weeks from Monday, from the one that an
// instant lies in.
func (d Duty) period(at time.Time, n int) (from, to time.Time) {
	at = at.In(clock.City)
	if d == DutyMeet {
		from = time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, clock.City)
		return from, from.AddDate(0, n, 0)
	}
	sinceMonday := (int(at.Weekday()) + 6) % 7
	from = time.Date(at.Year(), at.Month(), at.Day()-sinceMonday, 0, 0, 0, 0, clock.City)
	return from, from.AddDate(0, 0, 7*n)
}

// Made is a contact that was made: attempts are none.
type Made struct {
	Kind ContactKind
	At   time.Time
}

// Pause is a time in which nothing was asked for.
type Pause struct{ From, To time.Time } // To zero: it goes on

// Due returns by when a contact is asked for next: the end of the first week, or month,
// of the pairing that has none, and none after it: a contact made settles what was missed
// before it. Zero: nothing is asked for. A week or a month counts when the pairing was
// under way for half of it at least; what began on a Saturday owes no call on Sunday. It
// reads no clock but now.
func Due(duty Duty, plans ContactPlans, began time.Time, made []Made, pauses []Pause, now time.Time) time.Time {
	if began.IsZero() || paused(pauses) {
		return time.Time{}
	}
	last := began.Add(-1)
	for _, m := range made {
		if duty.metBy(m.Kind) && m.At.After(last) {
			last = m.At
		}
	}
	for at := began; ; {
		n := duty.every(plans.On(at))
		from, to := duty.period(at, max(n, 1))
		if n > 0 && (last.Before(from) || last.Before(began)) && 2*underWay(later(from, began), to, pauses) >= to.Sub(from) {
			return to
		}
		if n == 0 && from.After(now) {
			return time.Time{}
		}
		at = to
	}
}

func paused(pauses []Pause) bool {
	for _, p := range pauses {
		if p.To.IsZero() {
			return true
		}
	}
	return false
}

// underWay returns how much of a time was no pause.
func underWay(from, to time.Time, pauses []Pause) time.Duration {
	active := to.Sub(from)
	for _, p := range pauses {
		if overlap := earlier(to, p.To).Sub(later(from, p.From)); overlap > 0 {
			active -= overlap
		}
	}
	return active
}

const aDay = 24 * time.Hour

// tellHour is when in the day a rung is told: nobody is told at midnight.
const tellHour = 9 * time.Hour

// RungAt returns when a rung of a silence comes: in the morning, so many days after the
// due day as the plan says, pauses not counted.
func RungAt(rung Rung, plan ContactPlan, due time.Time, pauses []Pause) time.Time {
	at := due.AddDate(0, 0, plan.Silence[rung-1]).Add(tellHour)
	for _, p := range pauses { // in the order of time; none goes on, for then nothing is due
		if p.To.After(due) && p.From.Before(at) { // in whole days, so that it stays morning
			at = at.AddDate(0, 0, int((p.To.Sub(later(due, p.From))+aDay-1)/aDay))
		}
	}
	return at
}

// Climbed returns the highest rung that a silence has reached, and when the next one
// comes, zero for none.
func Climbed(plan ContactPlan, due time.Time, pauses []Pause, now time.Time) (reached Rung, next time.Time) {
	for rung := RungVolunteer; rung <= RungCity; rung++ {
		if at := RungAt(rung, plan, due, pauses); at.After(now) {
			return reached, at
		}
		reached = rung
	}
	return reached, time.Time{}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
