package domain

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCellsOf(t *testing.T) {
	t.Parallel()
	month := func(n int) Period { return Period{Kind: Month, Start: DayOn(2026, 11, 1).FirstOfMonth(n)} }
	figures := func(people int64) Figures {
		return Figures{Minutes: 60 * people, Services: people, People: people, Teams: 1}
	}
	shown := func(cells []CellFigures) map[string]int64 {
		people := map[string]int64{}
		for _, c := range cells {
			if c.Hidden != (c.Figures == Figures{}) {
				t.Errorf("%+v", c)
			}
			if !c.Hidden {
				people[c.Period+" "+c.Region] = c.People
			}
		}
		return people
	}
	for name, c := range map[string]struct {
		whole int64
		parts map[string]int64
		want  map[string]int64
	}{
		"all are large": {60, map[string]int64{"a": 20, "b": 40}, map[string]int64{"4106": 60, "a": 20, "b": 40}},
		"a small one takes the next larger along":      {64, map[string]int64{"a": 4, "b": 20, "c": 40}, map[string]int64{"4106": 64, "c": 40}},
		"two small ones do, too: they may be the same": {66, map[string]int64{"a": 4, "d": 4, "b": 20, "c": 40}, map[string]int64{"4106": 66, "c": 40}},
		"who served in no division is a difference":    {62, map[string]int64{"4106": 2, "b": 20, "c": 40}, map[string]int64{"4106": 62, "c": 40}},
		"a large rest is none that needs company":      {67, map[string]int64{"4106": 7, "b": 20, "c": 40}, map[string]int64{"4106": 67, "b": 20, "c": 40}},
		"a city of four is told nothing of":            {4, map[string]int64{"a": 4}, map[string]int64{}},
		"five in two divisions of a city":              {5, map[string]int64{"a": 2, "b": 3}, map[string]int64{"4106": 5}},
	} {
		parts := map[string]Figures{}
		for region, people := range c.parts {
			parts[region] = figures(people)
		}
		want := map[string]int64{}
		for region, people := range c.want {
			want[month(0).String()+" "+region] = people
		}
		if diff := cmp.Diff(want, shown(CellsOf("4106", []Census{{month(0), figures(c.whole), parts}}))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Whatever is hidden in a month is not the difference of a year and its other months, and the year of
// the city is the sum of its months.
func TestCellsOfAreNoDifferences(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var censuses []Census
		year := Census{Period: PeriodOf(Year, DayOn(2026, 1, 1)), Parts: map[string]Figures{}}
		for m := range 12 {
			c := Census{Period: Period{Kind: Month, Start: DayOn(2026, 1, 1).FirstOfMonth(m)}, Parts: map[string]Figures{}}
			for n := range 4 {
				people := int64(r.IntN(12))
				if people == 0 {
					continue
				}
				f := Figures{Minutes: people * int64(30+r.IntN(90)), Services: people, People: people, Teams: 1}
				region := "41060" + strconv.Itoa(n)
				c.Parts[region] = f
				for _, sum := range []*Figures{&c.Whole, &year.Whole} {
					sum.Minutes, sum.Services, sum.People, sum.Teams = sum.Minutes+f.Minutes, sum.Services+f.Services, sum.People+f.People, sum.Teams+1
				}
				y := year.Parts[region]
				year.Parts[region] = Figures{y.Minutes + f.Minutes, y.Services + f.Services, y.People + f.People, y.Teams + 1}
			}
			censuses = append(censuses, c)
		}
		months, years, rest := map[string]int64{}, map[string]int64{}, map[string]int64{}
		for _, cell := range CellsOf("4106", append(censuses, year)) {
			switch {
			case cell.Period == "year:2026":
				years[cell.Region] = cell.Minutes
			case cell.Hidden:
			case cell.City:
				months[cell.Region] += cell.Minutes
				rest[cell.Period] += cell.People
			default:
				months[cell.Region] += cell.Minutes
				rest[cell.Period] -= cell.People
				if cell.People < LeastCell {
					t.Errorf("%+v is told", cell)
				}
			}
		}
		for period, people := range rest { // here nobody serves in two regions
			if people != 0 && people < LeastCell {
				t.Errorf("%s: %d people are what is left of the city", period, people)
			}
		}
		for region, minutes := range years {
			if minutes != 0 && minutes != months[region] {
				t.Errorf("%s: the year has %d minutes, its months that are told %d", region, minutes, months[region])
			}
		}
	}
}
