package portal_test

import (
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestOpenCheckIn(t *testing.T) {
	t.Parallel()
	c := start(t, noNATS)
	for _, p := range []*peer{c.teams, c.tasks, c.hours} {
		p.Close() // nothing but the portal is needed
	}
	t.Run("stamps the link with now and leads to the page, with every service down", func(t *testing.T) {
		t.Parallel()
		shift, code := id.New(), "Abcdef_-01234"
		res, _ := c.ask("GET", "/c/"+shift+"/"+code, "", "Cookie", cookie("anything"))
		to, ticket, _ := strings.Cut(res.Header.Get("Location"), "#t=")
		if res.StatusCode != http.StatusSeeOther || to != "/check-in/"+shift {
			t.Fatalf("%d to %q", res.StatusCode, to)
		}
		got, err := c.verify.Ticket(ticket)
		if err != nil {
			t.Fatal(err)
		}
		if got.ShiftID != shift || got.Code != code || time.Since(got.OpenedAt).Abs() > 5*time.Second {
			t.Errorf("ticket = %+v", got)
		}
		if res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("headers = %v", res.Header)
		}
		if _, err := c.verify.Principal(ticket); err == nil {
			t.Error("the ticket passes for a sign-in")
		}
	})
	shift := id.New()
	for name, code := range map[string]string{"short": "123456", "strange": "%3Cscript%3Ealert(1)%3C", "very long": strings.Repeat("a", 65)} {
		t.Run("a "+name+" code leads to the page without a ticket", func(t *testing.T) {
			t.Parallel()
			res, _ := c.ask("GET", "/c/"+shift+"/"+code, "")
			if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/check-in/"+shift {
				t.Errorf("%d to %q", res.StatusCode, res.Header.Get("Location"))
			}
		})
	}
	t.Run("a shift that is none leads to the app, which says so", func(t *testing.T) {
		t.Parallel()
		res, body := c.ask("GET", "/c/x/Abcdef_-01234", "")
		if res.StatusCode != http.StatusOK || !strings.Contains(body, "<title>Qihe") {
			t.Errorf("%d %q", res.StatusCode, body)
		}
	})
}

func TestRun(t *testing.T) {
	t.Parallel()
	t.Run("refuses a key that others may read and says what to type", func(t *testing.T) {
		t.Parallel()
		path := keyFile(t, 0o644)
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
		err := portal.Run(t.Context(), portal.Config{KeyFile: path})
		if err == nil || !strings.Contains(err.Error(), "chmod 600 "+path) {
			t.Errorf("Run = %v", err)
		}
	})
	t.Run("refuses to be reached from elsewhere without HTTPS", func(t *testing.T) {
		t.Parallel()
		const url = "http://127.0.0.1:1"
		err := portal.Run(t.Context(), portal.Config{
			Address: "0.0.0.0:0", KeyFile: keyFile(t, 0o600), NATSURL: noNATS, TeamsURL: url, TasksURL: url, HoursURL: url, PairingsURL: url,
		})
		if err == nil || !strings.Contains(err.Error(), "HTTPS") {
			t.Errorf("Run = %v", err)
		}
	})
}
