package postgres_test

import (
	"context"
	"errors"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

var errPart = errors.New("this part fails")

func TestBeside(t *testing.T) {
	t.Parallel()
	t.Run("every part sees the database as the first one does, whatever is written since", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", seats)
		seen := make([]int, 3)
		if err := db.InSnapshot(t.Context(), func(q postgres.Querier) error {
			if n := count(t, q); n != 0 {
				t.Errorf("%d rows at first", n)
			}
			if err := db.InTx(t.Context(), insert(1)); err != nil {
				return err
			}
			return db.Beside(t.Context(), q, len(seen), func(_ context.Context, q postgres.Querier, part int) error {
				seen[part] = 1 + count(t, q)
				return nil
			})
		}); err != nil {
			t.Fatal(err)
		}
		for part, n := range seen {
			if n != 1 {
				t.Errorf("part %d saw %d rows", part, n-1)
			}
		}
	})
	t.Run("the first may say nothing for longer than others may", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", seats)
		if err := db.InSnapshot(t.Context(), func(q postgres.Querier) error {
			if _, err := q.ExecContext(t.Context(), "SET idle_in_transaction_session_timeout = 250"); err != nil {
				return err
			}
			if err := db.Beside(t.Context(), q, 1, func(ctx context.Context, q postgres.Querier, _ int) error {
				_, err := q.ExecContext(ctx, "SELECT pg_sleep(0.7)")
				return err
			}); err != nil {
				return err
			}
			_ = count(t, q)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("an error of one part ends the others and is returned", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "trial", seats)
		err := db.InSnapshot(t.Context(), func(q postgres.Querier) error {
			return db.Beside(t.Context(), q, 2, func(ctx context.Context, _ postgres.Querier, part int) error {
				if part == 1 {
					return errPart
				}
				<-ctx.Done()
				return ctx.Err()
			})
		})
		if !errors.Is(err, errPart) {
			t.Errorf("error = %v, want %v", err, errPart)
		}
	})
}
