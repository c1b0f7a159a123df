package portal_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// unsafeRoute is an operation of a service that may change something.
type unsafeRoute struct{ method, address string }

var (
	pathLine   = regexp.MustCompile(`^  (/\S*):$`)
	methodLine = regexp.MustCompile(`^    (post|put|patch|delete):$`)
	parameter  = regexp.MustCompile(`\{\w+\}`)
)

// unsafeRoutes reads them from the services' contracts: a new one is tried
// without being named here.
func unsafeRoutes(t *testing.T) []unsafeRoute {
	t.Helper()
	var routes []unsafeRoute
	for _, service := range []string{"teams", "tasks", "pairings", "hours"} {
		contract, err := os.ReadFile(filepath.Join("..", service, "openapi.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		address := ""
		for line := range strings.Lines(string(contract)) {
			line = strings.TrimRight(line, "\n")
			if m := pathLine.FindStringSubmatch(line); m != nil {
				address = "/api/" + service + "/v1" + parameter.ReplaceAllString(m[1], "0193583c-7d00-7000-8000-00000000beef")
			}
			if m := methodLine.FindStringSubmatch(line); m != nil {
				routes = append(routes, unsafeRoute{strings.ToUpper(m[1]), address})
			}
		}
	}
	if len(routes) < 250 {
		t.Fatalf("only %d operations are found: the contracts are written otherwise by now", len(routes))
	}
	return routes
}

// TestEveryUnsafeRoute sends every operation of every service as a foreign page
// could (OWASP ASVS 5.0, 3.5), and as our own page does: the first never
// reaches the service, the second always.
func TestEveryUnsafeRoute(t *testing.T) {
	t.Parallel()
	c := start(t, noNATS)
	secret, _ := c.teams.signIn()
	heard := func() int {
		return len(c.teams.seen()) + len(c.tasks.seen()) + len(c.pairings.seen()) + len(c.hours.seen())
	}
	foreign := map[string][]string{
		"cross-site":                     {"Sec-Fetch-Site", "cross-site", "Content-Type", "application/json"},
		"same-site":                      {"Sec-Fetch-Site", "same-site", "Content-Type", "application/json"},
		"another origin":                 {"Origin", "https://evil.example", "Content-Type", "application/json"},
		"neither header, a form as text": {"Content-Type", "text/plain"},
	}
	routes := unsafeRoutes(t)
	for _, r := range routes {
		for name, headers := range foreign {
			res, body := c.ask(r.method, r.address, `{"a":1}`, append(headers, "Cookie", cookie(secret))...)
			if res.StatusCode != http.StatusForbidden && res.StatusCode != http.StatusUnsupportedMediaType {
				t.Errorf("%s %s, %s: %d %s", r.method, r.address, name, res.StatusCode, body)
			}
		}
	}
	if n := heard(); n != 0 {
		t.Errorf("%d refused requests reached a service", n)
	}
	for _, r := range routes { // with nothing to refuse, all of them would have
		c.ask(r.method, r.address, `{"a":1}`, "Sec-Fetch-Site", "same-origin", "Content-Type", "application/json", "Cookie", cookie(secret))
	}
	if n := heard(); n != len(routes) {
		t.Errorf("of %d requests of our own pages %d reached a service", len(routes), n)
	}
	t.Logf("%d operations, %d ways each", len(routes), len(foreign))
}
