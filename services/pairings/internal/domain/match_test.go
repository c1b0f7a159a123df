package domain_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

const (
	matchCounty   = "4106/410621/"
	matchTownship = matchCounty + "410621100/"
	matchVillage  = matchTownship + "410621100200/"
)

func TestWeigh(t *testing.T) {
	t.Parallel()
	child := domain.Child{RegionPath: matchVillage, CompanionSex: "any", Needs: []string{"company", "study"}}
	near := domain.Candidate{RegionPath: matchVillage, Sex: "female", Offers: []string{"study"}, Free: 2}
	for name, c := range map[string]struct {
		change  func(c *domain.Child, with *domain.Candidate) (nth int, past domain.Past, relax bool)
		cost    int32
		reasons []string
		never   bool
	}{
		"near, with one of two needs":   {nil, 540, []string{"same_village", "offers_study", "no_child_yet"}, false},
		"another village":               {at(matchTownship + "410621100201/"), 640, []string{"same_township", "offers_study", "no_child_yet"}, false},
		"another township":              {at(matchCounty + "410621101/410621101200/"), 840, []string{"same_county", "offers_study", "no_child_yet"}, false},
		"who helps all over the county": {at(matchCounty), 690, []string{"helps_anywhere", "offers_study", "no_child_yet"}, false},
		"her second child": {func(*domain.Child, *domain.Candidate) (int, domain.Past, bool) { return 1, domain.PastNothing, false },
			620, []string{"same_village", "offers_study"}, false},
		"who stood by the child before": {func(*domain.Child, *domain.Candidate) (int, domain.Past, bool) { return 0, domain.PastFormer, false },
			40, []string{"same_village", "former", "offers_study", "no_child_yet"}, false},
		"who was refused before": {func(*domain.Child, *domain.Candidate) (int, domain.Past, bool) { return 0, domain.PastRefused, true },
			0, []string{"none_refused"}, true},
		"the sex that is wished": {func(c *domain.Child, _ *domain.Candidate) (int, domain.Past, bool) {
			c.CompanionSex = "female"
			return 0, 0, false
		},
			540, []string{"same_village", "sex_as_wished", "offers_study", "no_child_yet"}, false},
		"another sex": {func(c *domain.Child, _ *domain.Candidate) (int, domain.Past, bool) {
			c.CompanionSex = "male"
			return 0, 0, false
		},
			0, []string{"none_of_sex"}, true},
		"a sex that nobody knows": {func(c *domain.Child, with *domain.Candidate) (int, domain.Past, bool) {
			c.CompanionSex, with.Sex = "female", ""
			return 0, 0, false
		}, 0, []string{"none_of_sex"}, true},
		"another sex where that is open to talk": {func(c *domain.Child, _ *domain.Candidate) (int, domain.Past, bool) {
			c.CompanionSex = "male"
			return 0, 0, true
		},
			940, []string{"same_village", "sex_not_as_wished", "offers_study", "no_child_yet"}, false},
		"who has not said what she offers": {func(_ *domain.Child, with *domain.Candidate) (int, domain.Past, bool) {
			with.Offers = nil
			return 0, 0, false
		},
			540, []string{"same_village", "no_child_yet"}, false},
	} {
		one, with, nth, past, relax := child, near, 0, domain.PastNothing, false
		if c.change != nil {
			nth, past, relax = c.change(&one, &with)
		}
		cost, reasons, ok := domain.Weigh(one, with, nth, past, relax)
		slices.Sort(reasons)
		slices.Sort(c.reasons)
		if cost != c.cost || ok == c.never {
			t.Errorf("%s: costs %d, may be: %v", name, cost, ok)
		}
		if diff := cmp.Diff(c.reasons, reasons); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func at(path string) func(*domain.Child, *domain.Candidate) (int, domain.Past, bool) {
	return func(_ *domain.Child, with *domain.Candidate) (int, domain.Past, bool) {
		with.RegionPath = path
		return 0, domain.PastNothing, false
	}
}
