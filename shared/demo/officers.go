package demo

import (
	"math/rand/v2"
	"time"
)

// appoint makes officers of some volunteers and chooses those whom the accounts are for.
func (c *City) appoint() error {
	r := stream(c.seed, forOfficers)
	if err := c.chooseShowcase(); err != nil {
		return err
	}
	c.show.officer = c.lastOf(0)
	c.grant(r, c.show.officer, "coordinator", cityCode)
	c.grant(r, c.show.officer, "administrator", cityCode)
	c.grant(r, c.lastOf(0)-1, "viewer", cityCode)
	for _, county := range c.places.counties {
		v := c.lastOf(c.officeOf(county))
		c.grant(r, v, "coordinator", county)
		if county == xunCounty {
			c.show.xunOfficer = v
		}
	}
	c.grant(r, c.show.officer, "child_care", cityCode)
	c.grant(r, c.show.xunOfficer, "child_care", xunCounty)
	for i, v := range c.accountHolders() {
		c.Volunteers[v].Phone = phone(i + 1)
	}
	return nil
}

// lastOf returns the last volunteer whose first team this is: an ordinary member, there being 20 at least.
func (c *City) lastOf(team int) int {
	last := 0
	for _, s := range c.crews[team].seats {
		if !s.second {
			last = s.volunteer
		}
	}
	return last
}

// officeOf returns the county federation's own team, or any of the county while the city is small.
func (c *City) officeOf(county string) int {
	found := -1
	for i, k := range c.crews {
		if k.region == county && k.name == c.places.short(county)+"妇联" {
			return i
		}
		if found < 0 && areaOf(k.region) == county {
			found = i
		}
	}
	return found
}

func (c *City) grant(r *rand.Rand, volunteer int, role, region string) {
	v := c.Volunteers[volunteer]
	from := c.at(-500, 9*60)
	if v.JoinedAt.After(from) {
		from = v.JoinedAt.Add(time.Hour)
	}
	c.Grants = append(c.Grants, Grant{
		ID: newID(from, r), VolunteerID: v.ID, Role: role, From: from,
		RegionCode: region, RegionPath: c.places.byCode[region].Path,
	})
}

// accountHolders are the volunteers of the accounts, in their order.
func (c *City) accountHolders() []int {
	seats := c.crews[c.show.team].seats
	return []int{seats[c.show.seat].volunteer, seats[0].volunteer, c.show.officer, c.show.xunOfficer}
}

func (c *City) accounts() []Account {
	titles := []string{"志愿者", "队长", "市妇联", "浚县妇联"}
	accounts := make([]Account, len(titles))
	for i, v := range c.accountHolders() {
		accounts[i] = Account{Title: titles[i], Name: c.Volunteers[v].Name, Phone: c.Volunteers[v].Phone}
	}
	return accounts
}
