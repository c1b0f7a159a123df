package app

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

var (
	boardsCounted = promauto.NewCounter(prometheus.CounterOpts{
		Name: "qihe_boards_counted_lines_total",
		Help: "Lines and settling changes that this replica has counted on its boards since its start.",
	})
	boardsFollowed = promauto.NewGauge(prometheus.GaugeOpts{
		Name: "qihe_boards_followed_timestamp_seconds",
		Help: "When this replica last saw all of the ledger that is there for good.",
	})
)
