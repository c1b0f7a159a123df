package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// activity is something brigades do again and again, from activities.json.
// Texts may hold {地} (village), {村}, {乡镇} and {县}.
type activity struct {
	Programme    string
	Titles       []string
	About, Place string
	Risks        string // never empty
	Insurance    string // not empty: risky
	Bring        string
	Season       [][2]string // "MM-DD" to "MM-DD"; none: the whole year
	Days         string      // weekend | weekday | any, a preference
	Starts       []string    // "15:04"
	Minutes      []int       // a shift's length
	Crew, Served [2]int      // people who come, people served: fewest and most
	Kinds        []string    // of bodies; none: all
	Weight       float64
	Repeats      int  // weeks in a row at most
	Twice        bool // in the morning and again in the afternoon

	programmeID string
	days        []int // offsets from today on which it is done, liked ones several times
}

// readActivities reads what brigades do and works out the days of each.
func (c *City) readActivities() error {
	if err := readJSON("activities.json", &c.activities); err != nil {
		return err
	}
	for i := range c.activities {
		a := &c.activities[i]
		at := slices.IndexFunc(c.Programmes, func(p Programme) bool { return p.Name == a.Programme })
		if at < 0 {
			return fmt.Errorf("%s is under no programme: %q", a.Titles[0], a.Programme)
		}
		a.programmeID = c.Programmes[at].ID
		for day := -pastDays; day <= comingDays; day++ {
			if date := c.at(day, 0); a.inSeason(date) {
				a.days = append(a.days, slices.Repeat([]int{day}, a.liking(date.Weekday()))...)
			}
		}
	}
	return nil
}

func (a *activity) inSeason(date time.Time) bool {
	if len(a.Season) == 0 {
		return true
	}
	day := date.Format("01-02")
	for _, s := range a.Season {
		if from, to := s[0], s[1]; (from <= day && day <= to) || (from > to && (day >= from || day <= to)) {
			return true
		}
	}
	return false
}

// liking says how many times as often as on the worst day it is done on that weekday.
func (a *activity) liking(d time.Weekday) int {
	weekend := d == time.Saturday || d == time.Sunday
	switch {
	case a.Days == "weekend" && weekend:
		return 7
	case a.Days == "weekday" && !weekend:
		return 4
	case a.Days == "any" && weekend:
		return 3
	case a.Days == "any":
		return 2
	}
	return 1
}

// repertoire is what a kind of body does.
type repertoire struct {
	activities []*activity
	weights    weighted
}

func (c *City) repertoireOf(kind string) repertoire {
	var p repertoire
	for i := range c.activities {
		if a := &c.activities[i]; len(a.Kinds) == 0 || slices.Contains(a.Kinds, kind) {
			p.activities = append(p.activities, a)
		}
	}
	p.weights = newWeighted(len(p.activities), func(i int) float64 { return p.activities[i].Weight })
	return p
}

func (p repertoire) draw(r *rand.Rand) *activity { return p.activities[p.weights.draw(r)] }

// minuteOf reads "15:04" as minutes since midnight.
func minuteOf(start string) int {
	var hour, minute int
	if _, err := fmt.Sscanf(start, "%d:%d", &hour, &minute); err != nil {
		panic(fmt.Sprintf("activities.json: start %q: %v", start, err)) // impossible: the file is embedded and tested
	}
	return hour*60 + minute
}
