package upkeep

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// keepInbox is how long the ids of events are kept: as long as a stream keeps the events.
const keepInbox = 14 * 24 * time.Hour

// Inbox forgets old events of all consumers of the receiver's database.
func Inbox(r *inbox.Receiver) Job {
	return Job{"inbox", func(ctx context.Context) error {
		return r.Prune(ctx, time.Now().Add(-keepInbox)) // the inbox goes by the database's clock
	}}
}

// Answers forgets old answers to requests.
func Answers(db *postgres.DB, c clock.Clock) Job {
	return Job{"answers", func(ctx context.Context) error {
		return idempotency.Prune(ctx, db, c.Now().Add(-idempotency.Keep))
	}}
}
