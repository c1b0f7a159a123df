package inbox

import (
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// handle applies the events of the batch that are new, all or nothing. Events
// of subjects nobody registered for are left alone.
func (r *Receiver) handle(ctx context.Context, batch []bus.Delivery) error {
	return later(r.db.InTx(ctx, func(q postgres.Querier) error { return r.receive(ctx, q, batch) }))
}

func (r *Receiver) receive(ctx context.Context, q postgres.Querier, batch []bus.Delivery) error {
	fresh, err := r.take(ctx, q, batch)
	if err != nil {
		return err
	}
	for _, reaction := range r.reactions {
		mine := choose(fresh, reaction.subject)
		if len(mine) == 0 {
			continue
		}
		apply, err := reaction.decode(mine)
		if err != nil {
			return err
		}
		if err := apply(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

// later marks an error that is no fault of the events: the database is away, or somebody
// holds a lock. A lock that is forgotten for a quarter of an hour must not make dead
// letters of all that came meanwhile.
func later(err error) error {
	if err != nil && (postgres.Unreachable(err) || postgres.Locked(err)) {
		return fmt.Errorf("%w: %w", bus.ErrRetryLater, err)
	}
	return err
}

// take writes the events' ids into the inbox and returns those that were not there.
func (r *Receiver) take(ctx context.Context, q postgres.Querier, batch []bus.Delivery) ([]bus.Delivery, error) {
	ids := make([]string, 0, len(batch))
	for _, d := range batch {
		if !id.Valid(d.ID) {
			return nil, fmt.Errorf("%w: %q", errNoUUID, d.ID)
		}
		ids = append(ids, d.ID)
	}
	slices.Sort(ids) // two replicas with overlapping batches wait for each other in one order: no deadlock
	const query = `
		INSERT INTO inbox (consumer, event_id)
		SELECT $1, unnest($2::uuid[])
		ON CONFLICT DO NOTHING
		RETURNING event_id`
	var inserted []string
	if err := sqlx.SelectContext(ctx, q, &inserted, query, r.durable, postgres.Array(ids)); err != nil {
		return nil, fmt.Errorf("write inbox of %s: %w", r.durable, err)
	}
	isNew := make(map[string]bool, len(inserted))
	for _, eventID := range inserted {
		isNew[eventID] = true
	}
	fresh := make([]bus.Delivery, 0, len(inserted))
	for _, d := range batch {
		if isNew[d.ID] {
			fresh = append(fresh, d)
			delete(isNew, d.ID) // the same event twice in one batch
		}
	}
	return fresh, nil
}

func choose(batch []bus.Delivery, subject string) (chosen []bus.Delivery) {
	for _, d := range batch {
		if d.Subject == subject {
			chosen = append(chosen, d)
		}
	}
	return chosen
}
