package inbox

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var deadLetters = promauto.NewGaugeVec(prometheus.GaugeOpts{
	Name: "qihe_dead_letters",
	Help: "Events given up that were not applied since.",
}, []string{"consumer"})

// countDead keeps the number of the receiver's dead letters up to date.
func (r *Receiver) countDead(ctx context.Context) error {
	const query = `
		SELECT count(*)
		FROM dead_letters
		WHERE consumer = $1 AND redriven_at IS NULL`
	var n int64
	if err := r.db.Read(ctx, func(q postgres.Querier) error { return sqlx.GetContext(ctx, q, &n, query, r.durable) }); err != nil {
		return fmt.Errorf("count dead letters of %s: %w", r.durable, err)
	}
	deadLetters.WithLabelValues(r.durable).Set(float64(n))
	return nil
}
