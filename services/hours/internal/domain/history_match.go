package domain

import (
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/shared/pinyin"
)

// RollMember is somebody who is or was in the brigade, as a register may name them.
type RollMember struct {
	ID     string
	Name   string
	Number string // 志愿者编号
	Phone  string // masked: its last four digits are to be seen
	Former bool
}

// Roll is who a brigade's register can be about.
type Roll struct {
	members []RollMember
	byID    map[string]RollMember
	byName  map[string][]RollMember
}

// NewRoll returns the roll of these people; of two records of one person one stays.
func NewRoll(members []RollMember) Roll {
	r := Roll{byID: map[string]RollMember{}, byName: map[string][]RollMember{}}
	for _, m := range members {
		if had, twice := r.byID[m.ID]; m.Name == "" || twice && (!had.Former || m.Former) {
			continue
		}
		r.byID[m.ID] = m
	}
	for _, m := range r.byID {
		r.members = append(r.members, m)
	}
	slices.SortFunc(r.members, func(a, b RollMember) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) })
	for _, m := range r.members {
		r.byName[m.Name] = append(r.byName[m.Name], m)
	}
	return r
}

// Members returns them by name.
func (r Roll) Members() []RollMember { return r.members }

// Name returns what somebody on the roll is called.
func (r Roll) Name(volunteerID string) string { return r.byID[volunteerID].Name }

// Match says whom a row names, and finds what is in doubt. A doubt is never
// guessed: one name, one person; of several with the name the one whose number or
// phone is written beside it.
func (r Roll) Match(row *DraftRow) {
	if row.Entered {
		if _, ok := r.byID[row.VolunteerID]; !ok {
			row.find(HistoryNoName, "")
			row.VolunteerID = ""
		}
	} else {
		r.match(row)
	}
	if r.byID[row.VolunteerID].Former {
		row.find(HistoryFormer, "")
	}
}

func (r Roll) match(row *DraftRow) {
	name, number, tail := squeezed(row.Person.Name), strings.ToUpper(squeezed(row.Person.Number)), lastFour(row.Person.Phone)
	named := r.byName[name]
	if number != "" {
		named = slices.DeleteFunc(slices.Clone(r.members), func(m RollMember) bool { return strings.ToUpper(m.Number) != number })
		if len(named) != 1 || name != "" && named[0].Name != name {
			row.find(HistoryNumberIs, "")
			return
		}
	}
	switch {
	case name == "" && number == "":
		row.find(HistoryNoName, "")
		return
	case len(named) == 0:
		row.find(HistoryUnknown, r.alike(name))
		return
	case tail != "":
		named = slices.DeleteFunc(slices.Clone(named), func(m RollMember) bool { return lastFour(m.Phone) != tail })
	}
	switch len(named) {
	case 0:
		row.find(HistoryPhoneIs, "")
	case 1:
		row.VolunteerID = named[0].ID
	default:
		row.find(HistorySameName, "")
	}
}

// alike names up to three people with a name that sounds or looks much like it.
func (r Roll) alike(name string) string {
	var names []string
	for _, m := range r.members {
		if len(names) < 3 && nearly([]rune(name), []rune(m.Name)) && !slices.Contains(names, m.Name) {
			names = append(names, m.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "（" + strings.Join(names, "、") + "？）"
}

// nearly reports whether two names differ in one character, or in how one that
// sounds the same is written.
func nearly(a, b []rune) bool {
	if len(a) != len(b) || len(a) < 2 {
		return false
	}
	different := 0
	for i := range a {
		if a[i] != b[i] {
			different++
		}
	}
	return different == 1 && (a[0] == b[0] || pinyin.Initials(string(a)) == pinyin.Initials(string(b)))
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

// lastFour returns the last four digits of a phone, written whole, masked or as
// its end, of which a spreadsheet may have lost the noughts before it; empty for none.
func lastFour(phone string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
	if digits == "" {
		return ""
	}
	digits = "000" + digits
	return digits[len(digits)-4:]
}
