package outbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

func TestRelay(t *testing.T) {
	t.Parallel()
	t.Run("tells what was committed, once and in order, and nothing that was rolled back", func(t *testing.T) {
		t.Parallel()
		db, b := givenDB(t), connect(t, bustest.Start(t))
		book := listen(t, b)
		appendTo(t, db, time.Now(), things("a", 1, 3)...) // before the relay runs
		run(t, db, b)
		err := db.InTx(t.Context(), func(q postgres.Querier) error {
			return errors.Join(outbox.Append(t.Context(), q, time.Now(), done{"never", 1}), errors.New("roll back"))
		})
		if err == nil {
			t.Fatal("the transaction was committed")
		}
		appendTo(t, db, time.Now(), things("a", 4, 1200)...)
		appendTo(t, db, time.Now(), things("a", 1204, 1)...)
		book.await(t, 1204)
		if diff := cmp.Diff(upTo(1204), book.versions("a")); diff != "" || book.count() != 1204 {
			t.Errorf("%d events; versions: %s", book.count(), diff)
		}
	})
	t.Run("begins again where it stopped", func(t *testing.T) {
		t.Parallel()
		db, b := givenDB(t), connect(t, bustest.Start(t))
		book := listen(t, b)
		for i := range 5 {
			stop := run(t, db, b)
			appendTo(t, db, time.Now(), things("a", 1+10*i, 10)...)
			book.await(t, 10*(i+1))
			stop()
		}
		if diff := cmp.Diff(upTo(50), book.versions("a")); diff != "" || book.count() != 50 {
			t.Errorf("%d events; versions: %s", book.count(), diff)
		}
	})
	t.Run("an open transaction holds up newer events only until it ends", func(t *testing.T) {
		t.Parallel()
		db, b := givenDB(t), connect(t, bustest.Start(t))
		book := listen(t, b)
		run(t, db, b)
		appendTo(t, db, time.Now(), done{"a", 1})
		book.await(t, 1)
		err := db.InTx(t.Context(), func(q postgres.Querier) error {
			if err := outbox.Append(t.Context(), q, time.Now(), done{"a", 2}); err != nil {
				return err
			}
			appendTo(t, db, time.Now(), done{"b", 1}) // another transaction, newer and sooner done
			if n := book.count(); n != 1 {
				return fmt.Errorf("%d events were told", n)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		book.await(t, 3)
		if diff := cmp.Diff([]string{"a", "a", "b"}, book.things()); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("two relays, the leader stopped again and again: nothing lost, nothing out of order", func(t *testing.T) {
		t.Parallel()
		db, url := givenDB(t), bustest.Start(t)
		book := listen(t, connect(t, url))
		stops := []func(){run(t, db, connect(t, url)), run(t, db, connect(t, url))}
		for i := range 40 {
			appendTo(t, db, time.Now(), things("a", 1+50*i, 50)...)
			if i%8 == 7 { // whoever leads, the other or its successor must take over
				stops[0]()
				stops = append(stops[1:], run(t, db, connect(t, url)))
			}
		}
		book.await(t, 2000)
		if diff := cmp.Diff(upTo(2000), book.versions("a")); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a stream that was deleted is filled again", func(t *testing.T) {
		t.Parallel()
		db, url := givenDB(t), bustest.Start(t)
		b := connect(t, url)
		run(t, db, b)
		book := listen(t, b)
		appendTo(t, db, time.Now(), things("a", 1, 1000)...)
		book.await(t, 1000)
		if err := jetStream(t, url).DeleteStream(t.Context(), "TEST"); err != nil {
			t.Fatal(err)
		}
		appendTo(t, db, time.Now(), things("a", 1001, 10)...)
		book.await(t, 2010)
		if diff := cmp.Diff(append(upTo(1000), upTo(1010)...), book.versions("a")); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a stream that has forgotten what it acknowledged is filled again", func(t *testing.T) {
		t.Parallel()
		db, url := givenDB(t), bustest.Start(t)
		b := connect(t, url)
		run(t, db, b)
		book := listen(t, b)
		appendTo(t, db, time.Now(), things("a", 1, 10)...)
		book.await(t, 10)
		asOwner(t, db, `UPDATE outbox_cursor SET stream_sequence = 11`) // as if it had told us of one more
		wait.Until(t, "a new epoch", func() bool { return cursor(t, db).Epoch == 1 })
		wait.Until(t, "the end of it", func() bool { return cursor(t, db).ID == 10 })
		if n := book.count(); n != 10 {
			t.Errorf("%d events, want 10: the stream knew them all", n)
		}
	})
	t.Run("NATS stopped and started during load: all is told, in order", func(t *testing.T) {
		t.Parallel()
		server := bustest.StartServer(t)
		db, b := givenDB(t), connect(t, server.URL)
		run(t, db, b)
		book := listen(t, b)
		for i := range 60 {
			appendTo(t, db, time.Now(), things("a", 1+20*i, 20)...)
			if i%20 == 10 {
				server.Stop()
			}
			if i%20 == 15 {
				server.Start()
			}
		}
		book.await(t, 1200)
		if diff := cmp.Diff(upTo(1200), book.firsts("a")); diff != "" {
			t.Error(diff)
		}
		if epoch := cursor(t, db).Epoch; epoch != 0 {
			t.Errorf("epoch %d: the stream was taken for a lost one", epoch)
		}
	})
	t.Run("the leader's session cut during load, another standing by: all is told, in order", func(t *testing.T) {
		t.Parallel()
		db, b := givenDB(t), connect(t, bustest.Start(t))
		run(t, db, b)
		run(t, db, b)
		book := listen(t, b)
		for i := range 30 {
			appendTo(t, db, time.Now(), things("a", 1+20*i, 20)...)
			if i%10 == 5 {
				var cut int
				read(t, db, func(ctx context.Context, q postgres.Querier) error {
					return q.QueryRowxContext(ctx, `
						SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory'
						AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`).Scan(&cut)
				})
			}
		}
		book.await(t, 600)
		if diff := cmp.Diff(upTo(600), book.firsts("a")); diff != "" {
			t.Error(diff)
		}
		chaos.Promise(t, "C3", "two relays, the leader's session cut while it works", "600 events, 3 cuts: 0 lost, 0 out of order, %d told twice", book.count()-600)
	})
	t.Run("a database restored into another cluster is told from the start, then goes on", func(t *testing.T) {
		t.Parallel()
		db, b := givenDB(t), connect(t, bustest.Start(t))
		book := listen(t, b)
		stop := run(t, db, b)
		appendTo(t, db, time.Now(), done{"a", 1})
		appendTo(t, db, time.Now(), done{"a", 2})
		book.await(t, 2)
		stop()
		asOwner(t, db, // the numbers of a busier cluster
			`UPDATE outbox SET tx = (tx::text::bigint + 1000000000)::text::xid8`,
			`UPDATE outbox_cursor SET tx = (tx::text::bigint + 1000000000)::text::xid8`)
		appendTo(t, db, time.Now(), done{"a", 3})
		run(t, db, b)
		appendTo(t, db, time.Now(), done{"a", 4})
		book.await(t, 4)
		if diff := cmp.Diff(upTo(4), book.versions("a")); diff != "" {
			t.Error(diff)
		}
	})
}

// A program hangs in the middle of a transaction. It holds up newer events, so
// it is told, and the database ends it after fifteen seconds. The control is
// whom no such limit is set: a migration may take long.
func TestRelayStuckWriter(t *testing.T) {
	t.Parallel()
	db, b := givenDB(t), connect(t, bustest.Start(t))
	book := listen(t, b)
	said := make(lines, 100)
	stuckFor := func(url string, event int64) (began time.Time, end func()) {
		t.Helper()
		hanging, err := sqlx.Open("postgres", url)
		if err != nil {
			t.Fatal(err)
		}
		tx, err := hanging.BeginTxx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(`SELECT pg_current_xact_id()`); err != nil {
			t.Fatal(err)
		}
		appendTo(t, db, time.Now(), done{"a", event})
		return time.Now(), func() { _ = tx.Rollback(); _ = hanging.Close() }
	}
	began, end := stuckFor(db.URL, 1)
	defer end()
	<-time.After(2 * time.Second) // it looks every five seconds: not just when the transaction is ended
	runLogged(t, db, b, "TEST", slog.New(slog.NewTextHandler(said, nil)))
	wait.Until(t, "the alarm", func() bool {
		select {
		case line := <-said:
			return strings.Contains(line, "events wait in the outbox")
		default:
			return false
		}
	})
	alarm := time.Since(began)
	book.await(t, 1)
	flows := time.Since(began)
	if slack := time.Duration(chaos.Times(15, 2)) * time.Second; alarm > 15*time.Second+slack || flows > 20*time.Second+slack {
		t.Errorf("alarm after %s, want 15s; flows again after %s, want 20s", alarm, flows)
	}
	chaos.Promise(t, "C4", "a program that hangs in a transaction is told and ended", "alarm after %s, events flow again after %s",
		alarm.Round(100*time.Millisecond), flows.Round(100*time.Millisecond))

	began, end = stuckFor(db.OwnerURL, 2)
	defer end()
	for time.Since(began) < time.Duration(chaos.Times(3, 25))*time.Second && book.count() == 1 {
		<-time.After(100 * time.Millisecond)
	}
	if book.count() != 1 {
		t.Error("control: nothing holds the event up: the test above proves nothing")
	}
	chaos.Promise(t, "C4", "control: whom no limit is set", "after %s the event still waits", time.Since(began).Round(time.Second))
}

// lines sends on what is written.
type lines chan string

func (l lines) Write(text []byte) (int, error) {
	select {
	case l <- string(text):
	default: // nobody listens
	}
	return len(text), nil
}

func TestBacklog(t *testing.T) {
	t.Parallel()
	t.Run("is shown while NATS is down", func(t *testing.T) {
		t.Parallel()
		server := bustest.StartServer(t)
		server.Stop()
		db, b := givenDB(t), connect(t, server.URL)
		appendTo(t, db, time.Now(), things("a", 1, 7)...)
		runStream(t, db, b, "TEST_BACKLOG")
		wait.Until(t, "a backlog of 7", func() bool { return gauge(t, "qihe_outbox_backlog_events") == 7 })
		if age := gauge(t, "qihe_outbox_oldest_unsent_seconds"); age <= 0 || age > 60 {
			t.Errorf("the oldest is %v s old", age)
		}
	})
}

// gauge returns the value for the stream TEST_BACKLOG, or -1 when there is none.
func gauge(t testing.TB, name string) float64 {
	t.Helper()
	families, err := prometheus.DefaultGatherer.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			if family.GetName() == name && metric.GetLabel()[0].GetValue() == "TEST_BACKLOG" {
				return metric.GetGauge().GetValue()
			}
		}
	}
	return -1
}

// run runs a relay of TEST until the returned function is called or the test ends.
func run(t testing.TB, db *pgtest.DB, b *bus.Bus) (stop func()) {
	t.Helper()
	return runStream(t, db, b, "TEST")
}

func runStream(t testing.TB, db *pgtest.DB, b *bus.Bus, stream string) (stop func()) {
	t.Helper()
	return runLogged(t, db, b, stream, slog.New(slog.DiscardHandler))
}

func runLogged(t testing.TB, db *pgtest.DB, b *bus.Bus, stream string, log *slog.Logger) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	r := outbox.NewRelay(db.DB, b, stream, log)
	go func() {
		defer close(done)
		if err := r.Run(ctx); err != nil {
			t.Errorf("Run = %v", err)
		}
	}()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}

func connect(t testing.TB, url string) *bus.Bus {
	t.Helper()
	b, err := bus.Connect(t.Context(), url, t.Name(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

// ledger notes what was told, in the order in which it was delivered.
type ledger struct {
	mu  sync.Mutex
	got []done
	ids map[string]bool
}

// listen runs a consumer of TEST until the test ends.
func listen(t testing.TB, b *bus.Bus) *ledger {
	t.Helper()
	l := &ledger{ids: map[string]bool{}}
	ctx, cancel := context.WithCancel(context.Background())
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		_ = b.Consume(ctx, bus.Subscription{Stream: "TEST", Durable: "ledger", Handle: l.note})
	}()
	t.Cleanup(func() { cancel(); <-stopped })
	return l
}

func (l *ledger) note(_ context.Context, batch []bus.Delivery) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range batch {
		var e done
		if err := json.Unmarshal(d.Data, &e); err != nil {
			return err
		}
		l.got = append(l.got, e)
		l.ids[d.ID] = true
	}
	return nil
}

func (l *ledger) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.got)
}

// await waits for n deliveries, repetitions included.
func (l *ledger) await(t testing.TB, n int) {
	t.Helper()
	wait.Until(t, fmt.Sprintf("%d events", n), func() bool { return l.count() >= n })
}

func (l *ledger) versions(thing string) (versions []int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.got {
		if e.Thing == thing {
			versions = append(versions, e.Version)
		}
	}
	return versions
}

// firsts is versions without repetitions.
func (l *ledger) firsts(thing string) (versions []int64) {
	seen := map[int64]bool{}
	for _, v := range l.versions(thing) {
		if !seen[v] {
			seen[v] = true
			versions = append(versions, v)
		}
	}
	return versions
}

func (l *ledger) things() (names []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.got {
		names = append(names, e.Thing)
	}
	return names
}

func upTo(n int) []int64 {
	numbers := make([]int64, n)
	for i := range numbers {
		numbers[i] = int64(i + 1)
	}
	return numbers
}

type place struct{ ID, Epoch int64 }

func cursor(t testing.TB, db *pgtest.DB) (p place) {
	t.Helper()
	read(t, db, func(ctx context.Context, q postgres.Querier) error {
		return q.QueryRowxContext(ctx, `SELECT id, epoch FROM outbox_cursor`).Scan(&p.ID, &p.Epoch)
	})
	return p
}

func jetStream(t testing.TB, url string) jetstream.JetStream {
	t.Helper()
	nc, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	return js
}
