// Package tasks is the tasks service: what is to be done and what was done.
// Programmes, tasks, shifts, sign-ups, and attendance with its proof.
package tasks

import (
	"context"
	"fmt"
	"log/slog"
	"net"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/consumer"
	"github.com/qihe-volunteers/qihe/services/tasks/migrations"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/lifecycle"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/upkeep"
)

// Bus is what the service may do on the message bus.
var Bus = bus.Access{
	User: "tasks", Tells: tasksv1.Stream, Hears: []string{teamsv1.Stream, hoursv1.Stream}, Follows: append(people.Follows(), consumer.Follows()...),
}

// Config holds the service's settings; main reads those with a tag from the
// environment, prefixed TASKS_.
type Config struct {
	Address          string `env:"ADDRESS" envDefault:"127.0.0.1:8082"` // where to listen
	DatabaseURL      string `env:"DATABASE_URL,required"`               // as the run-time role
	OwnerDatabaseURL string `env:"OWNER_DATABASE_URL"`                  // as the owner, for migrations; a direct connection. Empty: another migrates, this one waits
	NATSURL          string `env:"NATS_URL,required"`
	StreamReplicas   int    `env:"STREAM_REPLICAS"`     // how many servers of a NATS cluster keep the stream; 0: as they have it
	PortalURL        string `env:"PORTAL_URL,required"` // for its public keys
	TeamsURL         string `env:"TEAMS_URL,required"`  // for names
	InternalSecret   string `env:"INTERNAL_SECRET,required"`
	SiteURL          string `env:"SITE_URL"`  // where browsers reach Qihe, for the code on printed sheets
	LogLevel         string `env:"LOG_LEVEL"` // debug | info | warn | error

	Listener net.Listener `env:"-"` // instead of Address
	Clock    clock.Clock  `env:"-"` // nil: the computer's
	Log      *slog.Logger `env:"-"` // nil: nothing is logged
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
	return []postgres.Migrations{outbox.Migrations(), inbox.Migrations(), idempotency.Migrations(), migrations.Set()}
}

// Run serves until ctx ends. It returns nil after a clean stop.
func Run(ctx context.Context, cfg Config) error {
	cfg = cfg.withDefaults()
	if err := postgres.Prepare(ctx, cfg.Log, cfg.OwnerDatabaseURL, cfg.DatabaseURL, Migrations()...); err != nil {
		return err
	}
	db, err := postgres.Open(ctx, cfg.DatabaseURL, 0)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	b, err := bus.Connect(ctx, cfg.NATSURL, "tasks", cfg.Log)
	if err != nil {
		return err
	}
	defer b.Close()
	b.Replicate(cfg.StreamReplicas)

	keys, err := auth.NewRemoteKeys(cfg.PortalURL, cfg.Log)
	if err != nil {
		return err
	}
	verifier := auth.NewVerifier(keys, cfg.Clock)
	directory, err := people.NewDirectory(cfg.TeamsURL, cfg.InternalSecret, b, cfg.Log)
	if err != nil {
		return err
	}
	a := app.New(db, cfg.Clock, verifier, directory, cfg.Log)
	a.SetSiteURL(cfg.SiteURL)
	if err := a.EnsureWords(ctx); err != nil {
		return err
	}
	if err := a.EnsureProgrammes(ctx); err != nil {
		return err
	}
	if err := consumer.FollowTasks(a, b, cfg.Log); err != nil {
		return fmt.Errorf("follow own events: %w", err)
	}

	server := httpserver.New(httpserver.Config{Service: "tasks", Log: cfg.Log, Verifier: verifier, Ready: db.Ping})
	if err := api.Register(server, a, cfg.Clock); err != nil {
		return err
	}
	fromTeams, fromHours := consumer.FromTeams(a, db), consumer.FromHours(a, db)
	return lifecycle.Run(ctx,
		lifecycle.Stage{func(ctx context.Context) error {
			defer a.Close() // when nobody asks any more
			return server.ServeAt(ctx, cfg.Listener, cfg.Address)
		}},
		lifecycle.Stage{
			fromTeams.From(b, teamsv1.Stream, cfg.Log),
			fromHours.From(b, hoursv1.Stream, cfg.Log),
			func(ctx context.Context) error {
				return upkeep.Run(ctx, app.DutiesEvery, cfg.Log, upkeep.Job{Name: "duties", Do: a.DoDuties})
			},
		},
		lifecycle.Stage{outbox.NewRelay(db, b, tasksv1.Stream, cfg.Log).Run, func(ctx context.Context) error {
			return upkeep.Run(ctx, upkeep.Every, cfg.Log, inbox.Forgetting(fromTeams), upkeep.Answers(db, cfg.Clock))
		}},
	)
}

// LoadDemo brings the tables up to date and fills them, while they are empty,
// with this service's share of a demo city. It runs before Run, as the owner.
func LoadDemo(ctx context.Context, cfg Config, city *demo.City) error {
	if err := postgres.Migrate(ctx, cfg.OwnerDatabaseURL, Migrations()...); err != nil {
		return err
	}
	owner, err := postgres.Open(ctx, cfg.OwnerDatabaseURL, 1)
	if err != nil {
		return err
	}
	defer func() { _ = owner.Close() }()
	return app.LoadDemo(ctx, owner, city)
}
