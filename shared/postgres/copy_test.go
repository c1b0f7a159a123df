package postgres_test

import (
	"errors"
	"iter"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

func TestCopy(t *testing.T) {
	t.Parallel()
	errRow := errors.New("no such seat")
	numbers := func(last int, end error) iter.Seq2[[]any, error] {
		return func(yield func([]any, error) bool) {
			for n := 1; n <= last; n++ {
				if !yield([]any{n, "第 \t\\ \n 排"}, nil) {
					return
				}
			}
			if end != nil {
				yield(nil, end)
			}
		}
	}
	load := func(t *testing.T, rows iter.Seq2[[]any, error]) (*pgtest.DB, int64, error) {
		db := pgtest.New(t, "trial", seats)
		var copied int64
		err := db.InTx(t.Context(), func(q postgres.Querier) (err error) {
			copied, err = postgres.Copy(t.Context(), q, "seats", []string{"number", "note"}, rows)
			return err
		})
		return db, copied, err
	}
	t.Run("writes every row as it is", func(t *testing.T) {
		t.Parallel()
		db, copied, err := load(t, numbers(5000, nil))
		if err != nil || copied != 5000 || count(t, db.Owner(t)) != 5000 {
			t.Fatalf("copied %d, %v", copied, err)
		}
		var notes []string
		if err := db.Owner(t).Select(&notes, "SELECT DISTINCT note FROM seats"); err != nil || len(notes) != 1 || notes[0] != "第 \t\\ \n 排" {
			t.Errorf("notes = %q, %v", notes, err)
		}
	})
	t.Run("no rows are no fault", func(t *testing.T) {
		t.Parallel()
		if _, copied, err := load(t, numbers(0, nil)); copied != 0 || err != nil {
			t.Errorf("copied %d, %v", copied, err)
		}
	})
	t.Run("an error among the rows leaves nothing behind and is returned", func(t *testing.T) {
		t.Parallel()
		db, _, err := load(t, numbers(5000, errRow))
		if !errors.Is(err, errRow) || count(t, db.Owner(t)) != 0 {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("a row that breaks a constraint is refused by its name", func(t *testing.T) {
		t.Parallel()
		_, _, err := load(t, func(yield func([]any, error) bool) { yield([]any{0, ""}, nil) })
		if !postgres.Violated(err, "seats_number_positive") {
			t.Errorf("error = %v", err)
		}
	})
}
