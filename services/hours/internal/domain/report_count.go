package domain

import "strings"

// Filter says which part of an indicator a figure is. Empty fields do not narrow.
type Filter struct {
	ProgrammeID   string
	RegionPath    string // the region and all below it
	ReportingUnit string
	Verification  string
	From, Until   Day // from the first day to the day after the last
}

func (f Filter) has(x Fact) bool {
	return x.Day >= f.From && x.Day < f.Until && f.where(x) &&
		(f.ProgrammeID == "" || f.ProgrammeID == x.ProgrammeID) && (f.Verification == "" || f.Verification == x.Verification)
}

func (f Filter) where(x Fact) bool {
	return strings.HasPrefix(x.RegionPath, f.RegionPath) && (f.ReportingUnit == "" || f.ReportingUnit == x.ReportingUnit)
}

// Fact is something that happened, as far as reports ask about it.
type Fact struct {
	Kind          FactKind
	Day           Day // of a brigade: when it was founded
	Gone          Day // of a dissolved brigade: since when
	PersonID      string
	TeamID        string
	TaskID        string
	ProgrammeID   string
	RegionPath    string
	ReportingUnit string
	Account       Account
	Verification  string
	Minutes       int
	Times         int // 1, or -1 where a line undoes another
	Served        int
}

// Tally counts one figure, fact by fact.
type Tally struct {
	Indicator Indicator
	Filter    Filter
	sum       int64
	left      map[string]int // minutes of each person or brigade; of activities whether they were there
}

// NewTally returns a count at nought.
func NewTally(i Indicator, f Filter) *Tally {
	t := &Tally{Indicator: i, Filter: f}
	switch i.Measure {
	case People, Teams, Tasks:
		t.left = map[string]int{}
	}
	return t
}

// Add counts a fact if it belongs to the figure.
func (t *Tally) Add(x Fact) {
	if x.Kind != t.Indicator.Kind || x.Account != t.Indicator.Account {
		return
	}
	if x.Kind == BrigadeFacts {
		t.sum += t.brigade(x)
		return
	}
	if !t.Filter.has(x) {
		return
	}
	switch t.Indicator.Measure {
	case Minutes:
		t.sum += int64(x.Minutes)
	case Times:
		t.sum += int64(x.Times)
	case Guests:
		t.sum += int64(x.Served)
	case People:
		t.left[x.PersonID] += x.Minutes
	case Teams:
		t.left[x.TeamID] += x.Minutes
	case Tasks:
		t.left[x.TaskID]++
	}
}

func (t *Tally) brigade(x Fact) int64 {
	f := t.Filter
	if !f.where(x) || x.Day >= f.Until {
		return 0
	}
	founded := t.Indicator.Measure == Founded && x.Day >= f.From
	there := t.Indicator.Measure == Existing && (x.Gone == 0 || x.Gone >= f.Until)
	if founded || there {
		return 1
	}
	return 0
}

// FromSums reports whether sums of the ledger by day, person, brigade, programme
// and region are enough to know the figure: they do not say which reporting unit a
// line is of, nor how it was proved.
func (t *Tally) FromSums() bool {
	switch t.Indicator.Measure {
	case Minutes, Times, People, Teams:
	default:
		return false
	}
	ofLines := t.Indicator.Kind == LineFacts || t.Indicator.Kind == SettledFacts && t.Indicator.Measure != Times
	return ofLines && t.Filter.ReportingUnit == "" && t.Filter.Verification == ""
}

// Take makes the figure what such sums come to.
func (t *Tally) Take(f Figures) {
	t.left = nil
	switch t.Indicator.Measure {
	case Minutes:
		t.sum = f.Minutes
	case Times:
		t.sum = f.Services
	case People:
		t.sum = f.People
	case Teams:
		t.sum = f.Teams
	}
}

// Value returns the figure: minutes, or how many.
func (t *Tally) Value() int64 {
	if t.left == nil {
		return t.sum
	}
	n := int64(0)
	for _, minutes := range t.left {
		if minutes > 0 {
			n++
		}
	}
	return n
}
