package bench

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/consumer"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/bench"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

const (
	backlog    = 30_000 // events that wait in the outbox
	oneByOne   = 1_000
	atRest     = 50 // events a second
	atRestSecs = 30
)

// measurePipeline lets confirmed attendances travel all the way: outbox, relay,
// JetStream, consumer, ledger, totals, boards. Watermill's forwarder travels only
// the first part of it. Then events come singly, as on a quiet day.
func measurePipeline(b *testing.B, s *site, table *bench.Table, g *growth) {
	b.Helper()
	single := creditOneByOne(b, s)
	plain, tuned := forward(b, forwarderDefault), forward(b, forwarderTuned)
	p := newPipeline(b, s)
	relayed := p.relay(b, backlog)
	g.relay = table.Add(b, "outbox to JetStream, events", "Watermill forwarder", relayed, plain)
	table.Add(b, "outbox to JetStream, events", "Watermill forwarder, tuned", relayed, tuned)
	whole := p.drain(b, backlog)
	g.linesPerSecond = whole.PerSecond
	table.Add(b, "outbox to board, events", "one event per transaction", whole, single)
	g.pipeline = table.Add(b, "outbox to board, events", "Watermill forwarder", whole, plain)
	g.toBoard50, g.to99 = p.latency(b)
	table.Say("from the commit of an event to the board, %d a second for %d s: p50 %s, p99 %s", atRest, atRestSecs,
		g.toBoard50.Round(100*time.Microsecond), g.to99.Round(100*time.Microsecond))
}

// pipeline is a second database in which the tasks service would tell its events.
type pipeline struct {
	*site
	tasks *pgtest.DB
	line  *bus.Bus
	next  int
}

func newPipeline(b *testing.B, s *site) *pipeline {
	b.Helper()
	p := &pipeline{site: s, tasks: pgtest.New(b, "tasks", outbox.Migrations())}
	var err error
	p.line, err = bus.Connect(b.Context(), p.nats, "tasks", slog.New(slog.DiscardHandler))
	must(b, err)
	b.Cleanup(p.line.Close)
	return p
}

// attendances makes events of as many volunteers, each of two hours in days to come.
func (s *site) attendances(first, n int) []outbox.Event {
	events := make([]outbox.Event, n)
	for i := range events {
		k := first + i
		from := today.Truncate(time.Hour).AddDate(0, 0, 1+k/s.volunteers)
		events[i] = tasksv1.AttendanceConfirmed{
			AttendanceID: id.New(), ShiftID: id.New(), TaskID: id.New(), TaskTitle: "淇河岸边捡拾垃圾", TeamID: teamID(k % s.teams),
			RegionPath: s.paths[k%s.teams%len(s.paths)], ReportingUnit: "淇滨区", ProgrammeID: id.New(), VolunteerID: volunteerID(k % s.volunteers),
			Verification: "A", From: from, To: from.Add(2 * time.Hour), Minutes: 120,
			ConfirmedBy: "01936000-0000-7000-b000-000000000001", ConfirmedAt: from.Add(3 * time.Hour), Version: 1,
		}
	}
	return events
}

func (p *pipeline) append(b *testing.B, n int) {
	b.Helper()
	for events := range slices.Chunk(p.attendances(p.next, n), 1000) {
		must(b, p.tasks.InTx(b.Context(), func(q postgres.Querier) error { return outbox.Append(b.Context(), q, today, events...) }))
	}
	p.next += n
}

// relay carries a backlog into the stream, with nobody listening yet.
func (p *pipeline) relay(b *testing.B, n int) bench.Measured {
	b.Helper()
	p.append(b, n)
	began := time.Now()
	stop := p.startRelay(b)
	defer stop()
	wait.Within(b, 10*time.Minute, "the stream to hold the backlog", func() bool {
		state, err := p.line.StreamState(b.Context(), tasksv1.Stream)
		return err == nil && state.LastSequence >= uint64(n)
	})
	return bench.Measured{PerSecond: float64(n) / time.Since(began).Seconds()}
}

func (p *pipeline) startRelay(b *testing.B) (stop func()) {
	ctx, cancel := context.WithCancel(b.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = outbox.NewRelay(p.tasks.DB, p.line, tasksv1.Stream, slog.New(slog.DiscardHandler)).Run(ctx)
	}()
	return func() { cancel(); <-ended }
}

// drain starts a consumer, lets it take in what is in the stream already, and then
// the relay on a backlog; it waits until the boards have all of it.
func (p *pipeline) drain(b *testing.B, n int) bench.Measured {
	b.Helper()
	told := p.next
	at := p.position(b)
	go func() {
		_ = p.bus.Consume(b.Context(), consumer.FromTasks(p.app, p.db.DB).Subscription(tasksv1.Stream))
	}()
	p.waitFor(b, at+int64(told))
	p.append(b, n)
	began := time.Now()
	stop := p.startRelay(b)
	b.Cleanup(stop)
	p.waitFor(b, at+int64(told+n))
	return bench.Measured{PerSecond: float64(n) / time.Since(began).Seconds()}
}

// position is how many lines the boards have counted.
func (s *site) position(b *testing.B) int64 {
	b.Helper()
	feed, err := s.app.Feed(auth.With(b.Context(), auth.Principal{VolunteerID: volunteerID(0)}))
	must(b, err)
	defer feed.Close()
	return feed.Next().Position
}

// waitFor returns when the boards have come to the position.
func (s *site) waitFor(b *testing.B, position int64) {
	b.Helper()
	feed, err := s.app.Feed(auth.With(b.Context(), auth.Principal{VolunteerID: volunteerID(0)}))
	must(b, err)
	defer feed.Close()
	timeout := time.After(10 * time.Minute)
	for feed.Next().Position < position {
		select {
		case <-feed.Wake():
		case <-timeout:
			b.Fatalf("the boards stay at %d, want %d", feed.Next().Position, position)
		}
	}
}

// latency measures from the return of each commit to its line on the boards.
func (p *pipeline) latency(b *testing.B) (p50, p99 time.Duration) {
	b.Helper()
	feed, err := p.app.Feed(auth.With(b.Context(), auth.Principal{VolunteerID: volunteerID(0)}))
	must(b, err)
	defer feed.Close()
	first := p.position(b)
	total := atRest * atRestSecs
	committed := make(chan time.Time, total)
	go func() {
		tick := time.NewTicker(time.Second / atRest)
		defer tick.Stop()
		for range total {
			<-tick.C
			p.append(b, 1)
			committed <- time.Now()
		}
	}()
	took := make([]time.Duration, 0, total)
	for len(took) < total {
		<-feed.Wake()
		for seen := time.Now(); first+int64(len(took)) < feed.Next().Position; {
			took = append(took, max(0, seen.Sub(<-committed)))
		}
	}
	slices.Sort(took)
	return bench.Share(took, 50), bench.Share(took, 99)
}

// creditOneByOne credits events as a consumer would that takes one at a time.
func creditOneByOne(b *testing.B, s *site) bench.Measured {
	b.Helper()
	events := s.attendances(1000*s.volunteers, oneByOne) // days that the backlog does not reach
	position := s.position(b)
	began := time.Now()
	for _, e := range events {
		must(b, s.db.InTx(b.Context(), func(q postgres.Querier) error {
			return s.app.CreditHours(b.Context(), q, []tasksv1.AttendanceConfirmed{e.(tasksv1.AttendanceConfirmed)})
		}))
	}
	took := time.Since(began)
	s.waitFor(b, position+oneByOne)
	if got := s.position(b) - position; got != oneByOne {
		b.Fatalf("%d of %d lines credited", got, oneByOne)
	}
	return bench.Measured{PerSecond: oneByOne / took.Seconds()}
}
