package app

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/trace"

	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// traceCounting says in the traces of those acts that are followed that their
// lines are on the boards now. Each line is told in the transaction that writes
// it, so the outbox knows which acts these are, in every replica.
func (a *App) traceCounting(ctx context.Context, q postgres.Querier, after string, begun time.Time) {
	if !a.tracer.On() {
		return
	}
	acts, err := outbox.ListTraces(ctx, q, after, a.place.Lines.TX)
	if err != nil {
		return // the boards are right all the same
	}
	for _, act := range acts {
		_, span := a.tracer.Continue(ctx, act, "count on the boards", trace.WithTimestamp(begun))
		span.End()
	}
}
