package api_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api"
	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

const internalSecret = "between services"

// server is the real app behind the real HTTP face. Every answer it gives is
// checked against openapi.yaml.
type server struct {
	*given.World
	http   *httpserver.Server
	signer *auth.Signer
	routes routers.Router
}

func givenServer(t testing.TB, mods ...func(*app.Parts)) *server {
	t.Helper()
	s := &server{World: given.New(t, mods...)}
	_, key, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	s.signer = auth.NewSigner(key, s.Clock)
	s.http = httpserver.New(httpserver.Config{
		Service: "teams", Log: slog.New(slog.DiscardHandler), Ready: s.DB.Ping,
		Verifier: auth.NewVerifier(s.signer.PublicKeys(), s.Clock),
	})
	must(t, api.Register(s.http, s.App, internalSecret))
	doc, err := gen.GetSpec()
	must(t, err)
	s.routes, err = gorillamux.NewRouter(doc)
	must(t, err)
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// token returns what the portal would send along for the person.
func (s *server) token(t testing.TB, v domain.Volunteer, grants ...auth.Grant) string {
	t.Helper()
	token, err := s.signer.Token(auth.Principal{VolunteerID: v.ID, SessionID: "0193583c-7d00-7000-8000-00000000dead", Grants: grants, Strong: len(grants) > 0})
	must(t, err)
	return token
}

// tokenOf returns what the portal would send along for a session.
func (s *server) tokenOf(t testing.TB, live app.LiveSession) string {
	t.Helper()
	token, err := s.signer.Token(auth.Principal{VolunteerID: live.VolunteerID, SessionID: live.SessionID})
	must(t, err)
	return token
}

// request is one call of the contract.
type request struct {
	method, path string // below /api/teams/v1
	body         string // JSON, or none
	token        string
	header       map[string]string
}

func (s *server) call(t testing.TB, r request) *httptest.ResponseRecorder {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), r.method, "/api/teams/v1"+r.path, strings.NewReader(r.body))
	if r.body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	for name, value := range r.header {
		req.Header.Set(name, value)
	}
	res := httptest.NewRecorder()
	s.http.ServeHTTP(res, req)
	s.checkContract(t, req, res)
	return res
}

func (s *server) checkContract(t testing.TB, req *http.Request, res *httptest.ResponseRecorder) {
	t.Helper()
	route, params, err := s.routes.FindRoute(req)
	if err != nil {
		return // not an operation: it is answered with 404 or 405
	}
	must(t, openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route},
		Status:                 res.Code,
		Header:                 res.Header(),
		Body:                   io.NopCloser(bytes.NewReader(res.Body.Bytes())),
		Options:                &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	}))
}

// sameJSON compares an answer with what is wanted, as JSON.
func sameJSON(t testing.TB, want string, got []byte) {
	t.Helper()
	var w, g any
	must(t, json.Unmarshal([]byte(want), &w))
	if err := json.Unmarshal(got, &g); err != nil {
		t.Fatalf("%v: %s", err, got)
	}
	if diff := cmp.Diff(w, g); diff != "" {
		t.Error(diff)
	}
}

// internal calls a route that is behind the internal secret.
func (s *server) internal(t testing.TB, path, secret, body string) *httptest.ResponseRecorder {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+secret)
	res := httptest.NewRecorder()
	s.http.ServeHTTP(res, req)
	return res
}

// without removes a request's id from a body.
func without(body []byte, id string) []byte { return bytes.ReplaceAll(body, []byte(id), nil) }
