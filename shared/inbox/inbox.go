// Package inbox makes "at least once, in any order" into "once".
//
// The bus may deliver an event twice: an acknowledgement was lost, a stream
// was refilled, another replica took over. In one transaction a Receiver
// writes the events' ids into the inbox, keeps those that were not there yet,
// and lets the service apply them. Either all of it is committed or none of
// it, so an event counts once however often it comes.
//
// The inbox is pruned after some time, and a stream can be refilled with much
// older events. So every effect also needs a key of its own that the business
// gives it, and a projection applies only newer versions. The same two rules
// make any order give the same state; bustest.EveryWay tries it.
package inbox

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations returns the tables inbox and dead_letters.
func Migrations() postgres.Migrations { return postgres.EmbeddedMigrations("inbox", files) }

// Receiver is one consumer of a service: what it does at each kind of event.
type Receiver struct {
	db        *postgres.DB
	durable   string
	reactions []reaction
}

// reaction is what happens at the events of one subject.
type reaction struct {
	subject string
	decode  func(batch []bus.Delivery) (apply, error)
}

type apply func(ctx context.Context, q postgres.Querier) error

// NewReceiver returns a receiver that works on db under the durable name of
// its consumer: "hours-from-tasks".
func NewReceiver(db *postgres.DB, durable string) *Receiver {
	return &Receiver{db: db, durable: durable}
}

// On registers what happens at events of type E: f is called with those of a
// batch that are new, at most once per batch, in the receiver's transaction.
// When a batch holds several types, they are applied in the order of
// registration.
func On[E outbox.Event](r *Receiver, f func(ctx context.Context, q postgres.Querier, events []E) error) {
	var zero E
	subject := zero.Subject()
	r.reactions = append(r.reactions, reaction{subject: subject, decode: func(batch []bus.Delivery) (apply, error) {
		events := make([]E, len(batch))
		for i, d := range batch {
			if err := json.Unmarshal(d.Data, &events[i]); err != nil {
				return nil, fmt.Errorf("decode %s %s: %w", subject, d.ID, err)
			}
		}
		return func(ctx context.Context, q postgres.Querier) error { return f(ctx, q, events) }, nil
	}})
}

// Subscription returns what bus.Consume needs to feed the receiver from the
// stream. Register all reactions before.
func (r *Receiver) Subscription(stream string) bus.Subscription {
	subjects := make([]string, len(r.reactions))
	for i, reaction := range r.reactions {
		subjects[i] = reaction.subject
	}
	return bus.Subscription{
		Stream:     stream,
		Durable:    r.durable,
		Subjects:   subjects,
		Handle:     r.handle,
		DeadLetter: r.bury,
	}
}
