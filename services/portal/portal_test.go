package portal_test

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

const internalSecret = "internal-secret-of-this-test"

// city is a portal that runs as in production, with servers in the places of
// the services: to the portal they are addresses that speak HTTP.
type city struct {
	t        *testing.T
	URL      string
	teams    *peer
	tasks    *peer
	pairings *peer
	hours    *peer
	verify   *auth.Verifier
	stop     func() // stops the portal and waits for its end
}

// peer stands where a service would. It knows sessions as teams does and
// answers everything else with handle.
type peer struct {
	*httptest.Server

	mu       sync.Mutex
	sessions map[string]knownSession
	lookups  int
	requests []*http.Request
	handle   http.HandlerFunc
}

type knownSession struct {
	SessionID   string       `json:"session_id"`
	VolunteerID string       `json:"volunteer_id"`
	ExpiresAt   time.Time    `json:"expires_at"`
	Grants      []auth.Grant `json:"grants"`
	StrongUntil time.Time    `json:"strong_until,omitzero"`
	ChangesAt   time.Time    `json:"changes_at,omitzero"`
}

func newPeer(t *testing.T) *peer {
	p := &peer{sessions: map[string]knownSession{}, handle: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"ok":true}`)
	}}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

func (p *peer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/internal/v1/sessions/lookup" {
		p.lookup(w, r)
		return
	}
	p.mu.Lock()
	p.requests = append(p.requests, r.Clone(context.Background()))
	handle := p.handle
	p.mu.Unlock()
	handle(w, r)
}

func (p *peer) lookup(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var body struct {
		Secret string `json:"secret"`
	}
	w.Header().Set("Content-Type", "application/json")
	if r.Header.Get("Authorization") != "Bearer "+internalSecret {
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"code":"no_such_address"}`)
		return
	}
	p.lookups++
	_ = json.NewDecoder(r.Body).Decode(&body)
	s, ok := p.sessions[body.Secret]
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"code":"no_such_session"}`)
		return
	}
	_ = json.NewEncoder(w).Encode(s)
}

// signIn makes a session and returns the secret that opens it.
func (p *peer) signIn(grants ...auth.Grant) (secret string, s knownSession) {
	p.mu.Lock()
	defer p.mu.Unlock()
	secret = "secret-" + id.New()
	s = knownSession{SessionID: id.New(), VolunteerID: id.New(), ExpiresAt: time.Now().Add(time.Hour), Grants: grants}
	p.sessions[secret] = s
	return secret, s
}

// change makes another session of the one that the secret opens.
func (p *peer) change(secret string, f func(s *knownSession)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.sessions[secret]
	f(&s)
	p.sessions[secret] = s
}

func (p *peer) revoke(secret string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.sessions, secret)
}

func (p *peer) answer(f http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.handle = f
}

func (p *peer) seen() []*http.Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]*http.Request(nil), p.requests...)
}

func (p *peer) last(t *testing.T) *http.Request {
	t.Helper()
	all := p.seen()
	if len(all) == 0 {
		t.Fatal("nothing arrived at the service")
	}
	return all[len(all)-1]
}

func (p *peer) lookedUp() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lookups
}

var webApp = fstest.MapFS{
	"index.html":            {Data: []byte("<!doctype html><title>Qihe</title>")},
	"assets/app-B2f9a1.js":  {Data: []byte("export const hello = 1;\n" + strings.Repeat("// 淇河\n", 400))},
	"assets/style-91c.css":  {Data: []byte("body{}")},
	"manifest.webmanifest":  {Data: []byte(`{"name":"Qihe"}`)},
	".well-hidden/secret":   {Data: []byte("x")},
	"assets/plum-blossom.x": {Data: []byte("?")},
}

// start runs a portal; change may alter its settings.
func start(t *testing.T, natsURL string, change ...func(*portal.Config)) *city {
	t.Helper()
	c := &city{t: t, teams: newPeer(t), tasks: newPeer(t), hours: newPeer(t), pairings: newPeer(t)}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c.URL = "http://" + listener.Addr().String()
	cfg := portal.Config{
		Listener: listener, TeamsURL: c.teams.URL, TasksURL: c.tasks.URL, HoursURL: c.hours.URL, PairingsURL: c.pairings.URL,
		NATSURL: natsURL, KeyFile: keyFile(t, 0o600), InternalSecret: internalSecret,
		Web: webApp, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	for _, f := range change {
		f(&cfg)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- portal.Run(ctx, cfg) }()
	c.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	t.Cleanup(c.stop)
	asking := &http.Client{Timeout: time.Second} // a portal that did not start accepts nothing, and refuses nothing
	wait.Until(t, "the portal", func() bool {
		res, err := asking.Get(c.URL + "/healthz")
		if err == nil {
			_ = res.Body.Close()
		}
		return err == nil
	})
	c.verify = auth.NewVerifier(keysOf(t, c.URL), clock.System{})
	return c
}

// keysOf is the keys as a service asks for them.
func keysOf(t *testing.T, portal string) *auth.RemoteKeys {
	t.Helper()
	keys, err := auth.NewRemoteKeys(portal, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func keyFile(t *testing.T, mode os.FileMode) string {
	t.Helper()
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

// noNATS is an address where nobody listens.
const noNATS = "nats://127.0.0.1:1"

// ask sends a request with headers given in pairs and reads the whole answer.
func (c *city) ask(method, path, body string, headers ...string) (*http.Response, string) {
	c.t.Helper()
	res := c.open(method, path, body, headers...)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return res, string(text)
}

func (c *city) open(method, path, body string, headers ...string) *http.Response {
	c.t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.URL+path, reader)
	if err != nil {
		c.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := plain.Do(req)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return res
}

// plain follows no redirect, keeps no cookies and unpacks nothing.
var plain = &http.Client{
	Timeout:       20 * time.Second,
	Transport:     &http.Transport{DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func cookie(secret string) string { return "__Host-qihe=" + secret }

// tell publishes events as the relay of teams does.
func tell(t *testing.T, natsURL string, events ...outbox.Event) {
	t.Helper()
	b, err := bus.Connect(t.Context(), natsURL, "teams", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	wait.Until(t, "the stream", func() bool { return b.EnsureStream(t.Context(), "TEAMS") == nil })
	for _, e := range events {
		data, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		m := bus.Message{ID: id.New(), Subject: e.Subject(), OccurredAt: time.Now(), Data: data}
		if _, err := b.Publish(t.Context(), "TEAMS", []bus.Message{m}); err != nil {
			t.Fatal(err)
		}
	}
}
