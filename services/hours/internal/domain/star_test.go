package domain

import (
	"testing"
	"time"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	rule := StarRule{ID: "now", Minutes: []int{6000, 18000, 36000}}
	for name, c := range map[string]struct {
		star    Star
		minutes int
		clean   bool
		want    int // -1: nothing changes
	}{
		"a hundred hours make the first":                 {Star{}, 6000, true, 1},
		"a minute less does not":                         {Star{}, 5999, true, -1},
		"two at once":                                    {Star{}, 20000, true, 2},
		"nobody rises while something upheld lies back":  {Star{}, 20000, false, -1},
		"who has it does not reach it again":             {Star{Level: 1, Needed: 6000}, 9000, true, -1},
		"what was reached stays when the rule asks more": {Star{Level: 2, Needed: 12000}, 13000, true, -1},
		"and also while something upheld lies back":      {Star{Level: 2, Needed: 18000}, 19000, false, -1},
		"hours corrected to less lose it":                {Star{Level: 2, Needed: 18000}, 17999, true, 1},
		"and to nothing all":                             {Star{Level: 2, Needed: 18000}, 0, false, 0},
		"lost under an earlier rule, none in reach now":  {Star{Level: 1, Needed: 3000}, 2999, true, 0},
		"lost by the earlier rule, at most one lower":    {Star{Level: 1, Needed: 90000}, 40000, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := -1
			if change, ok := rule.Judge(c.star, c.minutes, c.clean, 20000, time.Time{}); ok {
				got = change.Level
				if change.Was != c.star.Level || change.Needed != rule.Needed(change.Level) || change.RuleID != "now" {
					t.Errorf("change = %+v", change)
				}
			}
			if got != c.want {
				t.Errorf("level = %d, want %d", got, c.want)
			}
		})
	}
}

func TestNewStarRule(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 26, 4, 0, 0, 0, time.UTC)
	good := StarRule{ValidFrom: DayOf(now) + 1, Minutes: []int{6000, 18000}, CleanMonths: 12, Reason: "市妇联决定"}
	if _, err := NewStarRule(good, "officer", now); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*StarRule){
		"today":       func(r *StarRule) { r.ValidFrom-- },
		"no level":    func(r *StarRule) { r.Minutes = nil },
		"falling":     func(r *StarRule) { r.Minutes = []int{6000, 6000} },
		"six levels":  func(r *StarRule) { r.Minutes = []int{60, 120, 180, 240, 300, 360} },
		"for nothing": func(r *StarRule) { r.Minutes = []int{0, 60} },
		"for ever":    func(r *StarRule) { r.CleanMonths = 61 },
		"no grounds":  func(r *StarRule) { r.Reason = " " },
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			t.Parallel()
			bad := good
			change(&bad)
			if _, err := NewStarRule(bad, "officer", now); err == nil {
				t.Error("accepted")
			}
		})
	}
}
