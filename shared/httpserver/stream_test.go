package httpserver_test

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// counter is something that changes and can be followed.
type counter struct {
	n     atomic.Int64
	asked atomic.Int64 // how often the state was asked for
	ended atomic.Int64 // how many streams have ended
	wake  chan struct{}
}

func newCounter() *counter { return &counter{wake: make(chan struct{}, 1)} }

func (c *counter) touch() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *counter) follow(e echo.Context) error {
	defer c.ended.Add(1)
	return httpserver.Stream(e.Request().Context(), e.Response(), "count", c.wake, func(context.Context) (any, error) {
		c.asked.Add(1)
		return c.n.Load(), nil
	})
}

// open follows the counter; the events come one by one.
func open(t *testing.T, url string) (events <-chan string, leave context.CancelFunc) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	if kind := res.Header.Get("Content-Type"); kind != "text/event-stream" || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("stream as %q, %q", kind, res.Header.Get("Cache-Control"))
	}
	lines := make(chan string, 1000)
	go func() {
		defer close(lines)
		for in := bufio.NewScanner(res.Body); in.Scan(); {
			if data, ok := strings.CutPrefix(in.Text(), "data: "); ok {
				lines <- data
			}
		}
	}()
	return lines, cancel
}

func next(t *testing.T, events <-chan string) string {
	t.Helper()
	select {
	case e, ok := <-events:
		if !ok {
			t.Fatal("the stream has ended")
		}
		return e
	case <-time.After(time.Minute):
		t.Fatal("no event for a minute")
		return ""
	}
}

func TestStream(t *testing.T) {
	t.Parallel()
	given := func(t *testing.T) (*counter, string) {
		t.Helper()
		c, s := newCounter(), newSite(t)
		s.GET("/live", c.follow)
		server := httptest.NewServer(s)
		t.Cleanup(server.Close)
		return c, server.URL
	}
	t.Run("it tells the state at once, and again when it has changed", func(t *testing.T) {
		t.Parallel()
		c, url := given(t)
		events, _ := open(t, url)
		if e := next(t, events); e != "0" {
			t.Errorf("first event %s", e)
		}
		c.n.Store(7)
		c.touch()
		if e := next(t, events); e != "7" {
			t.Errorf("second event %s", e)
		}
	})
	t.Run("a thousand changes in a moment are a few events, the last of them the last state", func(t *testing.T) {
		t.Parallel()
		c, url := given(t)
		events, _ := open(t, url)
		next(t, events)
		began := time.Now()
		for range 1000 {
			c.n.Add(1)
			c.touch()
		}
		seen := 1
		for next(t, events) != "1000" {
			seen++
		}
		if most := 2 + int(time.Since(began)/(200*time.Millisecond)); seen > most {
			t.Errorf("%d events, want at most %d", seen, most)
		}
	})
	t.Run("a wake without a change tells nothing", func(t *testing.T) {
		t.Parallel()
		c, url := given(t)
		events, _ := open(t, url)
		next(t, events)
		before := c.asked.Load()
		c.touch()
		wait.Until(t, "the state to be asked for", func() bool { return c.asked.Load() > before })
		c.n.Store(1)
		wait.Until(t, "the second wake to be taken", func() bool { c.touch(); return c.asked.Load() > before+1 })
		if e := next(t, events); e != "1" {
			t.Errorf("event %s", e)
		}
	})
	t.Run("it ends when the reader leaves", func(t *testing.T) {
		t.Parallel()
		c, url := given(t)
		events, leave := open(t, url)
		next(t, events)
		leave()
		wait.Until(t, "the stream to end", func() bool { return c.ended.Load() == 1 })
	})
	t.Run("an error before the first event is a problem like any other", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		s.GET("/live", func(e echo.Context) error {
			return httpserver.Stream(e.Request().Context(), e.Response(), "count", nil, func(context.Context) (any, error) {
				return nil, errors.New("no state")
			})
		})
		if got := refusalIn(t, s.ask(t, http.MethodGet, "/live", "")); got.Code != "internal" {
			t.Errorf("%+v", got)
		}
	})
}
