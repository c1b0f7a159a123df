package portal_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
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

const me = "/api/teams/v1/me"

func TestSession(t *testing.T) {
	t.Parallel()
	t.Run("a cookie becomes a token that names the person, the session and the grants", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		grant := auth.Grant{Role: "coordinator", RegionPath: "4106/"}
		secret, s := c.teams.signIn(grant)
		res, _ := c.ask(http.MethodGet, "/api/hours/v1/me/summary", "", "Cookie", cookie(secret))
		if res.StatusCode != http.StatusOK {
			t.Fatalf("status = %d", res.StatusCode)
		}
		token := c.hours.last(t).Header.Get("Authorization")[len("Bearer "):]
		got, err := c.verify.Principal(token)
		if err != nil {
			t.Fatal(err)
		}
		want := auth.Principal{VolunteerID: s.VolunteerID, SessionID: s.SessionID, Grants: []auth.Grant{grant}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("nobody is asked for without a cookie, and the service gets no token", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		c.ask(http.MethodGet, me, "", "Authorization", "Bearer stolen")
		if got := c.teams.last(t).Header.Get("Authorization"); got != "" || c.teams.lookedUp() != 0 {
			t.Errorf("Authorization = %q after %d lookups, want none", got, c.teams.lookedUp())
		}
	})
	t.Run("a cookie that opens nothing is dropped and the request goes on as nobody's", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		res, _ := c.ask(http.MethodGet, me, "", "Cookie", cookie("unknown"))
		if got := c.teams.last(t).Header.Get("Authorization"); got != "" || res.StatusCode != http.StatusOK {
			t.Errorf("status = %d, Authorization = %q", res.StatusCode, got)
		}
		wantCookie(t, res, "__Host-qihe=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax")
	})
	t.Run("a session past its end counts no more", func(t *testing.T) {
		t.Parallel()
		shifted := &clock.Shifted{}
		c := start(t, bustest.Start(t), func(cfg *portal.Config) { cfg.Clock = shifted })
		secret, _ := c.teams.signIn()
		c.ask(http.MethodGet, me, "", "Cookie", cookie(secret))
		shifted.Leap(2 * time.Hour)
		res, _ := c.ask(http.MethodGet, me, "", "Cookie", cookie(secret))
		if got := c.teams.last(t).Header.Get("Authorization"); got != "" {
			t.Errorf("Authorization = %q, want none", got)
		}
		wantCookie(t, res, "__Host-qihe=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax")
	})
	t.Run("signing in sets the cookie and hides the secret", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		c.teams.answer(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Qihe-Session", "s3cret")
			w.WriteHeader(http.StatusCreated)
		})
		res, body := c.ask(http.MethodPost, "/api/teams/v1/sessions", "{}", "Sec-Fetch-Site", "same-origin", "Cookie", cookie("stale"))
		wantCookie(t, res, "__Host-qihe=s3cret; Path=/; Max-Age=15552000; HttpOnly; Secure; SameSite=Lax")
		if res.Header.Get("Qihe-Session") != "" || body != "" {
			t.Errorf("headers = %v, body = %q", res.Header, body)
		}
	})
	t.Run("signing out drops the cookie", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		secret, _ := c.teams.signIn()
		c.teams.answer(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Qihe-Session", "")
			w.WriteHeader(http.StatusNoContent)
		})
		res, _ := c.ask(http.MethodDelete, "/api/teams/v1/sessions/current", "", "Sec-Fetch-Site", "same-origin", "Cookie", cookie(secret))
		wantCookie(t, res, "__Host-qihe=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax")
	})
	t.Run("only teams can make a session", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		c.tasks.answer(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Qihe-Session", "s3cret")
			w.Header().Set("Set-Cookie", "a=b")
		})
		res, _ := c.ask(http.MethodGet, "/api/tasks/v1/tasks", "")
		if len(res.Cookies()) != 0 || res.Header.Get("Qihe-Session") != "" {
			t.Errorf("headers = %v", res.Header)
		}
	})
}

func TestSessionWithTeamsAway(t *testing.T) {
	t.Parallel()
	t.Run("the reader is asked to wait and keeps the cookie", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		secret, _ := c.teams.signIn()
		c.teams.Close()
		res, body := c.ask(http.MethodGet, "/api/tasks/v1/tasks", "", "Cookie", cookie(secret))
		wantProblem(t, res, body, http.StatusServiceUnavailable, "sign_in_unavailable")
		if res.Header.Get("Retry-After") == "" || len(res.Cookies()) != 0 {
			t.Errorf("headers = %v", res.Header)
		}
	})
	t.Run("a wrong internal secret signs nobody out", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS, func(cfg *portal.Config) { cfg.InternalSecret = "another" })
		secret, _ := c.teams.signIn()
		res, body := c.ask(http.MethodGet, me, "", "Cookie", cookie(secret))
		wantProblem(t, res, body, http.StatusServiceUnavailable, "sign_in_unavailable")
		if len(res.Cookies()) != 0 {
			t.Errorf("cookies = %v", res.Cookies())
		}
	})
}

func TestSessionMemory(t *testing.T) {
	t.Parallel()
	t.Run("an answer is kept while NATS is there, and one question serves many requests at once", func(t *testing.T) {
		t.Parallel()
		c := start(t, bustest.Start(t))
		secret, _ := c.teams.signIn()
		c.untilRemembered(secret)
		before := c.teams.lookedUp()
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() { c.ask(http.MethodGet, me, "", "Cookie", cookie(secret)) })
		}
		all.Wait()
		if got := c.teams.lookedUp() - before; got != 0 {
			t.Errorf("%d lookups for a remembered session", got)
		}
	})
	t.Run("every request asks while NATS is away", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		secret, _ := c.teams.signIn()
		for range 3 {
			c.ask(http.MethodGet, me, "", "Cookie", cookie(secret))
		}
		if got := c.teams.lookedUp(); got != 3 {
			t.Errorf("%d lookups for 3 requests", got)
		}
	})
	t.Run("a revoked session is out within two seconds, while another stays in", func(t *testing.T) {
		t.Parallel()
		nats := bustest.Start(t)
		c := start(t, nats)
		secret, s := c.teams.signIn()
		other, _ := c.teams.signIn()
		c.untilRemembered(secret)
		c.untilRemembered(other)
		before := c.teams.lookedUp()
		c.teams.revoke(secret)
		tell(t, nats, teamsv1.SessionRevoked{SessionID: s.SessionID, VolunteerID: s.VolunteerID, RevokedAt: time.Now(), Version: 2})
		wait.Within(t, 2*time.Second, "the person to be out", func() bool { return !c.signedIn(secret) })
		if !c.signedIn(other) {
			t.Error("the other person is out too")
		}
		if got := c.teams.lookedUp() - before; got != 1 {
			t.Errorf("%d lookups, want 1: the other session was still remembered", got)
		}
	})
	t.Run("a changed grant is in the token within two seconds", func(t *testing.T) {
		t.Parallel()
		nats := bustest.Start(t)
		c := start(t, nats)
		secret, s := c.teams.signIn()
		c.untilRemembered(secret)
		c.teams.grant(secret, auth.Grant{Role: "viewer", RegionPath: "4106/"})
		tell(t, nats, teamsv1.GrantChanged{GrantID: "g", VolunteerID: s.VolunteerID, Role: "viewer", RegionPath: "4106/", State: "active", Version: 1})
		wait.Within(t, 2*time.Second, "the grant", func() bool {
			c.ask(http.MethodGet, me, "", "Cookie", cookie(secret))
			p, err := c.verify.Principal(c.teams.last(t).Header.Get("Authorization")[len("Bearer "):])
			return err == nil && len(p.Grants) == 1
		})
	})
	t.Run("a second factor is in the token of the very next request", func(t *testing.T) {
		t.Parallel()
		c := start(t, bustest.Start(t))
		secret, _ := c.teams.signIn()
		c.untilRemembered(secret)
		strong := func() bool {
			c.ask(http.MethodGet, me, "", "Cookie", cookie(secret))
			p, err := c.verify.Principal(c.teams.last(t).Header.Get("Authorization")[len("Bearer "):])
			return err == nil && p.Strong
		}
		if strong() {
			t.Error("strong before any proof")
		}
		c.teams.prove(secret, time.Now().Add(10*time.Minute))
		c.teams.answer(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Qihe-Session-Changed", "yes") })
		res, _ := c.ask(http.MethodPost, "/api/teams/v1/me/step-up", "{}", "Sec-Fetch-Site", "same-origin", "Cookie", cookie(secret))
		if res.Header.Get("Qihe-Session-Changed") != "" {
			t.Error("the browser was told")
		}
		if !strong() {
			t.Error("not strong after the proof")
		}
	})
	t.Run("a proof at another replica is heard of within two seconds", func(t *testing.T) {
		t.Parallel()
		nats := bustest.Start(t)
		c := start(t, nats)
		secret, s := c.teams.signIn()
		c.untilRemembered(secret)
		c.teams.prove(secret, time.Now().Add(time.Hour))
		tell(t, nats, teamsv1.SessionChanged{SessionID: s.SessionID, VolunteerID: s.VolunteerID, Version: 2})
		wait.Within(t, 2*time.Second, "the proof", func() bool {
			c.ask(http.MethodGet, me, "", "Cookie", cookie(secret))
			p, err := c.verify.Principal(c.teams.last(t).Header.Get("Authorization")[len("Bearer "):])
			return err == nil && p.Strong
		})
	})
	t.Run("what was revoked while NATS was away is not remembered when it is back", func(t *testing.T) {
		t.Parallel()
		nats := bustest.StartServer(t)
		c := start(t, nats.URL)
		secret, _ := c.teams.signIn()
		c.untilRemembered(secret)
		nats.Stop()
		c.teams.revoke(secret)
		nats.Start()
		other, _ := c.teams.signIn()
		c.untilRemembered(other) // so the portal hears again
		if c.signedIn(secret) {
			t.Error("the session from before the outage still counts")
		}
	})
}

func (p *peer) prove(secret string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.sessions[secret]
	s.StrongUntil = until
	p.sessions[secret] = s
}

func (p *peer) grant(secret string, g auth.Grant) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.sessions[secret]
	s.Grants = append(s.Grants, g)
	p.sessions[secret] = s
}

// untilRemembered asks until the portal answers from memory.
func (c *city) untilRemembered(secret string) {
	c.t.Helper()
	wait.Until(c.t, "the portal to remember the session", func() bool {
		c.signedIn(secret)
		before := c.teams.lookedUp()
		return c.signedIn(secret) && c.teams.lookedUp() == before
	})
}

func (c *city) signedIn(secret string) bool {
	c.t.Helper()
	c.ask(http.MethodGet, me, "", "Cookie", cookie(secret))
	return c.teams.last(c.t).Header.Get("Authorization") != ""
}

// wantCookie looks at the session's cookie; the browser's own is another's business.
func wantCookie(t *testing.T, res *http.Response, want string) {
	t.Helper()
	ours := slices.DeleteFunc(slices.Clone(res.Header.Values("Set-Cookie")), func(c string) bool { return strings.HasPrefix(c, browserCookie+"=") })
	if diff := cmp.Diff([]string{want}, ours); diff != "" {
		t.Error(diff)
	}
}
