package demo

import (
	"errors"
	"fmt"
)

// The activities of the showcase, by their first title.
const (
	showByDay   = "{地}清洁家园"
	showByNight = "巾帼平安夜巡·{地}"
	showLater   = "书香鹤壁·{地}亲子读书会"
)

// showcase is the team in which the accounts to try Qihe with meet: it has
// shifts all day long today.
type showcase struct {
	team, seat          int // the team, and the seat in it of the ordinary volunteer
	officer, xunOfficer int // volunteers
}

// chooseShowcase takes the liveliest old village team of 浚县.
func (c *City) chooseShowcase() error {
	best := -1
	for i, k := range c.crews {
		old := c.Teams[i].FoundedAt.Before(c.at(-pastDays, 0))
		if k.kind == "village" && areaOf(k.region) == xunCounty && old && (best < 0 || k.lively > c.crews[best].lively) {
			best = i
		}
	}
	if best < 0 {
		return errors.New("浚县 has no team old enough to be shown")
	}
	k := &c.crews[best]
	k.lively = max(k.lively, 2)
	for i := k.deputies + 1; i < len(k.seats); i++ {
		if s := &k.seats[i]; !s.shared && s.volunteer != c.lastOf(best) && s.since.Before(c.at(-600, 0)) {
			s.weight = max(s.weight, 3)
			c.Volunteers[s.volunteer].BoardConsent = true
			c.show = showcase{team: best, seat: i}
			return nil
		}
	}
	return errors.New("the team to be shown has no member of long standing")
}

// showcase plans today all day long, and later this week, for the team of the accounts.
func (p *planner) showcase() error {
	for _, s := range []struct {
		title  string
		shifts []plannedShift
	}{
		{showByDay, []plannedShift{{start: 9 * 60, minutes: 150, guest: comes}, {start: 14*60 + 30, minutes: 150, guest: isFree}}},
		{showByNight, []plannedShift{{start: 19 * 60, minutes: 120, guest: comes}}},
		{showLater, []plannedShift{{day: 2, start: 15 * 60, minutes: 120, guest: comes}}},
		{showByNight, []plannedShift{{day: 4, start: 19 * 60, minutes: 120, guest: isFree}}},
	} {
		a, err := p.titled(s.title)
		if err != nil {
			return err
		}
		p.add(a, s.shifts)
	}
	if len(p.tasks) != 4 {
		return fmt.Errorf("%s has too few members for the tasks to be shown", p.Teams[p.team].Name)
	}
	return nil
}

// titled finds an activity by its first title.
func (c *City) titled(title string) (*activity, error) {
	for i := range c.activities {
		if c.activities[i].Titles[0] == title {
			return &c.activities[i], nil
		}
	}
	return nil, fmt.Errorf("no activity is titled %q", title)
}
