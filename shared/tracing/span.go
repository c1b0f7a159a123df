package tracing

import (
	"context"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// scope names who makes the spans.
const scope = "github.com/qihe-volunteers/qihe/shared/tracing"

const header = "traceparent"

var w3c propagation.TraceContext

// Tracer begins the spans of one service. The zero Tracer begins none.
type Tracer struct{ tracer trace.Tracer }

// For returns the service's tracer: one that does nothing while tracing is off.
func For(service string) Tracer {
	p := current.Load()
	if p == nil {
		return Tracer{}
	}
	return Tracer{p.provider(service).Tracer(scope)}
}

// On reports whether the tracer makes spans.
func (t Tracer) On() bool { return t.tracer != nil }

// Start begins a span within that of ctx, or the first of a new trace.
func (t Tracer) Start(ctx context.Context, name string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	if t.tracer == nil {
		return ctx, noop.Span{}
	}
	return t.tracer.Start(ctx, name, options...)
}

// Continue begins a span within that which Parent has written down, in this
// process or another. An empty parent belongs to an act that is not followed,
// and then there is no span.
func (t Tracer) Continue(ctx context.Context, parent, name string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	if t.tracer == nil || parent == "" {
		return ctx, noop.Span{}
	}
	return t.tracer.Start(w3c.Extract(ctx, propagation.MapCarrier{header: parent}), name, options...)
}

// Parent writes down the span of ctx, as W3C Trace Context does; "" when the act is not followed.
func Parent(ctx context.Context) string {
	if !trace.SpanContextFromContext(ctx).IsSampled() {
		return ""
	}
	carrier := propagation.MapCarrier{}
	w3c.Inject(ctx, carrier)
	return carrier[header]
}

// Together begins one span for what several acts share, such as a commit. It
// lies within the first of their spans that is followed, and says which the
// others are. When none is, there is no span.
func Together(ctx context.Context, name string, acts []trace.Span) (context.Context, trace.Span) {
	var first trace.Span
	var others []trace.Link
	for _, act := range acts {
		switch {
		case !act.IsRecording():
		case first == nil:
			first = act
		default:
			others = append(others, trace.Link{SpanContext: act.SpanContext()})
		}
	}
	if first == nil {
		return ctx, noop.Span{}
	}
	return first.TracerProvider().Tracer(scope).Start(trace.ContextWithSpan(ctx, first), name, trace.WithLinks(others...))
}

// End ends the span; an error is marked, and its text kept out: it may name somebody.
func End(span trace.Span, err error) {
	if err != nil {
		span.SetStatus(codes.Error, "")
	}
	span.End()
}
