package domain

import (
	"time"
)

// Slack is how far two stretches of one person may overlap without anybody
// being asked: who hands over at the gate is for a moment at both. The later
// line begins where the earlier one ends, so no minute counts twice.
const Slack = 2 * time.Minute

// Stretch is a time for which somebody was credited.
type Stretch struct {
	EntryID  string
	From, To time.Time
}

// Given is what is already credited to one person, whichever records they have.
type Given struct {
	Stretches []Stretch
	minutes   map[dayOf]int
}

// dayOf names what a cap bounds: service minutes of a day, under one programme
// or, with none named, under all.
type dayOf struct {
	day         Day
	programmeID string
}

// Add counts minutes of service of a day.
func (g *Given) Add(day Day, programmeID string, minutes int) {
	if g.minutes == nil {
		g.minutes = map[dayOf]int{}
	}
	g.minutes[dayOf{day, programmeID}] += minutes
	g.minutes[dayOf{day, ""}] += minutes
}

// CutRule says why less was credited than was confirmed.
type CutRule string

// The rules that cut.
const (
	CutOverlap   CutRule = "overlap"   // moments that another line has already
	CutDay       CutRule = "day"       // the cap of a day over all programmes
	CutProgramme CutRule = "programme" // the cap of a day under the programme
)

// Cut says that less was credited than was confirmed. It is never changed.
type Cut struct {
	SourceKind, SourceID string
	VolunteerID          string
	Title                string
	Day                  Day
	Rule                 CutRule // the one that took the last minute
	Cap                  int     // minutes; 0 where the rule knows none
	Confirmed, Credited  int     // minutes
	At                   time.Time
}

// Credit is how a claim turned out: one of a line, a line and a cut, a cut to
// nothing, or held because another line has the time.
type Credit struct {
	Entry   Entry
	Cut     *Cut
	Against string // of what is held: the line that has the time
}

// Place decides what a claim is worth beside all that the person was given
// already, and counts it. A claim is a line as it was confirmed; of whose
// minutes nothing is left, Entry.Minutes is 0 and there is no line. It reads
// no clock: the same claims in the same order always turn out the same.
func (g *Given) Place(e Entry, caps Caps) Credit {
	fitted, against := e, ""
	if e.Timed() {
		fitted, against = g.fit(e)
	}
	if against != "" {
		return Credit{Entry: e, Against: against}
	}
	cut := Cut{
		SourceKind: e.SourceKind, SourceID: e.SourceID, VolunteerID: e.VolunteerID, Title: e.Title, Day: e.Day(),
		Rule: CutOverlap, Confirmed: e.Minutes, At: e.RecordedAt,
	}
	if fitted.Account == ServiceAccount {
		g.bound(&fitted, caps, CutProgramme, e.ProgrammeID, &cut)
		g.bound(&fitted, caps, CutDay, "", &cut)
	}
	g.take(fitted)
	credit := Credit{Entry: fitted}
	if cut.Credited = fitted.Minutes; cut.Credited < cut.Confirmed {
		credit.Cut = &cut
	}
	return credit
}

// fit shortens the claim to what the other stretches leave of it, or names the
// line that has the time.
func (g *Given) fit(e Entry) (fitted Entry, against string) {
	fitted = e
	for _, s := range g.Stretches {
		overlap := earlier(fitted.To, s.To).Sub(later(fitted.From, s.From))
		if overlap <= 0 {
			continue
		}
		if overlap > Slack || !fitted.giveWay(s) {
			return e, s.EntryID
		}
		fitted.Minutes = min(fitted.Minutes, int(fitted.To.Sub(fitted.From)/time.Minute))
	}
	return fitted, ""
}

// bound cuts the line to what a cap leaves of its day, and notes it.
func (g *Given) bound(e *Entry, caps Caps, rule CutRule, programmeID string, cut *Cut) {
	most, ok := caps.On(e.Day(), programmeID)
	left := max(0, most-g.minutes[dayOf{e.Day(), programmeID}])
	if ok && e.Minutes > left {
		e.Minutes, cut.Rule, cut.Cap = left, rule, most
	}
}

// take counts what became a line.
func (g *Given) take(e Entry) {
	if e.Minutes == 0 || !e.Timed() {
		return
	}
	g.Stretches = append(g.Stretches, Stretch{EntryID: e.ID, From: e.From, To: e.To})
	if e.Account == ServiceAccount {
		g.Add(e.Day(), e.ProgrammeID, e.Minutes)
	}
}

// giveWay shortens the claim to what the other stretch leaves of it, and
// reports whether anything is left.
func (e *Entry) giveWay(s Stretch) bool {
	if s.From.After(e.From) {
		e.To = earlier(e.To, s.From)
	} else {
		e.From = later(e.From, s.To)
	}
	return e.To.After(e.From)
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
