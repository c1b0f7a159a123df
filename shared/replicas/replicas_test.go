package replicas

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// server is one replica: it counts what it is asked, and can break in several ways.
type server struct {
	*httptest.Server
	asked, bodies atomic.Int64 // requests; bytes of the last body
	breaks        atomic.Bool  // takes each request and ends the connection without an answer
	halted        atomic.Bool  // answers nothing at all
	unready       atomic.Bool
	sent          atomic.Pointer[http.Request]
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.halted.Load() {
		<-r.Context().Done()
		return
	}
	if r.URL.Path == "/readyz" {
		if s.unready.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		return
	}
	body, _ := io.ReadAll(r.Body)
	s.asked.Add(1)
	s.bodies.Store(int64(len(body)))
	s.sent.Store(r)
	if s.breaks.Load() {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			_ = conn.Close()
		}
	}
}

func givenServer(t *testing.T, address string) *server {
	t.Helper()
	s := &server{}
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	s.Server = httptest.NewUnstartedServer(s)
	_ = s.Listener.Close()
	s.Listener = l
	s.Start()
	t.Cleanup(s.Close)
	return s
}

// pair is two replicas and somebody who asks them.
type pair struct {
	one, two *server
	*http.Client
	transport *Transport
}

func givenPair(t *testing.T) pair {
	t.Helper()
	p := pair{one: givenServer(t, "127.0.0.1:0"), two: givenServer(t, "127.0.0.1:0")}
	p.transport, p.Client = asking(t, p.one.URL+", "+p.two.URL)
	return p
}

func asking(t *testing.T, setting string) (*Transport, *http.Client) {
	t.Helper()
	next := &http.Transport{ResponseHeaderTimeout: 3 * time.Second}
	t.Cleanup(next.CloseIdleConnections)
	transport, err := New("tasks", setting, next, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return transport, &http.Client{Transport: transport}
}

func (p pair) ask(t *testing.T, method string, size int, header ...string) error {
	t.Helper()
	return ask(t, p.Client, p.transport.Base().String(), method, size, header...)
}

func ask(t *testing.T, client *http.Client, base, method string, size int, header ...string) error {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, base+"/api", io.NopCloser(bytes.NewReader(make([]byte, size))))
	if err != nil {
		t.Fatal(err)
	}
	r.ContentLength = int64(size)
	for n := 0; n < len(header); n += 2 {
		r.Header.Set(header[n], header[n+1])
	}
	res, err := client.Do(r)
	if err == nil {
		_ = res.Body.Close()
	}
	return err
}

func TestTurns(t *testing.T) {
	t.Parallel()
	p := givenPair(t)
	for range 10 {
		if err := p.ask(t, http.MethodPost, 10); err != nil {
			t.Fatal(err)
		}
	}
	if one, two := p.one.asked.Load(), p.two.asked.Load(); one != 5 || two != 5 {
		t.Errorf("one was asked %d times and the other %d times, want 5 each", one, two)
	}
}

// Nobody notices that one of two is gone, whatever is asked; it has its share again when it is back.
func TestNobodyListens(t *testing.T) {
	t.Parallel()
	p := givenPair(t)
	address := p.one.Listener.Addr().String()
	p.one.Close()
	for n := range 10 {
		if err := p.ask(t, http.MethodPost, 100<<10*(n%2)); err != nil {
			t.Errorf("request %d: %v", n, err)
		}
	}
	if n := p.two.asked.Load(); n != 10 || p.two.bodies.Load() != 100<<10 {
		t.Errorf("the other was asked %d times, the last body had %d bytes", n, p.two.bodies.Load())
	}
	t.Run("control: with one address they fail", func(t *testing.T) { // not beside it: before the other is back
		if _, alone := asking(t, "http://"+address); ask(t, alone, "http://"+address, http.MethodPost, 10) == nil {
			t.Error("somebody answers where nobody listens: the test above proves nothing")
		}
	})
	back := givenServer(t, address)
	wait.Until(t, "the one that is back to be asked", func() bool {
		if err := p.ask(t, http.MethodGet, 0); err != nil {
			t.Error(err)
		}
		return back.asked.Load() > 0
	})
}

// What may have been carried out is repeated only where that does no harm.
func TestLostAnswer(t *testing.T) {
	t.Parallel()
	const key = "Idempotency-Key"
	for name, c := range map[string]struct {
		method string
		size   int
		header []string
		again  bool
	}{
		"a question":                         {http.MethodGet, 0, nil, true},
		"a write that names its end":         {http.MethodPut, 10, nil, true},
		"a write with a key":                 {http.MethodPost, 60 << 10, []string{key, "k"}, true},
		"a write without one":                {http.MethodPost, 10, nil, false},
		"a change without one":               {http.MethodPatch, 10, nil, false},
		"a file, which is not kept for that": {http.MethodPost, 100 << 10, []string{key, "k"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := givenPair(t)
			p.one.breaks.Store(true)
			refused := 0
			for range 2 { // one of the two comes to who breaks
				if p.ask(t, c.method, c.size, c.header...) != nil {
					refused++
				}
			}
			if again := refused == 0; again != c.again || p.one.asked.Load() == 0 { // net/http itself asks twice where that does no harm
				t.Errorf("%d of 2 were refused, the one that breaks was asked %d times", refused, p.one.asked.Load())
			}
			if n, want := p.two.asked.Load(), map[bool]int64{true: 2, false: 1}[c.again]; n != want {
				t.Errorf("the other was asked %d times, want %d", n, want)
			}
			if n := p.two.bodies.Load(); n != int64(c.size) {
				t.Errorf("the other got %d bytes of %d", n, c.size)
			}
		})
	}
	t.Run("a question that is asked by POST", func(t *testing.T) {
		t.Parallel()
		p := givenPair(t)
		p.one.breaks.Store(true)
		for range 2 {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.one.URL, strings.NewReader("who?"))
			if err != nil {
				t.Fatal(err)
			}
			Repeatable(r)
			res, err := p.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
		}
		if told := p.two.sent.Load().Header; told[key] != nil || p.two.bodies.Load() != 4 {
			t.Errorf("it was sent with %v, %d bytes", told, p.two.bodies.Load())
		}
	})
}

// One that is not ready gets nothing, unless none is.
func TestUnready(t *testing.T) {
	t.Parallel()
	p := givenPair(t)
	p.one.unready.Store(true)
	wait.Until(t, "one to be left out", func() bool {
		before := p.one.asked.Load()
		for range 4 {
			if err := p.ask(t, http.MethodPost, 10); err != nil {
				t.Fatal(err)
			}
		}
		return p.one.asked.Load() == before
	})
	p.two.Close()
	if err := p.ask(t, http.MethodGet, 0); err != nil {
		t.Errorf("nobody else is there, and it is not asked: %v", err)
	}
}

// A halted one takes connections and says nothing: who came to it has waited and is told, later ones go to the other.
func TestHalted(t *testing.T) {
	t.Parallel()
	p := givenPair(t)
	p.one.halted.Store(true)
	failed := 0
	wait.Until(t, "it to be left out", func() bool {
		before := failed
		for range 4 {
			if p.ask(t, http.MethodGet, 0) != nil {
				failed++
			}
		}
		return failed == before
	})
	if failed > 2 || p.one.asked.Load() != 0 {
		t.Errorf("%d requests failed, it answered %d", failed, p.one.asked.Load())
	}
}

// Who leaves says nothing about the replica.
func TestLeaving(t *testing.T) {
	t.Parallel()
	p := givenPair(t)
	p.one.halted.Store(true)
	p.two.halted.Store(true)
	ctx, leave := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer leave()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.one.URL, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Do(r); err == nil {
		t.Fatal("it is answered")
	}
	p.transport.mu.Lock()
	defer p.transport.mu.Unlock()
	for _, r := range p.transport.known {
		if r.away {
			t.Errorf("%s is left out", r.host)
		}
	}
}

// Two containers stand behind one name, then one of them and a third.
func TestName(t *testing.T) {
	t.Parallel()
	one := givenServer(t, "127.0.0.1:0")
	_, port, _ := net.SplitHostPort(one.Listener.Addr().String())
	two := givenServer(t, "[::1]:"+port)
	transport, client := asking(t, "http://tasks:"+port)
	behind := atomic.Pointer[[]string]{}
	behind.Store(&[]string{"127.0.0.1", "::1"})
	transport.lookUp = func(_ context.Context, network, host string) ([]string, error) {
		if network != "ip4" || host != "tasks" {
			t.Errorf("%s of %s is looked up", network, host)
		}
		return *behind.Load(), nil
	}
	for range 4 {
		if err := ask(t, client, transport.Base().String(), http.MethodGet, 0); err != nil {
			t.Fatal(err)
		}
	}
	if one.asked.Load() != 2 || two.asked.Load() != 2 || two.sent.Load().Host != "tasks:"+port {
		t.Errorf("they were asked %d and %d times, as %s", one.asked.Load(), two.asked.Load(), two.sent.Load().Host)
	}
	behind.Store(&[]string{"127.0.0.1", "127.0.0.1", "192.0.2.1"})
	transport.mu.Lock()
	transport.looked = time.Time{}
	transport.mu.Unlock()
	wait.Until(t, "the new one to be known", func() bool {
		_ = transport.order(t.Context())
		transport.mu.Lock()
		defer transport.mu.Unlock()
		return len(transport.known) == 2 && transport.known[1].host == "192.0.2.1:"+port
	})
	if found, err := addressesOf(t.Context(), "ip4", "localhost"); err != nil || !slices.Contains(found, "127.0.0.1") {
		t.Errorf("localhost is %v, %v", found, err)
	}
}

func TestSetting(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{"", "tasks:8082", "http://", "http://a:1,", "http://a:1,https://b:1", "ftp://a:1", "http://a:1/api"} {
		if _, err := New("tasks", wrong, http.DefaultTransport, slog.New(slog.DiscardHandler)); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
	for _, right := range []string{"http://a:1", "http://a:1/", "http://a:1, http://b:1", "https://a,https://b"} {
		if _, err := New("tasks", right, http.DefaultTransport, slog.New(slog.DiscardHandler)); err != nil {
			t.Errorf("%q: %v", right, err)
		}
	}
}
