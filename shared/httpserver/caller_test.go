package httpserver_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestCaller(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.GET("/me", func(c echo.Context) error {
		p, err := auth.From(c.Request().Context())
		if err != nil {
			return err
		}
		return c.String(http.StatusOK, p.VolunteerID+" "+httpserver.ClientIP(c.Request().Context()))
	})
	token, err := s.signer.Token(auth.Principal{VolunteerID: "v1"})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("a token of the portal says who asks, and its header from where", func(t *testing.T) {
		t.Parallel()
		w := s.ask(t, http.MethodGet, "/me", "", "Authorization", "Bearer "+token, httpserver.HeaderClientIP, "192.0.2.7", "X-Forwarded-For", "198.51.100.1")
		if w.Code != http.StatusOK || w.Body.String() != "v1 192.0.2.7" {
			t.Errorf("answer: %d %s", w.Code, w.Body)
		}
	})
	for name, header := range map[string]string{
		"no token": "", "another scheme": "Basic " + token, "a forged one": "Bearer " + token + "x", "an empty one": "Bearer ", "rubbish": "Bearer \x00\xff",
	} {
		t.Run(name+" is nobody", func(t *testing.T) {
			t.Parallel()
			if got := refusalIn(t, s.ask(t, http.MethodGet, "/me", "", "Authorization", header)); got.Status != 401 || got.Code != "signed_out" {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestRequestID(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.GET("/act", echo.WrapHandler(status(http.StatusNoContent)))
	t.Run("the portal's is kept", func(t *testing.T) {
		t.Parallel()
		rid := id.New()
		if got := s.ask(t, http.MethodGet, "/act", "", "X-Request-Id", rid).Header().Get("X-Request-Id"); got != rid {
			t.Errorf("%q, want %q", got, rid)
		}
		if got := refusalIn(t, s.ask(t, http.MethodGet, "/nothing", "", "X-Request-Id", rid)); got.ID != rid {
			t.Errorf("a refusal has %q, want %q", got.ID, rid)
		}
	})
	t.Run("whatever is no id is replaced: it goes into log lines", func(t *testing.T) {
		t.Parallel()
		for _, made := range []string{"", "1", "x\ny", strings.Repeat("a", 5000), `{"level":"INFO"}`} {
			if got := s.ask(t, http.MethodGet, "/act", "", "X-Request-Id", made).Header().Get("X-Request-Id"); !id.Valid(got) {
				t.Errorf("%.20q became %q", made, got)
			}
		}
	})
}

func TestAccessLog(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.GET("/tasks/:task_id", echo.WrapHandler(status(http.StatusNoContent)))
	const person, code = "0193583c-7d00-7000-8000-000000000001", "secret-code"
	s.ask(t, http.MethodGet, "/tasks/"+person+"?code="+code, "")
	s.ask(t, http.MethodGet, "/nothing/"+person+"?code="+code, "")
	s.ask(t, http.MethodPost, "/tasks/"+person, code)
	log := s.log.String()
	if !strings.Contains(log, `"route":"/tasks/:task_id","status":204`) || !strings.Contains(log, `"status":404`) || !strings.Contains(log, `"status":405`) {
		t.Errorf("not every request has its line:\n%s", log)
	}
	metrics := s.ask(t, http.MethodGet, "/metrics", "").Body.String()
	for _, hidden := range []string{person, code} {
		if strings.Contains(log, hidden) {
			t.Errorf("the log holds %s:\n%s", hidden, log)
		}
		if strings.Contains(metrics, hidden) {
			t.Errorf("the metrics hold %s", hidden)
		}
	}
}

func TestInternal(t *testing.T) {
	t.Parallel()
	bare := func(t *testing.T, w refusal) refusal { t.Helper(); w.ID = ""; return w }
	for _, configured := range []string{"between services", ""} {
		t.Run("with the secret "+configured, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			s.Internal(configured).POST("/people", echo.WrapHandler(status(http.StatusNoContent)))
			missing := bare(t, refusalIn(t, s.ask(t, http.MethodPost, "/nothing", "")))
			for _, shown := range []string{"", "Bearer ", "Bearer wrong", "Bearer between service", "Bearer between services ", "between services"} {
				for _, method := range []string{http.MethodPost, http.MethodGet, http.MethodDelete, http.MethodOptions} {
					for _, path := range []string{"/internal/v1/people", "/internal/v1/nothing", "/internal/v1"} {
						w := s.ask(t, method, path, "", "Authorization", shown)
						got := bare(t, refusalIn(t, w))
						if got.Status != missing.Status || got.Code != missing.Code || got.Title != missing.Title || w.Header().Get("Allow") != "" {
							t.Errorf("%s %s with %q does not look like a missing route: %+v, Allow %q", method, path, shown, got, w.Header().Get("Allow"))
						}
					}
				}
			}
			w := s.ask(t, http.MethodPost, "/internal/v1/people", "", "Authorization", "Bearer between services")
			if want := map[bool]int{true: http.StatusNoContent, false: http.StatusNotFound}[configured != ""]; w.Code != want {
				t.Errorf("with the right secret: %d, want %d", w.Code, want)
			}
		})
	}
}
