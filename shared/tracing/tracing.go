// Package tracing follows one act through all services: from the request at the
// portal over HTTP, through an outbox and the stream, into whoever consumes it.
//
// It is off unless OTEL_EXPORTER_OTLP_ENDPOINT says where spans go, and then a
// share of the acts is followed, chosen by the portal: what it chose is carried
// on (W3C Trace Context), so a trace is whole or not there. A browser cannot
// choose. Off, it costs a look at a pointer.
//
// A span says which service did what kind of thing and for how long, by the
// pattern of a route or the subject of an event. It never holds an address, a
// query, an error's text or anything about a person (docs/adr/0087).
package tracing

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"github.com/qihe-volunteers/qihe/shared/config"
)

// Settings are those of the OpenTelemetry specification, under its names.
type Settings struct {
	Endpoint string  `env:"OTEL_EXPORTER_OTLP_ENDPOINT"`               // http://collector:4318; empty: nothing is traced
	Ratio    float64 `env:"OTEL_TRACES_SAMPLER_ARG" envDefault:"0.01"` // the share of acts that is followed, 0 to 1
}

// process is what the services of this process have in common.
type process struct {
	sampler sdktrace.Sampler
	spans   sdktrace.SpanProcessor

	mu        sync.Mutex
	providers map[string]trace.TracerProvider // by service
}

var current atomic.Pointer[process]

// MustStart is Start for a main function, with the settings of the environment:
// it reports what is wrong and exits with status 2.
func MustStart(log *slog.Logger) (stop func()) {
	stop, err := Start(config.MustLoad[Settings](""), log)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	return stop
}

// Start sends the spans of whatever is made by For from now on. While the
// collector is away spans are thrown away; nothing else waits for them. stop
// delivers what is there, within three seconds.
func Start(s Settings, log *slog.Logger) (stop func(), err error) {
	if s.Endpoint == "" {
		return func() {}, nil
	}
	to, err := url.Parse(s.Endpoint)
	if err != nil || to.Host == "" || s.Ratio < 0 || s.Ratio > 1 {
		return nil, fmt.Errorf("OTEL_EXPORTER_OTLP_ENDPOINT is like http://host:4318, and OTEL_TRACES_SAMPLER_ARG between 0 and 1: %q, %v", s.Endpoint, s.Ratio)
	}
	exporter, err := otlptracehttp.New(context.Background(), otlptracehttp.WithEndpointURL(to.JoinPath("v1", "traces").String()))
	if err != nil {
		return nil, fmt.Errorf("send spans to %s: %w", s.Endpoint, err)
	}
	p := &process{
		sampler:   sdktrace.ParentBased(sdktrace.TraceIDRatioBased(s.Ratio)),
		spans:     sdktrace.NewBatchSpanProcessor(&sender{SpanExporter: exporter, log: log}, sdktrace.WithBatchTimeout(time.Second)),
		providers: map[string]trace.TracerProvider{},
	}
	current.Store(p)
	return func() {
		current.CompareAndSwap(p, nil)
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		_ = p.spans.Shutdown(ctx) // who sends has said what was wrong
	}, nil
}

// provider returns the service's, because a process may run several services.
func (p *process) provider(service string) trace.TracerProvider {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.providers[service] == nil {
		p.providers[service] = sdktrace.NewTracerProvider(
			sdktrace.WithSampler(p.sampler), sdktrace.WithSpanProcessor(p.spans),
			sdktrace.WithResource(resource.NewSchemaless(
				attribute.String("service.name", service), attribute.String("service.namespace", "qihe"))))
	}
	return p.providers[service]
}

// sender says when spans can no longer be delivered and when they can again,
// once each.
type sender struct {
	sdktrace.SpanExporter
	log  *slog.Logger
	away bool
}

// ExportSpans is called by one goroutine at a time.
func (s *sender) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	err := s.SpanExporter.ExportSpans(ctx, spans)
	if err != nil && !s.away {
		s.log.Warn("spans cannot be delivered", "error", err)
	}
	if err == nil && s.away {
		s.log.Info("spans are delivered again")
	}
	s.away = err != nil
	return nil // or OpenTelemetry would print it, each time
}
