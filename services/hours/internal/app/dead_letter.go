package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListDeadLetters returns the events that this service gave up, with the names of who
// asked for them again by id. It is for administrators of the city; others get Forbidden.
func (a *App) ListDeadLetters(ctx context.Context) (inbox.Desk, map[string]string, error) {
	d, err := inbox.ListLetters(ctx, a.db)
	if err != nil {
		return d, nil, err
	}
	names := map[string]string{}
	for id, person := range a.people.Find(ctx, d.Askers()) {
		names[id] = person.FullName()
	}
	return d, names, nil
}

// RedriveDeadLetters has events tried again and writes down who asked. It is for
// administrators of the city, with a second factor; others get Forbidden.
func (a *App) RedriveDeadLetters(ctx context.Context, letterIDs []string) error {
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "redrive_dead_letters", letterIDs, func(q postgres.Querier) (struct{}, error) {
		return struct{}{}, inbox.AskAgain(ctx, q, letterIDs)
	})
	return err
}
