package httpserver

import (
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// What a service tells the portal of each request, for its record of who visited:
// the route's pattern, which says what was asked for, and why it was refused. The
// portal takes both off the answer.
const (
	HeaderRoute   = "Qihe-Route"
	HeaderRefusal = "Qihe-Refusal"
)

// refusalKey is under which an error's code is kept for whoever logs the request.
const refusalKey = "refusal"

// Refusal returns the code of the error with which a request was answered, or "".
func Refusal(c echo.Context) string {
	code, _ := c.Get(refusalKey).(string)
	return code
}

// tellRoute tells the portal what a service's request asked for. Routes between
// services are nobody's visit, and look like missing ones to who may not use them;
// and of some nobody shall know who was there.
func tellRoute(untold []string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			begins := func(with string) bool { return strings.HasPrefix(c.Request().URL.Path, with) }
			if !begins(internalPrefix) && !slices.ContainsFunc(untold, begins) {
				c.Response().Header().Set(HeaderRoute, c.Path())
			}
			return next(c)
		}
	}
}

// keepRefusal notes the code of an error that is about to be answered.
func keepRefusal(c echo.Context, code string) {
	c.Set(refusalKey, code)
	if _, told := c.Response().Header()[HeaderRoute]; told {
		c.Response().Header().Set(HeaderRefusal, code)
	}
}
