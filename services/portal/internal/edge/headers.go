package edge

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// policy lets a page load, run and reach nothing but what this origin serves,
// and be framed by nobody. Pictures may come from memory: posters, QR codes.
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
	"frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"

// protection is on every answer, whoever made it.
var protection = map[string]string{
	"Content-Security-Policy":      policy,
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",        // for browsers that do not know frame-ancestors
	"Referrer-Policy":              "same-origin", // not no-referrer: with it some browsers send Origin: null from our own pages
	"Permissions-Policy":           "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
}

// headers puts the protection on before anything is answered.
func (e *Edge) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		for name, value := range protection {
			h.Set(name, value)
		}
		if (e.HTTPS || c.Request().TLS != nil) && !isLocalhost(c.Request().Host) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		return next(c)
	}
}

// isLocalhost reports whether the host is localhost with any port. A promise of
// HTTPS is kept by name, not by port: it would lock the reader out of all other
// programs on her own computer.
func isLocalhost(host string) bool {
	name, _, err := net.SplitHostPort(host)
	return name == "localhost" || err != nil && host == "localhost"
}

// sanitise takes off what only Qihe may say, and says itself where the request
// comes from. It runs before routing, so that every handler can rely on it.
func (e *Edge) sanitise(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.URL.Path == "/metrics" && !e.knowsSecret(r) {
			return echo.ErrNotFound
		}
		ip := e.clientIP(r)
		for name := range r.Header {
			if strings.HasPrefix(name, "Qihe-") || strings.HasPrefix(name, "X-Forwarded-") {
				r.Header.Del(name)
			}
		}
		for _, name := range []string{echo.HeaderXRequestID, echo.HeaderAuthorization, "Forwarded", "X-Real-Ip", "Traceparent", "Tracestate", "Baggage"} {
			r.Header.Del(name)
		}
		r.Header.Set(httpserver.HeaderClientIP, ip)
		return next(c)
	}
}

// knowsSecret reports whether the request shows the internal secret, as
// Prometheus does for the metrics, which are nobody else's business.
func (e *Edge) knowsSecret(r *http.Request) bool {
	shown, _ := strings.CutPrefix(r.Header.Get(echo.HeaderAuthorization), "Bearer ")
	return e.Secret != "" && subtle.ConstantTimeCompare([]byte(shown), []byte(e.Secret)) == 1
}

// clientIP is the peer's address, or, when the peer is one of our proxies, the
// last address in X-Forwarded-For that is not: what stands before it was
// written by the client.
func (e *Edge) clientIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for len(hops) > 0 && e.trusts(host) {
		hop := strings.TrimSpace(hops[len(hops)-1])
		if _, err := netip.ParseAddr(hop); err != nil {
			break
		}
		host, hops = hop, hops[:len(hops)-1]
	}
	return host
}

func (e *Edge) trusts(host string) bool {
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	for _, p := range e.Proxies {
		if p.Contains(ip.Unmap()) {
			return true
		}
	}
	return false
}
