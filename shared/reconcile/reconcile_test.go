package reconcile_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/reconcile"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// The stream is thrown away after everything was consumed: the relay fills it
// again from the outbox, and because of the inbox nothing counts twice. The
// control forgets the inbox.
func TestStreamLost(t *testing.T) {
	t.Parallel()
	w := newWay(t)
	n := chaos.Times(2000, 100_000)
	w.tell(n)
	w.start()
	want := w.await(n)
	lose := func() (refilled time.Duration) {
		w.stop()
		w.server.Stop()
		if err := os.RemoveAll(filepath.Join(w.server.Folder(), "jetstream")); err != nil {
			t.Fatal(err)
		}
		w.server.Start()
		began := time.Now()
		w.start()
		wait.Within(t, 5*time.Minute, "the stream to be filled again and read", func() bool { return w.read() >= n })
		return time.Since(began)
	}
	took := lose()
	if diff := cmp.Diff(want, w.sums()); diff != "" {
		t.Errorf("after the stream was lost: %s", diff)
	}
	chaos.Promise(t, "A3", "a stream that is thrown away is filled again and nothing counts twice",
		"%d events told again and read in %s, the projection is the same", n, took.Round(10*time.Millisecond))

	w.asOwner(`TRUNCATE inbox`)
	lose()
	got := w.sums()
	if cmp.Equal(want, got) {
		t.Error("control: without the inbox the projection is the same: the test above proves nothing")
	}
	chaos.Promise(t, "A3", "control: the inbox forgotten", "%d counted of %d", got.count(), n)
}

// Files of JetStream rot before the consumer has read what they hold.
func TestBitRot(t *testing.T) {
	t.Parallel()
	times, unnoticed := chaos.Times(4, 12), 0
	var slowest time.Duration
	for i := range times {
		rot := rots[i%len(rots)]
		w := newWay(t)
		const n = 500
		w.tell(n)
		w.tellOnly() // the consumer is away
		w.server.Stop()
		rot.spoil(t, w.server.Folder())
		w.server.Start()
		w.start()
		w.settle()

		began := time.Now()
		gaps, err := w.Gaps(t.Context(), time.Time{}, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		lacking := n - w.sums().count()
		named := 0
		for _, g := range gaps {
			named += len(g.Events)
		}
		if named != lacking {
			t.Errorf("%s: %d events are missing, %d are named: %v", rot.name, lacking, named, gaps)
		}
		if lacking > 0 {
			unnoticed++
		}
		if _, err := w.Close(t.Context(), w.bus, gaps); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(expected(n), w.await(n)); diff != "" {
			t.Errorf("%s: after repair: %s", rot.name, diff)
		}
		slowest = max(slowest, time.Since(began))
		t.Logf("%s: %d of %d events were missing, in %d aggregates", rot.name, lacking, n, len(gaps))
	}
	if unnoticed == 0 {
		t.Error("control: nothing was ever missing: the test proves nothing")
	}
	chaos.Promise(t, "A4", "what rots in the stream is named and repaired", "%d corruptions, all named and repaired within %s; %d would not have been noticed without",
		times, slowest.Round(10*time.Millisecond), unnoticed)
}

var rots = []struct {
	name  string
	spoil func(t *testing.T, dir string)
}{
	{"a bit of a message file", func(t *testing.T, dir string) {
		change(t, dir, "*.blk", func(b []byte) []byte { b[len(b)/4+rand.IntN(len(b)/4)] ^= 1 << rand.IntN(8); return b })
	}},
	{"a message file cut off", func(t *testing.T, dir string) {
		change(t, dir, "*.blk", func(b []byte) []byte { return b[:len(b)/2] })
	}},
	{"the stream's index", func(t *testing.T, dir string) {
		change(t, dir, "index.db", func(b []byte) []byte { b[len(b)/2] ^= 1; return b })
	}},
	{"a page of zeros in a message file", func(t *testing.T, dir string) {
		change(t, dir, "*.blk", func(b []byte) []byte { clear(b[len(b)/2 : len(b)/2+4096]); return b })
	}},
}

// change spoils the first file of that name.
func change(t *testing.T, dir, pattern string, spoil func([]byte) []byte) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "jetstream", "*", "streams", "TEST", "msgs", pattern))
	if len(files) == 0 {
		t.Fatalf("no %s in %s", pattern, dir)
	}
	content, err := os.ReadFile(files[0])
	if err == nil {
		err = os.WriteFile(files[0], spoil(content), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// way is a service that tells, one that listens, and the bus between them.
type way struct {
	reconcile.Way
	t        *testing.T
	server   *bustest.Server
	bus      *bus.Bus
	from, to *pgtest.DB
	told     int
	stops    []func()
}

type moved struct {
	Thing   string `json:"thing"`
	Version int64  `json:"version"`
}

func (moved) Subject() string              { return "test.v1.thing.moved" }
func (e moved) Aggregate() (string, int64) { return "thing/" + e.Thing, e.Version }

const consumer = "hours-from-test"

func newWay(t *testing.T) *way {
	t.Helper()
	w := &way{
		t: t, server: bustest.StartServer(t),
		from: pgtest.New(t, "tasks", outbox.Migrations()), to: pgtest.New(t, "hours", inbox.Migrations()),
	}
	w.asOwner(`CREATE TABLE sums (thing text PRIMARY KEY, events bigint NOT NULL, versions bigint NOT NULL)`, `GRANT SELECT, INSERT, UPDATE ON sums TO hours`)
	var err error
	if w.bus, err = bus.Connect(t.Context(), w.server.URL, t.Name(), slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.bus.Close)
	t.Cleanup(w.stop)
	w.Way = reconcile.Way{From: w.from.DB, Stream: "TEST", To: w.to.DB, Consumer: consumer, Subjects: []string{moved{}.Subject()}}
	return w
}

// things is how many aggregates there are.
const things = 20

func (w *way) tell(n int) {
	w.t.Helper()
	for done := 0; done < n; {
		var batch []outbox.Event
		for ; done < n && len(batch) < 1000; done++ {
			batch = append(batch, moved{fmt.Sprint("t", done%things), int64(done/things + 1)})
		}
		if err := w.from.InTx(w.t.Context(), func(q postgres.Querier) error { return outbox.Append(w.t.Context(), q, time.Now(), batch...) }); err != nil {
			w.t.Fatal(err)
		}
	}
	w.told = n
}

// tellOnly runs the relay until the stream has everything.
func (w *way) tellOnly() {
	w.t.Helper()
	stop := w.relay()
	wait.Until(w.t, "the stream to have all", func() bool {
		s, err := w.bus.StreamState(w.t.Context(), "TEST")
		return err == nil && int(s.LastSequence) >= w.told
	})
	stop()
}

func (w *way) relay() (stop func()) {
	r := outbox.NewRelay(w.from.DB, w.bus, "TEST", slog.New(slog.DiscardHandler))
	return w.run(r.Run)
}

func (w *way) run(f func(context.Context) error) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := f(ctx); err != nil {
			w.t.Error(err)
		}
	}()
	return func() { cancel(); <-done }
}

// start runs relay and consumer until stop.
func (w *way) start() {
	r := inbox.NewReceiver(w.to.DB, consumer)
	inbox.On(r, count)
	w.stops = append(w.stops, w.relay(), w.run(func(ctx context.Context) error { return w.bus.Consume(ctx, r.Subscription("TEST")) }))
}

func (w *way) stop() {
	for _, stop := range w.stops {
		stop()
	}
	w.stops = nil
}

// count is an effect without a key of its own: only the inbox makes it once.
func count(ctx context.Context, q postgres.Querier, events []moved) error {
	sums := map[string][2]int64{}
	for _, e := range events {
		s := sums[e.Thing]
		sums[e.Thing] = [2]int64{s[0] + 1, s[1] + e.Version}
	}
	for thing, s := range sums {
		const query = `
			INSERT INTO sums VALUES ($1, $2, $3)
			ON CONFLICT (thing) DO UPDATE SET events = sums.events + $2, versions = sums.versions + $3`
		if _, err := q.ExecContext(ctx, query, thing, s[0], s[1]); err != nil {
			return err
		}
	}
	return nil
}

type sum struct {
	Thing    string
	Events   int
	Versions int64
}

type projection []sum

func (p projection) count() (n int) {
	for _, s := range p {
		n += s.Events
	}
	return n
}

func (w *way) sums() (p projection) {
	w.t.Helper()
	if err := w.to.Owner(w.t).Select(&p, `SELECT thing, events, versions FROM sums ORDER BY thing COLLATE "C"`); err != nil {
		w.t.Fatal(err)
	}
	return p
}

// expected is the projection of the first n events.
func expected(n int) projection {
	per := map[string]*sum{}
	for i := range n {
		thing := fmt.Sprint("t", i%things)
		if per[thing] == nil {
			per[thing] = &sum{Thing: thing}
		}
		per[thing].Events++
		per[thing].Versions += int64(i/things + 1)
	}
	var p projection
	for _, s := range per {
		p = append(p, *s)
	}
	slices.SortFunc(p, func(a, b sum) int { return strings.Compare(a.Thing, b.Thing) })
	return p
}

func (w *way) await(n int) projection {
	w.t.Helper()
	wait.Within(w.t, 5*time.Minute, "all events to be counted", func() bool { return w.sums().count() >= n })
	return w.sums()
}

// read is how many messages of the present stream the consumer has done with.
func (w *way) read() int {
	info, err := w.consumer()
	if err != nil {
		return 0
	}
	return int(info.AckFloor.Consumer)
}

// settle waits until nothing has moved for a while: the consumer has read what
// there is, and the relay has told again what it found missing itself.
func (w *way) settle() {
	w.t.Helper()
	const calm = 4 * time.Second // the relay looks at its stream every second
	since, counted := time.Now(), -1
	wait.Until(w.t, "the consumer to have read what there is", func() bool {
		info, err := w.consumer()
		if n := w.sums().count(); err != nil || info.NumPending+uint64(info.NumAckPending) > 0 || n != counted {
			since, counted = time.Now(), n
		}
		return time.Since(since) > calm
	})
}

func (w *way) consumer() (*jetstream.ConsumerInfo, error) {
	nc, err := nats.Connect(w.server.URL)
	if err != nil {
		return nil, err
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		return nil, err
	}
	c, err := js.Consumer(w.t.Context(), "TEST", consumer)
	if err != nil {
		return nil, err
	}
	return c.CachedInfo(), nil
}

func (w *way) asOwner(statements ...string) {
	w.t.Helper()
	owner, err := sqlx.Open("postgres", w.to.OwnerURL)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = owner.Close() }()
	for _, s := range statements {
		if _, err := owner.Exec(s); err != nil {
			w.t.Fatal(err)
		}
	}
}
