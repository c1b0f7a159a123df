package bus

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

const measureEvery = 5 * time.Second

var (
	connections = promauto.NewGaugeVec(prometheus.GaugeOpts{
		Name: "qihe_bus_connected",
		Help: "1 while the service reaches NATS.",
	}, []string{"service"})
	backlog = promauto.NewGaugeVec(prometheus.GaugeOpts{
		Name: "qihe_consumer_backlog_events",
		Help: "Events in the stream that the consumer has not settled, over all replicas.",
	}, []string{"consumer"})
	settled = promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "qihe_consumer_events_total",
		Help: "Events by what became of them: applied, failed (tried again later) or given_up (a dead letter).",
	}, []string{"consumer", "outcome"})
	batches = promauto.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "qihe_consumer_batch_seconds",
		Help:    "How long the consumer took for a batch, its commit included.",
		Buckets: prometheus.ExponentialBuckets(0.001, 2, 16),
	}, []string{"consumer"})
)

// What an event became.
const (
	applied = "applied"
	failed  = "failed"
	givenUp = "given_up"
)

// measure keeps the backlog up to date. It asks in every replica and also while
// the database is away and nothing is taken: then the figure matters most.
func (c *consumption) measure(ctx context.Context) {
	for _, outcome := range []string{applied, failed, givenUp} {
		settled.WithLabelValues(c.Durable, outcome) // a rate needs a zero to begin at
	}
	batches.WithLabelValues(c.Durable)
	tick := time.NewTicker(measureEvery)
	defer tick.Stop()
	for {
		if n, err := c.behind(ctx); err == nil { // else the bus is away, which connections says
			backlog.WithLabelValues(c.Durable).Set(float64(n))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (c *consumption) behind(ctx context.Context) (uint64, error) {
	ctx, stop := c.bus.whileConnected(ctx)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	consumer, err := c.bus.js.Consumer(ctx, c.Stream, c.Durable)
	if err != nil {
		return 0, err
	}
	info := consumer.CachedInfo()
	return info.NumPending + uint64(max(info.NumAckPending, 0)), nil
}
