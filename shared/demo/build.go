package demo

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

//go:embed data/*.csv data/*.json
var data embed.FS

// The whole city. What grows follows the number of teams, so that a small
// city is a slice of the large one and not a thinner one.
const (
	wholeTeams      = 1676
	wholeVolunteers = 60_000
	leastTeams      = 8 // one for the city and for each county, and one more
	leastTeamSize   = 20
	mostTeamSize    = 60
	teamAttendances = 358 // of a team in the two years, on average: 600,000 in all

	pastDays   = 730
	comingDays = 21
	largest    = 10 // times the whole city
)

// build makes everything but the tasks, and the plan from which each task is
// written out when it is asked for: a city of 600,000 attendances is never in
// memory as a whole.
func build(o Options) (*City, error) {
	if math.IsNaN(o.Scale) || o.Scale <= 0 || o.Scale > largest || o.Day.IsZero() {
		return nil, fmt.Errorf("demo city: scale %v must be above 0 and at most %d, and the day set", o.Scale, largest)
	}
	y, m, d := o.Day.In(clock.City).Date()
	c := &City{Day: time.Date(y, m, d, 0, 0, 0, 0, clock.City), options: o, seed: mix(math.Float64bits(o.Scale))}
	steps := []struct {
		what string
		do   func() error
	}{
		{"regions", c.layRegions},
		{"programmes", c.nameProgrammes},
		{"reporting units", c.listUnits},
		{"offices", c.openOffices},
		{"teams", c.foundTeams},
		{"people", c.gatherPeople},
		{"officers", c.appoint},
		{"tasks", c.planTasks},
	}
	for _, step := range steps {
		if err := step.do(); err != nil {
			return nil, fmt.Errorf("demo city: %s: %w", step.what, err)
		}
	}
	return c, nil
}

// teamCount and volunteerCount are the sizes at the city's scale.
func (c *City) teamCount() int {
	return max(leastTeams, int(math.Round(wholeTeams*c.options.Scale)))
}

func (c *City) volunteerCount() int {
	return max(c.teamCount()*(leastTeamSize+10), int(math.Round(wholeVolunteers*c.options.Scale)))
}

// at returns an instant of the day that is offset days from the city's today.
// Shanghai has no summer time, so a day is 24 hours.
func (c *City) at(offset, minute int) time.Time {
	return c.Day.Add(time.Duration(offset)*24*time.Hour + time.Duration(minute)*time.Minute)
}

// readJSON fills v from an embedded data file.
func readJSON(name string, v any) error {
	raw, err := data.ReadFile("data/" + name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("parse %s: %w", name, err)
	}
	return nil
}
