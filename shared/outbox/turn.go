package outbox

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

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
			err := t.check(calm)
			if err == nil {
				err = t.tellAsked(calm)
			}
			if err != nil {
				cancel()
				return err
			}
			checked = time.Now()
		}
		more, held, err := t.forward(calm)
		cancel()
		if err != nil || ctx.Err() != nil {
			return err
		}
		if more {
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

// forward reads the next batch, publishes it and moves the cursor. It reports
// whether there may be more, and whether some must wait for a transaction to end.
func (t *turn) forward(ctx context.Context) (more, held bool, err error) {
	var rows []row
	if err := t.next.SelectContext(ctx, &rows, t.at.TX, t.at.ID); err != nil {
		return false, false, fmt.Errorf("read outbox: %w", err)
	}
	n := cut(rows)
	more, held = len(rows) == batchSize+lookAhead, n < len(rows)
	if n == 0 {
		return false, held, nil
	}
	msgs := messages(byID(rows[:n]))
	end := t.follow(ctx, msgs)
	sequence, err := t.bus.Publish(ctx, t.stream, msgs)
	end(err)
	if err != nil {
		return false, held, err
	}
	told.WithLabelValues(t.stream).Add(float64(n))
	last := rows[n-1]
	return more, held, t.move(ctx, last.TX, last.ID, sequence)
}
