package demo

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/luhn"
)

func TestPeople(t *testing.T) {
	t.Parallel()
	for _, scale := range []float64{0.02, 1} {
		t.Run(fmt.Sprintf("at scale %v all references hold", scale), func(t *testing.T) {
			t.Parallel()
			checkPeople(t, givenCity(t, scale))
		})
	}
	t.Run("the whole city has its size, its names and its consents", func(t *testing.T) {
		t.Parallel()
		c := givenCity(t, 1)
		consents := 0
		names := map[string]int{}
		for _, v := range c.Volunteers {
			names[v.Name]++
			if v.BoardConsent {
				consents++
			}
		}
		if len(c.Teams) != 1676 || len(c.Volunteers) != 60_000 || len(c.Regions) != 1096 || len(c.Programmes) != 15 {
			t.Errorf("%d teams, %d volunteers, %d regions, %d programmes", len(c.Teams), len(c.Volunteers), len(c.Regions), len(c.Programmes))
		}
		if share := float64(consents) / 60_000; share < 0.69 || share > 0.71 {
			t.Errorf("consent of %.2f", share)
		}
		if len(names) < 8000 {
			t.Errorf("only %d different names", len(names))
		}
	})
	t.Run("a hundredth of the city still has teams in every county", func(t *testing.T) {
		t.Parallel()
		c := givenCity(t, 0.01)
		if len(c.Teams) != 17 || len(c.Volunteers) != 600 {
			t.Errorf("%d teams, %d volunteers", len(c.Teams), len(c.Volunteers))
		}
		for _, county := range c.places.counties {
			if !slices.ContainsFunc(c.Teams, func(team Team) bool { return strings.HasPrefix(team.RegionPath, "4106/"+county+"/") }) {
				t.Errorf("no team in %s", county)
			}
		}
	})
}

var (
	mobile = regexp.MustCompile(`^154\d{8}$`)
	number = regexp.MustCompile(`^HB\d{10}$`)
)

// checkPeople checks what is not a task: unique keys, references, roles and dates.
func checkPeople(t *testing.T, c *City) {
	t.Helper()
	regions := map[string]Region{}
	for _, r := range c.Regions {
		if r.Level != "city" && r.Path != regions[r.Parent].Path+r.Code+"/" {
			t.Fatalf("region %+v is not below its parent", r)
		}
		regions[r.Code] = r
	}
	once := map[string]bool{}
	unique := func(kind, key string) {
		if once[kind+key] {
			t.Errorf("%s %s twice", kind, key)
		}
		once[kind+key] = true
	}
	teams, people := map[string]Team{}, map[string]Volunteer{}
	for _, team := range c.Teams {
		unique("id", team.ID)
		unique("team", team.Name)
		teams[team.ID] = team
		if regions[team.RegionCode].Path != team.RegionPath || team.ReportingUnit == "" || !id.Valid(team.ID) {
			t.Errorf("team %+v", team)
		}
	}
	for _, v := range c.Volunteers {
		unique("id", v.ID)
		unique("phone", v.Phone)
		unique("number", v.Number)
		people[v.ID] = v
		if !mobile.MatchString(v.Phone) || !number.MatchString(v.Number) || !luhn.Valid(v.Number[2:]) || v.Name == "" || !v.JoinedAt.Before(c.Day) {
			t.Errorf("volunteer %+v", v)
		}
	}
	roles := map[string]map[string]int{}
	for _, m := range c.Memberships {
		unique("id", m.ID)
		unique("membership", m.TeamID+m.VolunteerID)
		if roles[m.TeamID] == nil {
			roles[m.TeamID] = map[string]int{}
		}
		roles[m.TeamID][m.Role]++
		v := people[m.VolunteerID]
		if v.ID == "" || m.Since.Before(v.JoinedAt) || m.Since.Before(teams[m.TeamID].FoundedAt) || !m.Since.Before(c.Day) {
			t.Errorf("membership %+v of %+v", m, v)
		}
	}
	for _, team := range c.Teams {
		n := roles[team.ID]
		size := n["leader"] + n["deputy"] + n["member"]
		if n["leader"] != 1 || n["deputy"] < 1 || n["deputy"] > 2 || size < leastTeamSize || size > mostTeamSize {
			t.Errorf("%s has %v", team.Name, n)
		}
	}
	if len(c.Grants) != 11 {
		t.Errorf("%d grants", len(c.Grants))
	}
	for _, g := range c.Grants {
		if people[g.VolunteerID].ID == "" || regions[g.RegionCode].Path != g.RegionPath || g.From.Before(people[g.VolunteerID].JoinedAt) {
			t.Errorf("grant %+v", g)
		}
	}
}
