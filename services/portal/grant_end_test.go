package portal_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// roles returns the roles that a service learns of the person.
func (c *city) roles(secret string, by clock.Clock) []string {
	c.t.Helper()
	c.ask(http.MethodGet, me, "", "Cookie", cookie(secret))
	p, err := auth.NewVerifier(keysOf(c.t, c.URL), by).Principal(c.teams.last(c.t).Header.Get("Authorization")[len("Bearer "):])
	if err != nil {
		c.t.Fatal(err)
	}
	roles := []string{}
	for _, g := range p.Grants {
		roles = append(roles, g.Role)
	}
	return roles
}

func TestAuthorityThatEnds(t *testing.T) {
	t.Parallel()
	const hour = time.Hour / 2 // less than a session of the tests lives
	givenOfficer := func(t *testing.T, nats string, by *clock.Shifted) (c *city, secret string, volunteerID string) {
		t.Helper()
		c = start(t, nats, func(cfg *portal.Config) { cfg.Clock = by })
		ends := by.Now().Add(hour)
		secret, s := c.teams.signIn(auth.Grant{Role: "viewer", RegionPath: "4106/"}, auth.Grant{Role: "coordinator", RegionPath: "4106/410621/", Until: ends})
		c.teams.change(secret, func(s *knownSession) { s.ChangesAt = ends })
		return c, secret, s.VolunteerID
	}
	// Afterwards teams answers without the grant, and tells nobody.
	over := func(s *knownSession) { s.Grants, s.ChangesAt = s.Grants[:1], time.Time{} }

	t.Run("by its date is in no token from that instant on, and what was remembered is asked anew", func(t *testing.T) {
		t.Parallel()
		by := &clock.Shifted{}
		c, secret, _ := givenOfficer(t, bustest.Start(t), by)
		c.untilRemembered(secret)
		if diff := cmp.Diff([]string{"viewer", "coordinator"}, c.roles(secret, by)); diff != "" {
			t.Error(diff)
		}
		c.teams.change(secret, over)
		before := c.teams.lookedUp()
		by.Leap(hour)
		if diff := cmp.Diff([]string{"viewer"}, c.roles(secret, by)); diff != "" {
			t.Error(diff)
		}
		if got := c.teams.lookedUp() - before; got != 1 {
			t.Errorf("teams was asked %d times", got)
		}
	})
	t.Run("leaves a token that was signed before, without any leeway", func(t *testing.T) {
		t.Parallel()
		by := &clock.Shifted{}
		c, secret, _ := givenOfficer(t, noNATS, by)
		by.Leap(hour - 10*time.Second)
		c.ask(http.MethodGet, me, "", "Cookie", cookie(secret))
		token := c.teams.last(t).Header.Get("Authorization")[len("Bearer "):]
		by.Leap(11 * time.Second)
		p, err := auth.NewVerifier(keysOf(t, c.URL), by).Principal(token)
		if err != nil || len(p.Grants) != 1 {
			t.Errorf("%+v, %v", p, err)
		}
		by.Leap(10 * time.Second) // and the token itself, signed for 30 s, is not good for as long
		if _, err := auth.NewVerifier(keysOf(t, c.URL), by).Principal(token); err == nil {
			t.Error("the token outlives the authority in it")
		}
	})
	t.Run("by its date ends the live stream within two seconds", func(t *testing.T) {
		t.Parallel()
		by := &clock.Shifted{}
		c, secret, _ := givenOfficer(t, bustest.Start(t), by)
		c.hours.answer(live(nil, make(chan struct{}, 9)))
		f := c.follow(secret)
		f.next(t)
		c.teams.change(secret, over)
		by.Leap(hour)
		f.wantEnd(t, 2*time.Second)
	})
	t.Run("withdrawn, is in no token and no stream within two seconds", func(t *testing.T) {
		t.Parallel()
		nats, by := bustest.Start(t), &clock.Shifted{}
		c, secret, volunteer := givenOfficer(t, nats, by)
		c.hours.answer(live(nil, make(chan struct{}, 9)))
		c.untilRemembered(secret)
		f := c.follow(secret)
		f.next(t)
		c.teams.change(secret, over)
		tell(t, nats, teamsv1.GrantChanged{GrantID: "g", VolunteerID: volunteer, Role: "coordinator", RegionPath: "4106/410621/", State: "ended", Version: 2})
		f.wantEnd(t, 2*time.Second)
		wait.Within(t, 2*time.Second, "the grant to be gone", func() bool { return len(c.roles(secret, by)) == 1 })
	})
	t.Run("withdrawn while NATS is away, ends the stream all the same", func(t *testing.T) {
		t.Parallel()
		c, secret, _ := givenOfficer(t, noNATS, &clock.Shifted{})
		c.hours.answer(live(nil, make(chan struct{}, 9)))
		f := c.follow(secret)
		f.next(t)
		c.teams.change(secret, over)
		f.wantEnd(t, 4*time.Second)
	})
	t.Run("and what begins by its date counts from then on", func(t *testing.T) {
		t.Parallel()
		by := &clock.Shifted{}
		c := start(t, bustest.Start(t), func(cfg *portal.Config) { cfg.Clock = by })
		secret, _ := c.teams.signIn()
		c.teams.change(secret, func(s *knownSession) { s.ChangesAt = by.Now().Add(hour) })
		c.untilRemembered(secret)
		c.teams.change(secret, func(s *knownSession) {
			s.Grants, s.ChangesAt = []auth.Grant{{Role: "viewer", RegionPath: "4106/"}}, time.Time{}
		})
		if got := c.roles(secret, by); len(got) != 0 {
			t.Errorf("before: %v", got)
		}
		by.Leap(hour)
		if got := c.roles(secret, by); len(got) != 1 {
			t.Errorf("from then on: %v", got)
		}
	})
}
