package outbox

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
	"go.opentelemetry.io/otel/trace"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

// follow begins a span for each message whose act is followed, and puts it into
// the message: whoever hears it goes on from there. end ends them.
func (r *Relay) follow(ctx context.Context, msgs []bus.Message) (end func(error)) {
	if !r.tracer.On() {
		return func(error) {}
	}
	var spans []trace.Span
	for i, m := range msgs {
		within, span := r.tracer.Continue(ctx, m.Trace, "tell "+m.Subject, trace.WithSpanKind(trace.SpanKindProducer))
		if span.IsRecording() {
			msgs[i].Trace = tracing.Parent(within)
			spans = append(spans, span)
		}
	}
	return func(err error) {
		for _, span := range spans {
			tracing.End(span, err)
		}
	}
}

// ListTraces returns, for tracing.Continue, where the acts were that told
// something in the transactions after one up to another; few of them.
func ListTraces(ctx context.Context, q postgres.Querier, after, until string) ([]string, error) {
	const query = `
		SELECT DISTINCT traceparent
		FROM outbox
		WHERE tx > $1::xid8 AND tx <= $2::xid8 AND traceparent IS NOT NULL
		LIMIT 100`
	var traces []string
	if err := sqlx.SelectContext(ctx, q, &traces, query, after, until); err != nil {
		return nil, fmt.Errorf("list traces after %s: %w", after, err)
	}
	return traces, nil
}
