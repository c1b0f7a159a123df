package outbox

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Told is an event that the stream has acknowledged.
type Told struct {
	EventID   string `db:"event_id"`
	Aggregate string `db:"aggregate"`
	Version   int64  `db:"aggregate_version"`
	Subject   string `db:"subject"`

	TX string `db:"tx"` // with ID its place in the outbox
	ID int64  `db:"id"`
}

// ListTold returns up to limit events of the subjects (none: of all) that the
// relay has told the stream, in the order of the outbox, behind the event after
// (nil: from the start). Only what was stored between from and until counts.
func ListTold(ctx context.Context, q postgres.Querier, stream string, subjects []string, from, until time.Time, after *Told, limit int) ([]Told, error) {
	if after == nil {
		after = &Told{TX: "0"}
	}
	const query = `
		SELECT o.event_id, o.aggregate, o.aggregate_version, o.subject, o.tx, o.id
		FROM outbox o
		JOIN outbox_cursor c ON c.stream = $1 AND (o.tx, o.id) <= (c.tx, c.id)
		WHERE (o.tx, o.id) > ($2::xid8, $3::bigint)
		  AND (cardinality($4::text[]) = 0 OR o.subject = ANY ($4))
		  AND o.stored_at BETWEEN $5 AND $6
		ORDER BY o.tx, o.id
		LIMIT $7`
	var told []Told
	if err := sqlx.SelectContext(ctx, q, &told, query, stream, after.TX, after.ID, postgres.Array(subjects), from, until, limit); err != nil {
		return nil, fmt.Errorf("list what was told to %s: %w", stream, err)
	}
	return told, nil
}

// TellAgain puts the events into the stream once more, in the order of the
// outbox. Each goes under a new message id, because the stream drops for ten
// minutes what it believes to have; the event's own id stays, so who has it
// drops it. It returns how many there were.
func TellAgain(ctx context.Context, db *postgres.DB, b *bus.Bus, stream string, eventIDs []string) (int, error) {
	const query = `
		SELECT tx, id, event_id, aggregate, aggregate_version, subject, body, occurred_at, true AS settled
		FROM outbox
		WHERE event_id = ANY ($1::uuid[])
		ORDER BY id`
	var rows []row
	if err := db.Read(ctx, func(q postgres.Querier) error {
		return sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(eventIDs))
	}); err != nil {
		return 0, fmt.Errorf("read events to tell again: %w", err)
	}
	msgs := messages(rows)
	for i := range msgs {
		msgs[i].Again = id.New()
	}
	if _, err := b.Publish(ctx, stream, msgs); err != nil {
		return 0, fmt.Errorf("tell again: %w", err)
	}
	return len(rows), nil
}
