package edge

import (
	"context"
	"errors"
	"mime"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/replicas"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

// headerSession carries a new session's secret from teams to us; empty, it ends one.
const headerSession = "Qihe-Session"

// headerSessionChanged says that teams changed the session of whoever asked:
// the next request must not be answered from what we remember. Other replicas
// hear of it a moment later.
const headerSessionChanged = "Qihe-Session-Changed"

var errServiceAway = apperr.New(apperr.Unavailable, "service_unavailable", "系统的这一部分暂时连不上，请过一会儿再试。您填写的内容还在。", "This part of the system cannot be reached right now. Please try again in a moment; what you entered is still here.")

// statusGone is what the log shows when the reader left before the answer.
const statusGone = 499

// newTransport returns connections to services: few hosts, many requests each,
// all near by.
func newTransport() *http.Transport {
	return &http.Transport{
		DialContext:           (&net.Dialer{Timeout: 2 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		MaxIdleConns:          1024,
		MaxIdleConnsPerHost:   256,
		IdleConnTimeout:       time.Minute,
		ResponseHeaderTimeout: 20 * time.Second,
		DisableCompression:    true, // what the browser asked for is passed on as it is
	}
}

// compress makes answers smaller for weak networks; live streams stay as they
// are, and photos, which are as small as they get.
var compress = middleware.GzipWithConfig(middleware.GzipConfig{
	MinLength: 1024,
	Skipper: func(c echo.Context) bool {
		r := c.Request()
		return strings.Contains(r.Header.Get("Accept"), "text/event-stream") || strings.HasPrefix(r.URL.Path, "/api/tasks/v1/photos/")
	},
})

// proxy passes requests on to one service.
func (e *Edge) proxy(service string, to *replicas.Transport) *httputil.ReverseProxy {
	target := to.Base()
	// An event of a live stream is passed on at once; ReverseProxy knows them by their
	// type. Without a FlushInterval: with one even an empty answer is flushed, from a
	// goroutine beside the end of it, and then its header may be written twice.
	return &httputil.ReverseProxy{
		Transport:      tracing.Transport(to, service),
		Rewrite:        func(p *httputil.ProxyRequest) { rewrite(p, target) },
		ModifyResponse: func(res *http.Response) error { return e.answer(res, service) },
		ErrorHandler:   func(_ http.ResponseWriter, r *http.Request, err error) { callOf(r).err = err },
	}
}

// rewrite makes the service's request from the browser's.
func rewrite(p *httputil.ProxyRequest, target *url.URL) {
	p.SetURL(target)
	h := p.Out.Header
	for _, name := range []string{"Cookie", "Upgrade", "Connection", "Accept-Encoding"} {
		h.Del(name)
	}
	in := callOf(p.In)
	h.Set(echo.HeaderXRequestID, in.requestID)
	if in.token != "" {
		h.Set(echo.HeaderAuthorization, "Bearer "+in.token)
	}
	if in.browser != "" {
		h.Set(httpserver.HeaderBrowser, in.browser)
	}
}

// forward answers everything under /api/<service>/v1.
func (e *Edge) forward(service string, proxy *httputil.ReverseProxy) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if !plainPath(r.URL) {
			return echo.ErrNotFound
		}
		if err := e.sameOrigin(r); err != nil {
			return err
		}
		in, err := e.identify(c)
		if err != nil {
			return err
		}
		c.Set(visit, in)
		switch service {
		case "teams":
			in.browser, in.fresh = recognise(r)
		case "tasks":
			in.browser = markOf(secretOf(r))
		}
		ctx, cancel := context.WithCancel(context.WithValue(r.Context(), callKey{}, in))
		defer cancel()
		in.cancel = cancel
		proxy.ServeHTTP(c.Response(), r.WithContext(ctx))
		return e.noAnswer(c, in)
	}
}

// plainPath reports whether the path means to the service what it means to us.
func plainPath(u *url.URL) bool {
	return u.RawPath == "" && path.Clean(u.Path) == u.Path
}

// noAnswer says why the service gave none; nil if it did.
func (e *Edge) noAnswer(c echo.Context, in *call) error {
	var known *echo.HTTPError
	switch {
	case in.err == nil:
		return nil
	case errors.As(in.err, &known): // too large: found while the body was passed on
		return known
	case c.Request().Context().Err() != nil:
		return c.NoContent(statusGone)
	default:
		e.Log.Warn("a service gave no answer", "route", c.Path(), "request_id", in.requestID, "error", in.err)
		return errServiceAway
	}
}

// answer makes the browser's answer from the service's.
func (e *Edge) answer(res *http.Response, service string) error {
	in, h := callOf(res.Request), res.Header
	in.route, in.refusal = h.Get(httpserver.HeaderRoute), h.Get(httpserver.HeaderRefusal)
	secret, told := h[headerSession]
	if h.Get(headerSessionChanged) != "" && service == "teams" {
		e.sessions.forget(func(s session) bool { return s.SessionID == in.who.SessionID })
	}
	if h.Get("Cache-Control") == "" { // no browser or proxy keeps what it is not told to keep
		h.Set("Cache-Control", "no-store")
	}
	for name := range h {
		if _, ours := protection[name]; ours || strings.HasPrefix(name, "Qihe-") {
			h.Del(name)
		}
	}
	for _, name := range []string{"Set-Cookie", "Server", echo.HeaderXRequestID, "Strict-Transport-Security"} {
		h.Del(name)
	}
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	signedIn := told && service == "teams" && secret[0] != ""
	if in.fresh || signedIn && in.browser != "" { // kept on with every sign-in
		h.Add("Set-Cookie", newBrowser(in.browser).String())
	}
	switch {
	case told && service == "teams":
		h.Add("Set-Cookie", newCookie(secret[0]).String())
	case in.stale:
		h.Add("Set-Cookie", newCookie("").String())
	}
	if isStream(res) {
		return e.follow(res, in)
	}
	return nil
}

// follow takes a live stream under control. The session may have ended, or the
// person's authority changed, between the look at it and now: whoever did it
// did not see this stream.
func (e *Edge) follow(res *http.Response, in *call) error {
	life := streamLife
	if in.secret != "" {
		life = min(life, in.who.ExpiresAt.Sub(e.Clock.Now()))
	}
	st := e.streams.add(res.Body, in.secret, in.who, life, in.cancel)
	res.Body = st
	if in.secret == "" {
		return nil
	}
	if now, err := e.sessions.find(res.Request.Context(), in.secret); errors.Is(err, errNoSession) || err == nil && !now.sameAuthority(in.who) {
		st.end()
	}
	return nil
}

func mediaType(h http.Header) string {
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return kind
}
