package app_test

import (
	"database/sql/driver"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// manyTasks gives the town many tasks with a shift each over the year to come,
// in fifteen programmes, spread over the city.
func (w *town) manyTasks(many int) {
	w.t.Helper()
	owner := w.db.Owner(w.t)
	const fill = `
		WITH p AS (SELECT array_agg(id ORDER BY position) AS ids FROM programmes),
		t AS (
			INSERT INTO tasks (id, team_id, programme_id, created_by, title, description, place, latitude, longitude, risks, risky, insurance, bring, contact_name, contact_phone, state, created_at, published_at, version)
			SELECT gen_random_uuid(), $1, p.ids[1 + n % 15], $2, (ARRAY['淇河岸边捡拾垃圾', '重阳敬老饺子宴', '美丽庭院集中整治', '读书会', '义诊'])[1 + n % 5] || '·第' || n || '期', '',
				'桂鹤社区' || n % 400 || '号', 35.4 + (n % 613) * 0.001, 114.0 + (n % 397) * 0.0015, '防滑', false, '', '', '王', '1', 'published', $3, $3, 2
			FROM p, generate_series(1, $4) n
			RETURNING id
		)
		INSERT INTO shifts (id, task_id, starts_at, ends_at, capacity, taken, key, state, people_served, version)
		SELECT gen_random_uuid(), t.id, x.at, x.at + interval '2 hours', 20, 5, '\x00', 'open', 0, 1
		FROM t CROSS JOIN LATERAL (SELECT $3::timestamptz + (abs(hashtext(t.id::text)) % 31536000) * interval '1 second' AS at) x`
	_, err := owner.Exec(fill, w.team, w.leader, w.clock.Now(), many)
	w.must(err)
	w.must(w.EnsureWords(w.t.Context()))
	_, err = owner.Exec(`VACUUM ANALYZE tasks, shifts, known_teams, programmes`)
	w.must(err)
}

// lists are the filters that the page has.
func (w *town) lists() map[string]domain.ListingFilter {
	now := w.clock.Now()
	open := []domain.ShiftState{domain.ShiftOpen, domain.ShiftConfirmed}
	all := map[string]domain.ListingFilter{
		"soonest":      {},
		"one day":      {StartsBefore: now.Add(24 * time.Hour)},
		"programme":    {ProgrammeID: w.programme},
		"near":         {Near: domain.Circle{Latitude: 35.70, Longitude: 114.30, Metres: 5000}},
		"words":        {Words: pinyin.Parse("饺子")},
		"rare words":   {Words: pinyin.Parse("第7777期")},
		"near + words": {Near: domain.Circle{Latitude: 35.70, Longitude: 114.30, Metres: 5000}, Words: pinyin.Parse("读书")},
	}
	for name, f := range all {
		f.EndingAfter, f.Limit, f.States = now, 21, open
		all[name] = f
	}
	return all
}

// TestFindingIsFast keeps a list from reading the whole table: the bound is
// loose, for other tests load the machine.
func TestFindingIsFast(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.manyTasks(10_000)
	for name, f := range w.lists() {
		best := time.Hour
		for range 5 {
			began := time.Now()
			found, err := w.ListShifts(w.as(w.leader), f)
			w.must(err)
			best = min(best, time.Since(began))
			if len(found) == 0 {
				t.Errorf("%s: nothing found", name)
			}
		}
		t.Logf("%-12s %v", name, best)
		if best > wait.Allowed(500*time.Millisecond) {
			t.Errorf("%s took %v", name, best)
		}
	}
}

// BenchmarkTaskList measures each list with eight readers beside pgbench with
// eight clients running the bare query on the same rows: once with the same
// arguments as Qihe sends, and once with the arguments written into it, which no
// list can do whose "now" moves on, so that it is planned once for all. What is
// left between is what Qihe adds: who asks, their own sign-ups and attendances,
// and the answer's rows.
func BenchmarkTaskList(b *testing.B) {
	if _, err := exec.LookPath(pgbench()); err != nil {
		b.Fatal("It needs pgbench. Type: sudo apt-get install postgresql-contrib")
	}
	w := newTown(b)
	w.manyTasks(100_000)
	for name, f := range w.lists() {
		ours, bare, written := w.rate(b, f), w.bare(b, f, asArgument), w.bare(b, f, writtenIn)
		b.Logf("%-12s %6.0f lists/s, bare query %6.0f/s: %.2f ×; planned once for all %6.0f/s: %.2f ×", name, ours, bare, ours/bare, written, ours/written)
	}
}

const (
	readers  = 8
	measured = 4 * time.Second
)

func (w *town) rate(b *testing.B, f domain.ListingFilter) float64 {
	var n atomic.Int64
	var all sync.WaitGroup
	end := time.Now().Add(measured)
	for range readers {
		all.Go(func() {
			for time.Now().Before(end) {
				if _, err := w.ListShifts(w.as(w.leader), f); err != nil {
					b.Error(err)
					return
				}
				n.Add(1)
			}
		})
	}
	all.Wait()
	return float64(n.Load()) / measured.Seconds()
}

var rateLine = regexp.MustCompile(`tps = ([0-9.]+)`)

// asArgument and writtenIn are the two ways in which pgbench gets an argument.
func asArgument(n int, value string) (inQuery string, flags []string) {
	return fmt.Sprintf(":v%d", n), []string{"-D", fmt.Sprintf("v%d=%s", n, value)}
}

func writtenIn(_ int, value string) (inQuery string, flags []string) { return "'" + value + "'", nil }

func (w *town) bare(b *testing.B, f domain.ListingFilter, way func(n int, value string) (string, []string)) float64 {
	query, args := store.ListingQuery(f)
	flags := []string{"-n", "-M", "prepared", "-c", strconv.Itoa(readers), "-j", "2", "-T", fmt.Sprint(int(measured.Seconds()))}
	for i := len(args); i > 0; i-- {
		inQuery, more := way(i, written(b, args[i-1]))
		query = strings.ReplaceAll(query, fmt.Sprint("$", i), inQuery)
		flags = append(flags, more...)
	}
	file := filepath.Join(b.TempDir(), "list.sql")
	if err := os.WriteFile(file, []byte(query+";\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	out, err := exec.CommandContext(b.Context(), pgbench(), append(flags, "-f", file, w.db.OwnerURL)...).CombinedOutput()
	found := rateLine.FindSubmatch(out)
	if err != nil || found == nil {
		b.Fatalf("pgbench: %v\n%s", err, out)
	}
	rate, _ := strconv.ParseFloat(string(found[1]), 64)
	return rate
}

func pgbench() string {
	if path, err := exec.LookPath("pgbench"); err == nil {
		return path
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench")
	return strings.Join(found, "")
}

// written writes an argument as PostgreSQL reads it.
func written(b *testing.B, arg any) string {
	b.Helper()
	if v, ok := arg.(driver.Valuer); ok {
		value, err := v.Value()
		if err != nil {
			b.Fatal(err)
		}
		arg = value
	}
	if at, ok := arg.(time.Time); ok {
		return at.Format(time.RFC3339Nano)
	}
	return fmt.Sprint(arg)
}
