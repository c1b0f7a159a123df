package outbox

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Choice says which of the events that a stream was told are meant. What is zero
// lets everything through.
type Choice struct {
	Aggregate, Subject string
	Since, Until       time.Time // when it was stored
	From, To           int64     // ids, both inclusive
	Events             []string  // ids of events
}

// Chosen is how many events of a subject a Choice means, and where they lie.
type Chosen struct {
	Subject string    `db:"subject"`
	Events  int64     `db:"events"`
	From    int64     `db:"from_id"`
	To      int64     `db:"to_id"`
	First   time.Time `db:"first_at"`
	Last    time.Time `db:"last_at"`
}

// chosen are the rows of a Choice: its parameters are those of args, $1 to $8.
const chosen = `
	FROM outbox o
	JOIN outbox_cursor c ON c.stream = $1 AND (o.tx, o.id) <= (c.tx, c.id)
	WHERE ($2 = '' OR o.aggregate = $2) AND ($3 = '' OR o.subject = $3)
	  AND o.stored_at BETWEEN $4 AND $5 AND o.id BETWEEN $6 AND $7
	  AND (coalesce(cardinality($8::uuid[]), 0) = 0 OR o.event_id = ANY ($8))`

func (c Choice) args(stream string) []any {
	until, to := c.Until, c.To
	if until.IsZero() {
		until = time.Date(9999, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	if to == 0 {
		to = 1<<63 - 1
	}
	return []any{stream, c.Aggregate, c.Subject, c.Since, until, c.From, to, postgres.Array(c.Events)}
}

// CountChosen returns what of the stream's events is meant, by subject.
func CountChosen(ctx context.Context, q postgres.Querier, stream string, c Choice) (found []Chosen, err error) {
	const query = `
		SELECT o.subject, count(*) AS events, min(o.id) AS from_id, max(o.id) AS to_id, min(o.stored_at) AS first_at, max(o.stored_at) AS last_at` + chosen + `
		GROUP BY o.subject
		ORDER BY o.subject`
	if err := sqlx.SelectContext(ctx, q, &found, query, c.args(stream)...); err != nil {
		return nil, fmt.Errorf("count what %s was told: %w", stream, err)
	}
	return found, nil
}

// AskAgain lets the relay tell the next events of a Choice once more, in the order of
// the outbox: up to limit of those behind the id after. It returns their ids, and the
// id of the last in the outbox; none when there are no more. Whoever asks is the
// database's owner, or above it.
func AskAgain(ctx context.Context, q postgres.Querier, stream string, c Choice, after int64, limit int) (eventIDs []string, last int64, err error) {
	c.From = max(c.From, after+1)
	const query = `SELECT o.event_id, o.id` + chosen + ` ORDER BY o.id LIMIT $9`
	var rows []struct {
		EventID string `db:"event_id"`
		ID      int64  `db:"id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, append(c.args(stream), limit)...); err != nil || len(rows) == 0 {
		return nil, 0, err
	}
	eventIDs = make([]string, len(rows))
	for i, r := range rows {
		eventIDs[i] = r.EventID
	}
	const insert = `INSERT INTO outbox_again (event_id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING`
	if _, err := q.ExecContext(ctx, insert, postgres.Array(eventIDs)); err != nil {
		return nil, 0, fmt.Errorf("ask %s to tell again: %w", stream, err)
	}
	return eventIDs, rows[len(rows)-1].ID, nil
}

// CountAsked returns how many events are still to be told once more.
func CountAsked(ctx context.Context, q postgres.Querier) (n int64, err error) {
	if err := sqlx.GetContext(ctx, q, &n, `SELECT count(*) FROM outbox_again`); err != nil {
		return 0, fmt.Errorf("count what is to be told again: %w", err)
	}
	return n, nil
}

// roundsOfAsked is how many batches of what was asked for are told between two looks
// at what is new, which goes first.
const roundsOfAsked = 4

// tellAsked tells what somebody asked for once more. Each goes under a new message id,
// because the stream drops what it believes to have; the event's own stays.
func (t *turn) tellAsked(ctx context.Context) error {
	const find = `
		SELECT o.tx, o.id, o.event_id, o.aggregate, o.aggregate_version, o.subject, o.body, o.occurred_at, true AS settled
		FROM outbox_again a
		JOIN outbox o ON o.event_id = a.event_id
		ORDER BY o.id
		LIMIT $1`
	const done = `DELETE FROM outbox_again WHERE event_id = ANY ($1::uuid[])`
	for range roundsOfAsked {
		var rows []row
		if err := t.conn.SelectContext(ctx, &rows, find, batchSize); err != nil {
			return fmt.Errorf("read what is to be told again: %w", err)
		}
		if len(rows) == 0 {
			return nil
		}
		msgs, ids := messages(rows), make([]string, len(rows))
		for i, r := range rows {
			msgs[i].Again, ids[i] = id.New(), r.EventID
		}
		sequence, err := t.bus.Publish(ctx, t.stream, msgs)
		if err != nil {
			return err
		}
		if err := inTx(ctx, t.conn, func(tx *sqlx.Tx) error {
			_, err := tx.ExecContext(ctx, done, postgres.Array(ids))
			return err
		}); err != nil {
			return fmt.Errorf("forget what was told again: %w", err)
		}
		if err := t.move(ctx, t.at.TX, t.at.ID, sequence); err != nil { // so that losing these from the stream is noticed, too
			return err
		}
	}
	return nil
}
