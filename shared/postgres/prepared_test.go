package postgres_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

func TestPrepared(t *testing.T) {
	t.Parallel()
	insert := func(ctx context.Context, n int) func(q postgres.Querier) error {
		return func(q postgres.Querier) error {
			_, err := q.ExecContext(ctx, `INSERT INTO seats (number) VALUES ($1)`, n)
			return err
		}
	}
	t.Run("a statement that comes again is prepared by itself, and does the same", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", plain)
		const (
			look = `SELECT count(*) FILTER (WHERE statement LIKE 'INSERT INTO seats%'), count(*) FILTER (WHERE statement LIKE '%here anew%') FROM pg_prepared_statements`
			anew = postgres.Anew + `SELECT count(*) AS "here anew" FROM seats WHERE number = $1`
		)
		n, seen, prepared, kept := 0, 0, 0, 0
		wait.Until(t, "the insert to be prepared", func() bool {
			err := db.InTx(t.Context(), func(q postgres.Querier) error {
				n++
				if err := sqlx.GetContext(t.Context(), q, &seen, anew, n); err != nil {
					return err
				}
				if err := insert(t.Context(), n)(q); err != nil {
					return err
				}
				return q.QueryRowxContext(t.Context(), look).Scan(&prepared, &kept)
			})
			if err != nil {
				t.Fatal(err)
			}
			return prepared > 0
		})
		if got := count(t, db.Owner(t)); got != n {
			t.Errorf("%d rows, want %d", got, n)
		}
		if kept > 0 {
			t.Error("what is to be planned anew was prepared")
		}
	})
	t.Run("a pool full of transactions with new statements does not wait for itself", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", plain)
		narrow, err := postgres.Open(t.Context(), db.URL, 2)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = narrow.Close() }()
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		var wg sync.WaitGroup
		for w := range 8 {
			wg.Go(func() {
				for i := range 30 {
					if err := narrow.InTx(ctx, func(q postgres.Querier) error {
						_, err := q.ExecContext(ctx, fmt.Sprintf(`INSERT INTO seats (number) VALUES ($1 + %d)`, w*1000+i), 0)
						return err
					}); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		if got := count(t, db.Owner(t)); got != 240 {
			t.Errorf("%d rows, want 240", got)
		}
	})
	t.Run("closing does not wait for a query that is under way", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", plain)
		other, err := postgres.Open(t.Context(), db.URL, 2)
		if err != nil {
			t.Fatal(err)
		}
		for n := range 20 {
			if err := other.InTx(t.Context(), insert(t.Context(), n)); err != nil {
				t.Fatal(err)
			}
		}
		asleep := make(chan struct{})
		go func() {
			_ = other.InTx(t.Context(), func(q postgres.Querier) error {
				if err := insert(t.Context(), 99)(q); err != nil {
					return err
				}
				close(asleep)
				_, err := q.ExecContext(t.Context(), `SELECT pg_sleep($1)`, 30)
				return err
			})
		}()
		<-asleep
		closed := make(chan struct{})
		go func() {
			defer close(closed)
			_ = other.Close()
		}()
		select {
		case <-closed:
		case <-time.After(15 * time.Second):
			t.Error("Close waits for the query")
		}
	})
}
