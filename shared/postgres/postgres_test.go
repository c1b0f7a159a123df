package postgres_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

func TestInTx(t *testing.T) {
	t.Parallel()
	errStop := errors.New("stop")

	t.Run("what it wrote is there afterwards, and those who wait are woken", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", seats)
		owner := db.Owner(t)
		seen := []int{}
		db.OnCommit(func() { seen = append(seen, count(t, owner)) })
		db.OnCommit(func() { seen = append(seen, count(t, owner)) })
		if err := db.InTx(t.Context(), insert(1)); err != nil {
			t.Fatal(err)
		}
		if len(seen) != 2 || seen[0] != 1 || seen[1] != 1 {
			t.Errorf("rows seen when woken = %v, want one row, twice", seen)
		}
	})

	undone := map[string]func(db *pgtest.DB) (err error){
		"an error undoes everything and is returned as it is": func(db *pgtest.DB) error {
			return db.InTx(t.Context(), func(q postgres.Querier) error {
				return errors.Join(insert(1)(q), errStop)
			})
		},
		"a panic undoes everything and goes on": func(db *pgtest.DB) (err error) {
			defer func() { err, _ = recover().(error) }()
			return db.InTx(t.Context(), func(q postgres.Querier) error {
				if err := insert(1)(q); err != nil {
					return err
				}
				panic(errStop)
			})
		},
		"a caller who has gone undoes everything": func(db *pgtest.DB) error {
			ctx, cancel := context.WithCancelCause(t.Context())
			err := db.InTx(ctx, func(q postgres.Querier) error {
				err := insert(1)(q)
				cancel(errStop)
				return err
			})
			if err == nil {
				return nil
			}
			return context.Cause(ctx)
		},
	}
	for name, do := range undone {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := pgtest.New(t, "trial", seats)
			db.OnCommit(func() { t.Error("woken though nothing was committed") })
			if err := do(db); !errors.Is(err, errStop) {
				t.Errorf("error = %v, want %v", err, errStop)
			}
			if n := count(t, db.Owner(t)); n != 0 {
				t.Errorf("%d rows are left, want none", n)
			}
		})
	}

	t.Run("the run-time role may do only what it was granted", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", seats)
		for _, statement := range []string{"UPDATE seats SET number = 2", "DELETE FROM seats", "DROP TABLE seats", "CREATE TABLE mine (id int)"} {
			err := db.InTx(t.Context(), func(q postgres.Querier) error {
				_, err := q.ExecContext(t.Context(), statement)
				return err
			})
			if err == nil || !(strings.Contains(err.Error(), "permission denied") || strings.Contains(err.Error(), "must be owner")) {
				t.Errorf("%s: %v, want it refused", statement, err)
			}
		}
	})
}

func TestReading(t *testing.T) {
	t.Parallel()

	t.Run("a snapshot does not see what is committed meanwhile, a plain read does", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", seats)
		look := func(q postgres.Querier) (before, after int) {
			before = count(t, q)
			if err := db.InTx(t.Context(), insert(count(t, db.Owner(t))+1)); err != nil {
				t.Fatal(err)
			}
			return before, count(t, q)
		}
		for name, c := range map[string]struct {
			read func(context.Context, func(postgres.Querier) error) error
			more int
		}{"snapshot": {db.InSnapshot, 0}, "read": {db.Read, 1}} {
			err := c.read(t.Context(), func(q postgres.Querier) error {
				if before, after := look(q); after-before != c.more {
					t.Errorf("%s: %d rows, then %d, want %d more", name, before, after, c.more)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})

	t.Run("neither can write", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", seats)
		for name, read := range map[string]func(context.Context, func(postgres.Querier) error) error{"snapshot": db.InSnapshot, "read": db.Read} {
			if err := read(t.Context(), insert(1)); err == nil {
				t.Errorf("%s: a row was written", name)
			}
		}
		named := func(q postgres.Querier) error {
			_, err := sqlx.NamedExecContext(t.Context(), q, "INSERT INTO seats (number) VALUES (:n)", map[string]any{"n": 1})
			return err
		}
		if err := db.Read(t.Context(), named); err == nil {
			t.Error("read: a row was written by name")
		}
	})
}

func TestSession(t *testing.T) {
	t.Parallel()
	t.Run("a lock of the session ends with it", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial")
		for range 2 {
			err := db.Session(t.Context(), func(conn *sqlx.Conn) error {
				_, err := conn.ExecContext(t.Context(), "SELECT pg_advisory_lock(1)") // gives up after three seconds
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
