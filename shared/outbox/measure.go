package outbox

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const (
	measureEvery = 5 * time.Second
	tooOld       = 10 * time.Second // an event waiting this long is worth a warning
)

var (
	backlog = promauto.NewGaugeVec(prometheus.GaugeOpts{
		Name: "qihe_outbox_backlog_events",
		Help: "Events committed and not yet acknowledged by the stream, counted up to 100000.",
	}, []string{"stream"})
	oldest = promauto.NewGaugeVec(prometheus.GaugeOpts{
		Name: "qihe_outbox_oldest_unsent_seconds",
		Help: "How long the oldest of them has been waiting.",
	}, []string{"stream"})
)

// measure keeps the gauges up to date, in every process: when nobody leads,
// the figures matter most.
func (r *Relay) measure(ctx context.Context) {
	ticker := time.NewTicker(measureEvery)
	defer ticker.Stop()
	late := false
	for {
		count, age, err := r.unsent(ctx)
		if err == nil { // else the database is away, which others report
			backlog.WithLabelValues(r.stream).Set(float64(count))
			oldest.WithLabelValues(r.stream).Set(age.Seconds())
			late = r.report(late, count, age)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// report logs when events begin to wait for long, and when they no longer do.
func (r *Relay) report(was bool, count int64, age time.Duration) (late bool) {
	late = age > tooOld
	if late && !was {
		r.log.Warn("events wait in the outbox", "backlog", count, "oldest", age)
	}
	if was && !late {
		r.log.Info("events no longer wait in the outbox", "backlog", count)
	}
	return late
}

// unsent returns how many events wait, and for how long the oldest has.
func (r *Relay) unsent(ctx context.Context) (count int64, age time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, measureEvery)
	defer cancel()
	const query = `
		SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(stored_at)), 0)::float8
		FROM (
			SELECT stored_at
			FROM outbox
			WHERE (tx, id) > (coalesce((SELECT tx FROM outbox_cursor WHERE stream = $1), '0'),
			                  coalesce((SELECT id FROM outbox_cursor WHERE stream = $1), 0))
			ORDER BY tx, id
			LIMIT 100000
		) waiting`
	var seconds float64
	err = r.db.Read(ctx, func(q postgres.Querier) error {
		return q.QueryRowxContext(ctx, query, r.stream).Scan(&count, &seconds)
	})
	return count, time.Duration(seconds * float64(time.Second)), err
}
