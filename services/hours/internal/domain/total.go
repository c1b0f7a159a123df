package domain

import (
	"cmp"
	"slices"
)

// Sum names what is summed: everything that a period or a scope may ask for.
type Sum struct {
	VolunteerID string
	Day         Day
	TeamID      string
	ProgrammeID string
	RegionPath  string
	Account     Account
	SettlesOn   Day
}

// Total is how much a sum comes to.
type Total struct {
	Sum
	Minutes  int
	Entries  int // how many lines of the ledger are in it
	Services int // 人次: of these lines those that give, less those that take back
}

// AddUp returns the totals of the entries, one per sum, in one order for all:
// two writers that lock rows in this order never wait for each other in a circle.
func AddUp(entries []Entry) []Total {
	place := map[Sum]int{}
	var totals []Total
	for _, e := range entries {
		t := e.Total()
		i, ok := place[t.Sum]
		if !ok {
			place[t.Sum] = len(totals)
			totals = append(totals, t)
			continue
		}
		totals[i].Minutes += t.Minutes
		totals[i].Entries++
		totals[i].Services += t.Services
	}
	slices.SortFunc(totals, func(a, b Total) int { return compare(a.Sum, b.Sum) })
	return totals
}

// ServiceOf returns what a line of so many minutes counts as a service: one that
// takes back undoes one.
func ServiceOf(minutes int) int { return cmp.Compare(minutes, 0) }

func compare(a, b Sum) int {
	return cmp.Or(
		cmp.Compare(a.VolunteerID, b.VolunteerID),
		cmp.Compare(a.Day, b.Day),
		cmp.Compare(a.TeamID, b.TeamID),
		cmp.Compare(a.ProgrammeID, b.ProgrammeID),
		cmp.Compare(a.RegionPath, b.RegionPath),
		cmp.Compare(a.Account, b.Account),
		cmp.Compare(a.SettlesOn, b.SettlesOn),
	)
}
