package edge

import (
	"net/http"
	"regexp"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// codeShape is what a code in a link looks like: at least 64 bits in base64url.
var codeShape = regexp.MustCompile(`^[A-Za-z0-9_-]{11,64}$`)

// openCheckIn answers GET /c/{shift}/{code}, the link in the leader's QR code.
//
// It stamps the instant, so that a slow page or a first sign-in costs nothing
// (docs/check-in.md), and asks nobody: whether the code was right at that
// instant is judged by tasks when the ticket is shown. The ticket travels in
// the fragment, which is sent to no server and stands in no log. It is good in
// this browser only, so one that is passed on gives nothing; a browser that is
// not known yet gets its secret here.
func (e *Edge) openCheckIn(c echo.Context) error {
	shift, code := c.Param("shift"), c.Param("code")
	if !id.Valid(shift) {
		return e.app.serve(c) // which says that there is no such page
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	if !codeShape.MatchString(code) { // cut off on its way: the page takes the six digits instead
		return c.Redirect(http.StatusSeeOther, "/check-in/"+shift)
	}
	secret := secretOf(c.Request())
	if secret == "" {
		secret = newSecret()
		c.SetCookie(newBrowser(secret))
	}
	ticket, err := e.Signer.Ticket(shift, code, markOf(secret))
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/check-in/"+shift+"#t="+ticket)
}
