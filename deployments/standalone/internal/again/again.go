// Package again lets a service tell once more what it has told: for one who lost what it
// had heard. The service's relay does that, in its own time; here the wish is written
// down, whether Qihe runs or not.
//
// Nothing counts twice. Who has an event in the inbox drops it; Forget takes it out of
// one consumer's inbox, for one who lost what the event made and not the inbox, and then
// the keys that the business gives (a line of the ledger per attendance, the newest
// version of a brigade) do the same.
package again

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/checkup"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// atOnce is how many events are asked for in one transaction: an open one hides newer
// events of all services.
const atOnce = 5000

// Wish is what a service is asked to tell once more.
type Wish struct {
	Service string
	Choice  outbox.Choice
	Forget  string // a consumer that forgets having heard it; empty: none
}

// ErrConsumer says that nobody listens to the service under that name.
var ErrConsumer = fmt.Errorf("没有这样的听者，名字像 hours-from-tasks\nNobody listens under that name; names are like hours-from-tasks")

// Missing returns the events of the service that were told and did not arrive at somebody.
func Missing(ctx context.Context, s *site.Site, service string) (eventIDs []string, err error) {
	for _, listener := range site.Services {
		for _, h := range checkup.Hearings[listener] {
			if h.Stream != checkup.Streams[service] {
				continue
			}
			gaps, err := checkup.Gaps(ctx, s, listener, h)
			if err != nil {
				return nil, err
			}
			for _, g := range gaps {
				eventIDs = append(eventIDs, g.Events...)
			}
		}
	}
	slices.Sort(eventIDs)
	return slices.Compact(eventIDs), nil
}

// Count returns what the wish means, by subject.
func (w Wish) Count(ctx context.Context, s *site.Site) (found []outbox.Chosen, err error) {
	if _, err := w.listener(); err != nil {
		return nil, err
	}
	db, err := s.Open(ctx, w.Service)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	err = db.Read(ctx, func(q postgres.Querier) error {
		found, err = outbox.CountChosen(ctx, q, checkup.Streams[w.Service], w.Choice)
		return err
	})
	return found, err
}

// listener returns whose consumer is to forget.
func (w Wish) listener() (string, error) {
	if w.Forget == "" {
		return "", nil
	}
	for service, all := range checkup.Hearings {
		for _, h := range all {
			if h.Durable == w.Forget && h.Stream == checkup.Streams[w.Service] {
				return service, nil
			}
		}
	}
	return "", ErrConsumer
}

// Ask writes the wish down; asked hears how many events are asked for so far.
func (w Wish) Ask(ctx context.Context, s *site.Site, asked func(n int)) (n int, err error) {
	listener, err := w.listener()
	if err != nil {
		return 0, err
	}
	db, err := s.Open(ctx, w.Service)
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	for after := int64(0); ; {
		var some []string
		var last int64
		// First what may be forgotten, then what is told: in between nothing is lost, for it is told all the same.
		if err := db.InTx(ctx, func(q postgres.Querier) error {
			if some, last, err = outbox.AskAgain(ctx, q, checkup.Streams[w.Service], w.Choice, after, atOnce); err != nil || listener == "" {
				return err
			}
			return forget(ctx, s, listener, w.Forget, some)
		}); err != nil || len(some) == 0 {
			return n, err
		}
		n, after = n+len(some), last
		asked(n)
	}
}

func forget(ctx context.Context, s *site.Site, listener, consumer string, eventIDs []string) error {
	db, err := s.Open(ctx, listener)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return db.InTx(ctx, func(q postgres.Querier) error {
		if _, err := q.ExecContext(ctx, `DELETE FROM inbox WHERE consumer = $1 AND event_id = ANY ($2::uuid[])`, consumer, postgres.Array(eventIDs)); err != nil {
			return fmt.Errorf("forget what %s has heard: %w", consumer, err)
		}
		return nil
	})
}

// Await returns when all was told that was asked for, or an error when ctx ends before;
// left hears how many are still to be told.
func Await(ctx context.Context, s *site.Site, service string, left func(n int64)) error {
	db, err := s.Open(ctx, service)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	tick := time.NewTicker(300 * time.Millisecond)
	defer tick.Stop()
	for {
		var n int64
		if err := db.Read(ctx, func(q postgres.Querier) error { n, err = outbox.CountAsked(ctx, q); return err }); err != nil {
			return err
		}
		if left(n); n == 0 {
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("还有 %[1]d 件没有再说\n%[1]d events are still to be told again: %[2]w", n, ctx.Err())
		}
	}
}
