package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// The wall's stream is alone in its file and not parallel: it counts goroutines.
//
//nolint:paralleltest // goroutines of others would be counted
func TestFollowWall(t *testing.T) {
	s := newSite(t)
	s.settle()
	s.app.SetWallGap(time.Millisecond)
	_, key := s.display(t, "410611")

	first, leave := s.wall(key)
	if got := next(t, first); got.Position != 1 || got.Today.Minutes != 120 || got.RegionName != "淇滨区" {
		t.Errorf("%+v", got)
	}
	s.serve(1)
	if got := next(t, first); got.Position != 2 {
		t.Errorf("%+v", got)
	}

	// Screens that never read, and screens that are switched off, cost nothing
	// however much the ledger grows: no goroutine more, and no wall kept for them.
	before := runtime.NumGoroutine()
	slow := make([]net.Conn, 20)
	for i := range slow {
		slow[i] = s.connect(key)
	}
	gone := make([]context.CancelFunc, 20)
	for i := range gone {
		var events <-chan gen.Wall
		events, gone[i] = s.wall(key)
		next(t, events)
	}
	standing, heap := runtime.NumGoroutine(), heapNow()
	for range 60 {
		s.serve(1)
		for len(first) > 0 {
			<-first
		}
	}
	if more := runtime.NumGoroutine() - standing; more > 5 {
		t.Errorf("%d goroutines more while the ledger grew", more)
	}
	if more := heapNow() - heap; more > 8<<20 {
		t.Errorf("%d KB more while the ledger grew", more>>10)
	}
	for i := range slow {
		_ = slow[i].Close()
		gone[i]()
	}
	wait.Until(t, "the goroutines of screens that are gone to end", func() bool {
		return runtime.NumGoroutine() <= before+5
	})
	leave()
}

// heapNow is what is in use after a collection.
func heapNow() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc) //nolint:gosec // far below 2^63
}

// wall follows the wall with the key of a link.
func (s *site) wall(key string) (events <-chan gen.Wall, leave context.CancelFunc) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	req := s.request("/wall", "").WithContext(ctx)
	req.Header.Set("Display-Key", key)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(req)
	s.must(err)
	if res.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(res.Body)
		s.t.Fatalf("%d %s", res.StatusCode, body)
	}
	told := make(chan gen.Wall, 1000)
	go func() {
		defer close(told)
		defer func() { _ = res.Body.Close() }()
		lines := bufio.NewScanner(res.Body)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var w gen.Wall
				if json.Unmarshal([]byte(data), &w) == nil {
					told <- w
				}
			}
		}
	}()
	return told, cancel
}

// connect asks for the wall and never reads the answer.
func (s *site) connect(key string) net.Conn {
	s.t.Helper()
	address, err := url.Parse(s.url)
	s.must(err)
	c, err := net.Dial("tcp", address.Host)
	s.must(err)
	_, err = c.Write([]byte("GET /api/hours/v1/wall HTTP/1.1\r\nHost: wall\r\nDisplay-Key: " + key + "\r\n\r\n"))
	s.must(err)
	return c
}

func next(t *testing.T, events <-chan gen.Wall) gen.Wall {
	t.Helper()
	select {
	case w, ok := <-events:
		if !ok {
			t.Fatal("the stream has ended")
		}
		return w
	case <-time.After(time.Minute):
		t.Fatal("nothing was told")
		return gen.Wall{}
	}
}

// serve credits an hour of somebody new, each in a transaction of its own, and counts it.
func (s *site) serve(times int) {
	s.t.Helper()
	ctx, from := s.t.Context(), s.clock.Now().Add(-3*time.Hour)
	for range times {
		before := s.position()
		s.must(s.db.InTx(ctx, func(q postgres.Querier) error {
			return s.app.CreditHours(ctx, q, []tasksv1.AttendanceConfirmed{{
				AttendanceID: id.New(), TaskTitle: "村口义诊", TeamID: team, RegionPath: "4106/410611/", ReportingUnit: "淇滨区",
				ProgrammeID: programme, VolunteerID: id.New(), Verification: "A", From: from, To: from.Add(time.Hour), Minutes: 60,
				ConfirmedBy: leader, ConfirmedAt: from.Add(2 * time.Hour), Version: 1,
			}})
		}))
		wait.Until(s.t, "the line to be counted", func() bool {
			s.must(s.app.CatchUp(ctx))
			return s.position() > before
		})
	}
}

func (s *site) position() int64 {
	s.t.Helper()
	place, err := s.app.MyRank(s.as(me), app.BoardQuery{Scope: "region:410611", Period: "all"})
	s.must(err)
	return place.Position
}
