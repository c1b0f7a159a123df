package inbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jmoiron/sqlx"
	"golang.org/x/sync/errgroup"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/upkeep"
)

// askedEvery is how often a receiver looks whether a dead letter is to be tried again.
const askedEvery = 5 * time.Second

// From returns what takes the events of a stream until its context ends, and
// tries those dead letters again that somebody has asked for. Register all
// reactions before.
func (r *Receiver) From(b *bus.Bus, stream string, log *slog.Logger) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		both, ctx := errgroup.WithContext(ctx)
		both.Go(func() error { return b.Consume(ctx, r.Subscription(stream)) })
		both.Go(func() error {
			return upkeep.Run(ctx, askedEvery, log,
				upkeep.Job{Name: "dead letters of " + r.durable, Do: r.RedriveAsked},
				upkeep.Job{Name: "number of dead letters of " + r.durable, Do: r.countDead})
		})
		return both.Wait()
	}
}

// RedriveAsked tries the dead letters once more that somebody has asked for. One
// that fails again says why, and waits to be asked for again.
func (r *Receiver) RedriveAsked(ctx context.Context) error {
	const find = `
		SELECT id
		FROM dead_letters
		WHERE consumer = $1 AND asked_at IS NOT NULL AND redriven_at IS NULL
		ORDER BY died_at, id`
	const update = `
		UPDATE dead_letters
		SET error = $2, cause = $3, attempts = attempts + 1, died_at = now(), asked_at = NULL
		WHERE id = $1`
	const record = `
		UPDATE redrives
		SET tried_at = now(), error = $2
		WHERE letter_id = $1 AND tried_at IS NULL`
	var asked []string
	if err := r.db.Read(ctx, func(q postgres.Querier) error { return sqlx.SelectContext(ctx, q, &asked, find, r.durable) }); err != nil {
		return fmt.Errorf("look for dead letters to try again: %w", err)
	}
	for _, letterID := range asked {
		cause := r.redriveSafely(ctx, letterID)
		if cause == nil {
			continue
		}
		if err := later(cause); errors.Is(err, bus.ErrRetryLater) || ctx.Err() != nil {
			return err // no fault of the letter
		}
		if err := r.db.InTx(ctx, func(q postgres.Querier) error {
			why := storable(cause.Error())
			if _, err := q.ExecContext(ctx, update, letterID, why, causeOf(cause)); err != nil {
				return err
			}
			_, err := q.ExecContext(ctx, record, letterID, why)
			return err
		}); err != nil {
			return fmt.Errorf("keep why dead letter %s failed again: %w", letterID, err)
		}
	}
	return nil
}

// redriveSafely turns a panic into an error, as the bus does for a delivery.
func (r *Receiver) redriveSafely(ctx context.Context, letterID string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", bus.ErrPanic, p)
		}
	}()
	return r.Redrive(ctx, letterID)
}
