package domain

import "time"

// A gate is something that a companion parent has to have shown.
const (
	GateIdentity  = "identity"  // an identity paper, registered with teams
	GateTraining  = "training"  // 岗前培训, told by teams
	GateConduct   = "conduct"   // 《行为守则》, signed
	GateOffence   = "offence"   // 违法犯罪记录查询: 《未成年人保护法》 art. 62, yearly
	GateInterview = "interview" // by two persons
)

// Gate is one of them as it is now.
type Gate struct {
	Name      string
	Shown     bool
	GoodUntil time.Time // zero with Shown: for good
}

// Good reports whether the gate is passed at an instant.
func (g Gate) Good(now time.Time) bool {
	return g.Shown && (g.GoodUntil.IsZero() || now.Before(g.GoodUntil))
}

// Gates are all of a companion parent.
type Gates []Gate

// FirstOpen returns the name of the first gate that is not passed; empty: all are.
func (gs Gates) FirstOpen(now time.Time) string {
	for _, g := range gs {
		if !g.Good(now) {
			return g.Name
		}
	}
	return ""
}

// reminderDays is how many days before the end one is reminded, once each.
var reminderDays = []int{30, 7}

// Reminder is one that is due.
type Reminder struct {
	Gate
	Days int
}

// Reminders returns which reminders are due for each gate that will end: all whose day
// has come. Of those for one gate the last says enough.
func (gs Gates) Reminders(now time.Time) (due []Reminder) {
	for _, g := range gs {
		for _, days := range reminderDays {
			if g.Good(now) && !g.GoodUntil.IsZero() && !now.Before(g.GoodUntil.AddDate(0, 0, -days)) {
				due = append(due, Reminder{g, days})
			}
		}
	}
	return due
}

// NextLook returns when the next reminder or the next end is; zero: never.
func (gs Gates) NextLook(now time.Time) (next time.Time) {
	for _, g := range gs {
		if g.GoodUntil.IsZero() {
			continue
		}
		for _, days := range append([]int{0}, reminderDays...) {
			if at := g.GoodUntil.AddDate(0, 0, -days); at.After(now) && (next.IsZero() || at.Before(next)) {
				next = at
			}
		}
	}
	return next
}
