package domain

import (
	"cmp"
	"slices"
)

// Content is what a certificate says of the service: each activity by itself
// while they are few, and the sum of each programme.
type Content struct {
	Times      int                 `json:"times"` // lines of the ledger
	Activities []CertifiedActivity `json:"activities,omitempty"`
	Programmes []CertifiedSum      `json:"programmes"`
}

// CertifiedActivity is one line of the ledger as it is printed.
type CertifiedActivity struct {
	Day     string `json:"day"`
	Title   string `json:"title"`
	Team    string `json:"team"`
	Minutes int    `json:"minutes"`
}

// CertifiedSum is what was done under one programme.
type CertifiedSum struct {
	Programme string `json:"programme"`
	Times     int    `json:"times"`
	Minutes   int    `json:"minutes"`
}

// fewActivities is how many have a line of their own on the paper.
const fewActivities = 8

// Certified sums the lines that a certificate is about: the minutes, the first
// and last day, their ids and what is printed of them. name says what a team
// and a programme are called.
func Certified(lines []Entry, name func(kind KnownKind, id string) string) (minutes int, span Span, ids []string, content Content) {
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b Entry) int { return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.ID, b.ID)) })
	content.Times = len(lines)
	at := map[string]int{}
	for _, l := range lines {
		minutes += l.Minutes
		ids = append(ids, l.ID)
		programme := name(Programme, l.ProgrammeID)
		i, ok := at[programme]
		if !ok {
			i = len(content.Programmes)
			at[programme], content.Programmes = i, append(content.Programmes, CertifiedSum{Programme: programme})
		}
		content.Programmes[i].Times++
		content.Programmes[i].Minutes += l.Minutes
		if len(lines) <= fewActivities {
			content.Activities = append(content.Activities, CertifiedActivity{Day: l.Day().String(), Title: l.Title, Team: name(Team, l.TeamID), Minutes: l.Minutes})
		}
	}
	slices.SortStableFunc(content.Programmes, func(a, b CertifiedSum) int { return b.Minutes - a.Minutes })
	if len(lines) > 0 {
		span = Span{lines[0].Day(), lines[len(lines)-1].Day()}
	}
	return minutes, span, ids, content
}
