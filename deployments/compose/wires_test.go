package compose_test

import (
	"maps"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// wires carry what the NATS servers tell each other. Each server reaches each
// other by a wire of its own. They also tell each other where the third one is,
// and would go there directly when a wire was cut: what they tell is a place
// where nobody listens.
//
// What a cut holds back is not lost but comes when the cut is mended, or never
// when one end has closed its connection before: that is what TCP makes of a
// network that loses everything.
type wires struct {
	mu   sync.Mutex
	cond *sync.Cond
	held map[way]bool
}

// way is from one server to another, by name.
type way struct{ from, to string }

// wired gives every server wires to the two others; call it before they start.
func wired(t *testing.T, i *installation) *wires {
	t.Helper()
	w := &wires{held: map[way]bool{}}
	w.cond = sync.NewCond(&w.mu)
	file, known := filepath.Join(i.folder, "nats", "server.conf"), "  no_advertise: true"
	text, err := os.ReadFile(file)
	must(t, err)
	if !strings.Contains(string(text), known) {
		t.Fatalf("%s has no line %q", file, known)
	}
	must(t, os.WriteFile(file, []byte(strings.Replace(string(text), known, "  advertise: \"127.0.0.1:1\"\n"+known, 1)), 0o600))
	for _, from := range servers3 {
		container := i.project.Services[from]
		environment := maps.Clone(container.Environment)
		for _, to := range servers3 {
			if from == to {
				continue
			}
			place := w.lay(t, way{from, to}, i.place[to+":6222"])
			for name, value := range environment {
				if strings.HasPrefix(name, "NATS_ROUTE_") {
					other := strings.ReplaceAll(*value, to+":6222", place)
					environment[name] = &other
				}
			}
		}
		container.Environment = environment
		i.project.Services[from] = container
	}
	t.Cleanup(w.mend)
	return w
}

func (w *wires) lay(t *testing.T, along way, server string) (place string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			dialled, err := l.Accept()
			if err != nil {
				return
			}
			go w.carry(along, dialled, server)
		}
	}()
	return l.Addr().String()
}

func (w *wires) carry(along way, dialled net.Conn, server string) {
	defer func() { _ = dialled.Close() }()
	answers, err := net.Dial("tcp", server)
	if err != nil {
		return
	}
	defer func() { _ = answers.Close() }()
	var both sync.WaitGroup
	both.Go(func() { w.copy(answers, dialled, along) })
	both.Go(func() { w.copy(dialled, answers, way{along.to, along.from}) })
	both.Wait()
}

func (w *wires) copy(to, from net.Conn, along way) {
	defer func() { _, _ = to.Close(), from.Close() }()
	for buffer := make([]byte, 32<<10); ; {
		n, err := from.Read(buffer)
		w.wait(along)
		if _, writeErr := to.Write(buffer[:n]); err != nil || writeErr != nil {
			return
		}
	}
}

func (w *wires) wait(along way) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.held[along] {
		w.cond.Wait()
	}
}

// cut holds back whatever goes these ways, until mend.
func (w *wires) cut(ways ...way) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, along := range ways {
		w.held[along] = true
	}
}

func (w *wires) mend() {
	w.mu.Lock()
	defer w.mu.Unlock()
	clear(w.held)
	w.cond.Broadcast()
}

// between is both ways between two servers.
func between(a, b string) []way { return []way{{a, b}, {b, a}} }

// around is all ways to and from a server.
func around(server string) []way { return append(into(server), outOf(server)...) }

func into(server string) (ways []way) {
	for _, other := range peers(server) {
		ways = append(ways, way{other, server})
	}
	return ways
}

func outOf(server string) (ways []way) {
	for _, other := range peers(server) {
		ways = append(ways, way{server, other})
	}
	return ways
}

// peers are the two servers beside one.
func peers(server string) (two []string) {
	for _, name := range servers3 {
		if name != server {
			two = append(two, name)
		}
	}
	return two
}
