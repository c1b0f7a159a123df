package portal_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/qihe-volunteers/qihe/services/portal"
)

func TestFiles(t *testing.T) {
	t.Parallel()
	c := start(t, noNATS)
	t.Run("a built file is kept by the browser for ever, packed and tagged", func(t *testing.T) {
		t.Parallel()
		res, body := c.ask("GET", "/assets/app-B2f9a1.js", "", "Accept-Encoding", "gzip, br")
		if res.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || res.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("headers = %v", res.Header)
		}
		if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/javascript") || len(body) > 500 {
			t.Errorf("Content-Type = %q, %d bytes", res.Header.Get("Content-Type"), len(body))
		}
		again, _ := c.ask("GET", "/assets/app-B2f9a1.js", "", "Accept-Encoding", "gzip", "If-None-Match", res.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified {
			t.Errorf("with the tag: %d", again.StatusCode)
		}
	})
	t.Run("the app's page is asked for each time, also under every address of the app", func(t *testing.T) {
		t.Parallel()
		for _, path := range []string{"/", "/index.html", "/check-in/0199aaaa", "/no/such/page"} {
			res, body := c.ask("GET", path, "")
			if res.StatusCode != http.StatusOK || !strings.Contains(body, "<title>Qihe") || res.Header.Get("Cache-Control") != "no-cache" {
				t.Errorf("%s: %d %v %q", path, res.StatusCode, res.Header, body)
			}
		}
	})
	t.Run("a file of an older build and a hidden file are not there", func(t *testing.T) {
		t.Parallel()
		if res, _ := c.ask("GET", "/assets/app-OLD.js", ""); res.StatusCode != http.StatusNotFound {
			t.Errorf("older build: %d", res.StatusCode)
		}
		if _, body := c.ask("GET", "/.well-hidden/secret", ""); body == "x" {
			t.Error("the hidden file is served")
		}
	})
	t.Run("nothing can be posted to the app", func(t *testing.T) {
		t.Parallel()
		res, body := c.ask("POST", "/", "{}", "Content-Type", "application/json")
		wantProblem(t, res, body, http.StatusMethodNotAllowed, "wrong_method")
	})
	t.Run("an app that was not built says what to type", func(t *testing.T) {
		t.Parallel()
		bare := start(t, noNATS, func(cfg *portal.Config) { cfg.Web = fstest.MapFS{".gitkeep": {}} })
		res, body := bare.ask("GET", "/", "")
		if res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "make run") {
			t.Errorf("%d %q", res.StatusCode, body)
		}
	})
}

func TestProtection(t *testing.T) {
	t.Parallel()
	extra := func(cfg *portal.Config) {
		cfg.Extra = map[string]http.Handler{"/dev/messages": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })}
	}
	open, secure := start(t, noNATS, extra), start(t, noNATS, extra, func(cfg *portal.Config) { cfg.HTTPS = true })
	secure.tasks.answer(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src *")
	})
	for _, path := range []string{"/", "/assets/style-91c.css", "/assets/none", "/api/tasks/v1/tasks", "/api/none", "/c/x/y", "/healthz", "/readyz", "/dev/messages", "/metrics"} {
		t.Run(path+" is protected", func(t *testing.T) {
			t.Parallel()
			res, _ := secure.ask("GET", path, "")
			h := res.Header
			for name, want := range map[string]string{
				"Content-Security-Policy": "script-src 'self';", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
				"Permissions-Policy": "camera=(self)", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
				"Strict-Transport-Security": "max-age=31536000", "X-Frame-Options": "DENY",
			} {
				if got := h.Values(name); len(got) != 1 || !strings.Contains(got[0], want) {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
			if strings.Contains(h.Get("Content-Security-Policy"), "unsafe") || strings.Contains(h.Get("Content-Security-Policy"), "*") {
				t.Errorf("policy = %q", h.Get("Content-Security-Policy"))
			}
			plainRes, _ := open.ask("GET", path, "")
			if got := plainRes.Header.Get("Strict-Transport-Security"); got != "" {
				t.Errorf("without HTTPS: Strict-Transport-Security: %s", got)
			}
		})
	}
}
