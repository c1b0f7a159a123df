package idempotency_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/cutwire"
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

// A thousand replies are lost, some after the work and some after the commit;
// whoever asks again with the same key until there is an answer has done it once.
func TestLostReplies(t *testing.T) {
	t.Parallel()
	const cuts, workers = 1000, 4
	db := pgtest.New(t, "tasks", idempotency.Migrations(), things)
	control := pgtest.New(t, "tasks", things)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			line := cutwire.New(t, db.URL)
			flaky, err := postgres.Open(t.Context(), line.URL, 1)
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = flaky.Close() }()
			for n := w; n < cuts; n += workers {
				before := line.Cuts()
				line.CutAt([]string{"INSERT 0 1", "COMMIT"}[rand.IntN(2)])
				insist(t, flaky, n)
				if line.Cuts() != before+1 {
					t.Errorf("the reply to %d was not lost", n)
				}
			}
		})
	}
	wg.Wait()
	if got := rowsPerNumber(t, db); got != (spread{Numbers: cuts, Most: 1}) {
		t.Errorf("with the key: %+v, want each number once", got)
	}

	chaos.Promise(t, "B1", "a reply that is lost does not make an act happen twice", "%d replies lost, each act is there once", cuts)

	bare, line := bareConnection(t, control.URL)
	const few = 50
	for n := range few {
		line.CutAt("INSERT 0 1")
		if _, err := bare.Exec(`INSERT INTO things VALUES ($1)`, n); err != nil {
			t.Fatal(err)
		}
	}
	if got := rowsPerNumber(t, control); got.Most < 2 {
		t.Errorf("control: %+v; without transaction and key some must be there twice, or this test proves nothing", got)
	}
	chaos.Promise(t, "B1", "control: a bare statement", "%d replies lost, some acts are there %d times", few, rowsPerNumber(t, control).Most)
}

// insist asks with the same key until there is an answer.
func insist(t *testing.T, db *postgres.DB, n int) {
	t.Helper()
	ctx := idempotency.WithKey(auth.With(t.Context(), auth.Principal{VolunteerID: "v"}), id.New())
	for range 10 {
		_, err := idempotency.Do(ctx, db, at, "add", n, func(q postgres.Querier) (int, error) {
			_, err := q.ExecContext(ctx, `INSERT INTO things VALUES ($1)`, n)
			return n, err
		})
		if err == nil {
			return
		}
	}
	t.Errorf("no answer for %d after ten tries", n)
}

func bareConnection(t *testing.T, url string) (*sqlx.DB, *cutwire.Line) {
	t.Helper()
	line := cutwire.New(t, url)
	bare, err := sqlx.Connect("postgres", line.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bare.Close() })
	return bare, line
}

type spread struct {
	Numbers int `db:"numbers"`
	Most    int `db:"most"`
}

func rowsPerNumber(t *testing.T, db *pgtest.DB) (s spread) {
	t.Helper()
	const query = `SELECT count(*) AS numbers, max(n) AS most FROM (SELECT count(*) AS n FROM things GROUP BY things.n) per`
	if err := db.Owner(t).Get(&s, query); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPrune(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "tasks", idempotency.Migrations(), things)
	ctx := auth.With(t.Context(), auth.Principal{VolunteerID: "v"})
	for _, when := range []time.Time{at, at.Add(idempotency.Keep)} {
		keyed := idempotency.WithKey(ctx, id.New())
		if _, err := idempotency.Do(keyed, db.DB, when, "add", 1, func(postgres.Querier) (int, error) { return 1, nil }); err != nil {
			t.Fatal(err)
		}
	}
	if err := idempotency.Prune(ctx, db.DB, at.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := db.Owner(t).Get(&left, `SELECT count(*) FROM idempotency_keys`); err != nil || left != 1 {
		t.Errorf("%d answers are left, %v; want the newer one", left, err)
	}
}
