package tracing_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"go.opentelemetry.io/otel/trace"

	"github.com/qihe-volunteers/qihe/shared/testkit/spantest"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

// One test, because tracing is on or off for a whole process.
func TestTracing(t *testing.T) {
	t.Parallel()
	quiet := slog.New(slog.DiscardHandler)

	if stop, err := tracing.Start(tracing.Settings{Ratio: 1}, quiet); err != nil {
		t.Fatal(err)
	} else {
		stop()
	}
	if heard := ask(t, tracing.For("portal"), tracing.For("tasks")); heard != "" || tracing.For("tasks").On() {
		t.Errorf("nobody asked for spans, and %q was carried on", heard)
	}
	for _, wrong := range []tracing.Settings{{Endpoint: "collector:4318"}, {Endpoint: "http://collector:4318", Ratio: 2}} {
		if _, err := tracing.Start(wrong, quiet); err == nil {
			t.Errorf("%+v is taken", wrong)
		}
	}

	followed := spantest.Start(t)
	stop, err := tracing.Start(tracing.Settings{Endpoint: followed.URL, Ratio: 1}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	parent := ask(t, tracing.For("portal"), tracing.For("tasks"))
	_, span := tracing.For("hours").Continue(t.Context(), parent, "hear", trace.WithSpanKind(trace.SpanKindConsumer))
	tracing.End(span, errors.New("zhang wei"))
	_, span = tracing.For("hours").Continue(t.Context(), "", "hear what is not followed")
	span.End()
	ctx, one := tracing.For("tasks").Start(t.Context(), "one")
	_, other := tracing.For("tasks").Start(t.Context(), "other")
	_, group := tracing.Together(ctx, "group", []trace.Span{trace.SpanFromContext(context.Background()), one, other})
	group.End()
	stop()
	stop()
	names := map[string]spantest.Span{}
	for _, s := range followed.Spans(func(spantest.Span) bool { return true }) {
		names[s.Service+" "+s.Name] = s
	}
	chain := []string{"portal GET /page/:id", "portal GET tasks", "tasks GET /thing/:id", "hours hear"}
	for i, name := range chain {
		s, ok := names[name]
		if !ok || i > 0 && (s.Trace != names[chain[0]].Trace || s.Parent != names[chain[i-1]].ID) {
			t.Errorf("%s is not in the chain: %+v", name, names)
		}
	}
	joined := names["tasks group"]
	if joined.Trace != one.SpanContext().TraceID().String() || !slices.Equal(joined.Links, []string{other.SpanContext().SpanID().String()}) || len(names) != 5 {
		t.Errorf("what is done together: %+v", names)
	}
	for _, never := range []string{"zhang", "secret-id", "who=", "127.0.0.1"} {
		if bytes.Contains(followed.Raw(), []byte(never)) {
			t.Errorf("%q was sent", never)
		}
	}

	unchosen := spantest.Start(t)
	if stop, err = tracing.Start(tracing.Settings{Endpoint: unchosen.URL}, quiet); err != nil {
		t.Fatal(err)
	}
	if parent := ask(t, tracing.For("portal"), tracing.For("tasks")); parent != "" {
		t.Errorf("an act that was not chosen is carried on as %q", parent)
	}
	stop()
	if sent := unchosen.Spans(func(spantest.Span) bool { return true }); len(sent) != 0 {
		t.Errorf("spans of acts that were not chosen: %+v", sent)
	}
}

// ask lets the portal ask tasks, and returns what tasks would put into its outbox.
func ask(t testing.TB, portal, tasks tracing.Tracer) (parent string) {
	t.Helper()
	service := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		r, span := tasks.Incoming(r, "/thing/:id")
		parent = tracing.Parent(r.Context())
		tracing.Answered(span, http.StatusOK)
	}))
	defer service.Close()
	page, span := portal.Incoming(httptest.NewRequest(http.MethodGet, "/page/secret-id?who=zhang", nil), "/page/:id")
	defer func() { tracing.Answered(span, http.StatusOK) }()
	req, err := http.NewRequestWithContext(page.Context(), http.MethodGet, service.URL+"/thing/secret-id?who=zhang", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := tracing.Transport(http.DefaultTransport, "tasks").RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return parent
}
