package domain

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRankPerMember(t *testing.T) {
	t.Parallel()
	ranked, left := RankPerMember([]PerMember{
		{TeamID: "alone", Minutes: 6000, Active: 1},
		{TeamID: "two", Minutes: 6000, Active: 2},
		{TeamID: "few", Minutes: 300, Active: 3},
		{TeamID: "many", Minutes: 4000, Active: 40},
		{TeamID: "good", Minutes: 1001, Active: 5},
		{TeamID: "none", Minutes: 0, Active: 0},
		{TeamID: "taken back", Minutes: -5, Active: 3},
	})
	want := []PerMember{
		{TeamID: "good", Rank: 1, Minutes: 1001, Active: 5},
		{TeamID: "few", Rank: 2, Minutes: 300, Active: 3},
		{TeamID: "many", Rank: 2, Minutes: 4000, Active: 40},
	}
	if diff := cmp.Diff(want, ranked); diff != "" || left != 4 {
		t.Errorf("%d left out; %s", left, diff)
	}
	if got := ranked[0].Each(); got != 200 {
		t.Errorf("each = %d, want 200", got)
	}
}
