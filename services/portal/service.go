// Package portal is Qihe's face to the outside: one origin for the web app and
// all services.
//
// It turns the browser's opaque cookie into a short signed token for the
// services, passes requests on, serves the web app, and stamps check-in links
// with the instant they were opened. It owns no data: everything it holds in
// memory can be asked again from teams.
package portal

import (
	"context"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"

	"github.com/qihe-volunteers/qihe/services/portal/internal/edge"
	"github.com/qihe-volunteers/qihe/services/portal/web"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/daylog"
)

// Bus is what the service may do on the message bus.
var Bus = bus.Access{User: "portal", Follows: edge.Follows()}

// Config is what the portal needs to know. The tags name the environment
// variables, each after PORTAL_.
type Config struct {
	Address        string         `env:"ADDRESS" envDefault:"127.0.0.1:8080"` // without HTTPS only on loopback
	TeamsURL       string         `env:"TEAMS_URL,required"`
	TasksURL       string         `env:"TASKS_URL,required"`
	HoursURL       string         `env:"HOURS_URL,required"`
	PairingsURL    string         `env:"PAIRINGS_URL,required"`
	NATSURL        string         `env:"NATS_URL,required"`
	KeyFile        string         `env:"KEY_FILE,required"` // Ed25519 private key as PKCS #8 PEM, mode 0600
	InternalSecret string         `env:"INTERNAL_SECRET,required,unset"`
	TrustedProxies []netip.Prefix `env:"TRUSTED_PROXIES"` // whose X-Forwarded-For is believed
	HTTPS          bool           `env:"HTTPS"`           // a proxy in front speaks HTTPS to the browser
	LogLevel       string         `env:"LOG_LEVEL" envDefault:"info"`
	Site           Site           // what the foot of a page says
	AccessLog      string         `env:"ACCESS_LOG"`                       // folder for who visited when, a file a day; -: lines on stdout, for who collects them; empty: it is not written
	AccessLogDays  int            `env:"ACCESS_LOG_DAYS" envDefault:"190"` // how long, at least six months

	// For whoever runs the portal inside a larger process.
	Listener net.Listener            `env:"-"` // instead of Address; it may speak TLS
	Inside   net.Listener            `env:"-"` // serves the keys by plain HTTP too, on loopback: the services then need not trust Listener's certificate
	Extra    map[string]http.Handler `env:"-"` // further pages by their path
	Web      fs.FS                   `env:"-"` // instead of the embedded web app
	Access   *slog.Logger            `env:"-"` // instead of AccessLog
	Clock    clock.Clock             `env:"-"`
	Log      *slog.Logger            `env:"-"`
}

// Site is what the foot of a page says of who runs this Qihe.
type Site = edge.Site

// Run serves until ctx ends, then closes live streams and lets open requests finish.
func Run(ctx context.Context, cfg Config) error {
	if cfg.Clock == nil {
		cfg.Clock = clock.System{}
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Web == nil {
		cfg.Web = web.Dist
	}
	switch cfg.AccessLog {
	case "":
	case "-":
		cfg.Access = slog.New(slog.NewJSONHandler(os.Stdout, nil))
	default:
		visits, err := daylog.Open(cfg.AccessLog, "access", cfg.AccessLogDays, clock.System{})
		if err != nil {
			return err
		}
		defer func() { _ = visits.Close() }()
		cfg.Access = slog.New(slog.NewJSONHandler(visits, nil))
	}
	key, err := edge.ReadKey(cfg.KeyFile)
	if err != nil {
		return err
	}
	b, err := bus.Connect(ctx, cfg.NATSURL, "portal", cfg.Log)
	if err != nil {
		return err
	}
	defer b.Close()
	server, err := edge.New(edge.Config{
		Services: map[string]string{"teams": cfg.TeamsURL, "tasks": cfg.TasksURL, "hours": cfg.HoursURL, "pairings": cfg.PairingsURL},
		Secret:   cfg.InternalSecret,
		Signer:   auth.NewSigner(key, cfg.Clock),
		Proxies:  cfg.TrustedProxies,
		HTTPS:    cfg.HTTPS,
		Web:      cfg.Web,
		Site:     cfg.Site,
		Extra:    cfg.Extra,
		Clock:    cfg.Clock,
		Log:      cfg.Log,
		Access:   cfg.Access,
	}, b)
	if err != nil {
		return err
	}
	listener := cfg.Listener
	if listener == nil {
		if listener, err = edge.Listen(ctx, cfg.Address, cfg.HTTPS); err != nil {
			return err
		}
	}
	return server.Run(ctx, listener, cfg.Inside)
}
