package httpserver_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// site is a server with the log it writes.
type site struct {
	*httpserver.Server
	log    *logbook
	signer *auth.Signer
}

func newSite(t *testing.T) *site {
	t.Helper()
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{log: &logbook{}, signer: auth.NewSigner(key, clock.System{})}
	s.Server = httpserver.New(httpserver.Config{
		Service: "trial", Log: slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Verifier: auth.NewVerifier(s.signer.PublicKeys(), clock.System{}),
		Ready:    func(context.Context) error { return nil },
		Untold:   []string{"/sealed", "/concerns"},
	})
	return s
}

// logbook is a log that several requests write.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// ask sends a request; headers come in pairs.
func (s *site) ask(t *testing.T, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// refusal is what a problem says.
type refusal struct {
	Status          int
	Title, Code, ID string
	Fields          []wrong
}

type wrong struct{ Name, Code, Message string }

func refusalIn(t *testing.T, w *httptest.ResponseRecorder) refusal {
	t.Helper()
	if kind := w.Header().Get("Content-Type"); kind != "application/problem+json" {
		t.Fatalf("%d as %q: %s", w.Code, kind, w.Body)
	}
	var p struct {
		Type, Title, Code string
		Status            int
		RequestID         string `json:"request_id"`
		Fields            []wrong
	}
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if p.Type != "about:blank" || p.Status != w.Code || p.RequestID != w.Header().Get("X-Request-Id") {
		t.Errorf("head %d %q, body %s", w.Code, w.Header().Get("X-Request-Id"), w.Body)
	}
	return refusal{p.Status, p.Title, p.Code, p.RequestID, p.Fields}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}
