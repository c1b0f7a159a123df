package portal_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/id"
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
	t.Run("one that has no secret gets one, which only teams hears of as it is", func(t *testing.T) {
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
		if got := c.tasks.last(t).Header.Get("Qihe-Browser"); got == "" || got == secret {
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
	t.Run("tasks hears a mark of it, the same in a ticket, and not the secret", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		opened, _ := c.ask(http.MethodGet, "/c/"+id.New()+"/Abcdef_-01234", "")
		secret := browserOf(opened)
		_, text, _ := strings.Cut(opened.Header.Get("Location"), "#t=")
		ticket, err := c.verify.Ticket(text)
		if err != nil || len(secret) != 43 || ticket.Mark == "" || strings.Contains(secret, ticket.Mark) {
			t.Fatalf("secret %q, ticket %+v, %v", secret, ticket, err)
		}
		c.ask(http.MethodPost, "/api/tasks/v1/claims", "{}", "Sec-Fetch-Site", "same-origin", "Cookie", browserCookie+"="+secret)
		if got := c.tasks.last(t).Header.Get("Qihe-Browser"); got != ticket.Mark {
			t.Errorf("tasks heard %q, want %q", got, ticket.Mark)
		}
		again, _ := c.ask(http.MethodGet, "/c/"+id.New()+"/Abcdef_-01234", "", "Cookie", browserCookie+"="+secret)
		if browserOf(again) != "" {
			t.Error("a browser that is known got another secret")
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
