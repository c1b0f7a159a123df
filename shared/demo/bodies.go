package demo

import (
	"math/rand/v2"
	"strings"
)

// body is what a team belongs to: a village, a school, an office.
type body struct{ kind, name, region string }

// kinds are the sorts of bodies, by their share of a county's teams.
var kinds = []struct {
	name  string
	share float64
}{{"village", 62}, {"organ", 12}, {"school", 10}, {"township", 5}, {"firm", 5}, {"hospital", 3}, {"law", 2}, {"association", 1}}

// patterns are the names of bodies by level and kind, from bodies.json.
type patterns struct {
	City, County, Township map[string][]string
	Themes                 []string
}

// bodiesOf lists by kind what a team of the area may belong to, in the order
// in which they found one: shuffled, but the women's federation itself first.
func (c *City) bodiesOf(r *rand.Rand, p patterns, area string) map[string][]body {
	found := map[string][]body{}
	add := func(level map[string][]string, region string) {
		for _, k := range kinds {
			for _, pattern := range level[k.name] {
				name := strings.NewReplacer("{县}", c.places.short(region), "{乡镇}", c.places.short(region)).Replace(pattern)
				found[k.name] = append(found[k.name], body{kind: k.name, name: name, region: region})
			}
		}
	}
	if area == cityCode {
		add(p.City, area)
	} else {
		add(p.County, area)
		for _, township := range c.places.below[area] {
			add(p.Township, township)
			for _, village := range c.places.below[township] {
				name := c.places.short(township) + c.places.short(village)
				found["village"] = append(found["village"], body{kind: "village", name: name, region: village})
			}
		}
	}
	for _, k := range kinds {
		list := found[k.name]
		if k.name == "organ" {
			list = list[1:] // 妇联 stays in front
		}
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	return found
}

// drawBodies takes n bodies: the first of the first kind there is, the rest by
// the kinds' shares. When all have a team, they begin a second one.
func drawBodies(r *rand.Rand, found map[string][]body, n int) []body {
	next := map[string]int{}
	draw := newWeighted(len(kinds), func(i int) float64 { return kinds[i].share })
	var drawn []body
	for spent := 0; len(drawn) < n; {
		k := kinds[draw.draw(r)].name
		if len(drawn) == 0 {
			k = kinds[0].name
			if len(found[k]) == 0 {
				k = kinds[1].name
			}
		}
		if next[k] >= len(found[k]) {
			if spent++; spent > 200 {
				clear(next)
				spent = 0
			}
			continue
		}
		drawn = append(drawn, found[k][next[k]])
		next[k]++
	}
	return drawn
}
