package domain

import (
	"cmp"
	"slices"
)

// FewestActive is how many members must have served in a period before a brigade
// is compared by hours per active member: of fewer one busy person makes the figure.
const FewestActive = 3

// PerMember is a brigade beside others by hours per active member.
type PerMember struct {
	TeamID  string
	Rank    int // 1 + how many have strictly more: ties share a rank
	Minutes int64
	Active  int64 // members who gave service in the period
}

// Each returns the minutes of service for each active member, rounded down.
func (p PerMember) Each() int64 { return p.Minutes / p.Active }

// RankPerMember orders the brigades with enough active members, the most hours
// for each of them first, and returns how many were left out.
func RankPerMember(teams []PerMember) (ranked []PerMember, left int) {
	for _, t := range teams {
		if t.Active >= FewestActive && t.Minutes > 0 {
			ranked = append(ranked, t)
		}
	}
	slices.SortFunc(ranked, func(x, y PerMember) int {
		return cmp.Or(cmp.Compare(y.Minutes*x.Active, x.Minutes*y.Active), cmp.Compare(x.TeamID, y.TeamID))
	})
	for i := range ranked {
		ranked[i].Rank = i + 1
		if i > 0 && ranked[i-1].Minutes*ranked[i].Active == ranked[i].Minutes*ranked[i-1].Active {
			ranked[i].Rank = ranked[i-1].Rank
		}
	}
	return ranked, len(teams) - len(ranked)
}
