package bench

import (
	"crypto/ed25519"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api"
	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/testkit/bench"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// site is the service's HTTP face on the ledger, with its peers behind the same
// middleware. Its log is not kept: that is measured where the log is.
type site struct {
	*ledger
	app    *app.App
	bus    *bus.Bus
	nats   string
	url    string
	signer *auth.Signer
	client *http.Client
}

func newSite(b *testing.B, l *ledger, table *bench.Table, g *growth) *site {
	b.Helper()
	now := &clock.Shifted{}
	now.SetTo(today)
	_, key, err := ed25519.GenerateKey(nil)
	must(b, err)
	quiet := slog.New(slog.DiscardHandler)
	s := &site{ledger: l, nats: bustest.StartSafe(b), signer: auth.NewSigner(key, now), client: bench.NewClient()}
	s.bus, err = bus.Connect(b.Context(), s.nats, "hours", quiet)
	must(b, err)
	b.Cleanup(s.bus.Close)
	directory, err := people.NewDirectory(register(b), "secret", s.bus, quiet)
	must(b, err)
	content, err := translog.NewKey("bench/hours")
	must(b, err)
	keys, err := translog.ParseKeys(string(content))
	must(b, err)
	s.app = app.New(l.db.DB, now, directory, keys, quiet)

	before := heap()
	began := time.Now()
	must(b, s.app.Load(b.Context()))
	g.load, g.boardsMB = time.Since(began), heap()-before
	table.Say("%d totals read into boards in %s: %.0f MB of heap", l.lines, g.load.Round(10*time.Millisecond), g.boardsMB)
	go func() { _ = s.app.Follow(b.Context()) }()

	server := httpserver.New(httpserver.Config{Service: "hours", Log: quiet, Verifier: auth.NewVerifier(s.signer.PublicKeys(), now), Ready: l.db.Ping})
	must(b, api.Register(server, s.app))
	addPeers(b, s, server)
	listener := httptest.NewServer(server)
	b.Cleanup(listener.Close)
	s.url = listener.URL
	return s
}

// register answers, in place of the teams service, who people are: nobody has
// agreed to be seen by name.
func register(b *testing.B) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked people.Query
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		var answer people.Answer
		for _, volunteerID := range asked.IDs {
			answer.Items = append(answer.Items, people.Person{VolunteerID: volunteerID, Name: "王秀英", Version: 1})
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	b.Cleanup(server.Close)
	return server.URL
}

// addPeer lets the server answer a board and a rank in another way, behind the same
// contract and middleware.
func addPeer(b *testing.B, server *httpserver.Server, name string, board, rank func(c echo.Context) (any, error)) {
	b.Helper()
	doc, err := gen.GetSpec()
	must(b, err)
	doc.Servers[0].URL = "/" + name + "/v1"
	group := server.Group("/"+name+"/v1", httpserver.Contract(doc))
	for path, answer := range map[string]func(c echo.Context) (any, error){"/boards": board, "/boards/me": rank} {
		group.GET(path, func(c echo.Context) error {
			body, err := answer(c)
			if err != nil {
				return err
			}
			if drawn, ok := body.(json.RawMessage); ok { // as a board that is kept drawn
				return c.JSONBlob(http.StatusOK, drawn)
			}
			return c.JSON(http.StatusOK, body)
		})
	}
}

// read asks for a path of one of those that answer, as a volunteer of the middle.
func (s *site) read(b *testing.B, name, path string, clients int) bench.Measured {
	b.Helper()
	token, err := s.signer.Token(auth.Principal{VolunteerID: volunteerID(s.volunteers / 2)})
	must(b, err)
	header := http.Header{"Authorization": {"Bearer " + token}}
	return bench.Load(b, clients, func() error {
		return bench.Ask(b.Context(), s.client, http.MethodGet, s.url+"/"+name+"/v1"+path, nil, header)
	})
}

func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}
