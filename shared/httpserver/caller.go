package httpserver

import (
	"context"
	"crypto/subtle"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

// HeaderClientIP carries the browser's address from the portal to a service.
// The portal drops what a browser sends under this name.
const HeaderClientIP = "Qihe-Client-Ip"

// HeaderBrowser carries a browser's own secret from the portal to teams, and to
// tasks a mark that is made of it and says nothing more: by it a browser is
// known again, whoever is signed in. The portal drops what a browser sends
// under this name.
const HeaderBrowser = "Qihe-Browser"

type contextKey int

const (
	clientIPKey contextKey = iota
	userAgentKey
	browserKey
	closingKey
	languageKey
)

// ClientIP returns the browser's address as the portal saw it, or "".
func ClientIP(ctx context.Context) string {
	ip, _ := ctx.Value(clientIPKey).(string)
	return ip
}

// LanguageOf returns the language to answer in: "en" when the reader prefers
// it, "zh" otherwise.
func LanguageOf(ctx context.Context) string {
	language, _ := ctx.Value(languageKey).(string)
	return language
}

// UserAgent returns what the browser says of itself, or "".
func UserAgent(ctx context.Context) string {
	agent, _ := ctx.Value(userAgentKey).(string)
	return agent
}

// Browser returns the secret that the portal keeps for the browser, in tasks its
// mark, or "".
func Browser(ctx context.Context) string {
	secret, _ := ctx.Value(browserKey).(string)
	return secret
}

// caller puts who asks, from where, in which language and under which idempotency key into the
// request's context. A wrong or old token is refused; none is nobody.
func (s *Server) caller(v *auth.Verifier) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			ctx := context.WithValue(r.Context(), closingKey, s.closing)
			ctx = context.WithValue(ctx, clientIPKey, r.Header.Get(HeaderClientIP))
			ctx = context.WithValue(ctx, languageKey, Language(r))
			ctx = context.WithValue(ctx, userAgentKey, r.UserAgent())
			ctx = context.WithValue(ctx, browserKey, r.Header.Get(HeaderBrowser))
			if key := r.Header.Get("Idempotency-Key"); id.Valid(key) {
				ctx = idempotency.WithKey(ctx, key)
			}
			switch token := bearer(r); {
			case strings.HasPrefix(r.URL.Path, internalPrefix):
				if !s.sharesSecret(token) {
					return errNoRoute // whatever the method: the answer must not tell that there is a route
				}
			case token != "" && v != nil:
				p, err := v.Principal(token)
				if err != nil {
					return auth.ErrSignedOut
				}
				ctx = auth.With(ctx, p)
			}
			c.SetRequest(r.WithContext(ctx))
			return next(c)
		}
	}
}

func bearer(r *http.Request) string {
	token, ok := strings.CutPrefix(r.Header.Get(echo.HeaderAuthorization), "Bearer ")
	if !ok {
		return ""
	}
	return token
}

const internalPrefix = "/internal/v1"

// Internal returns the group for routes that only other services may call.
// They show the deployment's internal secret; the portal never proxies there.
// An empty secret lets nobody in.
func (s *Server) Internal(secret string) *echo.Group {
	s.secret = secret
	return s.Group(internalPrefix)
}

func (s *Server) sharesSecret(token string) bool {
	return s.secret != "" && subtle.ConstantTimeCompare([]byte(token), []byte(s.secret)) == 1
}

// requestID names the request, or keeps the portal's name for it, so that one
// act can be followed through the logs of all services.
func requestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		rid := c.Request().Header.Get(echo.HeaderXRequestID)
		if !id.Valid(rid) {
			rid = id.New()
		}
		c.Response().Header().Set(echo.HeaderXRequestID, rid)
		return next(c)
	}
}

// accessLog writes one line per request: the route's pattern, never the
// address itself, which may hold ids or a check-in code.
func accessLog(log *slog.Logger) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			start := time.Now()
			if err := next(c); err != nil {
				c.Error(err) // answered here, so that the line shows the status that was sent
			}
			res := c.Response()
			level := slog.LevelDebug
			if res.Status >= http.StatusInternalServerError {
				level = slog.LevelError
			}
			log.Log(c.Request().Context(), level, "request", "method", tracing.Method(c.Request()), "route", c.Path(),
				"status", res.Status, "ms", time.Since(start).Milliseconds(), "request_id", res.Header().Get(echo.HeaderXRequestID))
			return nil
		}
	}
}
