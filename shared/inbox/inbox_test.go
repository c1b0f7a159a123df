package inbox_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

func TestReceiver(t *testing.T) {
	t.Parallel()
	t.Run("an event counts once, however it is delivered", func(t *testing.T) {
		t.Parallel()
		bustest.EveryWay(t, func(t testing.TB) (*inbox.Receiver, func() any) {
			db := givenDB(t)
			return countingReceiver(db), func() any { return totals(t, db) }
		},
			credited{"zhang", 30, 1}, credited{"li", 60, 1}, named{"zhang", "Zhang Wei", 1},
			credited{"zhang", 45, 2}, named{"zhang", "Zhang Wei of Xun", 2}, credited{"li", 15, 2})
	})
	t.Run("types are applied in the order of registration", func(t *testing.T) {
		t.Parallel()
		db := givenDB(t)
		var order []string
		r := inbox.NewReceiver(db.DB, "hours-from-tasks")
		inbox.On(r, func(context.Context, postgres.Querier, []named) error { order = append(order, "named"); return nil })
		inbox.On(r, func(context.Context, postgres.Querier, []credited) error {
			order = append(order, "credited")
			return nil
		})
		bustest.Deliver(t, r, credited{"li", 1, 1}, named{"li", "Li", 1})
		if diff := cmp.Diff([]string{"named", "credited"}, order); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a subject nobody registered for is left alone", func(t *testing.T) {
		t.Parallel()
		db := givenDB(t)
		bustest.Deliver(t, countingReceiver(db), unheard{})
	})
	t.Run("an effect that fails leaves no trace in the inbox", func(t *testing.T) {
		t.Parallel()
		db := givenDB(t)
		failing := true
		r := inbox.NewReceiver(db.DB, "hours-from-tasks")
		inbox.On(r, func(ctx context.Context, q postgres.Querier, events []credited) error {
			if failing {
				return errors.New("not now")
			}
			return credit(ctx, q, events)
		})
		d := delivery(`{"who":"li","minutes":7,"version":1}`)
		handle := r.Subscription("TEST").Handle
		if err := handle(t.Context(), []bus.Delivery{d}); err == nil || errors.Is(err, bus.ErrRetryLater) {
			t.Fatalf("Handle = %v, want a fault of the event", err)
		}
		failing = false
		if err := handle(t.Context(), []bus.Delivery{d}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]int{"li": 7}, totals(t, db).Minutes); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("what cannot be read is a fault of that event", func(t *testing.T) {
		t.Parallel()
		r := countingReceiver(givenDB(t))
		for name, d := range map[string]bus.Delivery{
			"no JSON":    delivery(`{`),
			"no UUID":    {ID: "TEST:1", Subject: credited{}.Subject(), Data: []byte(`{}`)},
			"wrong type": delivery(`{"minutes":"many"}`),
		} {
			if err := r.Subscription("TEST").Handle(t.Context(), []bus.Delivery{d}); err == nil || errors.Is(err, bus.ErrRetryLater) {
				t.Errorf("%s: Handle = %v, want a fault of the event", name, err)
			}
		}
	})
	t.Run("a database that is away is no fault of the event", func(t *testing.T) {
		t.Parallel()
		db := givenDB(t)
		r := inbox.NewReceiver(db.DB, "hours-from-tasks")
		inbox.On(r, func(ctx context.Context, q postgres.Querier, _ []credited) error {
			_, err := q.ExecContext(ctx, `SELECT pg_terminate_backend(pg_backend_pid())`)
			return err
		})
		if err := r.Subscription("TEST").Handle(t.Context(), []bus.Delivery{delivery(`{}`)}); !errors.Is(err, bus.ErrRetryLater) {
			t.Fatalf("Handle = %v, want ErrRetryLater", err)
		}
	})
	t.Run("two replicas with overlapping batches apply each event once", func(t *testing.T) {
		t.Parallel()
		db := givenDB(t)
		var forth, back []bus.Delivery
		for range 300 {
			d := delivery(`{"who":"li","minutes":1,"version":1}`)
			forth, back = append(forth, d), append([]bus.Delivery{d}, back...)
		}
		failed := make(chan error)
		for _, batch := range [][]bus.Delivery{forth, back} {
			go func() { failed <- countingReceiver(db).Subscription("TEST").Handle(context.Background(), batch) }()
		}
		if err := errors.Join(<-failed, <-failed); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]int{"li": 300}, totals(t, db).Minutes); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPrune(t *testing.T) {
	t.Parallel()
	t.Run("deletes what was received before, and keeps the rest", func(t *testing.T) {
		t.Parallel()
		db := givenDB(t)
		r := countingReceiver(db)
		bustest.Deliver(t, r, credited{"li", 1, 1}, credited{"li", 2, 2})
		if err := r.Prune(t.Context(), time.Now().Add(-time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got := count(t, db, `SELECT count(*) FROM inbox`); got != 2 {
			t.Errorf("inbox holds %d rows, want 2", got)
		}
		if err := r.Prune(t.Context(), time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got := count(t, db, `SELECT count(*) FROM inbox`); got != 0 {
			t.Errorf("inbox holds %d rows, want 0", got)
		}
	})
}

// credited adds minutes to somebody: an effect whose business key is (who, version).
type credited struct {
	Who     string `json:"who"`
	Minutes int    `json:"minutes"`
	Version int64  `json:"version"`
}

func (credited) Subject() string              { return "test.v1.minutes.credited" }
func (e credited) Aggregate() (string, int64) { return "person/" + e.Who, e.Version }

// named carries a state, of which only the newest version counts.
type named struct {
	Who     string `json:"who"`
	Name    string `json:"name"`
	Version int64  `json:"version"`
}

func (named) Subject() string              { return "test.v1.person.named" }
func (e named) Aggregate() (string, int64) { return "person/" + e.Who, e.Version }

type unheard struct{}

func (unheard) Subject() string            { return "test.v1.nobody.heard" }
func (unheard) Aggregate() (string, int64) { return "nothing", 1 }

var _ = []outbox.Event{credited{}, named{}, unheard{}}

const tables = `
	CREATE TABLE totals (who text PRIMARY KEY, minutes int NOT NULL);
	CREATE TABLE names (who text PRIMARY KEY, name text NOT NULL, version bigint NOT NULL);
	GRANT SELECT, INSERT, UPDATE ON totals, names TO hours`

func givenDB(t testing.TB) *pgtest.DB {
	t.Helper()
	db := pgtest.New(t, "hours", inbox.Migrations())
	owner, err := sqlx.Open("postgres", db.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = owner.Close() }()
	if _, err := owner.Exec(tables); err != nil {
		t.Fatal(err)
	}
	return db
}

func countingReceiver(db *pgtest.DB) *inbox.Receiver {
	r := inbox.NewReceiver(db.DB, "hours-from-tasks")
	inbox.On(r, credit)
	inbox.On(r, name)
	return r
}

func credit(ctx context.Context, q postgres.Querier, events []credited) error {
	for _, e := range events {
		const query = `INSERT INTO totals VALUES ($1, $2) ON CONFLICT (who) DO UPDATE SET minutes = totals.minutes + $2`
		if _, err := q.ExecContext(ctx, query, e.Who, e.Minutes); err != nil {
			return err
		}
	}
	return nil
}

func name(ctx context.Context, q postgres.Querier, events []named) error {
	for _, e := range events {
		const query = `
			INSERT INTO names VALUES ($1, $2, $3)
			ON CONFLICT (who) DO UPDATE SET name = $2, version = $3 WHERE names.version < $3`
		if _, err := q.ExecContext(ctx, query, e.Who, e.Name, e.Version); err != nil {
			return err
		}
	}
	return nil
}

type state struct {
	Minutes map[string]int
	Names   map[string]string
}

func totals(t testing.TB, db *pgtest.DB) state {
	t.Helper()
	s := state{Minutes: map[string]int{}, Names: map[string]string{}}
	var sums []struct {
		Who     string
		Minutes int
	}
	var names []struct{ Who, Name string }
	err := db.Read(t.Context(), func(q postgres.Querier) error {
		return errors.Join(
			sqlx.SelectContext(t.Context(), q, &sums, `SELECT who, minutes FROM totals`),
			sqlx.SelectContext(t.Context(), q, &names, `SELECT who, name FROM names`))
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range sums {
		s.Minutes[row.Who] = row.Minutes
	}
	for _, row := range names {
		s.Names[row.Who] = row.Name
	}
	return s
}

func count(t testing.TB, db *pgtest.DB, query string) (n int) {
	t.Helper()
	err := db.Read(t.Context(), func(q postgres.Querier) error { return q.QueryRowxContext(t.Context(), query).Scan(&n) })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func delivery(body string) bus.Delivery {
	return bus.Delivery{ID: id.New(), Subject: credited{}.Subject(), Data: []byte(body), OccurredAt: time.Now(), Attempt: 1}
}
