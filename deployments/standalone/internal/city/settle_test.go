package city_test

import (
	"bytes"
	"database/sql"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
)

// journal is a log that the test reads afterwards.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func TestSettle(t *testing.T) {
	t.Parallel()
	var log journal
	var percents []int
	r, err := city.Start(t.Context(), city.Options{
		Data: citytest.EmptyFolder(t), Log: slog.New(slog.NewTextHandler(&log, nil)),
		Progress: func(percent int, _ string) { percents = append(percents, percent) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, r) })
	t.Run("who waits hears of progress, up to the end", func(t *testing.T) {
		if len(percents) < 10 || !slices.IsSorted(percents) || percents[len(percents)-1] != 100 {
			t.Errorf("percents = %v", percents)
		}
	})
	t.Run("the planner knows the new tables", func(t *testing.T) {
		for database, tables := range map[string][]string{
			"qihe_teams": {"volunteers", "memberships", "teams"}, "qihe_tasks": {"tasks", "shifts", "sign_ups", "attendances", "known_memberships"},
			"qihe_hours": {"entries", "totals", "known"},
		} {
			for _, table := range tables {
				if n := estimate(t, r.SuperURL(), database, table); n <= 0 {
					t.Errorf("%s in %s: %v rows as far as the planner knows", table, database, n)
				}
			}
		}
	})
	t.Run("nothing is logged that is no trouble", func(t *testing.T) {
		log.mu.Lock()
		defer log.mu.Unlock()
		for line := range strings.Lines(log.text.String()) {
			if strings.Contains(line, "no heartbeat received") {
				continue // the machine stood still for two seconds: that is trouble
			}
			for _, noise := range []string{"consumer waits", "relay waits", "starting up", "FATAL"} {
				if strings.Contains(line, noise) {
					t.Errorf("the log has %q in %s:\n%s", noise, line, &log.text)
				}
			}
		}
	})
}

// estimate is how many rows the planner thinks the table has; -1 means that it
// has never looked.
func estimate(t *testing.T, superURL, database, table string) (rows float64) {
	t.Helper()
	db, err := sql.Open("postgres", strings.Replace(superURL, "/postgres?", "/"+database+"?", 1))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.QueryRowContext(t.Context(), "SELECT reltuples FROM pg_class WHERE relname = $1", table).Scan(&rows); err != nil {
		t.Fatalf("%s in %s: %v", table, database, err)
	}
	return rows
}
