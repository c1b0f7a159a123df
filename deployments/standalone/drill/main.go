// Command drill restores a large city and says how long it took and whether
// everything came back:
//
//	make drill LINES=1000000
//
// A demo city is founded with so many lines in its ledger and backed up while it
// runs, as `standalone backup` does. The backup becomes a folder never seen
// before, as by `standalone restore`. There the ledger's root is recomputed and
// compared, `standalone check` looks at all books, and an auditor's program,
// qihe-verify, is given an export and the checkpoint of the city that is gone.
// Then the restored city starts. As a control the auditor is given an export of
// which a line has other minutes.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/backup"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/checkup"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// wholeCity is about how many lines the demo city has at its full size.
const wholeCity = 600_000

// restoreWithin is promised for a million lines (docs/reliability.md, B5).
const restoreWithin = 5 * time.Minute

var (
	lines  = flag.Int("lines", 1_000_000, "how many `lines` the ledger has, about")
	folder = flag.String("folder", "", "where all is kept; a city that is there already is taken. Empty: nothing is kept")
	verify = flag.String("verify", "", "the program qihe-verify")
)

func main() {
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) (err error) {
	dir := *folder
	if dir == "" {
		if dir, err = os.MkdirTemp("", "qihe-drill-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o711); err != nil { //nolint:gosec // PostgreSQL runs as another user when we are root
		return err
	}
	// Of a drill before only the city is taken.
	for _, name := range []string{"again", "databases", "keys"} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	d := &drill{dir: dir, lived: filepath.Join(dir, "city"), again: filepath.Join(dir, "again")}
	for _, step := range []struct {
		name string
		do   func(ctx context.Context) (string, error)
	}{
		{"found the city", d.found},
		{"bring its ledger into the log", d.settle},
		{"back up, while it runs", d.backUp},
		{"restore, every table compared", d.restore},
		{"look at all books", d.check},
		{"export the ledger", d.export},
		{"have the auditor look", d.audit},
		{"control: a line changed", d.control},
		{"start the restored city", d.start},
	} {
		fmt.Println(step.name + " …")
		began := time.Now()
		found, err := step.do(ctx)
		if err != nil {
			d.print()
			return errors.Join(fmt.Errorf("%s: %w", step.name, err), d.stop())
		}
		d.rows = append(d.rows, row{step.name, time.Since(began), found})
	}
	d.print()
	return d.judge()
}

// drill is what is under way.
type drill struct {
	dir, lived, again string // folders: all, the city that is lost, and the restored one
	running           *city.Running
	before            checkpoint
	keys              []string // public, of its ledger's log
	taken             backup.Taken
	rows              []row
}

type row struct {
	step  string
	took  time.Duration
	found string
}

func (d *drill) found(ctx context.Context) (string, error) {
	r, err := city.Start(ctx, city.Options{Data: d.lived, Scale: float64(*lines) / wholeCity})
	if err != nil {
		return "", err
	}
	d.running = r
	return du(d.lived)
}

// settle waits until every line is in the log and signed.
func (d *drill) settle(ctx context.Context) (string, error) {
	n, err := d.count(ctx)
	if err != nil {
		return "", err
	}
	for d.before.size != n {
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(time.Second):
		}
		if d.before, err = lastCheckpoint(ctx, d.running.URL); err != nil {
			return "", err
		}
	}
	if d.keys, err = keysOf(ctx, d.running.URL); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d lines, root %s", n, d.before.root), os.WriteFile(d.kept(), d.before.text, 0o600)
}

func (d *drill) kept() string { return filepath.Join(d.dir, "kept.note") }

// count asks the database itself how many lines there are.
func (d *drill) count(ctx context.Context) (n int64, err error) {
	s, err := site.Open(ctx, d.lived)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	db, err := s.Reach("hours")
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	err = db.QueryRowContext(ctx, `SELECT count(*) FROM entries`).Scan(&n)
	return n, err
}

func (d *drill) password() (string, error) {
	path := filepath.Join(d.dir, "password")
	return path, os.WriteFile(path, []byte("淇河两岸，杨柳依依，一二三四\n"), 0o600)
}

func (d *drill) backUp(ctx context.Context) (_ string, err error) {
	password, err := d.password()
	if err != nil {
		return "", err
	}
	d.taken, err = backup.Take(ctx, backup.Options{
		Data: d.lived, To: filepath.Join(d.dir, "databases"), KeysTo: filepath.Join(d.dir, "keys"), PasswordFile: password, Now: time.Now().In(clock.City), Say: say,
	})
	if err != nil {
		return "", err
	}
	size, err := du(d.taken.Databases)
	return fmt.Sprintf("%d rows, %s", d.taken.Manifest.Rows(), size), errors.Join(err, d.stop())
}

func (d *drill) stop() (err error) {
	if d.running != nil {
		err = d.running.Stop()
		d.running = nil
	}
	return err
}

func (d *drill) restore(ctx context.Context) (string, error) {
	password, err := d.password()
	if err != nil {
		return "", err
	}
	m, err := backup.Restore(ctx, backup.RestoreOptions{Databases: d.taken.Databases, Keys: d.taken.Keys, PasswordFile: password, Data: d.again, Say: say})
	return fmt.Sprintf("%d rows, as they were", m.Rows()), err
}

func (d *drill) check(ctx context.Context) (_ string, err error) {
	s, err := site.Open(ctx, d.again)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	looked, bad := 0, ""
	if _, err := checkup.Run(ctx, s, checkup.Options{Data: d.again, Tell: func(f checkup.Finding, _, _ int) {
		looked++
		if !f.Good {
			bad += "; " + f.Check + ": " + f.English
		}
	}}); err != nil {
		return "", err
	}
	if bad != "" {
		return "", errors.New("not in order" + bad)
	}
	return fmt.Sprintf("%d looks, all in order", looked), nil
}

// start starts the restored city and compares its log with that of the city that is gone.
func (d *drill) start(ctx context.Context) (_ string, err error) {
	if d.running, err = city.Start(ctx, city.Options{Data: d.again}); err != nil {
		return "", err
	}
	after, err := lastCheckpoint(ctx, d.running.URL)
	if err := errors.Join(err, d.stop()); err != nil {
		return "", err
	}
	if after.size != d.before.size || after.root != d.before.root {
		return "", fmt.Errorf("the log was %d %s and is %d %s", d.before.size, d.before.root, after.size, after.root)
	}
	return "the same root", nil
}

func (d *drill) print() {
	fmt.Printf("\n%s\n\n", time.Now().In(clock.City).Format(time.DateOnly))
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	for _, r := range d.rows {
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\n", r.step, r.took.Round(100*time.Millisecond), r.found)
	}
	_ = w.Flush()
}

// judge compares the restoring with the promise, which is for a million lines and grows with them.
func (d *drill) judge() error {
	most := max(restoreWithin*time.Duration(d.before.size)/1_000_000, time.Minute)
	for _, r := range d.rows {
		if r.step == "restore, every table compared" && r.took > most {
			return fmt.Errorf("restoring took %s, promised are %s", r.took.Round(time.Second), most.Round(time.Second))
		}
	}
	return nil
}

func say(text string) { fmt.Println("  " + text) }
