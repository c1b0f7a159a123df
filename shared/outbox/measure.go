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
	told = promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "qihe_outbox_told_events_total",
		Help: "Events that the stream has acknowledged to this process.",
	}, []string{"stream"})
)

// measure keeps the gauges up to date, in every process: when nobody leads,
// the figures matter most.
func (r *Relay) measure(ctx context.Context) {
	ticker := time.NewTicker(measureEvery)
	defer ticker.Stop()
	late := false
	told.WithLabelValues(r.stream) // a rate needs a zero to begin at
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

func (r *Relay) unsent(ctx context.Context) (count int64, age time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, measureEvery)
	defer cancel()
	err = r.db.Read(ctx, func(q postgres.Querier) error {
		count, age, err = Unsent(ctx, q, r.stream)
		return err
	})
	return count, age, err
}
