package portal_test

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

func TestInside(t *testing.T) {
	t.Parallel()
	inside, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := start(t, noNATS, func(cfg *portal.Config) {
		cfg.Inside = inside
		cfg.Extra = map[string]http.Handler{"/dev/page": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "page") })}
	})
	for path, want := range map[string]int{
		auth.KeysPath: http.StatusOK, "/dev/page": http.StatusOK, "/readyz": http.StatusNoContent,
		"/": http.StatusNotFound, "/api/tasks/v1/tasks": http.StatusNotFound, "/metrics": http.StatusNotFound, "/internal/v1/people": http.StatusNotFound,
	} {
		res, err := http.Get("http://" + inside.Addr().String() + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, res.StatusCode, want)
		}
	}
	if keys, err := keysOf(t, "http://"+inside.Addr().String()).Find("unknown"); err == nil {
		t.Errorf("an unknown key was found: %v", keys)
	}
	c.stop()
	if _, err := http.Get("http://" + inside.Addr().String() + "/readyz"); err == nil || !strings.Contains(err.Error(), "refused") {
		t.Errorf("after the stop: %v", err)
	}
}

func TestStrictTransport(t *testing.T) {
	t.Parallel()
	c := start(t, noNATS, func(cfg *portal.Config) { cfg.HTTPS = true })
	for host, want := range map[string]bool{"qihe.example": true, "hebi-office:8443": true, "localhost:8443": false, "localhost": false} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.URL+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if got := res.Header.Get("Strict-Transport-Security") != ""; got != want {
			t.Errorf("%s: told to stay with HTTPS: %v", host, got)
		}
	}
}
