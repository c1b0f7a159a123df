package demo

import (
	"math/rand/v2"
	"strings"
)

// scene is where a task takes place, in words and on the map.
type scene struct {
	words               *strings.Replacer // for titles and descriptions
	place               string
	latitude, longitude float64
}

// sceneOf chooses a village of the team's region, a team's own one if it has one.
func (c *City) sceneOf(r *rand.Rand, k *crew, a *activity) scene {
	g := c.places
	village := k.region
	if len(village) < 12 {
		choice := g.below[k.region]
		if len(k.region) < 9 {
			choice = g.villages[map[bool]string{true: qibin, false: k.region}[k.region == cityCode]]
		}
		village = pick(r, choice)
	}
	farming := village
	for range 20 {
		if strings.HasSuffix(g.short(farming), "村") {
			break
		}
		farming = pick(r, g.villages[village[:6]])
	}
	if strings.Contains(a.Place, "{村}") {
		village = farming
	}
	township, county := village[:9], village[:6]
	s := scene{words: strings.NewReplacer("{地}", g.short(village), "{村}", g.short(farming), "{乡镇}", g.short(township), "{县}", g.short(county))}
	s.place = strings.NewReplacer("{地}", g.full(village), "{村}", g.full(farming), "{乡镇}", g.full(township), "{县}", g.short(county)).Replace(a.Place)
	s.latitude, s.longitude = g.point(village)
	return s
}
