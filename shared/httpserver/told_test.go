package httpserver_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// A service tells the portal what was asked for and why it was refused, by the route's pattern
// and the error's code: for the record of visits, in which neither an id nor a text may stand.
func TestTold(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.GET("/tasks/:task_id", func(c echo.Context) error {
		if c.Param("task_id") == "full" {
			return errFull
		}
		return c.NoContent(http.StatusNoContent)
	})
	s.Internal("between services").POST("/people", echo.WrapHandler(status(http.StatusNoContent)))
	for path, want := range map[string][2]string{
		"/tasks/1":            {"/tasks/:task_id", ""},
		"/tasks/full":         {"/tasks/:task_id", "shift_full"},
		"/nothing/secret":     {"", "no_such_address"},
		"/internal/v1/people": {"", ""}, // looks like a missing route to whoever has no business there
	} {
		h := s.ask(t, http.MethodGet, path, "").Header()
		if got := [2]string{h.Get(httpserver.HeaderRoute), h.Get(httpserver.HeaderRefusal)}; got != want {
			t.Errorf("%s tells %q, want %q", path, got, want)
		}
	}

	t.Run("of a report nobody learns who made it, done or refused", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		s.GET("/concerns/:concern_id", func(echo.Context) error { return errFull })
		s.GET("/sealed-messages", func(echo.Context) error { return errFull })
		s.GET("/tasks", func(echo.Context) error { return errFull })
		for path, want := range map[string]string{"/concerns/1": "", "/sealed-messages": "", "/tasks": "/tasks"} {
			h := s.ask(t, http.MethodGet, path, "").Header()
			if h.Get(httpserver.HeaderRoute) != want || (h.Get(httpserver.HeaderRefusal) != "") != (want != "") {
				t.Errorf("%s tells %v", path, h)
			}
		}
	})
	t.Run("whoever answers browsers tells them nothing, and knows it all the same", func(t *testing.T) {
		t.Parallel()
		face := httpserver.New(httpserver.Config{Service: "face", Log: slog.New(slog.DiscardHandler), Ready: func(context.Context) error { return nil }})
		known := ""
		face.Pre(func(next echo.HandlerFunc) echo.HandlerFunc {
			return func(c echo.Context) error {
				err := next(c)
				known = httpserver.Refusal(c)
				return err
			}
		})
		face.GET("/act", func(echo.Context) error { return errFull })
		w := httptest.NewRecorder()
		face.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/act", nil))
		if h := w.Header(); h.Get(httpserver.HeaderRoute) != "" || h.Get(httpserver.HeaderRefusal) != "" || known != "shift_full" {
			t.Errorf("told %v, known %q", h, known)
		}
	})
}
