package compose_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/qihe-volunteers/qihe/services/tasks"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// Whichever NATS server leads the stream is killed and loses its disk, and
// whichever leads next is halted and wakes up believing that it still does, again
// and again while events are published. What was acknowledged is there, and
// the three servers have the same. The control is a stream that one server keeps.
func TestServersLost(t *testing.T) {
	t.Parallel()
	i := install(t, nil)
	i.findPlaces(t)
	c := &cluster{installation: i, servers: map[string]*process{}}
	for n, p := range i.startBus(t) {
		c.servers[servers3[n]] = p
	}
	c.ask(t)

	kills, halts := chaos.Times(2, 20), chaos.Times(1, 10)
	teller := c.tell(t, 3)
	for range kills {
		c.loseDisk(t, c.leader(t, 3))
	}
	for range halts {
		c.halt(t, c.leader(t, 3), time.Duration(chaos.Times(3, 12))*time.Second)
	}
	acked := teller.stop(t)
	c.leader(t, 3) // all are up to date again
	c.haveAll(t, acked)
	chaos.Promise(t, "A5", "the leading NATS server of three lost with its disk, or halted and woken up: no acknowledged event is lost, all three have the same",
		"%d disks lost, %d servers halted, %d events acknowledged, 0 lost, 1 stream; nothing acknowledged for %s at most", kills, halts, len(acked), teller.longest.Round(100*time.Millisecond))

	must(t, c.js.DeleteStream(t.Context(), tasks.Bus.Tells))
	teller = c.tell(t, 1)
	wait.Until(t, "some events", func() bool { return teller.count() > 100 })
	alone := c.leader(t, 1)
	acked = teller.stop(t)
	c.loseDisk(t, alone)
	left := 0
	if s, err := c.js.Stream(t.Context(), tasks.Bus.Tells); err == nil {
		left = int(s.CachedInfo().State.Msgs) //nolint:gosec // some hundreds
	}
	if left >= len(acked) {
		t.Error("control: a stream that one server kept is whole after that server lost its disk: the test above proves nothing")
	}
	chaos.Promise(t, "A5", "control: a stream kept by one server", "%d of %d acknowledged events lost", len(acked)-left, len(acked))
}

// cluster is the three servers and somebody who may ask them anything.
type cluster struct {
	*installation
	servers map[string]*process
	wires   *wires // nil: they reach one another as they like
	nc      *nats.Conn
	js      jetstream.JetStream
}

func (c *cluster) ask(t *testing.T) {
	t.Helper()
	nc, err := nats.Connect(c.natsURL("admin"), nats.MaxReconnects(-1), nats.ReconnectWait(200*time.Millisecond), nats.PingInterval(time.Second))
	must(t, err)
	t.Cleanup(nc.Close)
	c.nc = nc
	c.js, err = jetstream.New(nc)
	must(t, err)
}

// leader waits until so many servers keep the stream and are up to date, and says who leads.
func (c *cluster) leader(t *testing.T, servers int) (name string) {
	t.Helper()
	wait.Until(t, "a leader with all others up to date", func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		s, err := c.js.Stream(ctx, tasks.Bus.Tells)
		if err != nil {
			return false
		}
		name = s.CachedInfo().Cluster.Leader
		return upToDate(s, servers)
	})
	return name
}

// haveAll looks whether each server has all that was acknowledged, once, and all have the same.
func (c *cluster) haveAll(t *testing.T, acked []string) {
	t.Helper()
	digests := map[string]bool{}
	for _, name := range servers3 {
		there, twice, digest := c.read(t, name)
		digests[digest] = true
		if n := lost(acked, there); n != 0 || twice != 0 {
			t.Errorf("%s: of %d acknowledged events %d are lost, %d are there twice", name, len(acked), n, twice)
		}
	}
	if len(digests) != 1 {
		t.Errorf("the servers have %d different streams", len(digests))
	}
}

// upToDate reports whether a stream is kept by so many servers, which all have all of it.
func upToDate(s jetstream.Stream, servers int) bool {
	info := s.CachedInfo()
	current := 0
	for _, peer := range info.Cluster.Replicas {
		if peer.Current && !peer.Offline {
			current++
		}
	}
	return info.Config.Replicas == servers && info.Cluster.Leader != "" && current == servers-1
}

// loseDisk kills a server, as a machine dies, and starts a new one in its place.
func (c *cluster) loseDisk(t *testing.T, name string) {
	t.Helper()
	c.servers[name].kill()
	must(t, os.RemoveAll(filepath.Join(c.folder, "volumes", name)))
	<-time.After(2 * time.Second) // the others go on alone for a while
	c.servers[name] = c.start(t, name)
	c.servers[name].ready(t, c.url(name+":8222")+"/healthz")
}

// halt stops a server in the middle of what it does, and lets it go on later.
func (c *cluster) halt(t *testing.T, name string, d time.Duration) {
	t.Helper()
	must(t, c.servers[name].cmd.Process.Signal(syscall.SIGSTOP))
	<-time.After(d)
	must(t, c.servers[name].cmd.Process.Signal(syscall.SIGCONT))
}

// read makes a server the leader and returns what it has.
func (c *cluster) read(t *testing.T, server string) (ids map[string]bool, twice int, digest string) {
	t.Helper()
	c.lead(t, server)
	s, err := c.js.Stream(t.Context(), tasks.Bus.Tells)
	must(t, err)
	ids, sum := map[string]bool{}, sha256.New()
	for _, m := range c.all(t, s.CachedInfo().State) {
		if event := m.Header.Get(jetstream.MsgIDHeader); ids[event] {
			twice++
		} else {
			ids[event] = true
		}
		_, _ = fmt.Fprintln(sum, m.Sequence, m.Header.Get(jetstream.MsgIDHeader), string(m.Data))
	}
	return ids, twice, hex.EncodeToString(sum.Sum(nil))
}

// all returns all messages, which are asked for a few at a time.
func (c *cluster) all(t *testing.T, state jetstream.StreamState) []*jetstream.RawStreamMsg {
	t.Helper()
	const askers = 16
	messages := make([]*jetstream.RawStreamMsg, state.LastSeq-state.FirstSeq+1)
	errs := make([]error, askers)
	var asking sync.WaitGroup
	for asker := range askers {
		asking.Go(func() {
			for n := asker; n < len(messages) && errs[asker] == nil; n += askers {
				messages[n], errs[asker] = c.get(state.FirstSeq + uint64(n)) //nolint:gosec // some thousands
			}
		})
	}
	asking.Wait()
	must(t, errors.Join(errs...))
	return messages
}

// get asks the leader itself, not any server that keeps the stream.
func (c *cluster) get(sequence uint64) (*jetstream.RawStreamMsg, error) {
	answer, err := c.nc.Request("$JS.API.STREAM.MSG.GET."+tasks.Bus.Tells, fmt.Appendf(nil, `{"seq":%d}`, sequence), 5*time.Second)
	if err != nil {
		return nil, err
	}
	var got struct {
		Message struct {
			Sequence uint64 `json:"seq"`
			Header   []byte `json:"hdrs"`
			Data     []byte `json:"data"`
		} `json:"message"`
	}
	if err := json.Unmarshal(answer.Data, &got); err != nil {
		return nil, err
	}
	header, err := nats.DecodeHeadersMsg(got.Message.Header)
	return &jetstream.RawStreamMsg{Sequence: got.Message.Sequence, Header: header, Data: got.Message.Data}, err
}

func lost(acked []string, there map[string]bool) (n int) {
	for _, event := range acked {
		if !there[event] {
			n++
		}
	}
	return n
}

// teller publishes as a relay does: what failed is sent again until it is acknowledged.
type teller struct {
	mu      sync.Mutex
	acked   []string
	last    time.Time
	longest time.Duration // in which nothing was acknowledged
	took    []took
	end     context.CancelFunc
	ended   chan struct{}
}

// took is how long a batch was on its way, until it was acknowledged.
type took struct {
	began time.Time
	d     time.Duration
}

func (c *cluster) tell(t *testing.T, servers int) *teller {
	t.Helper()
	return c.tellAt(t, c.natsURL("tasks"), "teller", servers)
}

// tellAt tells by way of the servers at url, under a client's name.
func (c *cluster) tellAt(t *testing.T, url, name string, servers int) *teller {
	t.Helper()
	b, err := bus.Connect(t.Context(), url, name, slog.New(slog.NewTextHandler(t.Output(), nil)))
	must(t, err)
	b.Replicate(servers)
	wait.Until(t, "the stream", func() bool { return b.EnsureStream(t.Context(), tasks.Bus.Tells) == nil })
	c.leader(t, servers)
	ctx, cancel := context.WithCancel(t.Context())
	l := &teller{end: cancel, ended: make(chan struct{}), last: time.Now()}
	t.Cleanup(cancel)
	go func() {
		defer close(l.ended)
		defer b.Close()
		for n := 1; ctx.Err() == nil; n = 1 + (n+6)%30 {
			l.publish(ctx, b, n)
		}
	}()
	return l
}

func (l *teller) publish(ctx context.Context, b *bus.Bus, n int) {
	batch, ids := make([]bus.Message, n), make([]string, n)
	for i := range batch {
		ids[i] = id.New()
		batch[i] = bus.Message{ID: ids[i], Subject: "tasks.v1.thing.done", Aggregate: "thing", OccurredAt: time.Now(), Data: []byte(`{"thing":"` + ids[i] + `"}`)}
	}
	for began := time.Now(); ctx.Err() == nil; {
		if _, err := b.Publish(ctx, tasks.Bus.Tells, batch); err != nil {
			<-time.After(100 * time.Millisecond)
			continue
		}
		l.mu.Lock()
		l.acked = append(l.acked, ids...)
		l.longest, l.last = max(l.longest, time.Since(l.last)), time.Now()
		l.took = append(l.took, took{began, l.last.Sub(began)})
		l.mu.Unlock()
		<-time.After(20 * time.Millisecond)
		return
	}
}

func (l *teller) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.acked)
}

// silent returns the longest time since it was asked last in which nothing was acknowledged.
func (l *teller) silent() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	longest := l.longest
	l.longest = 0
	return longest
}

// outside returns how long batches took that were on their way at none of the times.
func (l *teller) outside(times []span) (took []time.Duration) {
	for _, one := range l.took {
		if !slices.ContainsFunc(times, func(s span) bool { return one.began.Before(s.ended) && one.began.Add(one.d).After(s.began) }) {
			took = append(took, one.d)
		}
	}
	return took
}

// stop returns the ids that were acknowledged.
func (l *teller) stop(t *testing.T) []string {
	t.Helper()
	before := l.count()
	wait.Until(t, "events to be told after all faults", func() bool { return l.count() > before })
	l.end()
	<-l.ended
	return slices.Clone(l.acked)
}
