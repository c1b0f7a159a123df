package httpserver_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/id"
)

var errFull = apperr.New(apperr.Conflict, "shift_full", "这一场已报满（{n} 人）。", "This shift is full ({n} people).")

func TestProblems(t *testing.T) {
	t.Parallel()
	of := func(kind apperr.Kind) error { return apperr.New(kind, "code", "一句话。", "A sentence.") }
	for name, c := range map[string]struct {
		err    error
		status int
		code   string
	}{
		"invalid input":                       {of(apperr.Invalid), 422, "code"},
		"nobody signed in":                    {of(apperr.Unauthenticated), 401, "code"},
		"not allowed":                         {of(apperr.Forbidden), 403, "code"},
		"not found":                           {of(apperr.NotFound), 404, "code"},
		"not true any more":                   {of(apperr.Conflict), 409, "code"},
		"too often":                           {of(apperr.TooMany), 429, "code"},
		"a part is away":                      {of(apperr.Unavailable), 503, "code"},
		"an error for a person, wrapped":      {fmt.Errorf("sign up: %w", errFull), 409, "shift_full"},
		"an error of no known kind":           {of("kind of nothing"), 500, "internal"},
		"a fault of ours":                     {errors.New("pq: column secret does not exist"), 500, "internal"},
		"the database is away":                {fmt.Errorf("begin: %w", driver.ErrBadConn), 503, "unavailable"},
		"Echo's own: a body that is too much": {echo.ErrStatusRequestEntityTooLarge, 413, "too_large"},
		"Echo's own: not JSON":                {echo.ErrUnsupportedMediaType, 415, "wrong_media_type"},
		"Echo's own: unreadable":              {echo.NewHTTPError(http.StatusBadRequest, "secret of the parser"), 400, "unreadable"},
		"Echo's own: anything else":           {echo.ErrTeapot, 500, "internal"},
	} {
		t.Run(name+" is "+fmt.Sprint(c.status), func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			s.GET("/act", func(echo.Context) error { return c.err })
			w := s.ask(t, http.MethodGet, "/act", "")
			got := refusalIn(t, w)
			if got.Status != c.status || got.Code != c.code {
				t.Errorf("%d %s, want %d %s", got.Status, got.Code, c.status, c.code)
			}
			if (c.status == 503) != (w.Header().Get("Retry-After") != "") {
				t.Errorf("Retry-After: %q", w.Header().Get("Retry-After"))
			}
			if strings.Contains(w.Body.String(), "secret") {
				t.Errorf("the answer tells too much: %s", w.Body)
			}
			if logged := strings.Contains(s.log.String(), "request failed"); logged != (c.code == "internal") {
				t.Errorf("logged as a fault: %t\n%s", logged, s.log)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	t.Run("a panic is a 500 that tells nothing, and goes on serving", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		s.GET("/act", func(echo.Context) error { panic("the key is swordfish") })
		for range 2 {
			w := s.ask(t, http.MethodGet, "/act", "")
			got := refusalIn(t, w)
			if got.Code != "internal" || strings.Contains(w.Body.String(), "swordfish") || !strings.Contains(got.Title, got.ID) {
				t.Errorf("answer: %s", w.Body)
			}
			if !strings.Contains(s.log.String(), "the key is swordfish") || !strings.Contains(s.log.String(), got.ID) {
				t.Errorf("the log does not tell what happened: %s", s.log)
			}
		}
	})
	t.Run("a request whose reader has left is no fault of ours", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		s.GET("/act", func(c echo.Context) error { return fmt.Errorf("read rows: %w", c.Request().Context().Err()) })
		ctx, leave := context.WithCancel(t.Context())
		leave()
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/act", nil))
		if w.Code != 499 || strings.Contains(s.log.String(), "ERROR") {
			t.Errorf("%d, log:\n%s", w.Code, s.log)
		}
	})
	t.Run("an error after the answer has begun adds nothing to it", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		s.GET("/act", func(c echo.Context) error {
			_ = c.String(http.StatusOK, "half")
			return errors.New("the other half is missing")
		})
		if w := s.ask(t, http.MethodGet, "/act", ""); w.Code != http.StatusOK || w.Body.String() != "half" {
			t.Errorf("answer: %d %s", w.Code, w.Body)
		}
	})
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.GET("/act", func(echo.Context) error { return apperr.For("seats", errFull.With("n", "20")) })
	const zh, en = "这一场已报满（20 人）。", "This shift is full (20 people)."
	for accepted, want := range map[string]string{
		"": zh, "zh-CN,zh;q=0.9,en;q=0.8": zh, "en": en, "en-GB,en;q=0.9": en, "EN-us": en, " en": en, "fr-FR,en;q=0.5": zh, "*": zh, "\xff": zh,
	} {
		got := refusalIn(t, s.ask(t, http.MethodGet, "/act", "", "Accept-Language", accepted))
		if diff := cmp.Diff([]wrong{{"seats", "shift_full", want}}, got.Fields); diff != "" || got.Title != want {
			t.Errorf("%q: %s\n%s", accepted, got.Title, diff)
		}
	}
}

func TestWriteProblem(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	r.Header.Set("Accept-Language", "en")
	rid := id.New()
	w.Header().Set("X-Request-Id", rid)
	httpserver.WriteProblem(w, r, apperr.New(apperr.Unavailable, "away", "暂时不可用。", "Away for now."), rid)
	got := refusalIn(t, w)
	if got.Status != 503 || got.Title != "Away for now." || w.Header().Get("Retry-After") == "" {
		t.Errorf("%+v, Retry-After %q", got, w.Header().Get("Retry-After"))
	}
}
