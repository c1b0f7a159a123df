package bus

import (
	"context"

	"go.opentelemetry.io/otel/trace"

	"github.com/qihe-volunteers/qihe/shared/tracing"
)

// follow begins a span for each event whose act is followed. What the batch does
// together, its handler does within the first. done ends them.
func (c *consumption) follow(ctx context.Context, batch []Delivery) (_ context.Context, done func(error)) {
	if !c.bus.tracer.On() {
		return ctx, func(error) {}
	}
	first := ctx
	var spans []trace.Span
	for _, d := range batch {
		within, span := c.bus.tracer.Continue(ctx, d.Trace, "hear "+d.Subject, trace.WithSpanKind(trace.SpanKindConsumer))
		if !span.IsRecording() {
			continue
		}
		if len(spans) == 0 {
			first = within
		}
		spans = append(spans, span)
	}
	return first, func(err error) {
		for _, span := range spans {
			tracing.End(span, err)
		}
	}
}
