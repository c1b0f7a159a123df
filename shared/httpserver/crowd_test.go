package httpserver_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

const (
	idle    = 2000 // who connect and say nothing
	slow    = 300  // who say a word a second
	honest  = 300  // requests
	mebi    = 1 << 20
	bounded = 256 << 20
)

// TestCrowd sends what is meant to use a server up, all of it at once: sockets that say nothing, headers
// that come a word at a time, bodies as large and as deep as may be. Whoever asks rightly is answered
// meanwhile, in bounded memory; and after the time that a header may take the crowd is gone. To a
// server without our limits, the control, it stays.
func TestCrowd(t *testing.T) { //nolint:paralleltest // it measures time and memory
	url, _, _ := serve(t, givenContract(t))
	before := ask(t, url)
	silent, bare := crowd(t, url), crowd(t, unlimited(t))
	memory := watchMemory(t)
	var bodies sync.WaitGroup
	for _, body := range []string{
		`{"title":` + strings.Repeat("[", mebi-100), `{"title":` + strings.Repeat(`{"a":`, mebi/5-100), `{"title":"` + strings.Repeat("长", mebi/3-100) + `"}`,
		`{"shifts":[` + strings.Repeat("1,", mebi/2-100) + `1]}`, `{"title":"a"` + strings.Repeat(`,"b":1`, mebi/6-100) + `}`,
	} {
		bodies.Go(func() {
			if answer := put(t, url, body); !strings.HasPrefix(answer, "4") {
				t.Errorf("%.40s…: %s", body, answer)
			}
		})
	}
	bodies.Wait()
	during := ask(t, url)
	grown := memory()
	wait.Until(t, "the crowd to be gone: a header may take five seconds", func() bool { return silent() == 0 })
	stayed := bare()
	t.Logf("%d silent and %d slow sockets: p99 %s before, %s meanwhile; %d MiB more; %d sockets left of a server without limits, none of ours", idle, slow, before, during, grown>>20, stayed)
	if during > max(2*before, wait.Allowed(250*time.Millisecond)) { // a busy machine alone makes some wait
		t.Errorf("p99 was %s, and %s in the crowd", before, during)
	}
	if grown > bounded {
		t.Errorf("%d MiB more memory", grown>>20)
	}
	if stayed != idle+slow {
		t.Errorf("%d of %d sockets stay at a server without limits: the test above shows nothing", stayed, idle+slow)
	}
}

// unlimited is a server as net/http makes it.
func unlimited(t *testing.T) (url string) {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.NotFoundHandler()} //nolint:gosec // without limits on purpose
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return "http://" + listener.Addr().String()
}

// crowd connects, and returns how many sockets are open when it is asked.
func crowd(t *testing.T, url string) (open func() int) {
	t.Helper()
	var closed atomic.Int64
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	conns := make([]net.Conn, idle+slow)
	for i := range conns {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		conns[i] = conn
		all.Go(func() {
			_, _ = io.Copy(io.Discard, conn)
			closed.Add(1)
		})
		if i >= idle {
			all.Go(func() { drip(ctx, conn) })
		}
	}
	t.Cleanup(func() {
		cancel()
		for _, conn := range conns {
			_ = conn.Close()
		}
		all.Wait()
	})
	return func() int { return len(conns) - int(closed.Load()) }
}

// drip sends a header that never ends, a word a second.
func drip(ctx context.Context, conn net.Conn) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	word := "PUT " + task + " HTTP/1.1\r\nHost: qihe\r\n"
	for {
		if _, err := io.WriteString(conn, word); err != nil {
			return
		}
		word = "X-A: b\r\n"
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// ask sends honest requests, one after the other, and returns how long the slowest but a hundredth took.
func ask(t *testing.T, url string) (p99 time.Duration) {
	t.Helper()
	took := make([]time.Duration, honest)
	for i := range took {
		began := time.Now()
		if answer := put(t, url, `{"title":"淇河"}`); answer != "204" {
			t.Fatalf("an honest request: %s", answer)
		}
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return took[honest*99/100-1]
}

func put(t *testing.T, url, body string) (status string) {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url+task, strings.NewReader(body))
	if err != nil {
		return err.Error()
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err.Error()
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.Status[:3]
}

// watchMemory returns by how much the memory in use has grown at most, ours and the crowd's together.
func watchMemory(t *testing.T) (grown func() uint64) {
	t.Helper()
	inUse := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapInuse + m.StackInuse
	}
	runtime.GC()
	began, most := inUse(), atomic.Uint64{}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for tick := time.NewTicker(10 * time.Millisecond); ctx.Err() == nil; <-tick.C {
			most.Store(max(most.Load(), inUse()))
		}
	}()
	return func() uint64 {
		cancel()
		<-ended
		return max(most.Load(), began) - began
	}
}
