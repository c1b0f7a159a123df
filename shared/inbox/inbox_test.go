package inbox_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
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
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
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
	t.Run("what a newer release says more is passed over", func(t *testing.T) {
		t.Parallel()
		db := givenDB(t)
		newer := delivery(`{"who":"li","minutes":7,"version":1,"mood":{"at":["start",null]}}`)
		if err := countingReceiver(db).Subscription("TEST").Handle(t.Context(), []bus.Delivery{newer}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]int{"li": 7}, totals(t, db).Minutes); diff != "" {
			t.Error(diff)
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
	t.Run("a lock that somebody holds is no fault of the event", func(t *testing.T) {
		t.Parallel()
		db := givenDB(t)
		r := inbox.NewReceiver(db.DB, "hours-from-tasks")
		inbox.On(r, func(ctx context.Context, q postgres.Querier, _ []credited) error {
			_, err := q.ExecContext(ctx, `SET LOCAL lock_timeout = '20ms'; SELECT pg_advisory_xact_lock(7)`)
			return err
		})
		take := func() error { return r.Subscription("TEST").Handle(t.Context(), []bus.Delivery{delivery(`{}`)}) }
		if err := take(); err != nil {
			t.Fatalf("control: nobody holds it: %v", err)
		}
		if err := db.InTx(t.Context(), func(q postgres.Querier) error {
			if _, err := q.ExecContext(t.Context(), `SELECT pg_advisory_xact_lock(7)`); err != nil {
				return err
			}
			if err := take(); !errors.Is(err, bus.ErrRetryLater) {
				t.Errorf("Handle = %v, want ErrRetryLater", err)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
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

// Every event comes one to five times, in any order, in batches of any size,
// and half of them once more on the next day. The control forgets the inbox before that.
func TestReceiverRepeated(t *testing.T) {
	t.Parallel()
	db := givenDB(t)
	n := chaos.Times(1000, 10_000)
	random := rand.New(rand.NewPCG(2, 26))
	var all, repeated []bus.Delivery
	for i := range n {
		d := delivery(fmt.Sprintf(`{"who":"v%d","minutes":%d,"version":1}`, i%50, 1+i%7))
		all = append(all, d)
		for range 1 + random.IntN(5) {
			repeated = append(repeated, d)
		}
	}
	random.Shuffle(len(repeated), func(i, j int) { repeated[i], repeated[j] = repeated[j], repeated[i] })
	clean := givenDB(t)
	deliver(t, clean, all, 500)
	want := totals(t, clean)

	for at := 0; at < len(repeated); {
		size := min(1+random.IntN(500), len(repeated)-at)
		deliver(t, db, repeated[at:at+size], size)
		at += size
	}
	deliver(t, db, all[:n/2], 500)
	if diff := cmp.Diff(want, totals(t, db)); diff != "" {
		t.Error(diff)
	}
	chaos.Promise(t, "C2", "events that come again and in any order count once", "%d events in %d deliveries, half of them once more: the same totals", n, len(repeated))

	if _, err := db.Owner(t).Exec(`TRUNCATE inbox`); err != nil {
		t.Fatal(err)
	}
	deliver(t, db, all[:n/2], 500)
	if cmp.Equal(want, totals(t, db)) {
		t.Error("control: without the inbox the totals are the same: the test proves nothing")
	}
	chaos.Promise(t, "C2", "control: the inbox forgotten", "half of the events count twice")
}

func deliver(t *testing.T, db *pgtest.DB, all []bus.Delivery, size int) {
	t.Helper()
	handle := countingReceiver(db).Subscription("TEST").Handle
	for batch := range slices.Chunk(all, size) {
		if err := handle(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
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
