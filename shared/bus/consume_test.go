package bus_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

func TestConsume(t *testing.T) {
	t.Parallel()
	t.Run("a poisonous event gets six attempts and one dead letter, and delays nobody", func(t *testing.T) {
		t.Parallel()
		b := givenBus(t)
		msgs := messages(1000)
		poison := msgs[437].ID
		var book ledger
		var dead []bus.Delivery
		begun := time.Now()
		if _, err := b.Publish(t.Context(), "TEST", msgs); err != nil {
			t.Fatal(err)
		}
		consume(t, b, bus.Subscription{
			Durable: "poison",
			Handle: func(_ context.Context, batch []bus.Delivery) error {
				if len(batch) == 1 && batch[0].ID == poison {
					book.attempt(batch[0].Attempt)
				}
				if slices.Contains(ids(batch), poison) {
					panic("poison")
				}
				book.add(batch)
				return nil
			},
			DeadLetter: func(_ context.Context, d bus.Delivery, _ error) error {
				book.Lock()
				defer book.Unlock()
				dead = append(dead, d)
				return nil
			},
			Delays: slices.Repeat([]time.Duration{20 * time.Millisecond}, 5),
		})
		wait.Until(t, "the other 999", func() bool { return book.count() == 999 })
		if took := time.Since(begun); took > wait.Allowed(3*time.Second) {
			t.Errorf("the other 999 took %s, want at most 3s", took)
		}
		wait.Until(t, "the dead letter", func() bool { book.Lock(); defer book.Unlock(); return len(dead) > 0 })
		if diff := cmp.Diff([]int{1, 2, 3, 4, 5, 6}, book.attempts); diff != "" {
			t.Errorf("attempts: %s", diff)
		}
		if dead[0].ID != poison || dead[0].Attempt != 6 || len(dead) != 1 {
			t.Errorf("dead letters: %+v", dead)
		}
	})
	t.Run("a dead letter that cannot be kept is kept later, by whoever comes next", func(t *testing.T) {
		t.Parallel()
		b := givenBus(t)
		const n = 20
		if _, err := b.Publish(t.Context(), "TEST", messages(n)); err != nil {
			t.Fatal(err)
		}
		var refused, kept ledger
		poisonous := func(context.Context, []bus.Delivery) error { return errors.New("poison") }
		stop := consume(t, b, bus.Subscription{Durable: "gap", Handle: poisonous, Delays: []time.Duration{}, DeadLetter: func(_ context.Context, d bus.Delivery, _ error) error {
			refused.add([]bus.Delivery{d})
			return errors.New("the letters' table is away")
		}})
		wait.Until(t, "all to be refused", func() bool { return refused.count() >= n })
		stop()
		consume(t, b, bus.Subscription{Durable: "gap", Handle: poisonous, Delays: []time.Duration{}, DeadLetter: func(_ context.Context, d bus.Delivery, _ error) error {
			kept.add([]bus.Delivery{d})
			return nil
		}})
		wait.Until(t, "all to be kept", func() bool { return kept.count() >= n })
		chaos.Promise(t, "A7", "an event given up while its letter cannot be kept is not lost", "%d given up, %d letters kept after a restart", n, kept.count())
	})
	t.Run("control: who says it is kept when it is not has lost it", func(t *testing.T) {
		t.Parallel()
		b := givenBus(t)
		if _, err := b.Publish(t.Context(), "TEST", messages(20)); err != nil {
			t.Fatal(err)
		}
		var dropped, kept ledger
		poisonous := func(context.Context, []bus.Delivery) error { return errors.New("poison") }
		stop := consume(t, b, bus.Subscription{Durable: "gap", Handle: poisonous, Delays: []time.Duration{}, DeadLetter: func(_ context.Context, d bus.Delivery, _ error) error {
			dropped.add([]bus.Delivery{d})
			return nil // as an advisory that nobody hears
		}})
		wait.Until(t, "all to be dropped", func() bool { return dropped.count() == 20 })
		stop()
		consume(t, b, bus.Subscription{Durable: "gap", Handle: kept.handle})
		if _, err := b.Publish(t.Context(), "TEST", messages(1)); err != nil {
			t.Fatal(err)
		}
		wait.Until(t, "the next event", func() bool { return kept.count() > 0 })
		if kept.count() != 1 {
			t.Errorf("%d events came: the test above proves nothing", kept.count())
		}
		chaos.Promise(t, "A7", "control: a letter that nobody keeps", "20 given up, none comes again")
	})
	t.Run("an event that recovers is not given up", func(t *testing.T) {
		t.Parallel()
		b := givenBus(t)
		var book ledger
		if _, err := b.Publish(t.Context(), "TEST", messages(1)); err != nil {
			t.Fatal(err)
		}
		consume(t, b, bus.Subscription{
			Durable: "recovers",
			Handle: func(_ context.Context, batch []bus.Delivery) error {
				if batch[0].Attempt < 6 {
					return errors.New("not yet")
				}
				book.add(batch)
				return nil
			},
			DeadLetter: func(context.Context, bus.Delivery, error) error { t.Error("dead letter"); return nil },
			Delays:     slices.Repeat([]time.Duration{time.Millisecond}, 5),
		})
		wait.Until(t, "the event", func() bool { return book.count() == 1 })
	})
	t.Run("a database that is away counts for nothing", func(t *testing.T) {
		t.Parallel()
		b := givenBus(t)
		var book ledger
		calls := 0
		if _, err := b.Publish(t.Context(), "TEST", messages(20)); err != nil {
			t.Fatal(err)
		}
		consume(t, b, bus.Subscription{
			Durable: "patient",
			Handle: func(_ context.Context, batch []bus.Delivery) error {
				if calls++; calls <= 3 {
					return fmt.Errorf("%w: connection refused", bus.ErrRetryLater)
				}
				book.add(batch)
				return nil
			},
			DeadLetter: func(context.Context, bus.Delivery, error) error { t.Error("dead letter"); return nil },
			Delays:     []time.Duration{},
		})
		wait.Until(t, "all 20", func() bool { return book.count() == 20 })
		for _, d := range book.got {
			if d.Attempt != 1 {
				t.Errorf("event %s: attempt %d, want 1", d.ID, d.Attempt)
			}
		}
	})
	t.Run("goes on when NATS comes back", func(t *testing.T) {
		t.Parallel()
		server := bustest.StartServer(t)
		b := connect(t, server.URL)
		var book ledger
		consume(t, b, bus.Subscription{Durable: "steady", Handle: book.handle}) // the stream is not there yet
		if err := b.EnsureStream(t.Context(), "TEST"); err != nil {
			t.Fatal(err)
		}
		for round := 1; round <= 3; round++ {
			if _, err := b.Publish(t.Context(), "TEST", messages(10)); err != nil {
				t.Fatal(err)
			}
			wait.Until(t, "the round's events", func() bool { return book.count() == 10*round })
			server.Stop()
			server.Start()
			wait.Until(t, "the connection to come back", b.Connected)
		}
	})
	t.Run("goes on when the stream was deleted and made again", func(t *testing.T) {
		t.Parallel()
		url := bustest.Start(t)
		b := connect(t, url)
		var book ledger
		consume(t, b, bus.Subscription{Durable: "steady", Handle: book.handle})
		for round := 1; round <= 3; round++ {
			if err := b.EnsureStream(t.Context(), "TEST"); err != nil {
				t.Fatal(err)
			}
			if _, err := b.Publish(t.Context(), "TEST", messages(10)); err != nil {
				t.Fatal(err)
			}
			wait.Until(t, "the round's events", func() bool { return book.count() == 10*round })
			if err := jetStream(t, url).DeleteStream(t.Context(), "TEST"); err != nil {
				t.Fatal(err)
			}
		}
	})
	t.Run("finishes the batch in hand when asked to stop, and gives back the rest at once", func(t *testing.T) {
		t.Parallel()
		b := givenBus(t)
		var book ledger
		begun, finish := make(chan struct{}, 1), make(chan struct{})
		stop := consume(t, b, bus.Subscription{Durable: "leaving", Handle: func(ctx context.Context, batch []bus.Delivery) error {
			begun <- struct{}{}
			<-finish
			book.add(batch)
			return ctx.Err()
		}})
		publish := func(n int) {
			if _, err := b.Publish(t.Context(), "TEST", messages(n)); err != nil {
				t.Fatal(err)
			}
		}
		publish(1)
		await(t, begun, "the first batch")
		publish(100)
		go close(finish)
		stop()
		if got := book.count(); got != 1 {
			t.Errorf("%d events were handled, want only the one in hand", got)
		}
		consume(t, b, bus.Subscription{Durable: "leaving", Handle: book.handle})
		wait.Within(t, 5*time.Second, "the rest, long before AckWait", func() bool { return book.count() == 101 })
	})
	t.Run("replicas share the work", func(t *testing.T) {
		t.Parallel()
		b := givenBus(t)
		var book, other ledger
		consume(t, b, bus.Subscription{Durable: "shared", Handle: book.handle})
		consume(t, b, bus.Subscription{Durable: "shared", Handle: other.handle})
		published := 0
		wait.Until(t, "both to have worked", func() bool {
			if _, err := b.Publish(t.Context(), "TEST", messages(50)); err != nil {
				t.Fatal(err)
			}
			published += 50
			return book.count() > 0 && other.count() > 0
		})
		wait.Until(t, "all of it", func() bool { return book.count()+other.count() >= published })
		if n := book.count() + other.count(); n != published {
			t.Errorf("%d events were handled of %d", n, published)
		}
	})
}

// ledger notes what a handler was given.
type ledger struct {
	sync.Mutex
	got      []bus.Delivery
	attempts []int
}

func (l *ledger) add(batch []bus.Delivery) {
	l.Lock()
	defer l.Unlock()
	l.got = append(l.got, batch...)
}

func (l *ledger) handle(_ context.Context, batch []bus.Delivery) error { l.add(batch); return nil }

func (l *ledger) attempt(n int) {
	l.Lock()
	defer l.Unlock()
	l.attempts = append(l.attempts, n)
}

func (l *ledger) count() int {
	l.Lock()
	defer l.Unlock()
	return len(l.got)
}
