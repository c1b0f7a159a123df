package edge

import (
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

const (
	cookieName = "__Host-qihe" // the prefix makes browsers insist on Secure, Path=/ and no Domain
	cookieLife = 180 * 24 * time.Hour
	secretMost = 200 // characters; ours are far shorter
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

// call is a request under /api on its way.
type call struct {
	token     string // empty: nobody is signed in
	requestID string
	secret    string // of the cookie, if it opened a session
	who       session
	stale     bool // the cookie opens nothing any more
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
	switch out.who, err = e.sessions.find(cookie.Value); {
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
