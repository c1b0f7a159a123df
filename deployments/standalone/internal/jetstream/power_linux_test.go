package jetstream_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/jetstream"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/powercut"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// These make this test binary a program that runs a NATS server in the named
// folder: ours as it is shipped, or one with NATS's own settings.
const (
	shippedVariable = "QIHE_JETSTREAM_TEST_SHIPPED"
	defaultVariable = "QIHE_JETSTREAM_TEST_DEFAULT"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(shippedVariable); dir != "" {
		s, err := jetstream.Start(dir, slog.New(slog.DiscardHandler))
		fmt.Println(s.URL, err)
		select {}
	}
	if dir := os.Getenv(defaultVariable); dir != "" {
		fmt.Println(startDefault(dir))
		select {}
	}
	os.Exit(m.Run())
}

func startDefault(dir string) (string, error) {
	s, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: dir, JetStreamMaxStore: 64 << 30, NoSigs: true, NoLog: true,
	})
	if err != nil {
		return "", err
	}
	go s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		return "", fmt.Errorf("NATS is not ready")
	}
	return s.ClientURL(), nil
}

// The power goes at a random moment while events are published. What was
// acknowledged must be there when it is back: NATS as we start it syncs each
// message. With its own settings it syncs every two minutes and acknowledges at once.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	t.Run("no acknowledged event is lost", func(t *testing.T) {
		t.Parallel()
		trials, acked, lost := chaos.Times(2, 20), 0, 0
		for range trials {
			a, l := publishAndCut(t, shippedVariable)
			acked, lost = acked+a, lost+l
		}
		if lost != 0 {
			t.Errorf("%d of %d acknowledged events are lost", lost, acked)
		}
		chaos.Promise(t, "A1", "a power cut loses no acknowledged event", "%d cuts, %d events acknowledged, %d lost", trials, acked, lost)
	})
	t.Run("control: with NATS's own settings they are", func(t *testing.T) {
		t.Parallel()
		acked, lost := publishAndCut(t, defaultVariable)
		if lost == 0 {
			t.Errorf("none of %d acknowledged events is lost: the test above proves nothing", acked)
		}
		chaos.Promise(t, "A1", "control: NATS's own settings", "1 cut, %d events acknowledged, %d lost", acked, lost)
	})
}

// publishAndCut publishes until the power goes, and returns how many events were
// acknowledged and how many of these are not there afterwards.
func publishAndCut(t *testing.T, variable string) (acked, lost int) {
	t.Helper()
	dir := t.TempDir()
	m, url := startWatched(t, variable, dir)
	b, err := bus.Connect(t.Context(), url, "power", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	wait.Until(t, "the stream", func() bool { return b.EnsureStream(t.Context(), "TEST") == nil })
	var mu sync.Mutex
	var told []string
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for ctx.Err() == nil {
				batch := events(1 + w*30) // one worker sends them singly
				if _, err := b.Publish(ctx, "TEST", batch); err != nil {
					return
				}
				mu.Lock()
				for _, e := range batch {
					told = append(told, e.ID)
				}
				mu.Unlock()
			}
		})
	}
	enough := 500 + rand.N(3000) // any moment
	wait.Until(t, "a moment to cut", func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(told) >= enough
	})
	m.Cut()
	stop()
	wg.Wait()
	if m.Syncs() == 0 {
		t.Fatal("not one sync was seen: the test watches the wrong thing")
	}
	there := stored(t, dir)
	for _, e := range told {
		if !there[e] {
			lost++
		}
	}
	return len(told), lost
}

func startWatched(t *testing.T, variable, dir string) (m *powercut.Machine, url string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), variable+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	m = powercut.Start(t, dir, cmd)
	line, err := bufio.NewReader(out).ReadString('\n')
	if _, scanErr := fmt.Sscanf(line, "%s <nil>", &url); err != nil || scanErr != nil {
		t.Fatalf("the server said %q: %v", line, err)
	}
	return m, url
}

func events(n int) []bus.Message {
	batch := make([]bus.Message, n)
	for i := range batch {
		batch[i] = bus.Message{ID: id.New(), Subject: "test.v1.thing.done", Aggregate: "thing", OccurredAt: time.Now(), Data: []byte(`{"filling":"` + string(slices.Repeat([]byte("x"), 300)) + `"}`)}
	}
	return batch
}

// stored starts our server on what the power cut has left and returns the ids
// of the events that are there.
func stored(t *testing.T, dir string) map[string]bool {
	t.Helper()
	s, err := jetstream.Start(dir, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	nc, err := nats.Connect(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	js, err := natsjs.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	stream, err := js.Stream(t.Context(), "TEST")
	if err != nil {
		return there // the stream itself is lost
	}
	left := stream.CachedInfo().State.Msgs
	c, err := stream.OrderedConsumer(t.Context(), natsjs.OrderedConsumerConfig{})
	if err != nil {
		t.Fatal(err)
	}
	for left > 0 {
		batch, err := c.Fetch(int(min(left, 500)), natsjs.FetchMaxWait(time.Second))
		if err != nil {
			t.Fatalf("%d events cannot be read: %v", left, err)
		}
		before := left
		for m := range batch.Messages() {
			there[m.Headers().Get(natsjs.MsgIDHeader)] = true
			left--
		}
		if left == before {
			t.Fatalf("%d events cannot be read: %v", left, batch.Error())
		}
	}
	return there
}
