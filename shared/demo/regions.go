package demo

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
)

const (
	cityCode   = "4106"
	qibin      = "410611" // 淇滨区, where the city's own bodies sit
	xunCounty  = "410621" // 浚县, where the accounts to try Qihe with belong
	developing = "410671" // 鹤壁经济技术开发区
)

// gazetteer finds regions and what people call them.
type gazetteer struct {
	byCode   map[string]Region
	counties []string            // codes
	below    map[string][]string // codes of townships of a county, of villages of a township
	villages map[string][]string // codes of all villages of a county, and under cityCode of the city
}

// layRegions reads the divisions, which are in the order of their codes by level: parents before children.
func (c *City) layRegions() error {
	file, err := data.Open("data/hebi-divisions.csv")
	if err != nil {
		return fmt.Errorf("open divisions: %w", err)
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return fmt.Errorf("read divisions: %w", err)
	}
	c.places = &gazetteer{byCode: map[string]Region{}, below: map[string][]string{}, villages: map[string][]string{}}
	c.addRegion(Region{Code: cityCode, Name: "鹤壁市", Path: cityCode + "/", Level: "city"})
	for _, row := range rows {
		r := Region{Code: row[0], Name: row[1]}
		switch len(r.Code) {
		case 6:
			r.Level, r.Parent = "county", cityCode
		case 9:
			r.Level, r.Parent = "township", r.Code[:6]
		case 12:
			r.Level, r.Parent = "village", r.Code[:9]
		}
		parent, known := c.places.byCode[r.Parent]
		if !known {
			return fmt.Errorf("division %s has no parent above it in the file", r.Code)
		}
		r.Path = parent.Path + r.Code + "/"
		c.addRegion(r)
	}
	return nil
}

func (c *City) addRegion(r Region) {
	g := c.places
	c.Regions = append(c.Regions, r)
	g.byCode[r.Code] = r
	g.below[r.Parent] = append(g.below[r.Parent], r.Code)
	switch r.Level {
	case "county":
		g.counties = append(g.counties, r.Code)
	case "village":
		g.villages[r.Code[:6]] = append(g.villages[r.Code[:6]], r.Code)
		g.villages[cityCode] = append(g.villages[cityCode], r.Code)
	}
}

// areaOf returns the county of a region, or the city of the city.
func areaOf(region string) string { return region[:min(6, len(region))] }

// short is what people call a region: 裴庄村 for 裴庄村民委员会.
func (g *gazetteer) short(code string) string {
	name := g.byCode[code].Name
	if code == developing {
		return "鹤壁经开区"
	}
	for _, ending := range []string{"村民委员会", "村委会"} {
		if base, is := strings.CutSuffix(name, ending); is {
			return strings.TrimSuffix(base, "村") + "村"
		}
	}
	if base, is := strings.CutSuffix(name, "居民委员会"); is {
		return strings.TrimSuffix(base, "社区") + "社区"
	}
	return name
}

// full is the way there: 浚县善堂镇裴庄村.
func (g *gazetteer) full(code string) string {
	switch len(code) {
	case 9:
		return g.short(code[:6]) + g.short(code)
	case 12:
		return g.full(code[:9]) + g.short(code)
	}
	return g.short(code)
}

// countySeats are points in the county towns; what lies around them is spread
// by guess, not surveyed.
var countySeats = map[string][2]float64{
	"410602":   {35.954, 114.163},
	"410603":   {35.898, 114.184},
	qibin:      {35.748, 114.298},
	xunCounty:  {35.676, 114.550},
	"410622":   {35.608, 114.200},
	developing: {35.705, 114.305},
}

// point returns where a village or township is taken to lie.
func (g *gazetteer) point(code string) (latitude, longitude float64) {
	seat := countySeats[code[:6]]
	latitude, longitude = seat[0], seat[1]
	if len(code) >= 9 {
		latitude, longitude = spread(latitude, longitude, 0.08, code[:9])
	}
	if len(code) == 12 {
		latitude, longitude = spread(latitude, longitude, 0.02, code)
	}
	return latitude, longitude
}

// spread moves a point by at most reach degrees, always the same way for the same code.
func spread(latitude, longitude, reach float64, code string) (float64, float64) {
	var seed uint64
	for _, digit := range code {
		seed = seed*10 + uint64(digit-'0')
	}
	r := rand.New(rand.NewPCG(seed, mix(seed)))
	round := func(x float64) float64 { return float64(int(x*1e5+0.5)) / 1e5 }
	return round(latitude + reach*(2*r.Float64()-1)), round(longitude + reach*(2*r.Float64()-1))
}
