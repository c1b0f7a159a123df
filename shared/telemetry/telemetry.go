// Package telemetry is how a service is watched: structured log lines and
// Prometheus metrics. Neither ever holds a name, a phone number or an address.
package telemetry

import (
	"io"
	"log/slog"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// NewLogger returns a logger that writes JSON lines to w, each naming the service.
// level is debug, info, warn or error; anything else is info.
func NewLogger(w io.Writer, service, level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: l})).With("service", service)
}

var requests = promauto.NewHistogramVec(prometheus.HistogramOpts{
	Name:    "qihe_http_request_seconds",
	Help:    "How long requests took, by service, route and status.",
	Buckets: prometheus.ExponentialBuckets(0.001, 2, 14),
}, []string{"service", "method", "route", "status"})

// HTTP measures every request of a service by its route's pattern.
func HTTP(service string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			start := time.Now()
			err := next(c)
			if err != nil {
				c.Error(err)
			}
			status := strconv.Itoa(c.Response().Status)
			requests.WithLabelValues(service, c.Request().Method, c.Path(), status).Observe(time.Since(start).Seconds())
			return nil
		}
	}
}

// Handler serves all metrics of the process in Prometheus's format.
func Handler() echo.HandlerFunc { return echo.WrapHandler(promhttp.Handler()) }
