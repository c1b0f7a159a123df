package demo

import (
	"math"
	"math/rand/v2"
	"time"
)

// seat is a person in a team, as the generator sees them.
type seat struct {
	volunteer int // index in Volunteers
	weight    float64
	since     time.Time
	shared    bool // belongs to two teams, of which each has every other day
	second    bool // and this is the second one
}

// free reports whether the person's days leave that day to this team. So
// nobody is ever wanted in two places at once, without comparing any two
// shifts of different teams: of one team all shifts of a day are apart.
func (s seat) free(day int) bool {
	return !s.shared || ((day+s.volunteer)&1 == 1) == s.second
}

// gatherPeople fills each team with people of its own, then lends some of
// them to a second team.
func (c *City) gatherPeople() error {
	n, err := newNamer()
	if err != nil {
		return err
	}
	r := stream(c.seed, forPeople)
	for team, size := range teamSizes(r, c.teamCount(), c.volunteerCount()) {
		c.crews[team].deputies = between(r, 1, 2)
		for place := range size {
			c.addPerson(r, n, team, place)
		}
	}
	c.lendPeople(r)
	c.addMemberships(r)
	return nil
}

// teamSizes splits people into teams of 20 to a little under 60.
func teamSizes(r *rand.Rand, teams, people int) []int {
	mean := float64(people) / float64(teams)
	sizes := make([]int, teams)
	for i := range sizes {
		sizes[i] = between(r, leastTeamSize, int(2*mean)-leastTeamSize)
		people -= sizes[i]
	}
	for i := 0; people != 0; i = (i + 1) % teams {
		switch {
		case people > 0 && sizes[i] < mostTeamSize-6:
			sizes[i]++
			people--
		case people < 0 && sizes[i] > leastTeamSize:
			sizes[i]--
			people++
		}
	}
	return sizes
}

func (c *City) addPerson(r *rand.Rand, n *namer, team, place int) {
	t, k := &c.Teams[team], &c.crews[team]
	s := seat{volunteer: len(c.Volunteers), since: c.joining(r, t.FoundedAt), weight: math.Exp(1.1 * r.NormFloat64())}
	if place <= k.deputies {
		s.since = t.FoundedAt
		s.weight += 4
	}
	if place == 0 {
		s.weight += 12
	}
	joined := s.since.Add(-time.Duration(between(r, 1, 20*24*60)) * time.Minute)
	k.seats = append(k.seats, s)
	c.Volunteers = append(c.Volunteers, Volunteer{
		ID: newID(joined, r), Name: n.name(r), JoinedAt: joined,
		Number:       volunteerNumber(joined.Year(), s.volunteer+1),
		Phone:        phone(s.volunteer + 100), // those below are kept for the accounts
		BoardConsent: r.IntN(100) < 70,
	})
}

// joining returns when somebody came to a team: most of them early.
func (c *City) joining(r *rand.Rand, founded time.Time) time.Time {
	late := c.at(-14, 0)
	if early := c.at(-pastDays, 0); founded.Before(early) && r.IntN(100) < 72 {
		late = early
	}
	return instant(r, founded, late)
}

// lendPeople puts one in fourteen into a second team, of the same county where there is one.
func (c *City) lendPeople(r *rand.Rand) {
	for home := range c.crews {
		for i := range c.crews[home].seats {
			s := &c.crews[home].seats[i]
			if s.second || i <= c.crews[home].deputies || r.IntN(14) != 0 {
				continue
			}
			other := c.otherTeam(r, home)
			if len(c.crews[other].seats) >= mostTeamSize {
				continue
			}
			s.shared = true
			from := c.Volunteers[s.volunteer].JoinedAt
			if f := c.Teams[other].FoundedAt; f.After(from) {
				from = f
			}
			c.crews[other].seats = append(c.crews[other].seats, seat{
				volunteer: s.volunteer, weight: s.weight, shared: true, second: true,
				since: instant(r, from.Add(time.Hour), c.at(-10, 0)),
			})
		}
	}
}

func (c *City) otherTeam(r *rand.Rand, home int) int {
	for range 8 {
		if other := r.IntN(len(c.Teams)); other != home && areaOf(c.crews[other].region) == areaOf(c.crews[home].region) {
			return other
		}
	}
	return (home + 1) % len(c.Teams)
}

func (c *City) addMemberships(r *rand.Rand) {
	for team := range c.crews {
		for i, s := range c.crews[team].seats {
			role := "member"
			switch {
			case i == 0:
				role = "leader"
			case i <= c.crews[team].deputies:
				role = "deputy"
			}
			c.Memberships = append(c.Memberships, Membership{
				ID: newID(s.since, r), TeamID: c.Teams[team].ID, VolunteerID: c.Volunteers[s.volunteer].ID,
				Role: role, Since: s.since,
			})
		}
	}
}
