package demo

import (
	"math/rand/v2"
	"slices"
	"time"
)

// plannedTask is a task before it is written out: small, so that all tasks
// can be counted and ordered, and complete, so that each can be written alone.
type plannedTask struct {
	team      int
	activity  *activity
	published time.Time
	shifts    []plannedShift
}

// plannedShift is one window; days count from the city's today.
type plannedShift struct {
	day, start, minutes int // start in minutes since midnight
	crew                int // who comes; for coming shifts, who is wanted
	guest               guest
}

func (s plannedShift) past() bool { return s.day < 0 }

// guest says whether the account of the ordinary volunteer is among the sign-ups.
type guest int

const (
	asItFalls guest = iota
	comes
	isFree // has not signed up, so that whoever tries Qihe can
)

// planner plans the tasks of one team.
type planner struct {
	*City
	r        *rand.Rand
	team     int
	does     repertoire
	earliest int
	taken    map[int]bool // days with shifts: tasks of a team never share a day, so that nobody is wanted twice
	planned  int          // attendances so far
	tasks    []plannedTask
}

// planTasks plans the two years and the coming weeks of every team.
func (c *City) planTasks() error {
	if err := c.readActivities(); err != nil {
		return err
	}
	does := map[string]repertoire{}
	for _, k := range kinds {
		does[k.name] = c.repertoireOf(k.name)
	}
	today := max(6, len(c.Teams)/40)
	targets := c.targets()
	for team := range c.Teams {
		p := &planner{City: c, team: team, does: does[c.crews[team].kind], taken: map[int]bool{},
			r: stream(c.seed, forPlan, uint64(c.Day.Unix()), uint64(team))}
		p.earliest = max(-pastDays, 15-int(c.Day.Sub(c.Teams[team].FoundedAt)/(24*time.Hour)))
		if team == c.show.team {
			if err := p.showcase(); err != nil {
				return err
			}
		} else if team%max(1, len(c.Teams)/today) == 0 {
			p.draw(func(*activity) int { return 0 })
		}
		p.fill(targets[team])
		if p.r.IntN(2) == 0 {
			p.draw(func(*activity) int { return between(p.r, 1, comingDays) })
		}
		c.plan = append(c.plan, p.tasks...)
	}
	slices.SortStableFunc(c.plan, func(a, b plannedTask) int { return a.last() - b.last() })
	return nil
}

// last is the minute of a task's last start: the order of Tasks.
func (t plannedTask) last() int {
	s := t.shifts[len(t.shifts)-1]
	return s.day*24*60 + s.start
}

// targets shares out the city's attendances: to large and lively teams more,
// to young ones less.
func (c *City) targets() []float64 {
	targets, total := make([]float64, len(c.crews)), 0.0
	for i, k := range c.crews {
		lived := min(1, c.Day.Sub(c.Teams[i].FoundedAt).Hours()/24/pastDays)
		targets[i] = k.lively * lived * float64(len(k.seats))
		total += targets[i]
	}
	for i := range targets {
		targets[i] *= float64(teamAttendances*len(c.crews)) / total
	}
	return targets
}

// fill plans tasks until about so many attendances are planned: the last task
// overshoots by ten or so. The coming weeks fill at the same pace as the past.
func (p *planner) fill(target float64) {
	for tries := 0; float64(p.planned)+10 < target && tries < 6000; tries++ {
		p.draw(func(a *activity) int { return pick(p.r, a.days) })
	}
}

// draw plans one task of some activity on the day that is chosen for it, if that can be.
func (p *planner) draw(choose func(*activity) int) {
	for range 20 {
		a := p.does.draw(p.r)
		if day := choose(a); p.possible(a, day) {
			p.add(a, p.windows(a, day))
			return
		}
	}
}

func (p *planner) possible(a *activity, day int) bool {
	return day >= p.earliest && day <= comingDays && !p.taken[day] && a.inSeason(p.at(day, 0))
}

// windows chooses the shifts of a task that begins on the day.
func (p *planner) windows(a *activity, day int) []plannedShift {
	s := plannedShift{day: day, start: minuteOf(pick(p.r, a.Starts)), minutes: pick(p.r, a.Minutes)}
	weeks := 1
	if a.Repeats > 1 && p.r.IntN(2) == 0 {
		weeks = between(p.r, 2, a.Repeats)
	}
	twice := a.Twice && s.start < 12*60 && p.r.IntN(3) == 0
	var shifts []plannedShift
	for range weeks {
		if !p.possible(a, s.day) {
			break
		}
		shifts = append(shifts, s)
		if twice {
			shifts = append(shifts, plannedShift{day: s.day, start: 14*60 + 30, minutes: min(s.minutes, 180)})
		}
		s.day += 7
	}
	return shifts
}

// add fixes when a task was published and how many come to each shift.
func (p *planner) add(a *activity, shifts []plannedShift) {
	first := shifts[0].day
	t := plannedTask{team: p.team, activity: a, shifts: shifts}
	t.published = p.at(min(first-between(p.r, 3, 12), -between(p.r, 1, 4)), between(p.r, 19*60, 22*60))
	for i := range shifts {
		s := &t.shifts[i]
		s.crew = min(between(p.r, a.Crew[0], a.Crew[1]), p.available(t.published, s.day)*7/10)
		if s.crew < 2 {
			return // too few were there by then
		}
	}
	for _, s := range t.shifts {
		p.taken[s.day] = true
		if s.past() {
			p.planned += s.crew
		}
	}
	p.tasks = append(p.tasks, t)
}

// available counts who could come: members by then whose day it is.
func (p *planner) available(published time.Time, day int) int {
	n := 0
	for _, s := range p.crews[p.team].seats {
		if s.free(day) && s.since.Before(published) {
			n++
		}
	}
	return n
}
