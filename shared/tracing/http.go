package tracing

import (
	"net/http"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Incoming begins the span of a request that came in, within that of whoever
// sent it. Own work, because the usual middleware writes down the address, the
// query and where somebody came from.
func (t Tracer) Incoming(r *http.Request, route string) (*http.Request, trace.Span) {
	ctx := w3c.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
	ctx, span := t.Start(ctx, Method(r)+" "+route, trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(
		attribute.String("http.request.method", Method(r)), attribute.String("http.route", route)))
	return r.WithContext(ctx), span
}

// Answered ends the span of a request.
func Answered(span trace.Span, status int) {
	span.SetAttributes(attribute.Int("http.response.status_code", status))
	if status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, "")
	}
	span.End()
}

// Method returns the request's method, or _OTHER for one that somebody made up.
func Method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return r.Method
	}
	return "_OTHER"
}

// Transport carries the trace of a request to the service that is asked, and
// makes a span of the asking, until the answer begins.
func Transport(next http.RoundTripper, service string) http.RoundTripper {
	return transport{next, service}
}

type transport struct {
	next    http.RoundTripper
	service string
}

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	asking := trace.SpanFromContext(r.Context())
	if !asking.SpanContext().IsValid() {
		return t.next.RoundTrip(r)
	}
	ctx, span := asking.TracerProvider().Tracer(scope).Start(r.Context(), Method(r)+" "+t.service, trace.WithSpanKind(trace.SpanKindClient),
		trace.WithAttributes(attribute.String("http.request.method", Method(r)), attribute.String("peer.service", t.service)))
	r = r.Clone(ctx)
	w3c.Inject(ctx, propagation.HeaderCarrier(r.Header)) // also when it is not followed: who is asked must not choose anew
	res, err := t.next.RoundTrip(r)
	if err != nil {
		End(span, err)
		return nil, err
	}
	Answered(span, res.StatusCode)
	return res, nil
}
