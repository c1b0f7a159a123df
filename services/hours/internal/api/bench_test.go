package api_test

import (
	"fmt"
	"io"
	"net/http"
	"sort"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// BenchmarkBoards asks the whole demo city for its boards over HTTP, beside an
// empty handler behind the same middleware. What matters is the ratio in one run:
//
//	go run ./shared/cmd/withpg -safe -- go test -run - -bench Boards ./services/hours/internal/api
func BenchmarkBoards(b *testing.B) {
	s := newSite(b)
	s.loadCity()
	token := s.request("/", me).Header.Get("Authorization")
	for _, c := range []struct{ name, path string }{
		{"empty handler", "/empty/v1/boards?subject=volunteer&scope=region:4106&period=this-year"},
		{"board of the city", "/api/hours/v1/boards?subject=volunteer&scope=region:4106&period=this-year"},
		{"my rank in the city", "/api/hours/v1/boards/me?scope=region:4106&period=this-year"},
		{"empty handler again", "/empty/v1/boards?subject=volunteer&scope=region:4106&period=this-year"},
	} {
		b.Run(c.name, func(b *testing.B) {
			url := strings.TrimSuffix(s.url, "/api/hours/v1") + c.path
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
			b.SetParallelism(8)
			before := cpu()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					req, _ := http.NewRequest(http.MethodGet, url, nil)
					req.Header.Set("Authorization", token)
					res, err := client.Do(req)
					if err != nil || res.StatusCode != http.StatusOK {
						b.Errorf("%v, %v", res, err)
						return
					}
					_, _ = io.Copy(io.Discard, res.Body)
					_ = res.Body.Close()
				}
			})
			b.ReportMetric(float64((cpu()-before).Microseconds())/float64(b.N), "cpu-µs/request")
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
		})
	}
	b.Run("commit to board at rest", func(b *testing.B) { s.latency(b) })
}

// cpu returns the processor time of this process, client included: on a busy
// machine it tells more than the clock on the wall.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // cannot fail for oneself
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// loadCity fills the ledger with the whole demo city and starts following it.
func (s *site) loadCity() {
	city, err := demo.NewCity(demo.Options{Scale: 1, Day: time.Date(2026, time.November, 24, 0, 0, 0, 0, clock.City)})
	s.must(err)
	owner, err := postgres.Open(s.t.Context(), s.db.OwnerURL, 2)
	s.must(err)
	s.must(app.LoadDemo(s.t.Context(), owner, s.vault(), city))
	s.must(owner.Close())
	s.must(s.app.Load(s.t.Context()))
	go func() { _ = s.app.Follow(s.t.Context()) }()
}

// latency measures from the return of the commit to the moment at which the
// city's board counts the line.
func (s *site) latency(b *testing.B) {
	feed, err := s.app.Feed(s.as(me))
	s.must(err)
	defer feed.Close()
	var took []time.Duration
	for b.Loop() {
		position := feed.Next().Position
		e := someService()
		s.must(s.db.InTx(b.Context(), func(q postgres.Querier) error {
			return s.app.CreditHours(b.Context(), q, []tasksv1.AttendanceConfirmed{e})
		}))
		committed := time.Now()
		for feed.Next().Position == position {
			<-feed.Wake()
		}
		took = append(took, time.Since(committed))
	}
	sort.Slice(took, func(i, j int) bool { return took[i] < took[j] })
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
}

func someService() tasksv1.AttendanceConfirmed {
	nine := time.Date(2026, time.November, 24, 9, 0, 0, 0, clock.City)
	return tasksv1.AttendanceConfirmed{
		AttendanceID: id.New(), TaskTitle: "淇河岸边捡拾垃圾", TeamID: team, RegionPath: "4106/410611/", ProgrammeID: programme, VolunteerID: me,
		Verification: "A", From: nine, To: nine.Add(2 * time.Hour), Minutes: 120, ConfirmedBy: leader, ConfirmedAt: nine, Version: 1,
	}
}

// addEmptyHandler answers as boards are answered, but with nothing.
func addEmptyHandler(server *httpserver.Server) error {
	doc, err := gen.GetSpec()
	if err != nil {
		return fmt.Errorf("read contract: %w", err)
	}
	doc.Servers[0].URL = "/empty/v1"
	server.Group("/empty/v1", httpserver.Contract(doc)).GET("/boards", func(c echo.Context) error { return c.JSONBlob(http.StatusOK, []byte("{}")) })
	return nil
}
