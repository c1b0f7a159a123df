package city_test

import (
	"database/sql"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/testkit/visit"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// Each metric that an alert or a dashboard looks at is there in a running city,
// and moves when that happens which it is about.
func TestMetrics(t *testing.T) { //nolint:paralleltest // metrics are the process's: another city would be counted too
	data := citytest.EmptyFolder(t)
	r := start(t, city.Options{Data: data, Day: time.Date(2026, 11, 24, 0, 0, 0, 0, clock.City)})
	r.Clock.SetTo(time.Date(2026, 11, 24, 2, 0, 0, 0, clock.City))
	g := &gate{t: t, r: r, leader: person(t, r, 1), people: []visitor{person(t, r, 0)}}
	g.ids = []string{visit.Text(t, g.people[0].get("/api/teams/v1/me"), "volunteer_id")}
	g.team = visit.Text(t, g.leader.get("/api/teams/v1/me"), "memberships", "role=leader", "team_id")
	secret, err := os.ReadFile(filepath.Join(data, "keys", "internal-secret"))
	if err != nil {
		t.Fatal(err)
	}
	look := func() string { return metricsOf(t, r.URL, string(secret)) }

	var before string
	for _, name := range watched(t) { // some are there when NATS has answered for the first time
		wait.Until(t, name, func() bool {
			before = look()
			return strings.Contains(before, "\n"+name+"{") || strings.Contains(before, "\n"+name+" ")
		})
	}
	const (
		taken   = `qihe_claims_total{came="now",outcome="taken"}`
		told    = `qihe_outbox_told_events_total{stream="TASKS"}`
		applied = `qihe_consumer_events_total{consumer="hours-from-tasks",outcome="applied"}`
		behind  = `qihe_consumer_backlog_events{consumer="hours-from-tasks"}`
		letters = `qihe_dead_letters{consumer="hours-from-tasks"}`
		inUse   = `qihe_database_connections{database="qihe_hours",state="in_use"}`
		counted = `qihe_boards_counted_lines_total`
		leaves  = `qihe_log_leaves{log="ledger log"}`
		open    = `qihe_http_requests_in_flight{service="hours"}`
		away    = `qihe_bus_connected{service="tasks"}`
		waiting = `qihe_outbox_backlog_events{stream="TASKS"}`
		oldest  = `qihe_outbox_oldest_unsent_seconds{stream="TASKS"}`
		asked   = `qihe_http_request_seconds_count{method="POST",route="/api/tasks/v1/claims",service="tasks",status="200"}`
	)
	moves := func(what string, holds func(now string) bool) {
		t.Helper()
		wait.Until(t, what, func() bool { return holds(look()) })
	}
	rest := map[string]float64{behind: 0, letters: 0, away: 1, waiting: 0, open: 0}
	moves("control: nothing has happened", func(now string) bool { // figures of a city before it in this process are renewed first
		before = now
		if regexp.MustCompile(`(?m)^qihe_bus_connected\{.*\} 0$`).MatchString(now) { // also of whoever only helped to start
			return false
		}
		for name, want := range rest {
			if figure(t, now, name) != want {
				return false
			}
		}
		return true
	})

	hours, err := sql.Open("postgres", strings.Replace(r.SuperURL(), "/postgres?", "/qihe_hours?", 1))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = hours.Close() }()
	hold, err := hours.BeginTx(t.Context(), nil)
	if err == nil {
		_, err = hold.ExecContext(t.Context(), `LOCK TABLE inbox IN EXCLUSIVE MODE`)
	}
	if err != nil {
		t.Fatal(err)
	}
	g.oneMore()
	moves("the consumer that cannot write falls behind, and holds a connection", func(now string) bool {
		return figure(t, now, behind) > 0 && figure(t, now, inUse) > 0
	})
	if err := hold.Rollback(); err != nil {
		t.Fatal(err)
	}
	moves("the consumer catches up, and the boards and the log with it", func(now string) bool {
		return figure(t, now, behind) == 0 && figure(t, now, applied) > figure(t, before, applied) &&
			figure(t, now, counted) > figure(t, before, counted) && figure(t, now, leaves) > figure(t, before, leaves)
	})
	now := look()
	for _, name := range []string{taken, told, asked} {
		if figure(t, now, name) <= figure(t, before, name) {
			t.Errorf("%s is %v, was %v", name, figure(t, now, name), figure(t, before, name))
		}
	}

	if _, err := hours.ExecContext(t.Context(), `
		INSERT INTO dead_letters (id, consumer, event_id, subject, body, occurred_at, error, attempts)
		VALUES (gen_random_uuid(), 'hours-from-tasks', gen_random_uuid(), 'tasks.v1.attendance.confirmed', '{}', now(), 'x', 6)`); err != nil {
		t.Fatal(err)
	}
	moves("a dead letter", func(now string) bool { return figure(t, now, letters) == 1 })
	<-g.leader.follow("/api/hours/v1/live")
	moves("an open live page", func(now string) bool { return figure(t, now, open) > 0 })

	r.NATS().Stop()
	g.post(1)
	moves("the bus is away, and events wait", func(now string) bool {
		return figure(t, now, away) == 0 && figure(t, now, waiting) > 0 && figure(t, now, oldest) > 0
	})
}

// watched is every metric of ours that a rule or a dashboard names.
func watched(t testing.TB) (names []string) {
	t.Helper()
	folder := filepath.Join("..", "..", "..", "observability")
	files, err := filepath.Glob(filepath.Join(folder, "grafana", "dashboards", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no dashboards: %v", err)
	}
	seen := map[string]bool{}
	for _, file := range append(files, filepath.Join(folder, "rules.yaml")) {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range regexp.MustCompile(`\b(qihe|process)_[a-z_]+`).FindAllString(string(content), -1) {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}

func metricsOf(t testing.TB, url, secret string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+strings.TrimSpace(secret))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("metrics: %s %v", res.Status, err)
	}
	return "\n" + string(body)
}

// figure is the value of one series; 0 when it is not there.
func figure(t testing.TB, metrics, series string) float64 {
	t.Helper()
	_, rest, found := strings.Cut(metrics, "\n"+series+" ")
	if !found {
		return 0
	}
	line, _, _ := strings.Cut(rest, "\n")
	value, err := strconv.ParseFloat(line, 64)
	if err != nil {
		t.Fatalf("%s: %v", series, err)
	}
	return value
}
