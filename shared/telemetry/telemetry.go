// Package telemetry is how a service is watched: structured log lines and
// Prometheus metrics. Neither ever holds a name, a phone number or an address.
package telemetry

import (
	"io"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel/attribute"

	"github.com/qihe-volunteers/qihe/shared/tracing"
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

var inFlight = promauto.NewGaugeVec(prometheus.GaugeOpts{
	Name: "qihe_http_requests_in_flight",
	Help: "Requests that are being answered, open live pages among them.",
}, []string{"service"})

// HTTP measures every request of a service by its route's pattern.
func HTTP(service string) echo.MiddlewareFunc {
	open := inFlight.WithLabelValues(service)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			start := time.Now()
			open.Inc()
			defer open.Dec()
			err := next(c)
			if err != nil {
				c.Error(err)
			}
			if strings.HasPrefix(c.Response().Header().Get(echo.HeaderContentType), "text/event-stream") {
				return nil // a live page lasts as long as its reader stays: that is no slowness
			}
			status := strconv.Itoa(c.Response().Status)
			requests.WithLabelValues(service, tracing.Method(c.Request()), c.Path(), status).Observe(time.Since(start).Seconds())
			return nil
		}
	}
}

// Trace follows the requests of a service whose act is followed, by the route's
// pattern and the request's own number, which a page shows with a failure.
func Trace(service string) echo.MiddlewareFunc {
	tracer := tracing.For(service)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if !tracer.On() {
			return next
		}
		return func(c echo.Context) error {
			switch c.Path() {
			case "/healthz", "/readyz", "/metrics": // asked by machines, all the time
				return next(c)
			}
			r, span := tracer.Incoming(c.Request(), c.Path())
			span.SetAttributes(attribute.String("qihe.request_id", c.Response().Header().Get(echo.HeaderXRequestID)))
			c.SetRequest(r)
			if err := next(c); err != nil {
				c.Error(err)
			}
			tracing.Answered(span, c.Response().Status)
			return nil
		}
	}
}

// Handler serves all metrics of the process in Prometheus's format.
func Handler() echo.HandlerFunc { return echo.WrapHandler(promhttp.Handler()) }
