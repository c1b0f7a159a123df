package edge

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

const (
	cookieName = "__Host-qihe" // the prefix makes browsers insist on Secure, Path=/ and no Domain
	cookieLife = 180 * 24 * time.Hour
	secretMost = 200 // characters; ours are far shorter

	// browserCookie lets teams know a browser again, whoever is signed in: a
	// one-time code is good where it was asked for, and a phone can be declared
	// to be shared (docs/adr/0034-shared-phones-and-changed-numbers.md). tasks
	// hears a mark made of it: a ticket is good in the browser that opened the
	// link (docs/check-in.md). It opens nothing.
	browserCookie = "__Host-qihe-browser"
	browserLife   = 400 * 24 * time.Hour // the longest that browsers keep one
	browserChars  = 43                   // 256 bits
	markBytes     = 15
)

// newCookie holds the session's secret; an empty one makes the browser drop it.
func newCookie(secret string) *http.Cookie {
	c := &http.Cookie{
		Name: cookieName, Value: secret, Path: "/",
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		MaxAge: int(cookieLife.Seconds()),
	}
	if secret == "" {
		c.MaxAge = -1
	}
	return c
}

// newBrowser holds the secret by which a browser is known again.
func newBrowser(secret string) *http.Cookie {
	c := newCookie(secret)
	c.Name, c.MaxAge = browserCookie, int(browserLife.Seconds())
	return c
}

// recognise returns the browser's own secret, and whether it was made just now:
// one that has none gets one with the first POST or PUT.
func recognise(r *http.Request) (secret string, fresh bool) {
	if secret := secretOf(r); secret != "" {
		return secret, false
	}
	if r.Method != http.MethodPost && r.Method != http.MethodPut {
		return "", false
	}
	return newSecret(), true
}

func secretOf(r *http.Request) string {
	cookie, err := r.Cookie(browserCookie)
	if err != nil || len(cookie.Value) != browserChars {
		return ""
	}
	return cookie.Value
}

func newSecret() string {
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the program instead
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// markOf returns by what tasks knows the browser again: nobody learns the
// secret from it. No secret has no mark.
func markOf(secret string) string {
	if secret == "" {
		return ""
	}
	sum := sha256.Sum256([]byte("qihe-browser-mark-v1\n" + secret))
	return base64.RawURLEncoding.EncodeToString(sum[:markBytes])
}

// call is a request under /api on its way.
type call struct {
	token     string // empty: nobody is signed in
	requestID string
	secret    string // of the cookie, if it opened a session
	browser   string // the browser's own secret, for tasks its mark; empty: it has none, or it is for another service
	fresh     bool   // made just now
	who       session
	stale     bool   // the cookie opens nothing any more
	route     string // of the service, and why it refused, as it tells for the record of visits
	refusal   string
	cancel    func()
	err       error // why there was no answer
}

type callKey struct{}

func callOf(r *http.Request) *call { return r.Context().Value(callKey{}).(*call) }

// identify finds out who asks. A cookie that opens nothing is nobody, and is
// dropped; when teams cannot be asked, nobody can say.
func (e *Edge) identify(c echo.Context) (*call, error) {
	out := &call{requestID: c.Response().Header().Get(echo.HeaderXRequestID)}
	cookie, err := c.Cookie(cookieName)
	if err != nil || cookie.Value == "" {
		return out, nil
	}
	if len(cookie.Value) > secretMost {
		out.stale = true
		return out, nil
	}
	switch out.who, err = e.sessions.find(c.Request().Context(), cookie.Value); {
	case errors.Is(err, errNoSession):
		out.stale = true
		return out, nil
	case err != nil:
		e.Log.Warn("a session could not be looked up", "request_id", out.requestID, "error", err)
		return nil, err
	}
	out.secret = cookie.Value
	out.token, err = e.Signer.Token(out.who.principal(e.Clock.Now()))
	return out, err
}
