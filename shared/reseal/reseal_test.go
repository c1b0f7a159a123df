package reseal_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/reseal"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

var papers = postgres.Migrations{Name: "papers", Files: fstest.MapFS{
	"00001_papers.sql": {Data: []byte("-- +goose Up\nCREATE TABLE papers (id uuid PRIMARY KEY, sealed bytea);\nGRANT SELECT, INSERT, UPDATE ON papers TO trial;\n")},
}}

var column = reseal.Column{Table: "papers", Column: "sealed", Row: "id"}

// A change of keys goes on beside those who write the same rows: what they have
// written stays, nobody waits, and in the end the present key has sealed all. The
// control reads and writes back without holding the row, and undoes what was written.
func TestBesideWriters(t *testing.T) {
	t.Parallel()
	const rows, writers = 1200, 4
	a := newArchive(t, rows)
	held := a.ids[rows/2]
	release := a.hold(t, held, "written meanwhile")

	ctx, stop := context.WithCancel(t.Context())
	var writing, begun sync.WaitGroup
	last := make([]map[string]string, writers)
	for n := range writers {
		last[n] = map[string]string{}
		begun.Add(1)
		first := sync.OnceFunc(begun.Done)
		writing.Go(func() {
			defer first()
			for round := 0; ctx.Err() == nil; round++ {
				if err := a.writeBackwards(n, writers, round, held, last[n]); err != nil {
					t.Errorf("a writer is refused: %v", err)
					return
				}
				first()
			}
		})
	}
	begun.Wait() // with the former key; from now on with the present one
	ended := make(chan error, 1)
	go func() {
		_, err := reseal.All(t.Context(), a.owner, a.keys, []reseal.Column{column}, func(int, int) {})
		ended <- err
	}()
	wait.Until(t, "all rows but the one that is held to be sealed anew", func() bool { return a.old(t) == 1 })
	select {
	case err := <-ended:
		t.Fatalf("it ends while a row is held: %v", err)
	default:
	}
	release()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	stop()
	writing.Wait()

	if n := a.old(t); n != 0 {
		t.Errorf("%d values are sealed with the old key", n)
	}
	for _, one := range append([]map[string]string{{held: "written meanwhile"}}, last...) {
		for row, want := range one {
			if got := a.read(t, row); got != want {
				t.Errorf("%s says %q, want %q", row, got, want)
			}
		}
	}
}

func TestWithoutHolding(t *testing.T) {
	t.Parallel()
	a := newArchive(t, 1)
	row := a.ids[0]
	release := a.hold(t, row, "written meanwhile")
	plain := a.read(t, row)
	fresh, err := a.keys.Seal(plain, at(row))
	must(t, err)
	wrote := make(chan error, 1)
	go func() { wrote <- a.write(t.Context(), row, fresh) }()
	release()
	must(t, <-wrote)
	if got := a.read(t, row); got == "written meanwhile" {
		t.Error("control: without holding the row nothing is undone: the test above proves nothing")
	}
}

// A value that no key opens is named, and those before it are done.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	a := newArchive(t, 2)
	other := newArchive(t, 1)
	foreign, err := other.former.Seal("x", at(a.ids[1]))
	must(t, err)
	must(t, a.write(t.Context(), a.ids[1], foreign))
	_, err = reseal.All(t.Context(), a.owner, a.keys, []reseal.Column{column}, func(int, int) {})
	if err == nil || !contains(err.Error(), "papers", a.ids[1]) {
		t.Errorf("%v, want it to name the row %s", err, a.ids[1])
	}
	if got := a.read(t, a.ids[0]); got != "0" {
		t.Errorf("the other row says %q", got)
	}
}

// archive is a table whose rows a former key has sealed.
type archive struct {
	db, owner    *postgres.DB
	former, keys *vault.Vault
	ids          []string
}

func newArchive(t *testing.T, rows int) *archive {
	t.Helper()
	db := pgtest.New(t, "trial", papers)
	owner, err := postgres.Open(t.Context(), db.OwnerURL, 3)
	must(t, err)
	t.Cleanup(func() { _ = owner.Close() })
	path := filepath.Join(t.TempDir(), "keys.json")
	must(t, vault.EnsureKeys(path))
	former := filepath.Join(t.TempDir(), "keys.json")
	must(t, copyFile(path, former)) // who goes on with the keys it began with
	a := &archive{db: db.DB, owner: owner}
	a.former, err = vault.Load(former)
	must(t, err)
	must(t, vault.AddKey(path))
	must(t, vault.PromoteKey(path))
	a.keys, err = vault.Load(path)
	must(t, err)
	must(t, a.db.InTx(t.Context(), func(q postgres.Querier) error {
		for n := range rows {
			row := id.New()
			sealed, err := a.former.Seal(strconv.Itoa(n), at(row))
			if err != nil {
				return err
			}
			if _, err := q.ExecContext(t.Context(), `INSERT INTO papers (id, sealed) VALUES ($1, $2)`, row, sealed); err != nil {
				return err
			}
			a.ids = append(a.ids, row)
		}
		return nil
	}))
	return a
}

// hold writes to a row in a transaction that stays open until release is called.
func (a *archive) hold(t *testing.T, row, plain string) (release func()) {
	t.Helper()
	sealed, err := a.former.Seal(plain, at(row))
	must(t, err)
	has, free, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- a.db.InTx(t.Context(), func(q postgres.Querier) error {
			if _, err := q.ExecContext(t.Context(), update, row, sealed); err != nil {
				return err
			}
			close(has)
			<-free
			return nil
		})
	}()
	select {
	case <-has:
	case err := <-ended:
		t.Fatal(err)
	}
	return sync.OnceFunc(func() {
		close(free)
		must(t, <-ended)
	})
}

// writeBackwards writes to some of a writer's own rows in one transaction, the last
// row first, which is not the order in which keys are changed.
func (a *archive) writeBackwards(writer, writers, round int, not string, last map[string]string) error {
	key := a.keys
	if round == 0 {
		key = a.former
	}
	wrote := map[string]string{}
	err := a.db.InTx(context.Background(), func(q postgres.Querier) error {
		for n := len(a.ids) - 1 - writer - round%7*writers; n >= 0; n -= 25 * writers {
			row, plain := a.ids[n], fmt.Sprint(writer, " ", round)
			if row == not {
				continue
			}
			sealed, err := key.Seal(plain, at(row))
			if err != nil {
				return err
			}
			if _, err := q.ExecContext(context.Background(), update, row, sealed); err != nil {
				return err
			}
			wrote[row] = plain
		}
		return nil
	})
	if err == nil {
		for row, plain := range wrote {
			last[row] = plain
		}
	}
	return err
}

const update = `UPDATE papers SET sealed = $2 WHERE id = $1`

func (a *archive) write(ctx context.Context, row string, sealed []byte) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		_, err := q.ExecContext(ctx, update, row, sealed)
		return err
	})
}

func (a *archive) read(t *testing.T, row string) (plain string) {
	t.Helper()
	var sealed []byte
	must(t, a.db.Read(t.Context(), func(q postgres.Querier) error {
		return q.QueryRowxContext(t.Context(), `SELECT sealed FROM papers WHERE id = $1`, row).Scan(&sealed)
	}))
	plain, err := a.keys.Open(sealed, at(row))
	must(t, err)
	return plain
}

// old counts what the former key has sealed.
func (a *archive) old(t *testing.T) (n int) {
	t.Helper()
	must(t, a.db.Read(t.Context(), func(q postgres.Querier) error {
		return q.QueryRowxContext(t.Context(), `SELECT count(*) FROM papers WHERE substring(sealed FROM 1 FOR length($1::bytea)) <> $1::bytea`, a.keys.Mark()).Scan(&n)
	}))
	return n
}

func at(row string) vault.Place { return vault.Place{Table: "papers", Column: "sealed", Row: row} }
