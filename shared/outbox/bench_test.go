package outbox_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// BenchmarkAtRest measures from the commit of an event to its handler, when
// nothing else goes on.
func BenchmarkAtRest(b *testing.B) {
	db, line := pgtest.New(b, "tasks", outbox.Migrations()), connect(b, bustest.Start(b))
	run(b, db, line)
	heard := make(chan time.Time, 1)
	receive(b, line, bus.Subscription{Stream: "TEST", Durable: "bench", Handle: func(context.Context, []bus.Delivery) error {
		heard <- time.Now()
		return nil
	}})
	appendTo(b, db, time.Now(), done{"a", 0})
	<-heard
	var took []time.Duration
	for b.Loop() {
		appendTo(b, db, time.Now(), done{"a", 1})
		committed := time.Now()
		took = append(took, (<-heard).Sub(committed))
	}
	slices.Sort(took)
	for _, p := range []struct {
		name  string
		share int
	}{{"p50-µs", 50}, {"p99-µs", 99}} {
		b.ReportMetric(float64(took[len(took)*p.share/100].Microseconds()), p.name)
	}
}

// BenchmarkDrain measures how fast a backlog of 10,000 events goes through
// relay, stream and inbox.
func BenchmarkDrain(b *testing.B) {
	const backlog = 10_000
	for b.Loop() {
		b.StopTimer()
		db, line := pgtest.New(b, "tasks", outbox.Migrations(), inbox.Migrations()), connect(b, bustest.Start(b))
		for i := range backlog / 1000 {
			appendTo(b, db, time.Now(), things("a", 1+1000*i, 1000)...)
		}
		b.StartTimer()
		applied := make(chan int, backlog)
		r := inbox.NewReceiver(db.DB, "bench")
		inbox.On(r, func(_ context.Context, _ postgres.Querier, events []done) error { applied <- len(events); return nil })
		receive(b, line, r.Subscription("TEST"))
		stop := run(b, db, line)
		for left := backlog; left > 0; {
			left -= <-applied
		}
		b.StopTimer()
		stop()
		b.StartTimer()
	}
	b.ReportMetric(float64(backlog*b.N)/b.Elapsed().Seconds(), "events/s")
}

func receive(b testing.TB, line *bus.Bus, s bus.Subscription) {
	b.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	stopped := make(chan struct{})
	go func() { defer close(stopped); _ = line.Consume(ctx, s) }()
	b.Cleanup(func() { cancel(); <-stopped })
}
