// Package bus carries events between the services through NATS JetStream.
//
// It hides NATS: a service sees streams, messages and deliveries. PostgreSQL
// is the truth and a stream can be rebuilt from it (package outbox), so
// nothing here has to survive what JetStream does not survive.
//
// The promises, and where they are kept:
//
//   - A service starts and works while NATS is down: Connect returns at once
//     and the connection is tried again for ever.
//   - A server that is cut off from the others is left for another.
//   - Nothing is buffered while NATS is down: a publication fails and the
//     outbox tries again, so that an old event never overtakes a newer one
//     from a forgotten buffer.
//   - Consumers work in batches of what is there, never waiting for more, and
//     acknowledge after the batch is committed: at least once. The inbox
//     makes it once.
//   - A fault of one event delays only that event; after six attempts it is
//     handed to the dead letters. A database that is away is no fault of an
//     event: the batch is tried again until it is back, and nothing counts.
package bus

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/qihe-volunteers/qihe/shared/tracing"
)

// Bus is a connection to NATS that is kept up for as long as the process runs.
type Bus struct {
	name string // the client's
	nc   *nats.Conn
	js   jetstream.JetStream
	log  *slog.Logger

	tracer tracing.Tracer

	replicas int // see Replicate

	mu        sync.Mutex
	onConnect []func()
	fresh     chan struct{}        // closed and replaced at every new connection
	lost      chan struct{}        // closed when the connection breaks, replaced at the next
	silent    map[string]time.Time // by question: since when it was not answered, see heard
}

// Connect starts a connection to the NATS server at url under the client's
// name. It succeeds while NATS is down, and connects when NATS is there; an
// error means that url or the files it names cannot be used. ctx is only for
// the values it carries.
func Connect(_ context.Context, url, clientName string, log *slog.Logger) (*Bus, error) {
	b := &Bus{name: clientName, log: log, tracer: tracing.For(clientName), fresh: make(chan struct{}), lost: make(chan struct{}), silent: map[string]time.Time{}}
	options := []nats.Option{
		nats.Name(clientName),
		nats.Timeout(2 * time.Second),
		nats.RetryOnFailedConnect(true),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(200 * time.Millisecond),
		nats.ReconnectJitter(100*time.Millisecond, 300*time.Millisecond),
		nats.ReconnectBufSize(-1), // fail at once: the outbox holds what could not be sent
		nats.PingInterval(5 * time.Second),
		nats.ConnectHandler(func(*nats.Conn) { b.connected() }),
		nats.ReconnectHandler(func(*nats.Conn) { b.connected() }),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) { b.disconnected(err) }),
		nats.ClosedHandler(func(*nats.Conn) { connections.DeleteLabelValues(clientName) }), // who has left is not away
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			log.Warn("message bus complains", "error", err)
		}),
	}
	connections.WithLabelValues(clientName).Set(0)
	if user := userOf(url); user != "" { // who may hear their own answers only, see Access
		options = append(options, nats.CustomInboxPrefix(inboxOf(user)))
	}
	nc, err := nats.Connect(url, options...)
	if err != nil {
		return nil, fmt.Errorf("connect to message bus: %w", err)
	}
	b.nc = nc
	if b.js, err = jetstream.New(nc); err != nil {
		nc.Close()
		return nil, fmt.Errorf("open JetStream: %w", err)
	}
	return b, nil
}

// Close ends the connection. Stop consumers and relays before.
func (b *Bus) Close() { b.nc.Close() }

// Connected reports whether NATS is reachable now.
func (b *Bus) Connected() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.nc.IsConnected() && !closed(b.lost)
}

// OnConnect registers f to be called at every new connection. It must return
// at once: whoever waited for NATS uses it to wake up, and whoever holds what
// an event might have changed uses it to forget.
func (b *Bus) OnConnect(f func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.onConnect = append(b.onConnect, f)
}
