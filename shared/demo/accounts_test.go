package demo

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestAccounts(t *testing.T) {
	t.Parallel()
	for _, scale := range []float64{0.0001, 0.01, 0.1} {
		t.Run(fmt.Sprintf("at scale %v are four people who can do what they stand for", scale), func(t *testing.T) {
			t.Parallel()
			c := givenCity(t, scale)
			people := make([]string, 4)
			for i, a := range c.Accounts() {
				at := slices.IndexFunc(c.Volunteers, func(v Volunteer) bool { return v.Phone == a.Phone })
				if at < 0 || c.Volunteers[at].Name != a.Name || a.Phone != fmt.Sprintf("1540000000%d", i+1) || slices.Contains(people, c.Volunteers[at].ID) {
					t.Fatalf("account %+v", a)
				}
				people[i] = c.Volunteers[at].ID
			}
			b := newBooks(c)
			b.check(t)
			if b.minutes[people[0]] < 10*60 {
				t.Errorf("the volunteer has %d minutes", b.minutes[people[0]])
			}
			after := func(who string, from time.Time) (n int) {
				for _, span := range b.times[who] {
					if !span[0].Before(from) {
						n++
					}
				}
				return n
			}
			if n := after(people[0], c.Day.AddDate(0, 0, 1)); n < 1 {
				t.Errorf("the volunteer has %d sign-ups from tomorrow on", n)
			}
			if n := after(people[1], c.Day); n < 5 {
				t.Errorf("the leader has %d shifts to come", n)
			}
			roles := func(who string) (got []string) {
				for _, g := range c.Grants {
					if g.VolunteerID == who {
						got = append(got, g.Role+" "+g.RegionCode)
					}
				}
				return got
			}
			if got := fmt.Sprint(roles(people[0]), roles(people[1]), roles(people[2]), roles(people[3])); got != "[] [] [coordinator 4106 administrator 4106 child_care 4106] [coordinator 410621 child_care 410621]" {
				t.Errorf("grants %s", got)
			}
		})
	}
}
