package boards

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

func TestCount(t *testing.T) {
	t.Parallel()
	const county, town, other = "4106/410611/", "4106/410611/410611001/", "4106/410621/"
	all := Narrowed{RegionPath: "4106/", Account: domain.ServiceAccount, From: someDay, Until: someDay + 1}
	trained := line("f", "t1", county, someDay, 300)
	trained.Account = domain.TrainingAccount
	elsewhere := line("a", "t1", county, someDay, 15)
	elsewhere.ProgrammeID = "q"
	back := line("a", "t2", other, someDay, -30) // holds a line back from settling
	back.Entries, back.SettlesOn = 0, someDay+8
	b := New()
	b.Apply([]domain.Total{
		line("a", "t1", county, someDay, 60), line("b", "t1", town, someDay, 90), line("a", "t2", other, someDay, 30),
		line("c", "t2", other, someDay, 45), line("c", "t2", other, someDay, -45), // all of it taken back
		line("d", "t1", county, someDay-30, 20), line("e", "t9", "4107/", someDay, 500), trained, elsewhere, back,
	})
	for name, narrow := range map[string]struct {
		by   func(*Narrowed)
		want domain.Figures
	}{
		"all of a day":                {func(*Narrowed) {}, domain.Figures{Minutes: 195, Services: 4, People: 2, Teams: 2}},
		"in a region":                 {func(n *Narrowed) { n.RegionPath = county }, domain.Figures{Minutes: 165, Services: 3, People: 2, Teams: 1}},
		"over more days":              {func(n *Narrowed) { n.From -= 30 }, domain.Figures{Minutes: 215, Services: 5, People: 3, Teams: 2}},
		"under a programme":           {func(n *Narrowed) { n.ProgrammeID = "q" }, domain.Figures{Minutes: 15, Services: 1, People: 1, Teams: 1}},
		"under one that nobody knows": {func(n *Narrowed) { n.ProgrammeID = "?" }, domain.Figures{}},
		"of training":                 {func(n *Narrowed) { n.Account = domain.TrainingAccount }, domain.Figures{Minutes: 300, Services: 1, People: 1, Teams: 1}},
		"settled too early":           {func(n *Narrowed) { n.SettledOn = someDay + 6 }, domain.Figures{}},
		"settled":                     {func(n *Narrowed) { n.SettledOn = someDay + 7 }, domain.Figures{Minutes: 195, Services: 4, People: 2, Teams: 2}},
		"settled, a line held back":   {func(n *Narrowed) { n.SettledOn = someDay + 8 }, domain.Figures{Minutes: 165, Services: 3, People: 2, Teams: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := all
			narrow.by(&n)
			if diff := gocmp.Diff([]domain.Figures{narrow.want, narrow.want}, b.Count([]Narrowed{n, n})); diff != "" {
				t.Error(diff)
			}
		})
	}
}
