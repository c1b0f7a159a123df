package edge

import (
	"cmp"
	"log/slog"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

// visit is under which what went to a service is kept for the line of a visit.
const visit = "visit"

// access writes who visited when, from where, what for, and with what result: the log
// that the law asks for (互联网安全保护技术措施规定, 公安部令第82号, art. 8), and by which
// whoever looks into an attack sees what was tried: each sign-in and each second factor,
// whatever was refused and why (docs/running.md#logs). By the route's pattern, for an
// address may hold a code; a person by an id, which says nothing without the database.
func (e *Edge) access(next echo.HandlerFunc) echo.HandlerFunc {
	if e.Access == nil {
		return next
	}
	return func(c echo.Context) error {
		start := time.Now()
		if err := next(c); err != nil {
			c.Error(err) // answered here, so that the line shows what was sent
		}
		if c.Path() == "/readyz" { // whoever stands in front asks it every second, and is no visitor
			return nil
		}
		in, ok := c.Get(visit).(*call)
		if !ok { // it went to no service
			in = &call{}
		}
		route, refusal := cmp.Or(in.route, c.Path()), cmp.Or(in.refusal, httpserver.Refusal(c))
		res, r := c.Response(), c.Request()
		e.Access.LogAttrs(r.Context(), slog.LevelInfo, "visit", slog.String("ip", r.Header.Get(httpserver.HeaderClientIP)), slog.String("visitor", in.who.VolunteerID),
			slog.String("method", tracing.Method(r)), slog.String("route", route), slog.Int("status", res.Status), slog.String("refusal", refusal),
			slog.Int64("ms", time.Since(start).Milliseconds()), slog.String("request_id", res.Header().Get(echo.HeaderXRequestID)))
		return nil
	}
}
