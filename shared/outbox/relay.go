package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const (
	batchSize   = 500
	pollEvery   = 100 * time.Millisecond // finds what a lost wake-up, or another process, has left
	retryEvery  = 500 * time.Millisecond // between attempts to become leader
	checkEvery  = time.Second            // is the stream still the one we filled?
	roundWithin = 30 * time.Second       // for one batch, all retries included
)

var errNotConnected = errors.New("message bus is not connected")

// Relay carries one service's events from its outbox into its stream.
type Relay struct {
	db     *postgres.DB
	bus    *bus.Bus
	stream string
	log    *slog.Logger

	wake      chan struct{} // something was committed
	connected chan struct{} // NATS is back
}

// NewRelay returns the relay of the service whose database is db and whose
// stream is of that name. It is woken by every commit of db. Run makes the
// stream when it is not there.
func NewRelay(db *postgres.DB, b *bus.Bus, stream string, log *slog.Logger) *Relay {
	r := &Relay{
		db: db, bus: b, stream: stream,
		log:       log.With("relay", stream),
		wake:      make(chan struct{}, 1),
		connected: make(chan struct{}, 1),
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
// or NATS is away, or another process leads, it tries again twice a second.
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
		case <-time.After(retryEvery):
		}
	}
	return nil
}

// lead tries to become the leader and then carries events until something
// fails. It returns nil when another process leads. After a failure the lock
// is free for a while, so that a process which can reach NATS gets its turn.
func (r *Relay) lead(ctx context.Context) error {
	if !r.bus.Connected() {
		return errNotConnected
	}
	return r.db.Session(ctx, func(conn *sqlx.Conn) error {
		const query = `SELECT pg_try_advisory_lock(hashtextextended('outbox ' || $1, 0))`
		var leader bool
		if err := conn.GetContext(ctx, &leader, query, r.stream); err != nil {
			return fmt.Errorf("ask for the relay's lock: %w", err)
		}
		if !leader {
			return nil
		}
		t, err := r.takeOver(ctx, conn)
		if err != nil {
			return err
		}
		r.log.Info("relay leads", "epoch", t.at.Epoch)
		return t.carry(ctx)
	})
}

// turn is one leadership: from getting the lock to losing it.
type turn struct {
	*Relay
	conn *sqlx.Conn // holds the lock; everything is asked on it, so that who lost the lock can read nothing
	next *sqlx.Stmt
	at   position
}

func (r *Relay) takeOver(ctx context.Context, conn *sqlx.Conn) (*turn, error) {
	ctx, cancel := context.WithTimeout(ctx, roundWithin)
	defer cancel()
	if err := r.bus.EnsureStream(ctx, r.stream); err != nil {
		return nil, err
	}
	if err := r.adopt(ctx, conn); err != nil {
		return nil, err
	}
	t := &turn{Relay: r, conn: conn}
	if err := t.check(ctx); err != nil {
		return nil, err
	}
	var err error
	if t.next, err = conn.PreparexContext(ctx, selectNext); err != nil {
		return nil, fmt.Errorf("prepare reading of outbox: %w", err)
	}
	return t, nil
}

// carry moves batch after batch until ctx ends, which is no error, or something fails.
func (t *turn) carry(ctx context.Context) error {
	checked := time.Now()
	soon := pollEvery
	for {
		// A batch begun is finished, also when we are asked to stop.
		calm, cancel := context.WithTimeout(context.WithoutCancel(ctx), roundWithin)
		if time.Since(checked) > checkEvery {
			if err := t.check(calm); err != nil {
				cancel()
				return err
			}
			checked = time.Now()
		}
		sent, held, err := t.forward(calm)
		cancel()
		if err != nil || ctx.Err() != nil {
			return err
		}
		if sent == batchSize {
			continue
		}
		soon = pause(soon, held)
		select {
		case <-ctx.Done():
			return nil
		case <-t.wake:
		case <-time.After(soon):
		}
	}
}

// pause returns how long to wait for a wake-up. Events that are committed but
// held up by a transaction still open get a look very soon, and then less and
// less often: that transaction may be another service's, whose commit wakes nobody here.
func pause(last time.Duration, held bool) time.Duration {
	const shortest = 2 * time.Millisecond
	switch {
	case !held:
		return pollEvery
	case last == pollEvery:
		return shortest
	default:
		return min(2*last, pollEvery)
	}
}

// forward reads the next batch, publishes it and moves the cursor. It returns
// how many events it sent, and whether others are held up by an open transaction.
func (t *turn) forward(ctx context.Context) (sent int, held bool, err error) {
	var rows []row
	if err := t.next.SelectContext(ctx, &rows, t.at.TX, t.at.ID); err != nil {
		return 0, false, fmt.Errorf("read outbox: %w", err)
	}
	rows, held = settled(rows)
	if len(rows) == 0 {
		return 0, held, nil
	}
	sequence, err := t.bus.Publish(ctx, t.stream, messages(rows))
	if err != nil {
		return 0, held, err
	}
	last := rows[len(rows)-1]
	return len(rows), held, t.move(ctx, last.TX, last.ID, sequence)
}
