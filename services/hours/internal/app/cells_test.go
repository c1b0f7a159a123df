package app_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/freeport"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

const shipped = "../../../../deployments/"

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(shipped + path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// serverOf starts a NATS server from shipped files, which are put into a folder of their own.
func serverOf(t *testing.T, main string, files map[string]string, places *strings.Replacer) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(places.Replace(text)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	bustest.StartFile(t, filepath.Join(folder, main))
	return folder
}

// startHub starts a hub for the cities, and returns where it and its leaf nodes are.
func startHub(t *testing.T, cities ...string) (url, leaf string) {
	t.Helper()
	listen, leaf := freeport.Address(t), freeport.Address(t)
	users := read(t, "hub/nats/cities.conf")
	entry := users[strings.LastIndex(users, "\n  {"):strings.LastIndex(users, "]")]
	var all strings.Builder
	for _, city := range cities {
		all.WriteString(strings.ReplaceAll(entry, "410600", city))
	}
	serverOf(t, "hub.conf", map[string]string{"hub.conf": read(t, "hub/nats/hub.conf"), "cities.conf": strings.Replace(users, entry, all.String(), 1)},
		strings.NewReplacer("$NATS_LISTEN", listen, "$NATS_LEAF_LISTEN", leaf, "$NATS_STORE", t.TempDir(), "$HUB_NATS_PASSWORD", "hub",
			"64GB", "1TB", "$CITY_", "p", "_PASSWORD", ""))
	return "nats://hub:hub@" + listen, leaf
}

// startCity starts a city's server with its leaf node to the hub, where it is user.
func startCity(t *testing.T, city, user, hub string, changes ...string) (url string) {
	t.Helper()
	listen := freeport.Address(t)
	text := read(t, "compose/nats/server.conf")
	text = regexp.MustCompile(`(?s)\ncluster \{.*?\n\}\n`).ReplaceAllString(text, "\n") // one server here
	text = strings.Replace(text, "include gen/users.conf", "include gen/users.conf\n    include city-exports.conf", 1)
	text = strings.Replace(text, "  SYS { }", "  include city-account.conf\n  SYS { }", 1) + "\ninclude city-leaf.conf\n"
	files := map[string]string{"server.conf": text, "gen/users.conf": read(t, "compose/nats/gen/users.conf")}
	for _, name := range []string{"city-exports.conf", "city-account.conf", "city-leaf.conf"} {
		files[name] = strings.NewReplacer(changes...).Replace(strings.ReplaceAll(read(t, "hub/nats/"+name), "410600", city))
	}
	serverOf(t, "server.conf", files, strings.NewReplacer("$NATS_SERVER_NAME", "city"+city, "$NATS_LISTEN", listen, "$NATS_MONITOR", "127.0.0.1:-1", "$NATS_STORE", t.TempDir(),
		"64GB", "1TB", "$HUB_URL", fmt.Sprintf("%q", "nats-leaf://city-"+user+":p"+user+"@"+hub), "$ADMIN_NATS_PASSWORD", "admin", "$HOURS_NATS_PASSWORD", "hours",
		"$TEAMS_NATS_PASSWORD", "a", "$TASKS_NATS_PASSWORD", "b", "$PAIRINGS_NATS_PASSWORD", "c", "$PORTAL_NATS_PASSWORD", "d"))
	return "nats://hours:hours@" + listen
}

// gate is the network between a city and the hub.
type gate struct {
	address string
	mu      sync.Mutex
	shut    bool
	open    []net.Conn
}

func newGate(t *testing.T, to string) *gate {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{address: l.Addr().String()}
	t.Cleanup(func() { _ = l.Close(); g.set(true) })
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			on, err := net.Dial("tcp", to)
			g.mu.Lock()
			if err != nil || g.shut {
				_ = from.Close()
				if on != nil {
					_ = on.Close()
				}
			} else {
				g.open = append(g.open, from, on)
				go func() { _, _ = io.Copy(on, from); _ = on.Close() }()
				go func() { _, _ = io.Copy(from, on); _ = from.Close() }()
			}
			g.mu.Unlock()
		}
	}()
	return g
}

func (g *gate) set(shut bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut = shut; shut {
		for _, c := range g.open {
			_ = c.Close()
		}
		g.open = nil
	}
}

// cell is a city with a server, a ledger and a relay of its own.
type cell struct {
	*town
	code   string
	gate   *gate
	people []string
}

func newCell(t *testing.T, code, leaf string) *cell {
	t.Helper()
	c := &cell{town: newTown(t), code: code, gate: newGate(t, leaf)}
	c.SetCell("4106")
	b := c.connect(startCity(t, code, code, c.gate.address), "hours")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- outbox.NewRelay(c.db.DB, b, "HOURS", slog.New(slog.DiscardHandler)).Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	return c
}

func (w *town) connect(url, user string) *bus.Bus {
	w.t.Helper()
	b, err := bus.Connect(w.t.Context(), url, user, slog.New(slog.DiscardHandler))
	w.must(err)
	w.t.Cleanup(b.Close)
	return b
}

// serve has so many new people give an hour and more, in both counties, and tells a hub.
func (c *cell) serve(people int) {
	c.t.Helper()
	var events []tasksv1.AttendanceConfirmed
	for n := range people {
		c.people = append(c.people, id.New())
		events = append(events, c.attendance(by(c.people[len(c.people)-1], 60+n), func(e *tasksv1.AttendanceConfirmed) {
			if n%2 == 1 {
				e.TeamID, e.RegionPath = c.other, "4106/410621/"
			}
		}))
	}
	c.credit(events...)
	c.must(c.DoDuties(c.t.Context()))
}

type sums struct{ Minutes, Services, People int64 }

// ledger is the plain sum of all lines.
func (c *cell) ledger() (s sums) {
	c.t.Helper()
	c.must(c.db.Owner(c.t).QueryRow(`SELECT sum(minutes), count(*), count(DISTINCT volunteer_id) FROM entries`).Scan(&s.Minutes, &s.Services, &s.People))
	return s
}

// atHub is what the hub has of the city.
func (c *cell) atHub(db *pgtest.DB) (s sums) {
	_ = db.Owner(c.t).QueryRow(`SELECT minutes, services, people FROM hub_totals WHERE city = $1 AND period = 'month:2026-11' AND whole`, c.code).Scan(&s.Minutes, &s.Services, &s.People)
	return s
}

// stored returns every byte that the hub's streams and its database have.
func stored(t *testing.T, js jetstream.JetStream, db *pgtest.DB, streams ...string) string {
	t.Helper()
	var all strings.Builder
	for _, name := range streams {
		s, err := js.Stream(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		for n := uint64(1); n <= s.CachedInfo().State.LastSeq; n++ {
			m, err := s.GetMsg(t.Context(), n)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&all, m.Subject, m.Header, string(m.Data))
		}
	}
	for _, table := range []string{"hub_totals", "inbox", "dead_letters", "redrives"} {
		var rows []string
		if err := db.Owner(t).Select(&rows, "SELECT r::text FROM "+table+" r"); err != nil {
			t.Fatal(err)
		}
		all.WriteString(strings.Join(rows, "\n"))
	}
	return all.String()
}

// Three cities and a hub with the shipped files for their servers. One is cut off while hours are credited in all three: the
// hub shows the others and says who is silent; afterwards it has all that each ledger has. Nobody is in it. A server that
// has one city's password cannot be another.
func TestThreeCities(t *testing.T) {
	t.Parallel()
	codes := []string{"410500", "410600", "410700"}
	url, leaf := startHub(t, append(slices.Clone(codes), "410800", "410900")...)
	var cells []*cell
	for _, code := range codes {
		cells = append(cells, newCell(t, code, leaf))
	}
	rogue := startCity(t, "410900", "410500", leaf) // has the password of another
	open := startCity(t, "410800", "410800", leaf, "hours.v1.totals.counted", "hours.>")

	db := pgtest.New(t, "hub", hours.HubMigrations()...)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	cells[0].must(err)
	now := &clock.Shifted{}
	now.SetTo(cells[0].clock.Now())
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- hours.RunHub(ctx, hours.HubConfig{
			DatabaseURL: db.URL, OwnerDatabaseURL: db.OwnerURL, NATSURL: url, Listener: l, Clock: now, Title: "河南省各市",
			Cities: map[string]string{"410500": "安阳市", "410600": "鹤壁市", "410700": "新乡市", "410900": "濮阳市"},
		})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	arrived := func(what string, of ...*cell) {
		t.Helper()
		wait.Until(t, what, func() bool {
			return !slices.ContainsFunc(of, func(c *cell) bool { return c.atHub(db) != c.ledger() })
		})
	}
	page := func() string {
		t.Helper()
		res, err := http.Get("http://" + l.Addr().String() + "/")
		cells[0].must(err)
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		cells[0].must(err)
		return string(text)
	}
	for n, c := range cells {
		c.serve(10 + 2*n)
	}
	arrived("all three cities", cells...)
	if text := page(); strings.Contains(text, "联系中断") || strings.Count(text, "还没有收到过数据") != 1 {
		t.Errorf("a city is silent: %s", text)
	}

	away := cells[1]
	before := away.ledger()
	away.gate.set(true)
	now.Leap(40 * time.Minute)
	for _, c := range cells {
		c.clock.Leap(40 * time.Minute)
		c.serve(5)
	}
	arrived("both others", cells[0], cells[2])
	if got := away.atHub(db); got != before {
		t.Errorf("the hub has %+v of a city that is cut off; before it was %+v", got, before)
	}
	if text := page(); strings.Count(text, "联系中断，数据停在 11月24日 12:0") != 1 || strings.Count(text, "数据截至 11月24日 12:4") != 2 {
		t.Errorf("the page does not say who is silent: %s", text)
	}
	for range 3 {
		away.clock.Leap(time.Minute)
		away.serve(3)
	}
	away.gate.set(false)
	arrived("all that happened meanwhile", cells...)
	if text := page(); strings.Contains(text, "联系中断") {
		t.Errorf("a city is silent that is back: %s", text)
	}

	nc, err := nats.Connect(url)
	away.must(err)
	defer nc.Close()
	js, err := jetstream.New(nc)
	away.must(err)
	all := stored(t, js, db, "CELL_410500", "CELL_410600", "CELL_410700")
	for _, c := range cells {
		for _, who := range append(slices.Clone(c.people), c.leader, c.team, c.other) {
			if strings.Contains(all, who) {
				t.Errorf("%s crossed to the hub", who)
			}
		}
	}

	// The control: a city whose exports are wider hands everything over, and the search finds it.
	who := away.people[0]
	tell := func(url, event string) {
		b := away.connect(url, "hours")
		wait.Until(t, "a stream", func() bool { return b.EnsureStream(t.Context(), "HOURS") == nil })
		_, err := b.Publish(t.Context(), "HOURS", []bus.Message{{ID: id.New(), Subject: event, Data: []byte(`{"volunteer_id":"` + who + `"}`)}})
		away.must(err)
	}
	tell(open, "hours.v1.entry.posted")
	tell(rogue, "hours.v1.totals.counted")
	hub := away.connect(url, "hub")
	from := bus.Elsewhere{Stream: "HOURS", Subject: "hours.>"}
	for _, from.At = range []string{"cell.410800", "cell.410600"} {
		away.must(hub.EnsureCollected(t.Context(), "WHOLE_"+from.At[5:], from))
	}
	wait.Until(t, "the city with wide exports", func() bool { return strings.Contains(stored(t, js, db, "WHOLE_410800"), who) })
	if strings.Contains(stored(t, js, db, "WHOLE_410600"), "volunteer") {
		t.Error("a hub that asks for more than sums gets it")
	}
	if strings.Contains(stored(t, js, db, "CELL_410900"), who) {
		t.Error("a city speaks in another's name")
	}
	if nc, err := nats.Connect(strings.Replace(url, "hub:hub", "city-410500:p410500", 1)); err == nil {
		nc.Close()
		t.Error("a city's password is good for a client")
	}
}
