package portal_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/portal"
)

func TestProxy(t *testing.T) {
	t.Parallel()
	c := start(t, noNATS)
	t.Run("passes method, path, query, body and language on", func(t *testing.T) {
		t.Parallel()
		var got string
		c.tasks.answer(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			got = r.Method + " " + r.URL.String() + " " + string(body) + " " + r.Header.Get("Accept-Language") + " " + r.Header.Get("Idempotency-Key")
			w.WriteHeader(http.StatusCreated)
		})
		res, _ := c.ask("POST", "/api/tasks/v1/tasks?limit=5", `{"a":1}`, "Content-Type", "application/json", "Accept-Language", "en", "Idempotency-Key", "k")
		if want := `POST /api/tasks/v1/tasks?limit=5 {"a":1} en k`; got != want || res.StatusCode != http.StatusCreated {
			t.Errorf("got %q, %d; want %q, 201", got, res.StatusCode, want)
		}
	})
	t.Run("an answer without a body has one header, and nothing compressed", func(t *testing.T) {
		t.Parallel()
		c.teams.answer(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
		for range 300 { // what is wrong here is wrong now and then: a flush beside the end of the answer
			res, _ := c.ask("DELETE", "/api/teams/v1/feeds/x", "", "Content-Type", "application/json", "Accept-Encoding", "gzip")
			if got := res.Header.Get("Content-Encoding"); got != "" || res.StatusCode != http.StatusNoContent {
				t.Fatalf("%d, encoded as %q", res.StatusCode, got)
			}
		}
	})
	t.Run("what a service says nothing about is kept by nobody", func(t *testing.T) {
		t.Parallel()
		for said, want := range map[string]string{"": "no-store", "private, max-age=60": "private, max-age=60"} {
			c.pairings.answer(func(w http.ResponseWriter, _ *http.Request) {
				if said != "" {
					w.Header().Set("Cache-Control", said)
				}
				_, _ = io.WriteString(w, `{"given_name":"小丽"}`)
			})
			if res, _ := c.ask("GET", "/api/pairings/v1/children", ""); res.Header.Get("Cache-Control") != want {
				t.Errorf("%q became %q", said, res.Header.Get("Cache-Control"))
			}
		}
	})
	t.Run("passes on nothing a browser claims about itself", func(t *testing.T) {
		t.Parallel()
		res, _ := c.ask("GET", "/api/hours/v1/boards", "",
			"Cookie", "other=1", "Authorization", "Bearer forged", "Qihe-Client-Ip", "6.6.6.6", "Qihe-Anything", "x",
			"X-Forwarded-For", "6.6.6.6", "X-Forwarded-Host", "evil.example", "X-Real-Ip", "6.6.6.6", "Forwarded", "for=6.6.6.6",
			"X-Request-Id", "0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000", "Upgrade", "websocket", "Connection", "Upgrade")
		h := c.hours.last(t).Header
		for name := range h {
			if name != "Qihe-Client-Ip" && (strings.HasPrefix(name, "Qihe-") || strings.HasPrefix(name, "X-Forwarded-")) {
				t.Errorf("%s: %s was passed on", name, h.Get(name))
			}
		}
		for _, name := range []string{"Cookie", "Authorization", "X-Real-Ip", "Forwarded", "Upgrade"} {
			if h.Get(name) != "" {
				t.Errorf("%s: %s was passed on", name, h.Get(name))
			}
		}
		if h.Get("Qihe-Client-Ip") != "127.0.0.1" {
			t.Errorf("Qihe-Client-Ip = %q", h.Get("Qihe-Client-Ip"))
		}
		ours := h.Get("X-Request-Id")
		if ours == "" || strings.HasPrefix(ours, "0199aaaa") || len(res.Header.Values("X-Request-Id")) != 1 || res.Header.Get("X-Request-Id") != ours {
			t.Errorf("X-Request-Id = %q inside, %q outside", ours, res.Header.Values("X-Request-Id"))
		}
	})
	t.Run("shows nothing that is meant for the inside only", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS) // of its own: what others ask of teams is not meant
		for _, path := range []string{"/internal/v1/sessions/lookup", "/api/teams/internal/v1/sessions/lookup", "/api/teams/v1/../../../internal/v1/sessions/lookup",
			"/api/teams/v1/%2e%2e/%2e%2e/internal/v1/x", "/api/teams/v1//internal/v1/x", "/api/parcels/v1/x", "/api/teams/v2/x", "/metrics"} {
			res, body := c.ask("GET", path, "")
			wantProblem(t, res, body, http.StatusNotFound, "no_such_address")
		}
		for _, r := range c.teams.seen() {
			t.Errorf("%s reached teams", r.URL)
		}
	})
	t.Run("gives metrics to whoever knows the internal secret", func(t *testing.T) {
		t.Parallel()
		if res, _ := c.ask("GET", "/metrics", "", "Authorization", "Bearer "+internalSecret); res.StatusCode != http.StatusOK {
			t.Errorf("status = %d", res.StatusCode)
		}
	})
}

func TestProxyLimits(t *testing.T) {
	t.Parallel()
	t.Run("a body over one mebibyte is refused, with and without a length", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		c.tasks.answer(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) })
		big := bytes.Repeat([]byte("x"), 1<<20+1)
		for name, body := range map[string]io.Reader{"with": bytes.NewReader(big), "without": io.MultiReader(bytes.NewReader(big))} {
			req, err := http.NewRequestWithContext(t.Context(), "POST", c.URL+"/api/tasks/v1/tasks", body)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/json")
			res, err := plain.Do(req)
			if err != nil {
				t.Fatalf("%s a length: %v", name, err)
			}
			text, _ := io.ReadAll(res.Body)
			_ = res.Body.Close()
			wantProblem(t, res, string(text), http.StatusRequestEntityTooLarge, "too_large")
		}
	})
	t.Run("a service that is away is a reason to wait, in the reader's language", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		c.hours.Close()
		res, body := c.ask("GET", "/api/hours/v1/boards", "", "Accept-Language", "en-GB")
		wantProblem(t, res, body, http.StatusServiceUnavailable, "service_unavailable")
		if res.Header.Get("Retry-After") == "" || !strings.Contains(body, "cannot be reached") {
			t.Errorf("Retry-After = %q, body = %s", res.Header.Get("Retry-After"), body)
		}
	})
	t.Run("a long answer is packed for a weak network", func(t *testing.T) {
		t.Parallel()
		c := start(t, noNATS)
		c.hours.answer(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `"`+strings.Repeat("淇河", 2000)+`"`)
		})
		res, body := c.ask("GET", "/api/hours/v1/boards", "", "Accept-Encoding", "gzip")
		if res.Header.Get("Content-Encoding") != "gzip" || len(body) > 1000 {
			t.Errorf("Content-Encoding = %q, %d bytes", res.Header.Get("Content-Encoding"), len(body))
		}
	})
}

func TestClientAddress(t *testing.T) {
	t.Parallel()
	trusted := start(t, noNATS, func(cfg *portal.Config) {
		cfg.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")}
	})
	for forwarded, want := range map[string]string{
		"":                               "127.0.0.1",
		"203.0.113.7":                    "203.0.113.7",
		"6.6.6.6, 203.0.113.7":           "203.0.113.7",
		"6.6.6.6, 203.0.113.7, 10.1.1.1": "203.0.113.7",
		"nonsense":                       "127.0.0.1",
		"2001:db8::1":                    "2001:db8::1",
	} {
		t.Run("behind our proxy, "+forwarded+" means "+want, func(t *testing.T) {
			trusted.ask("GET", "/api/teams/v1/regions", "", "X-Forwarded-For", forwarded)
			if got := trusted.teams.last(t).Header.Get("Qihe-Client-Ip"); got != want {
				t.Errorf("Qihe-Client-Ip = %q", got)
			}
		})
	}
}

func wantProblem(t *testing.T, res *http.Response, body string, status int, code string) {
	t.Helper()
	var p struct {
		Status int    `json:"status"`
		Code   string `json:"code"`
	}
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		t.Errorf("%s: body is not JSON: %.200s", res.Request.URL, body)
	}
	got := []any{res.StatusCode, res.Header.Get("Content-Type"), p.Status, p.Code}
	if diff := cmp.Diff([]any{status, "application/problem+json", status, code}, got); diff != "" {
		t.Errorf("%s: %s", res.Request.URL, diff)
	}
}
