package boards_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// given for merging: one team, one day, some minutes each.
func minutesOf(volunteer string, minutes int) domain.Total {
	return domain.Total{
		Sum:     domain.Sum{VolunteerID: volunteer, Day: 20000, TeamID: "t", ProgrammeID: "p", RegionPath: "4106/", Account: domain.ServiceAccount},
		Minutes: minutes, Entries: 1,
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()
	key := boards.Key{Subject: boards.Volunteers, Scope: boards.Scope{Kind: boards.Team, ID: "t"}, Period: domain.PeriodOf(domain.Month, 20000)}
	lines := []domain.Total{minutesOf("a", 10), minutesOf("b", 25), minutesOf("c", 30)}
	standing := func(b *boards.Boards) map[string]int {
		got := map[string]int{}
		for _, r := range b.Page(key, 9).Rows {
			got[r.ID] = r.Minutes
		}
		return got
	}
	want := map[string]int{"c": 75}
	for name, run := range map[string]func(b *boards.Boards){
		"a board that is kept already moves the hours to the survivor": func(b *boards.Boards) {
			b.Apply(lines)
			b.Page(key, 9)
			b.Merge("a", "c")
			b.Merge("b", "c")
			b.Apply([]domain.Total{minutesOf("a", 10)})
		},
		"merged before the lines are counted, as after a restart": func(b *boards.Boards) {
			b.Merge("b", "c")
			b.Merge("a", "c")
			b.Apply(append(lines, minutesOf("a", 10)))
		},
		"a chain is followed, whichever end is heard of first": func(b *boards.Boards) {
			b.Apply(append(lines, minutesOf("a", 10)))
			b.Merge("a", "b")
			b.Page(key, 9)
			b.Merge("a", "c") // what was merged into b is told anew
			b.Merge("b", "c")
			b.Merge("b", "c")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := boards.New()
			run(b)
			if diff := cmp.Diff(want, standing(b)); diff != "" {
				t.Error(diff)
			}
			if p := b.Place(key, "c"); p.Rank != 1 || p.Minutes != 75 || p.Subjects != 1 {
				t.Errorf("%+v", p)
			}
		})
	}
}
