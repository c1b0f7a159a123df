// Package hours is the hours service: what service is worth. It owns the
// ledger, and answers for boards, figures and everybody's own hours.
package hours

import (
	"context"
	"log/slog"
	"net"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/consumer"
	"github.com/qihe-volunteers/qihe/services/hours/migrations"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/lifecycle"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
	"github.com/qihe-volunteers/qihe/shared/upkeep"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Bus is what the service may do on the message bus.
var Bus = bus.Access{User: "hours", Tells: hoursv1.Stream, Hears: []string{teamsv1.Stream, tasksv1.Stream, pairingsv1.Stream}, Follows: people.Follows()}

// Config holds the service's settings; main reads those with a tag from the
// environment, prefixed HOURS_.
type Config struct {
	Address          string `env:"ADDRESS" envDefault:"127.0.0.1:8083"` // where to listen
	DatabaseURL      string `env:"DATABASE_URL,required"`               // as the run-time role
	OwnerDatabaseURL string `env:"OWNER_DATABASE_URL"`                  // as the owner, for migrations; a direct connection. Empty: another migrates, this one waits
	NATSURL          string `env:"NATS_URL,required"`
	StreamReplicas   int    `env:"STREAM_REPLICAS"`     // how many servers of a NATS cluster keep the stream; 0: as they have it
	PortalURL        string `env:"PORTAL_URL,required"` // for its public keys
	TeamsURL         string `env:"TEAMS_URL,required"`  // for names
	InternalSecret   string `env:"INTERNAL_SECRET,required"`
	LogKeyFile       string `env:"LOG_KEY_FILE,required"` // signs the checkpoints of the ledger's log
	KeyFile          string `env:"KEY_FILE,required"`     // opens what certificates say of people
	MakeKeyFile      bool   `env:"MAKE_KEY_FILE"`         // make it if there is none: for the first start only
	SiteURL          string `env:"SITE_URL"`              // where browsers reach Qihe, for the code on certificates
	Cell             string `env:"CELL"`                  // which region this is to a hub, by its code; empty: no hub is told anything
	LogLevel         string `env:"LOG_LEVEL"`             // debug | info | warn | error

	Listener net.Listener  `env:"-"` // instead of Address
	Clock    clock.Clock   `env:"-"` // nil: the computer's
	Log      *slog.Logger  `env:"-"` // nil: nothing is logged
	WallGap  time.Duration `env:"-"` // how often a screen on a wall is told something new at most; 0: once a second
}

func (cfg Config) withDefaults() Config {
	if cfg.Clock == nil {
		cfg.Clock = clock.System{}
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return cfg
}

// Migrations returns everything the service's database is made of.
func Migrations() []postgres.Migrations {
	return []postgres.Migrations{outbox.Migrations(), inbox.Migrations(), idempotency.Migrations(), translog.Migrations(), migrations.Set()}
}

// service is what Run and Check have in common: a loaded app with what it stands on.
type service struct {
	db  *postgres.DB
	bus *bus.Bus
	app *app.App
}

// open brings the tables up to date and the boards into memory.
func open(ctx context.Context, cfg Config) (s service, err error) {
	if err := postgres.Prepare(ctx, cfg.Log, cfg.OwnerDatabaseURL, cfg.DatabaseURL, Migrations()...); err != nil {
		return s, err
	}
	if s.db, err = postgres.Open(ctx, cfg.DatabaseURL, 0); err != nil {
		return s, err
	}
	if s.bus, err = bus.Connect(ctx, cfg.NATSURL, "hours", cfg.Log); err != nil {
		return s, err
	}
	s.bus.Replicate(cfg.StreamReplicas)
	directory, err := people.NewDirectory(cfg.TeamsURL, cfg.InternalSecret, s.bus, cfg.Log)
	if err != nil {
		return s, err
	}
	keys, err := translog.ReadKeys(cfg.LogKeyFile)
	if err != nil {
		return s, err
	}
	papers, err := vault.LoadOrMake(cfg.KeyFile, cfg.MakeKeyFile)
	if err != nil {
		return s, err
	}
	s.app = app.New(s.db, cfg.Clock, directory, keys, cfg.Log)
	s.app.SetPapers(papers, cfg.SiteURL)
	s.app.SetCell(cfg.Cell)
	if cfg.WallGap > 0 {
		s.app.SetWallGap(cfg.WallGap)
	}
	return s, s.app.Load(ctx)
}

func (s service) close() {
	if s.bus != nil {
		s.bus.Close()
	}
	if s.db != nil {
		_ = s.db.Close()
	}
}

// Run serves until ctx ends. It returns nil after a clean stop.
func Run(ctx context.Context, cfg Config) error {
	cfg = cfg.withDefaults()
	s, err := open(ctx, cfg)
	defer s.close()
	if err != nil {
		return err
	}
	keys, err := auth.NewRemoteKeys(cfg.PortalURL, cfg.Log)
	if err != nil {
		return err
	}
	server := httpserver.New(httpserver.Config{
		Service:  "hours",
		Log:      cfg.Log,
		Verifier: auth.NewVerifier(keys, cfg.Clock),
		Ready:    s.db.Ping,
	})
	if err := api.Register(server, s.app); err != nil {
		return err
	}
	return serve(ctx, cfg, s, server)
}

// serve runs the parts side by side. The relay goes on until the consumers have
// finished the batch in hand, so that their last events are told.
func serve(ctx context.Context, cfg Config, s service, server *httpserver.Server) error {
	fromTasks, fromTeams, fromPairings := consumer.FromTasks(s.app, s.db), consumer.FromTeams(s.app, s.db), consumer.FromPairings(s.app, s.db)
	return lifecycle.Run(ctx,
		lifecycle.Stage{func(ctx context.Context) error { return server.ServeAt(ctx, cfg.Listener, cfg.Address) }},
		lifecycle.Stage{
			s.app.Follow,
			s.app.KeepLog,
			fromTasks.From(s.bus, tasksv1.Stream, cfg.Log),
			fromTeams.From(s.bus, teamsv1.Stream, cfg.Log),
			fromPairings.From(s.bus, pairingsv1.Stream, cfg.Log),
			func(ctx context.Context) error {
				return upkeep.Run(ctx, app.DutiesEvery, cfg.Log, upkeep.Job{Name: "duties", Do: s.app.DoDuties})
			},
		},
		lifecycle.Stage{outbox.NewRelay(s.db, s.bus, hoursv1.Stream, cfg.Log).Run, func(ctx context.Context) error {
			return upkeep.Run(ctx, upkeep.Every, cfg.Log, inbox.Forgetting(fromTasks), upkeep.Answers(s.db, cfg.Clock))
		}},
	)
}
