package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const (
	// nightAt is when the whole city is looked at: claims of the day have come in.
	nightAt = 2 * time.Hour
	// lookBack is how many days each night looks at: a phone sends what it kept for up to 72 hours.
	lookBack = 4 * 24 * time.Hour
)

// lookAtCity looks once a night at what everybody did in the last days, and
// asks about what cannot be. A finding that was asked about before is not asked
// about again, so a night that is done twice, or not at all, does no harm.
func (a *App) lookAtCity(ctx context.Context) error {
	now := a.clock.Now()
	midnight := startOfDay(now)
	if now.Before(midnight.Add(nightAt)) {
		return nil
	}
	day := midnight.In(clock.City).Format(time.DateOnly)
	var done bool
	err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		done, err = store.NightDone(ctx, q, day)
		return err
	})
	if err != nil || done {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		first, err := store.InsertNight(ctx, q, day, now)
		if err != nil || !first {
			return err
		}
		traces, err := store.ListTraces(ctx, q, midnight.Add(-lookBack), midnight)
		if err != nil {
			return err
		}
		return a.ask(ctx, q, domain.Detect(traces))
	})
}

// streamBack is how far back the stream of claims is looked at each time: a
// duty that was late, or a replica that was away, misses nothing.
const streamBack = 10 * time.Minute

// lookAtDevices asks about the phones from which several people checked
// themselves in at one shift and that nobody declared to be shared.
func (a *App) lookAtDevices(ctx context.Context) error {
	var found []domain.Finding
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		claims, err := store.ListDeviceClaims(ctx, q, a.clock.Now().Add(-streamBack))
		found = domain.DetectDevices(claims)
		return err
	})
	if err != nil || len(found) == 0 {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error { return a.ask(ctx, q, found) })
}

// ask keeps what is found for the first time and tells whom it is about.
func (a *App) ask(ctx context.Context, q postgres.Querier, found []domain.Finding) error {
	if len(found) == 0 {
		return nil
	}
	now := a.clock.Now()
	anomalies := make([]domain.Anomaly, len(found))
	for i, f := range found {
		anomalies[i] = domain.NewAnomaly(f, now)
	}
	fresh, err := store.InsertAnomalies(ctx, q, anomalies)
	if err != nil {
		return err
	}
	var events []outbox.Event
	for _, f := range fresh {
		told, err := a.tellAnomaly(ctx, q, tasksv1.NoticeAnomalyFound, f)
		if err != nil {
			return err
		}
		events = append(events, told...)
	}
	return outbox.Append(ctx, q, now, events...)
}

func (a *App) tellAnomaly(ctx context.Context, q postgres.Querier, kind tasksv1.NoticeKind, about domain.Anomaly) ([]outbox.Event, error) {
	listing, err := store.FindAnyListing(ctx, q, about.ShiftID)
	if err != nil {
		return nil, err
	}
	return news(kind, listing, a.clock.Now(), nil, about.VolunteerID), nil
}
