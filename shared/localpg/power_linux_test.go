package localpg_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/powercut"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// While eight clients write, the server is killed, or the power goes. Whatever
// they were told is committed must be there afterwards, and every table and
// index must be whole. All rounds happen to one folder, one after the other.
func TestCrashUnderLoad(t *testing.T) {
	t.Parallel()
	t.Run("nothing committed is lost, nothing is damaged", func(t *testing.T) {
		t.Parallel()
		w := newWritten(t, "")
		kills, cuts := chaos.Times(1, 15), chaos.Times(2, 5)
		for range kills {
			s := start(t, localpg.Config{Dir: w.dir})
			w.load(s.SuperURL(), func() {
				if err := syscall.Kill(s.Pid(), syscall.SIGKILL); err != nil {
					t.Fatal(err)
				}
				<-s.Exited()
			})
			stop(t, s)
			w.check()
		}
		for range cuts {
			m, url := startWatched(t, w.dir, safeVariable+"=1")
			w.load(url, m.Cut)
			if m.Syncs() == 0 {
				t.Fatal("not one sync was seen: the test watches the wrong thing")
			}
			w.check()
		}
		if w.lost != 0 || len(w.told) == 0 {
			t.Errorf("%d of %d committed rows are lost", w.lost, len(w.told))
		}
		chaos.Promise(t, "B4", "PostgreSQL killed or without power loses no commit and is not damaged",
			"%d kills, %d power cuts, %d commits, %d lost, amcheck found nothing", kills, cuts, len(w.told), w.lost)
	})
	t.Run("control: without syncs a power cut takes committed rows along, or everything", func(t *testing.T) {
		t.Parallel()
		w := newWritten(t, "control")
		m, url := startWatched(t, w.dir)
		w.load(url, m.Cut)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		result := "the server does not even start"
		if s, err := localpg.Start(ctx, localpg.Config{Dir: w.dir}); err == nil {
			db := open(t, s.SuperURL())
			w.count(db)
			result = fmt.Sprintf("%d lost", w.lost)
			stop(t, s)
			if w.lost == 0 {
				t.Errorf("none of %d rows is lost: the test above proves nothing", len(w.told))
			}
		}
		chaos.Promise(t, "B4", "control: fsync off", "1 power cut, %d commits, %s", len(w.told), result)
	})
}

// written is what clients were told that it is committed.
type written struct {
	t    *testing.T
	dir  string
	mu   sync.Mutex
	told []int64
	next int64
	lost int
}

func newWritten(t *testing.T, name string) *written {
	t.Helper()
	w := &written{t: t, dir: filepath.Join(folder(t), "server"+name)}
	s := start(t, localpg.Config{Dir: w.dir})
	exec1(t, s.SuperURL(), `
		CREATE TABLE kept (id bigint PRIMARY KEY, filling text NOT NULL);
		CREATE INDEX kept_filling ON kept (filling);
		CREATE TABLE counters (worker int PRIMARY KEY, n bigint NOT NULL);
		INSERT INTO counters SELECT i, 0 FROM generate_series(0, 7) i`)
	stop(t, s)
	return w
}

// load writes until harm is done, which is after a moment.
func (w *written) load(url string, harm func()) {
	w.t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	ctx, cancel := context.WithCancel(w.t.Context())
	defer cancel()
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for ctx.Err() == nil && w.write(ctx, db, worker) == nil {
			}
		})
	}
	wg.Go(func() { // data files are written too, not only the log
		for ctx.Err() == nil {
			if _, err := db.ExecContext(ctx, "CHECKPOINT"); err != nil {
				return
			}
			pause(200 * time.Millisecond)
		}
	})
	enough := w.committed() + 100
	wait.Until(w.t, "a hundred commits", func() bool { return w.committed() >= enough })
	pause(rand.N(500 * time.Millisecond))
	harm()
	cancel()
	wg.Wait()
}

func (w *written) committed() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.told)
}

func (w *written) write(ctx context.Context, db *sql.DB, worker int) error {
	w.mu.Lock()
	w.next++
	number := w.next
	w.mu.Unlock()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, `INSERT INTO kept VALUES ($1, md5($2) || repeat('x', 200))`, number, fmt.Sprint(number)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE counters SET n = n + 1 WHERE worker = $1`, worker); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told = append(w.told, number)
	return nil
}

// check starts the server again, counts what is lost and looks for damage.
func (w *written) check() {
	w.t.Helper()
	s := start(w.t, localpg.Config{Dir: w.dir})
	defer stop(w.t, s)
	db := open(w.t, s.SuperURL())
	w.count(db)
	var rows, counted int64
	if err := db.QueryRow(`SELECT (SELECT count(*) FROM kept), (SELECT sum(n) FROM counters)`).Scan(&rows, &counted); err != nil {
		w.t.Fatal(err)
	}
	if rows != counted {
		w.t.Errorf("%d rows and %d counted: a transaction is there by half", rows, counted)
	}
	for _, damage := range damages(w.t, db) {
		w.t.Errorf("damaged: %s", damage)
	}
}

func (w *written) count(db *sql.DB) {
	w.t.Helper()
	rows, err := db.Query(`SELECT id FROM kept`)
	if err != nil {
		w.lost = len(w.told)
		return
	}
	defer func() { _ = rows.Close() }()
	there := map[int64]bool{}
	for rows.Next() {
		var number int64
		if err := rows.Scan(&number); err != nil {
			w.t.Fatal(err)
		}
		there[number] = true
	}
	if rows.Err() != nil {
		w.lost = len(w.told)
		return
	}
	w.lost = 0
	for _, number := range w.told {
		if !there[number] {
			w.lost++
		}
	}
}

// damages has every table and B-tree of the database looked at, as pg_amcheck
// does; that program is not everywhere where the extension is. Where the
// extension is missing too, everything is read, and the checksums speak.
func damages(t *testing.T, db *sql.DB) (found []string) {
	t.Helper()
	if _, err := db.Exec(`CREATE EXTENSION IF NOT EXISTS amcheck`); err != nil {
		if !strings.Contains(err.Error(), "is not available") {
			t.Fatal(err)
		}
		if _, err := db.Exec(`SELECT count(id), max(filling) FROM kept`); err != nil {
			found = append(found, err.Error())
		}
		return found
	}
	for _, query := range []string{
		`SELECT c.relname || ': ' || v.msg FROM pg_class c, LATERAL verify_heapam(c.oid) v WHERE c.relkind IN ('r', 't', 'm')`,
		`SELECT bt_index_check(c.oid, true)::text FROM pg_class c JOIN pg_am a ON a.oid = c.relam
		 WHERE a.amname = 'btree' AND c.relkind = 'i' AND c.relpersistence = 'p'`,
	} {
		rows, err := db.Query(query)
		if err != nil {
			found = append(found, err.Error())
			continue
		}
		for rows.Next() {
			var text sql.NullString
			if err := rows.Scan(&text); err != nil {
				t.Fatal(err)
			}
			if text.String != "" {
				found = append(found, text.String)
			}
		}
		if err := rows.Err(); err != nil {
			found = append(found, err.Error())
		}
		_ = rows.Close()
	}
	return found
}

// startWatched starts a server in a process from which the power can be taken.
func startWatched(t *testing.T, dir string, settings ...string) (m *powercut.Machine, url string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), parentVariable+"="+dir), settings...)
	cmd.Stderr = t.Output()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	m = powercut.Start(t, dir, cmd)
	line, err := bufio.NewReader(out).ReadString('\n')
	var pid int
	if _, scanErr := fmt.Sscanf(line, "%d %s <nil>", &pid, &url); err != nil || scanErr != nil {
		t.Fatalf("the server said %q: %v", line, err)
	}
	return m, url
}

func pause(d time.Duration) { <-time.After(d) }
