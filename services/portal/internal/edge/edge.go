// Package edge is where the outside ends: cookies become tokens, addresses
// become services, and nothing a browser claims about itself is passed on.
//
// A request under /api goes this way:
//
//	sanitise   headers that only Qihe may set are taken off; the client's address is put on
//	sameOrigin an unsafe request must come from our own pages
//	identify   the cookie's secret is looked up at teams, from memory for 30 s
//	forward    a token of 30 s is signed, the request goes to its service
//	answer     a new session's secret becomes a cookie; live streams are remembered
//
// When teams tells that a session ended or an officer's authority changed, what
// is in memory about the person is forgotten and their live streams are closed:
// out everywhere at once. While the portal cannot hear teams (NATS is down) it
// remembers nothing and asks at every request.
package edge

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync/atomic"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/errgroup"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/replicas"
)

// Config says what lies behind the edge.
type Config struct {
	Services map[string]string // addresses of each service by its name, see package replicas; teams is one
	Secret   string            // the deployment's internal secret
	Signer   *auth.Signer
	Proxies  []netip.Prefix // whose X-Forwarded-For is believed
	HTTPS    bool           // browsers reach us by HTTPS
	Web      fs.FS          // the built web app
	Site     Site           // what the foot of a page says
	Extra    map[string]http.Handler
	Clock    clock.Clock
	Log      *slog.Logger
	Access   *slog.Logger // hears of each visit; may be nil
}

// Edge is the portal's HTTP server.
type Edge struct {
	Config

	services map[string]*replicas.Transport
	server   *httpserver.Server
	sessions *sessions
	streams  *streams
	app      *app
	origins  *http.CrossOriginProtection
	stopping atomic.Bool
}

var errStopping = errors.New("the portal is stopping")

// New returns an edge that forgets what b tells it to forget.
func New(cfg Config, b *bus.Bus) (*Edge, error) {
	if err := cfg.Site.check(); err != nil {
		return nil, err
	}
	e := &Edge{Config: cfg, origins: http.NewCrossOriginProtection(), streams: newStreams(), services: map[string]*replicas.Transport{}}
	for name, addresses := range cfg.Services {
		to, err := replicas.New(name, addresses, newTransport(), cfg.Log)
		if err != nil {
			return nil, err
		}
		e.services[name] = to
	}
	e.sessions = newSessions(e.services["teams"], cfg.Secret, cfg.Clock)
	if err := e.listen(b); err != nil {
		return nil, err
	}
	e.server = httpserver.New(httpserver.Config{Service: "portal", Log: cfg.Log, Ready: e.ready})
	e.server.Uploads("21M", "/api/teams/v1/imports")
	e.server.Uploads("5M", "/api/tasks/v1/photos")
	e.server.Uploads("6M", "/api/hours/v1/history-files")
	e.server.Uploads("9M", "/api/hours/v1/history-pages")
	e.server.Uploads("5M", "/api/pairings/v1/consent-signatures")
	e.server.Uploads("4M", "/api/hours/v1/report-forms")
	e.server.Pre(e.access, e.headers, e.sanitise)
	return e, e.routes()
}

func (e *Edge) routes() (err error) {
	if e.app, err = loadFiles(e.Web); err != nil {
		return err
	}
	for name, to := range e.services {
		e.server.Any("/api/"+name+"/v1/*", e.forward(name, e.proxy(name, to)), compress)
	}
	e.server.GET("/api/portal/v1/site", e.site)
	e.server.Any("/api/*", notFound)
	e.server.Any("/internal/*", notFound) // for services among themselves; nothing is proxied there
	e.server.GET("/c/:shift/:code", e.openCheckIn)
	e.server.GET(auth.KeysPath, e.keys)
	for path, handler := range e.Extra {
		e.server.Any(path, echo.WrapHandler(handler))
	}
	e.server.GET("/*", e.app.serve)
	e.server.HEAD("/*", e.app.serve)
	return nil
}

func notFound(echo.Context) error { return echo.ErrNotFound }

// keys answers the services' GET /.well-known/qihe-keys.
func (e *Edge) keys(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, e.Signer.PublicKeys())
}

// ready says no only while stopping: whatever else is down, check-in links must be stamped.
func (e *Edge) ready(context.Context) error {
	if e.stopping.Load() {
		return errStopping
	}
	return nil
}

// Run serves on the listener until ctx ends, and what concerns only this
// computer on inside, which may be nil. Live streams end first, or open pages
// would hold up the stop.
func (e *Edge) Run(ctx context.Context, listener, inside net.Listener) error {
	defer context.AfterFunc(ctx, func() {
		e.stopping.Store(true)
		e.streams.closeAll()
	})()
	go e.watchStreams(ctx)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return e.server.Serve(ctx, listener) })
	if inside != nil {
		group.Go(func() error { return e.insideServer().Serve(ctx, inside) })
	}
	return group.Wait()
}

// insideServer answers the services' question for the keys, and shows the
// further pages. Nothing is proxied, so no cookie ever travels here.
func (e *Edge) insideServer() *httpserver.Server {
	s := httpserver.New(httpserver.Config{Service: "portal", Log: e.Log, Ready: e.ready})
	s.Pre(e.headers, e.sanitise)
	s.GET(auth.KeysPath, e.keys)
	for path, handler := range e.Extra {
		s.Any(path, echo.WrapHandler(handler))
	}
	return s
}

// ServeHTTP answers one request.
func (e *Edge) ServeHTTP(w http.ResponseWriter, r *http.Request) { e.server.ServeHTTP(w, r) }
