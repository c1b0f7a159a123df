package translog

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

var (
	leaves = promauto.NewGaugeVec(prometheus.GaugeOpts{
		Name: "qihe_log_leaves",
		Help: "Leaves of the log, as the replica that keeps it last saw.",
	}, []string{"log"})
	unsigned = promauto.NewGaugeVec(prometheus.GaugeOpts{
		Name: "qihe_log_unsigned_leaves",
		Help: "Leaves that no checkpoint signs yet.",
	}, []string{"log"})
	unsignedFor = promauto.NewGaugeVec(prometheus.GaugeOpts{
		Name: "qihe_log_unsigned_seconds",
		Help: "How long ago the last checkpoint was signed while there are such leaves, by the service's clock; 0 without.",
	}, []string{"log"})
	lastStep = promauto.NewGaugeVec(prometheus.GaugeOpts{
		Name: "qihe_log_last_step_timestamp_seconds",
		Help: "When this replica last looked for new rows and could do it.",
	}, []string{"log"})
)

// measure says how far the log is, and how many of its leaves wait since when for
// a signature.
func (s *Sequencer) measure(size, grown int64, since time.Time) {
	waited := 0.0
	if grown > 0 && !since.IsZero() {
		waited = s.Clock.Now().Sub(since).Seconds()
	}
	leaves.WithLabelValues(s.Name).Set(float64(size))
	unsigned.WithLabelValues(s.Name).Set(float64(grown))
	unsignedFor.WithLabelValues(s.Name).Set(waited)
}
