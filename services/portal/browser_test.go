package portal_test

import (
	"net/http"
	"strings"
	"testing"
)

const browserCookie = "__Host-qihe-browser"

// browserOf returns what an answer makes the browser keep as its own secret.
func browserOf(res *http.Response) string {
	for _, c := range res.Cookies() {
		if c.Name == browserCookie {
			return c.Value
		}
	}
	return ""
}

func TestBrowser(t *testing.T) {
	t.Parallel()
	const codes = "/api/teams/v1/sign-in-codes"
	t.Run("one that has no secret gets one, which only teams hears of", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		res, _ := c.ask(http.MethodPost, codes, "{}", "Sec-Fetch-Site", "same-origin")
		secret := browserOf(res)
		if len(secret) != 43 || c.teams.last(t).Header.Get("Qihe-Browser") != secret {
			t.Errorf("secret = %q, teams heard %q", secret, c.teams.last(t).Header.Get("Qihe-Browser"))
		}
		if got := res.Header.Get("Set-Cookie"); !strings.HasSuffix(got, "; Path=/; Max-Age=34560000; HttpOnly; Secure; SameSite=Lax") {
			t.Errorf("cookie = %q", got)
		}
		c.ask(http.MethodGet, "/api/tasks/v1/tasks", "", "Cookie", browserCookie+"="+secret)
		if got := c.tasks.last(t).Header.Get("Qihe-Browser"); got != "" {
			t.Errorf("tasks heard %q", got)
		}
	})
	t.Run("it is known again, and keeps it on when somebody signs in", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		secret := strings.Repeat("b", 43)
		res, _ := c.ask(http.MethodPost, codes, "{}", "Sec-Fetch-Site", "same-origin", "Cookie", browserCookie+"="+secret)
		if browserOf(res) != "" || c.teams.last(t).Header.Get("Qihe-Browser") != secret {
			t.Errorf("set %q, teams heard %q", browserOf(res), c.teams.last(t).Header.Get("Qihe-Browser"))
		}
		c.teams.answer(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Qihe-Session", "s3cret") })
		res, _ = c.ask(http.MethodPost, "/api/teams/v1/sessions", "{}", "Sec-Fetch-Site", "same-origin", "Cookie", browserCookie+"="+secret)
		if browserOf(res) != secret || len(res.Cookies()) != 2 {
			t.Errorf("cookies = %v", res.Cookies())
		}
	})
	t.Run("what a page says it is is not believed, nor a secret that cannot be ours", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		res, _ := c.ask(http.MethodPost, codes, "{}", "Sec-Fetch-Site", "same-origin", "Qihe-Browser", "mine", "Cookie", browserCookie+"=short")
		if got := c.teams.last(t).Header.Get("Qihe-Browser"); got == "mine" || got == "short" || got != browserOf(res) {
			t.Errorf("teams heard %q", got)
		}
	})
	t.Run("reading gives none", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		res, _ := c.ask(http.MethodGet, "/api/teams/v1/shared-phone", "")
		if len(res.Cookies()) != 0 {
			t.Errorf("cookies = %v", res.Cookies())
		}
	})
}
