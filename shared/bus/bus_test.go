package bus_test

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

func TestConnect(t *testing.T) {
	t.Parallel()
	t.Run("succeeds while NATS is down, and connects when it is there", func(t *testing.T) {
		t.Parallel()
		server := bustest.StartServer(t)
		server.Stop()
		b := connect(t, server.URL)
		if b.Connected() {
			t.Fatal("Connected while the server is down")
		}
		called := make(chan struct{}, 1)
		b.OnConnect(func() { called <- struct{}{} })
		server.Start()
		await(t, called, "OnConnect")
		if err := b.EnsureStream(t.Context(), "TEST"); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("who is away is shown as such, and who has left is shown no more", func(t *testing.T) {
		t.Parallel()
		server := bustest.StartServer(t)
		b := connect(t, server.URL)
		wait.Until(t, "it is there", func() bool { return reached(t, t.Name()) == "1" })
		server.Stop()
		wait.Until(t, "it is away", func() bool { return reached(t, t.Name()) == "0" })
		b.Close()
		wait.Until(t, "it has left", func() bool { return reached(t, t.Name()) == "" })
	})
	t.Run("an address that is none is an error", func(t *testing.T) {
		t.Parallel()
		if _, err := bus.Connect(t.Context(), "nats://\x00", "test", slog.New(slog.DiscardHandler)); err == nil {
			t.Fatal("Connect = nil")
		}
	})
}

func TestEnsureStream(t *testing.T) {
	t.Parallel()
	t.Run("makes the stream with its limits, twice without harm", func(t *testing.T) {
		t.Parallel()
		url := bustest.Start(t)
		b := connect(t, url)
		for range 2 {
			if err := b.EnsureStream(t.Context(), "TASKS"); err != nil {
				t.Fatal(err)
			}
		}
		got := streamConfig(t, url, "TASKS")
		type limits struct {
			Subjects      []string
			Storage       jetstream.StorageType
			Age, Window   time.Duration
			Bytes         int64
			AtomicBatches bool
		}
		want := limits{[]string{"tasks.>"}, jetstream.FileStorage, 14 * 24 * time.Hour, 10 * time.Minute, 4 << 30, true}
		if diff := cmp.Diff(want, limits{got.Subjects, got.Storage, got.MaxAge, got.Duplicates, got.MaxBytes, got.AllowAtomicPublish}); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPublish(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 500, 2001} {
		t.Run(fmt.Sprintf("%d messages arrive whole and in order", n), func(t *testing.T) {
			t.Parallel()
			b := givenBus(t)
			sent := messages(n)
			last, err := b.Publish(t.Context(), "TEST", sent)
			if err != nil || last != uint64(n) {
				t.Fatalf("Publish = %d, %v; want %d, nil", last, err, n)
			}
			got := collect(t, b, n)
			for i, d := range got {
				want := bus.Delivery{
					ID: sent[i].ID, Subject: sent[i].Subject, OccurredAt: sent[i].OccurredAt,
					Data: sent[i].Data, Sequence: uint64(i + 1), Attempt: 1,
				}
				if diff := cmp.Diff(want, d); diff != "" {
					t.Fatalf("message %d: %s", i, diff)
				}
			}
		})
	}
	t.Run("a batch that holds a known message is stored without it", func(t *testing.T) {
		t.Parallel()
		b := givenBus(t)
		msgs := messages(10)
		for _, part := range [][]bus.Message{msgs[3:4], msgs, msgs, msgs[:5]} {
			if _, err := b.Publish(t.Context(), "TEST", part); err != nil {
				t.Fatal(err)
			}
		}
		want := []string{msgs[3].ID}
		for i, m := range msgs {
			if i != 3 {
				want = append(want, m.ID)
			}
		}
		if diff := cmp.Diff(want, ids(collect(t, b, 10))); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("is an error at once while NATS is down, and nothing is sent later", func(t *testing.T) {
		t.Parallel()
		server := bustest.StartServer(t)
		b := connect(t, server.URL)
		if err := b.EnsureStream(t.Context(), "TEST"); err != nil {
			t.Fatal(err)
		}
		server.Stop()
		wait.Until(t, "the connection to break", func() bool { return !b.Connected() })
		begun := time.Now()
		for _, n := range []int{1, 3} {
			if _, err := b.Publish(t.Context(), "TEST", messages(n)); err == nil {
				t.Error("Publish = nil")
			}
		}
		if took := time.Since(begun); took > wait.Allowed(time.Second) {
			t.Errorf("failing took %s", took)
		}
		server.Start()
		wait.Until(t, "the connection to come back", b.Connected)
		if last, err := b.Publish(t.Context(), "TEST", messages(1)); err != nil || last != 1 {
			t.Errorf("Publish = %d, %v; want sequence 1", last, err)
		}
	})
	t.Run("a subject of another stream is an error", func(t *testing.T) {
		t.Parallel()
		b := givenBus(t)
		msgs := messages(2)
		msgs[1].Subject = "elsewhere.v1.thing.done"
		if _, err := b.Publish(t.Context(), "TEST", msgs); err == nil {
			t.Error("Publish = nil")
		}
	})
}

func givenBus(t testing.TB) *bus.Bus {
	t.Helper()
	b := connect(t, bustest.Start(t))
	if err := b.EnsureStream(t.Context(), "TEST"); err != nil {
		t.Fatal(err)
	}
	return b
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

// reached is what the metrics say of a client: "1" while it reaches NATS, "" when there is none.
func reached(t testing.TB, client string) string {
	t.Helper()
	families, err := prometheus.DefaultGatherer.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, m := range family.GetMetric() {
			if family.GetName() == "qihe_bus_connected" && m.GetLabel()[0].GetValue() == client {
				return strconv.FormatFloat(m.GetGauge().GetValue(), 'f', -1, 64)
			}
		}
	}
	return ""
}

func messages(n int) []bus.Message {
	msgs := make([]bus.Message, n)
	for i := range msgs {
		msgs[i] = bus.Message{
			ID: id.New(), Subject: "test.v1.thing.done", Aggregate: "thing/1", Version: int64(i + 1),
			OccurredAt: time.Now().UTC().Truncate(time.Microsecond), Data: fmt.Appendf(nil, `{"n":%d}`, i),
		}
	}
	return msgs
}

// collect returns the first n deliveries of the stream to a new consumer.
func collect(t testing.TB, b *bus.Bus, n int) []bus.Delivery {
	t.Helper()
	got := make(chan bus.Delivery, n)
	consume(t, b, bus.Subscription{Durable: id.New(), Handle: func(_ context.Context, batch []bus.Delivery) error {
		for _, d := range batch {
			got <- d
		}
		return nil
	}})
	all := make([]bus.Delivery, 0, n)
	for len(all) < n {
		select {
		case d := <-got:
			all = append(all, d)
		case <-time.After(time.Minute):
			t.Fatalf("got %d of %d messages", len(all), n)
		}
	}
	return all
}

// consume runs a consumer of TEST until the returned function is called or the test ends.
func consume(t testing.TB, b *bus.Bus, s bus.Subscription) (stop func()) {
	t.Helper()
	s.Stream = "TEST"
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := b.Consume(ctx, s); err != nil {
			t.Errorf("Consume = %v", err)
		}
	}()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}

func ids(all []bus.Delivery) []string {
	list := make([]string, len(all))
	for i, d := range all {
		list[i] = d.ID
	}
	return list
}

func streamConfig(t testing.TB, url, name string) jetstream.StreamConfig {
	t.Helper()
	s, err := jetStream(t, url).Stream(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return s.CachedInfo().Config
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

func await[T any](t testing.TB, c <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(time.Minute):
		t.Fatalf("waited 10s for %s", what)
		panic("unreachable")
	}
}
