// Package outbox tells the other services what happened, exactly when it is
// true: an event is a row, written in the transaction that made it a fact.
//
// Append writes the row; a Relay carries the rows to JetStream. What is
// promised, and by which means:
//
//   - Nothing committed is lost, nothing rolled back is told. Numbers of a
//     sequence become visible in another order than they were drawn, so
//     "id > the last one" loses events (18 % in a measurement). The relay
//     orders by (tx, id), tx being the transaction's number, and reads only
//     below the oldest transaction that is still open: nothing can appear
//     behind it any more. The price: an open write in any database of the
//     server holds up newer events.
//   - Events of one aggregate are told in the order in which they were
//     appended, when that happens while the aggregate is locked. For this the
//     rows of a batch are sent in the order of their ids; see cut.
//   - One relay works at a time; a session advisory lock says which. One that
//     lost the lock without noticing can only repeat: the cursor moves by
//     compare-and-set, the stream drops known ids for ten minutes, and the
//     consumers' inbox for as long as the stream keeps anything.
//   - The outbox is the truth. When the stream was lost, made again or has
//     forgotten what it acknowledged, all retained rows are told again.
//   - No transaction is open while NATS is waited for.
//
// The cursor is a row of its own and events are never updated, so rows cost no
// vacuum. The run-time role cannot delete them.
package outbox

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations returns the tables outbox and outbox_cursor.
func Migrations() postgres.Migrations { return postgres.EmbeddedMigrations("outbox", files) }

// Event is a fact that a service tells the others: a struct of its contract.
type Event interface {
	Subject() string                       // "tasks.v1.attendance.confirmed", also of the zero value
	Aggregate() (id string, version int64) // what it is about, and after which change
}

// maxBody bounds an event's JSON well below what NATS takes in one message, so
// that an oversized event fails where it is made and never blocks the relay.
const maxBody = 256 << 10

// Append stores events in the caller's transaction, in order, with one
// statement; they are told after it commits. at is the business time at which
// they became true. When the act is followed, so are they.
func Append(ctx context.Context, q postgres.Querier, at time.Time, events ...Event) error {
	if len(events) == 0 {
		return nil
	}
	rows, err := encode(events)
	if err != nil {
		return err
	}
	const query = `
		INSERT INTO outbox (event_id, aggregate, aggregate_version, subject, body, occurred_at, traceparent)
		SELECT event_id, aggregate, aggregate_version, subject, body::json, $6, $7
		FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::text[])
			WITH ORDINALITY AS e (event_id, aggregate, aggregate_version, subject, body, place)
		ORDER BY place`
	if _, err := q.ExecContext(ctx, query,
		postgres.Array(rows.ids), postgres.Array(rows.aggregates), postgres.Array(rows.versions),
		postgres.Array(rows.subjects), postgres.Array(rows.bodies), at, followed(ctx)); err != nil {
		return fmt.Errorf("append %d events to outbox: %w", len(events), err)
	}
	return nil
}

func followed(ctx context.Context) sql.NullString {
	parent := tracing.Parent(ctx)
	return sql.NullString{String: parent, Valid: parent != ""}
}

// columns is a set of rows turned on its side, as unnest wants it.
type columns struct {
	ids, aggregates, subjects, bodies []string
	versions                          []int64
}

func encode(events []Event) (columns, error) {
	var c columns
	for _, e := range events {
		body, err := json.Marshal(e)
		if err != nil {
			return c, fmt.Errorf("encode %s: %w", e.Subject(), err)
		}
		if len(body) > maxBody {
			return c, fmt.Errorf("encode %s: %d bytes is more than an event may have", e.Subject(), len(body))
		}
		aggregate, version := e.Aggregate()
		c.ids = append(c.ids, id.New())
		c.aggregates = append(c.aggregates, aggregate)
		c.versions = append(c.versions, version)
		c.subjects = append(c.subjects, e.Subject())
		c.bodies = append(c.bodies, string(body))
	}
	return c, nil
}
