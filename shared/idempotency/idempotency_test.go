package idempotency_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

var things = postgres.Migrations{Name: "things", Files: fstest.MapFS{"00001_things.sql": {Data: []byte(`-- +goose Up
CREATE TABLE things (n int);
GRANT SELECT, INSERT ON things TO tasks;
`)}}}

var at = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func TestDo(t *testing.T) {
	t.Parallel()
	setup := func(t *testing.T) (*pgtest.DB, func(ctx context.Context, n int) (int, error), func() int) {
		db := pgtest.New(t, "tasks", idempotency.Migrations(), things)
		do := func(ctx context.Context, n int) (int, error) {
			return idempotency.Do(ctx, db.DB, at, "add", n, func(q postgres.Querier) (int, error) {
				if n < 0 {
					return 0, errors.New("refused")
				}
				_, err := q.ExecContext(ctx, `INSERT INTO things VALUES ($1)`, n)
				return n * 10, err
			})
		}
		count := func() (n int) {
			if err := db.Owner(t).Get(&n, `SELECT count(*) FROM things`); err != nil {
				t.Fatal(err)
			}
			return n
		}
		return db, do, count
	}
	someone := func(t *testing.T, who string) context.Context {
		return auth.With(t.Context(), auth.Principal{VolunteerID: who})
	}
	t.Run("fifty copies of one request at once are carried out once, and all get its answer", func(t *testing.T) {
		t.Parallel()
		_, do, count := setup(t)
		ctx := idempotency.WithKey(someone(t, "v"), id.New())
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				if got, err := do(ctx, 4); err != nil || got != 40 {
					t.Errorf("Do = %d, %v; want 40", got, err)
				}
			})
		}
		wg.Wait()
		if n := count(); n != 1 {
			t.Errorf("carried out %d times", n)
		}
	})
	t.Run("the same key with other content is refused", func(t *testing.T) {
		t.Parallel()
		_, do, _ := setup(t)
		ctx := idempotency.WithKey(someone(t, "v"), id.New())
		if _, err := do(ctx, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := do(ctx, 2); !errors.Is(err, idempotency.ErrKeyReused) {
			t.Errorf("err = %v, want ErrKeyReused", err)
		}
	})
	t.Run("two people may happen on the same key", func(t *testing.T) {
		t.Parallel()
		_, do, count := setup(t)
		key := id.New()
		for _, who := range []string{"a", "b"} {
			if _, err := do(idempotency.WithKey(someone(t, who), key), 1); err != nil {
				t.Fatal(err)
			}
		}
		if n := count(); n != 2 {
			t.Errorf("carried out %d times, want 2", n)
		}
	})
	t.Run("an act that failed keeps nothing and may be tried again", func(t *testing.T) {
		t.Parallel()
		_, do, count := setup(t)
		ctx := idempotency.WithKey(someone(t, "v"), id.New())
		if _, err := do(ctx, -1); err == nil {
			t.Fatal("want an error")
		}
		if got, err := do(ctx, 3); err != nil || got != 30 || count() != 1 {
			t.Errorf("again = %d, %v, %d rows", got, err, count())
		}
	})
	t.Run("without a key every request is its own", func(t *testing.T) {
		t.Parallel()
		_, do, count := setup(t)
		for range 2 {
			if _, err := do(someone(t, "v"), 1); err != nil {
				t.Fatal(err)
			}
		}
		if n := count(); n != 2 {
			t.Errorf("carried out %d times, want 2", n)
		}
	})
}
