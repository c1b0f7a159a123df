package httpserver_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

func TestServe(t *testing.T) {
	t.Parallel()
	t.Run("it stops at once in spite of open streams, and lets what is under way finish", func(t *testing.T) {
		t.Parallel()
		const streams = 20
		c, s := newCounter(), newSite(t)
		s.GET("/live", c.follow)
		began, finish := make(chan struct{}), make(chan struct{})
		s.GET("/slow", func(e echo.Context) error {
			close(began)
			<-finish
			return e.String(http.StatusOK, "done")
		})
		url, stop, ended := serve(t, s)
		for range streams {
			events, _ := open(t, url)
			next(t, events)
		}
		slow := make(chan string, 1)
		go func() { slow <- get(t, url+"/slow") }()
		<-began
		asked := time.Now()
		stop()
		wait.Until(t, "the streams to end", func() bool { return c.ended.Load() == streams })
		close(finish)
		if err := <-ended; err != nil {
			t.Errorf("Serve: %v", err)
		}
		if took := time.Since(asked); took > 4*time.Second {
			t.Errorf("stopping took %s", took)
		}
		if answer := <-slow; answer != "200 done" {
			t.Errorf("the request under way got %q", answer)
		}
	})
	t.Run("whoever still waits after the grace is cut off", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		began := make(chan struct{})
		s.GET("/stuck", func(e echo.Context) error {
			close(began)
			<-e.Request().Context().Done()
			return nil
		})
		url, stop, ended := serve(t, s)
		stuck := make(chan string, 1)
		go func() { stuck <- get(t, url+"/stuck") }()
		<-began
		asked := time.Now()
		stop()
		if err := <-ended; err != nil {
			t.Errorf("Serve: %v", err)
		}
		if took := time.Since(asked); took > 20*time.Second {
			t.Errorf("stopping took %s", took)
		}
		<-stuck
	})
	t.Run("who sends a header slowly, or one without an end, is cut off", func(t *testing.T) {
		t.Parallel()
		url, _, _ := serve(t, newSite(t))
		for name, c := range map[string]struct{ header, answer string }{
			"slow":    {"GET /healthz HTTP/1.1\r\nHost: qihe\r\n", ""},
			"endless": {"GET /healthz HTTP/1.1\r\nHost: qihe\r\nX: " + strings.Repeat("x", 80<<10), "HTTP/1.1 431"},
		} {
			conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(url, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = conn.Close() })
			began := time.Now()
			_, _ = conn.Write([]byte(c.header)) // cut off while it writes, perhaps
			_ = conn.SetReadDeadline(time.Now().Add(time.Minute))
			got, err := io.ReadAll(conn)
			if !strings.HasPrefix(string(got), c.answer) || time.Since(began) > 30*time.Second {
				t.Errorf("%s: %q after %s, %v", name, got, time.Since(began), err)
			}
		}
	})
	t.Run("a port that is taken is told", func(t *testing.T) {
		t.Parallel()
		taken := httptest.NewServer(http.NotFoundHandler())
		t.Cleanup(taken.Close)
		address := strings.TrimPrefix(taken.URL, "http://")
		if err := newSite(t).Run(t.Context(), address); err == nil || !strings.Contains(err.Error(), address) {
			t.Errorf("Run: %v", err)
		}
	})
}

func serve(t *testing.T, s *site) (url string, stop context.CancelFunc, ended <-chan error) {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	result := make(chan error, 1)
	go func() { result <- s.Serve(ctx, listener) }()
	return "http://" + listener.Addr().String(), cancel, result
}

func get(t *testing.T, url string) string {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		return err.Error()
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err.Error()
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return err.Error()
	}
	return res.Status[:3] + " " + string(text)
}
