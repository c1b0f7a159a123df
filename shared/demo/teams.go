package demo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"strings"
)

// crew is what the generator knows of a team beyond the facts it tells.
type crew struct {
	body
	lively   float64 // how much it does, 1 being usual
	scans    float64 // how much more its people scan codes than others do
	seats    []seat  // the leader first, then the deputies
	deputies int
}

// areas are the city's own bodies and the counties, by their share of the teams.
var areas = []struct {
	code  string
	share float64
}{{cityCode, 8}, {"410602", 7.5}, {"410603", 9.5}, {qibin, 16.5}, {xunCounty, 35.5}, {"410622", 19}, {developing, 4}}

// foundTeams gives every area its share of teams, in the order of areas.
func (c *City) foundTeams() error {
	var p patterns
	if err := readJSON("bodies.json", &p); err != nil {
		return err
	}
	r := stream(c.seed, forTeams)
	shares := make([]float64, len(areas))
	for i, a := range areas {
		shares[i] = a.share
	}
	names := map[string]bool{}
	for i, n := range apportion(c.teamCount(), shares) {
		for j, b := range drawBodies(r, c.bodiesOf(r, p, areas[i].code), n) {
			name := b.name + pick(r, p.Themes) + "巾帼志愿服务队"
			for k := 2; names[name]; k++ {
				name = fmt.Sprintf("%s第%d小队", b.name, k) + "巾帼志愿服务队"
			}
			names[name] = true
			c.addTeam(r, b, name, j == 0)
		}
	}
	return nil
}

func (c *City) addTeam(r *rand.Rand, b body, name string, old bool) {
	days := between(r, 800, 4000)
	if !old && r.IntN(100) < 12 {
		days = between(r, 120, 800)
	}
	founded := c.at(-days, between(r, 9*60, 17*60))
	region := c.places.byCode[b.region]
	c.Teams = append(c.Teams, Team{
		ID: newID(founded, r), Name: name, RegionCode: region.Code, RegionPath: region.Path,
		ReportingUnit: c.reportingUnit(r, b), Category: c.category(b), FoundedAt: founded,
	})
	lively := math.Exp(0.8 * r.NormFloat64())
	if b.kind == "law" {
		lively *= 0.6 // few can do the work
	}
	c.crews = append(c.crews, crew{body: b, lively: min(max(lively, 0.15), 5), scans: 0.4*r.Float64() - 0.2})
}

// listUnits makes the list from which reportingUnit chooses.
func (c *City) listUnits() error {
	add := func(kind, name string) {
		c.ReportingUnits = append(c.ReportingUnits, ReportingUnit{Name: name, Kind: kind, Position: 10 * (len(c.ReportingUnits) + 1)})
	}
	for _, county := range c.places.counties {
		if county != developing {
			add("county", c.places.byCode[county].Name)
		}
	}
	add("development_zone", c.places.byCode[developing].Name)
	add("development_zone", zone)
	add("city_body", "市直单位")
	add("school", "市属学校")
	add("firm", "市属企业")
	add("association", "团体会员")
	return nil
}

// zone is counted by itself and lies in 淇滨区.
const zone = "鹤壁市城乡一体化示范区"

// category returns the sort of body: villages in town are communities.
func (c *City) category(b body) string {
	if b.kind == "village" && strings.Contains(c.places.byCode[b.region].Name, "社区") {
		return "community"
	}
	return b.kind
}

// reportingUnit returns where a team's figures are counted: a list apart from the regions.
func (c *City) reportingUnit(r *rand.Rand, b body) string {
	switch {
	case b.kind == "association":
		return "团体会员"
	case b.region == cityCode && b.kind == "school":
		return "市属学校"
	case b.region == cityCode && b.kind == "firm":
		return "市属企业"
	case b.region == cityCode:
		return "市直单位"
	case b.region[:6] == qibin && r.IntN(100) < 12:
		return zone
	}
	return c.places.byCode[b.region[:6]].Name
}

// apportion splits n by shares, at least 1 each, by largest remainders.
func apportion(n int, shares []float64) []int {
	total := 0.0
	for _, s := range shares {
		total += s
	}
	parts, left := make([]int, len(shares)), n
	order := make([]int, len(shares))
	rest := make([]float64, len(shares))
	for i, s := range shares {
		exact := float64(n) * s / total
		parts[i], order[i] = max(1, int(exact)), i
		rest[i] = exact - float64(parts[i])
		left -= parts[i]
	}
	sort.SliceStable(order, func(i, j int) bool { return rest[order[i]] > rest[order[j]] })
	for i := 0; left > 0; i++ {
		parts[order[i%len(order)]]++
		left--
	}
	return parts
}
