package portal_test

import (
	"net/http"
	"strings"
	"testing"
)

// The vectors of cross-site request forgery (OWASP ASVS 5.0, 3.5): every
// unsafe method by every way a foreign page can send it.
func TestForeignPages(t *testing.T) {
	t.Parallel()
	c := start(t, noNATS)
	secret, _ := c.teams.signIn()
	own := c.URL
	sameHost := strings.Replace(own, "127.0.0.1:", "127.0.0.1:1", 1)
	const form, jsonType = "application/x-www-form-urlencoded", "application/json"
	refused := map[string][]string{
		"cross-site":                          {"Sec-Fetch-Site", "cross-site", "Content-Type", jsonType},
		"same-site":                           {"Sec-Fetch-Site", "same-site", "Content-Type", jsonType},
		"cross-site claiming our origin":      {"Sec-Fetch-Site", "cross-site", "Origin", own, "Content-Type", jsonType},
		"an unknown Sec-Fetch-Site":           {"Sec-Fetch-Site", "sideways", "Content-Type", jsonType},
		"another origin":                      {"Origin", "https://evil.example", "Content-Type", jsonType},
		"another port":                        {"Origin", sameHost, "Content-Type", jsonType},
		"origin null":                         {"Origin", "null", "Content-Type", jsonType},
		"our name inside another":             {"Origin", own + ".evil.example", "Content-Type", jsonType},
		"neither header, a form":              {"Content-Type", form},
		"neither header, plain text":          {"Content-Type", "text/plain"},
		"neither header, multipart":           {"Content-Type", "multipart/form-data; boundary=x"},
		"neither header, no type":             {},
		"neither header, JSON only in a hint": {"Content-Type", "text/plain; application/json"},
	}
	for name, headers := range refused {
		for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
			t.Run(method+" is refused: "+name, func(t *testing.T) {
				t.Parallel()
				res, body := c.ask(method, "/api/tasks/v1/tasks", `{"title":"x"}`, append(headers, "Cookie", cookie(secret))...)
				if res.StatusCode != http.StatusForbidden {
					t.Errorf("status = %d: %s", res.StatusCode, body)
				}
			})
		}
	}
	allowed := map[string][]string{
		"our own page":                 {"Sec-Fetch-Site", "same-origin", "Content-Type", jsonType},
		"our own page without content": {"Sec-Fetch-Site", "same-origin"},
		"the address bar":              {"Sec-Fetch-Site", "none", "Content-Type", jsonType},
		"an older browser":             {"Origin", own, "Content-Type", jsonType},
		"a program that sends JSON":    {"Content-Type", jsonType},
	}
	for name, headers := range allowed {
		t.Run("POST is passed on: "+name, func(t *testing.T) {
			t.Parallel()
			res, body := c.ask("POST", "/api/hours/v1/anything", `{}`, append(headers, "Cookie", cookie(secret))...)
			if res.StatusCode != http.StatusOK {
				t.Errorf("status = %d: %s", res.StatusCode, body)
			}
		})
	}
	t.Cleanup(func() { // after the parallel ones
		if n := len(c.tasks.seen()); n != 0 {
			t.Errorf("%d refused requests reached the service", n)
		}
	})
}
