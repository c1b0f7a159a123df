package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

const (
	batchSize   = 500
	lookAhead   = 100                    // how far the end of a batch looks for a good place
	pollEvery   = 100 * time.Millisecond // finds what a lost wake-up, or another process, has left
	askEvery    = 500 * time.Millisecond // does nobody lead any more?
	retryAfter  = time.Second            // longer than askEvery: after a failure another process goes first
	checkEvery  = time.Second            // is the stream still the one we filled?
	roundWithin = 30 * time.Second       // for one batch, all retries included
	frozenAfter = 35 * time.Second       // a leader that asks its database nothing for so long hangs, and another takes over
)

var errNotConnected = errors.New("message bus is not connected")

// Relay carries one service's events from its outbox into its stream.
type Relay struct {
	db     *postgres.DB
	bus    *bus.Bus
	stream string
	log    *slog.Logger
	tracer tracing.Tracer

	frozenAfter time.Duration

	wake      chan struct{} // something was committed
	connected chan struct{} // NATS is back
}

// NewRelay returns the relay of the service whose database is db and whose
// stream is of that name. It is woken by every commit of db. Run makes the
// stream when it is not there.
func NewRelay(db *postgres.DB, b *bus.Bus, stream string, log *slog.Logger) *Relay {
	r := &Relay{
		db: db, bus: b, stream: stream,
		log:         log.With("relay", stream),
		tracer:      tracing.For(strings.ToLower(stream)), // a stream has the name of its service
		frozenAfter: frozenAfter,
		wake:        make(chan struct{}, 1),
		connected:   make(chan struct{}, 1),
	}
	db.OnCommit(r.Wake)
	b.OnConnect(func() { nudge(r.connected) })
	return r
}

// Wake makes the relay look at the outbox now. It returns at once.
func (r *Relay) Wake() { nudge(r.wake) }

// nudge leaves a note that is read later; one note is enough.
func nudge(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run carries events until ctx ends, and returns nil then. While the database
// or NATS is away it tries again every second, and at once when NATS is back;
// while another process leads, it stands by.
func (r *Relay) Run(ctx context.Context) error {
	go r.measure(ctx)
	var trouble bool
	for ctx.Err() == nil {
		err := r.lead(ctx)
		if ctx.Err() != nil {
			break
		}
		if err != nil && !trouble {
			r.log.Warn("relay waits", "error", err)
		}
		if err == nil && trouble {
			r.log.Info("relay is back")
		}
		trouble = err != nil
		select {
		case <-ctx.Done():
		case <-r.connected:
		case <-time.After(retryAfter):
		}
	}
	return nil
}

// lead waits until it is the leader and then carries events until something
// fails. A failure ends the session and so frees the lock: a process that can
// still reach NATS gets its turn.
func (r *Relay) lead(ctx context.Context) error {
	if !r.bus.Connected() {
		return errNotConnected
	}
	return r.db.Session(ctx, func(conn *sqlx.Conn) error {
		if err := r.lock(ctx, conn); err != nil {
			return err
		}
		t, err := r.takeOver(ctx, conn)
		if err != nil {
			return err
		}
		r.log.Info("relay leads", "epoch", t.at.Epoch)
		return t.carry(ctx)
	})
}

// lock returns nil when the session holds the relay's lock.
func (r *Relay) lock(ctx context.Context, conn *sqlx.Conn) error {
	const query = `SELECT pg_try_advisory_lock(hashtextextended('outbox ' || $1, 0))`
	for {
		var leader bool
		if err := conn.GetContext(ctx, &leader, query, r.stream); err != nil {
			return fmt.Errorf("ask for the relay's lock: %w", err)
		}
		if leader {
			return r.letGo(ctx, conn)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(askEvery):
		}
	}
}

// letGo has PostgreSQL end the session, and with it the lock, when this process
// asks nothing any more. A machine that was halted keeps its connections: nobody
// else could lead until it is seen to. When it goes on later, it has lost the
// lock, and what it still sends the stream knows already.
func (r *Relay) letGo(ctx context.Context, conn *sqlx.Conn) error {
	const query = `SELECT set_config('idle_session_timeout', $1, false)`
	if _, err := conn.ExecContext(ctx, query, strconv.FormatInt(r.frozenAfter.Milliseconds(), 10)); err != nil {
		return fmt.Errorf("limit the relay's session: %w", err)
	}
	return nil
}
