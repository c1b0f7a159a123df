package postgres_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/freeport"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

func TestArray(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "trial", seats)
	err := db.InTx(t.Context(), func(q postgres.Querier) error {
		const query = "INSERT INTO seats (number, note) SELECT * FROM unnest($1::int[], $2::text[])"
		_, err := q.ExecContext(t.Context(), query, postgres.Array([]int{1, 2}), postgres.Array([]string{"浚县", `a "b", {c}`}))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var notes []string
	err = sqlx.SelectContext(t.Context(), db.Owner(t), &notes, "SELECT note FROM seats ORDER BY number")
	if diff := cmp.Diff([]string{"浚县", `a "b", {c}`}, notes); diff != "" || err != nil {
		t.Errorf("notes (-want +got):\n%s%v", diff, err)
	}
}

func TestViolated(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "trial", seats)
	if err := db.InTx(t.Context(), insert(1)); err != nil {
		t.Fatal(err)
	}
	twice, negative := db.InTx(t.Context(), insert(1)), db.InTx(t.Context(), insert(-1))
	for _, c := range []struct {
		name, constraint string
		err              error
		want             bool
	}{
		{"a unique constraint is known by its name", "seats_number_unique", twice, true},
		{"a check constraint is known by its name", "seats_number_positive", negative, true},
		{"another constraint of the table is not meant", "seats_number_positive", twice, false},
		{"success violates nothing", "seats_number_unique", nil, false},
		{"another fault violates nothing", "", errors.New("disk on fire"), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := postgres.Violated(c.err, c.constraint); got != c.want {
				t.Errorf("Violated(%v, %q) = %t, want %t", c.err, c.constraint, got, c.want)
			}
		})
	}
}

func TestUnreachable(t *testing.T) {
	t.Parallel()

	t.Run("a fault of ours or of the caller is not the database's absence", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", seats)
		late, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		for name, err := range map[string]error{
			"nil":        nil,
			"violation":  errors.Join(db.InTx(t.Context(), insert(1)), db.InTx(t.Context(), insert(1))),
			"bad SQL":    db.InTx(t.Context(), func(q postgres.Querier) error { return query(t.Context(), q, "SELEC 1") }),
			"impatience": db.InTx(late, func(q postgres.Querier) error { return query(late, q, "SELECT pg_sleep(5)") }),
			"timeout": db.InTx(t.Context(), func(q postgres.Querier) error {
				return query(t.Context(), q, "SET statement_timeout = 1; SELECT pg_sleep(5)")
			}),
		} {
			if postgres.Unreachable(err) {
				t.Errorf("%s: %v counts as unreachable", name, err)
			}
			if name != "nil" && err == nil {
				t.Errorf("%s: no error", name)
			}
		}
	})

	for name, kill := range map[string]func(t *testing.T, s *localpg.Server){
		"a server that was stopped": func(t *testing.T, s *localpg.Server) {
			if err := s.Stop(); err != nil {
				t.Fatal(err)
			}
		},
		"a server that was killed": func(t *testing.T, s *localpg.Server) {
			p, err := os.FindProcess(s.Pid())
			if err != nil || p.Kill() != nil {
				t.Fatal("cannot kill", err)
			}
			<-s.Exited()
		},
	} {
		t.Run(name+" is unreachable, in a transaction and before, until it is back", func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.Chmod(filepath.Dir(dir), 0o711); err != nil { // the server may run as another user
				t.Fatal(err)
			}
			port := freeport.Take(t)
			s := start(t, localpg.Config{Dir: dir, Port: port})
			_, url, err := s.CreateService(t.Context(), "trial")
			if err != nil {
				t.Fatal(err)
			}
			db, err := postgres.Open(t.Context(), url, 4)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()

			during := db.InTx(t.Context(), func(q postgres.Querier) error {
				kill(t, s)
				return query(t.Context(), q, "SELECT 1")
			})
			before := db.InTx(t.Context(), func(postgres.Querier) error { return nil })
			for when, err := range map[string]error{"during": during, "before": before, "ping": db.Ping(t.Context())} {
				if !postgres.Unreachable(err) {
					t.Errorf("%s: %v (%T) does not count as unreachable", when, err, err)
				}
			}
			_ = s.Stop()
			start(t, localpg.Config{Dir: dir, Port: port})
			if err := db.InTx(t.Context(), func(q postgres.Querier) error { return query(t.Context(), q, "SELECT 1") }); err != nil {
				t.Errorf("after its return: %v", err)
			}
		})
	}
}

func query(ctx context.Context, q postgres.Querier, text string) error {
	_, err := q.ExecContext(ctx, text)
	return err
}

func start(t *testing.T, cfg localpg.Config) *localpg.Server {
	t.Helper()
	s, err := localpg.Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}
