package checkup

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/letters"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/reconcile"
)

const (
	onTheWay = time.Minute         // what is younger may be on its way
	kept     = 13 * 24 * time.Hour // inboxes are kept for fourteen days
	tooLong  = 10 * time.Second    // that an event waits to be told, while the city runs
)

// Gaps returns what was told to a consumer of the service and did not arrive.
func Gaps(ctx context.Context, s *site.Site, service string, h bus.Subscription) ([]reconcile.Gap, error) {
	from, err := s.Open(ctx, tellerOf(h.Stream))
	if err != nil {
		return nil, err
	}
	defer func() { _ = from.Close() }()
	to, err := s.Open(ctx, service)
	if err != nil {
		return nil, err
	}
	defer func() { _ = to.Close() }()
	until, err := settledUntil(ctx, s, from)
	if err != nil {
		return nil, err
	}
	way := reconcile.Way{From: from, Stream: h.Stream, To: to, Consumer: h.Durable, Subjects: h.Subjects}
	return way.Gaps(ctx, time.Now().Add(-kept), until)
}

// settledUntil is when whatever was stored should have arrived. A city that stands
// still was stopped while something was on its way: it arrives after the next start.
func settledUntil(ctx context.Context, s *site.Site, from *postgres.DB) (time.Time, error) {
	if s.Runs {
		return time.Now().Add(-onTheWay), nil
	}
	var last time.Time
	err := from.Read(ctx, func(q postgres.Querier) error {
		return q.QueryRowxContext(ctx, `SELECT coalesce(max(stored_at), now()) FROM outbox`).Scan(&last)
	})
	if err != nil {
		return last, fmt.Errorf("find the newest event: %w", err)
	}
	return last.Add(-onTheWay), nil
}

func (r round) arrivals(ctx context.Context, service string, h bus.Subscription) (Finding, error) {
	gaps, err := Gaps(ctx, r.site, service, h)
	if err != nil {
		return Finding{}, err
	}
	events := 0
	for _, g := range gaps {
		events += len(g.Events)
	}
	f := Finding{Good: events == 0, Chinese: fmt.Sprintf("说过而没有收到 %d 件", events), English: fmt.Sprintf("%d events told and not arrived", events)}
	if !f.Good {
		f.Chinese += fmt.Sprintf("；%s 版本 %d–%d；qihe republish %s --missing", gaps[0].Aggregate, gaps[0].First, gaps[0].Last, tellerOf(h.Stream))
		f.English += fmt.Sprintf("; the first: %s", gaps[0])
	}
	return f, nil
}

func (r round) outbox(ctx context.Context, service string) (f Finding, err error) {
	db, err := r.site.Open(ctx, service)
	if err != nil {
		return f, err
	}
	defer func() { _ = db.Close() }()
	err = db.Read(ctx, func(q postgres.Querier) error {
		count, age, err := outbox.Unsent(ctx, q, Streams[service])
		age = age.Round(time.Second)
		f = Finding{
			Good:    !r.site.Runs || age <= tooLong,
			Chinese: fmt.Sprintf("等着发出 %d 件，最久 %s", count, age),
			English: fmt.Sprintf("%d events wait to be told, the oldest for %s", count, age),
		}
		return err
	})
	return f, err
}

func (r round) letters(ctx context.Context) (Finding, error) {
	all, err := letters.List(ctx, r.site)
	if err != nil {
		return Finding{}, err
	}
	f := Finding{Good: len(all) == 0, Chinese: fmt.Sprintf("没有处理成的事件 %d 件", len(all)), English: fmt.Sprintf("%d events given up", len(all))}
	if !f.Good {
		f.Chinese += "；qihe deadletters list"
		f.English += "; the first: " + all[0].Consumer + " " + all[0].Subject
	}
	return f, nil
}
