// Package pairings is the pairings service: who stands by whom. Children, families
// and companion parents, what is held about them under keys of their own, and a
// record of everybody who read it.
package pairings

import (
	"context"
	"log/slog"
	"net"
	"path/filepath"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/consumer"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/erased"
	"github.com/qihe-volunteers/qihe/services/pairings/migrations"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
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
	"github.com/qihe-volunteers/qihe/shared/translog"
	"github.com/qihe-volunteers/qihe/shared/upkeep"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Bus is what the service may do on the message bus.
var Bus = bus.Access{User: "pairings", Tells: pairingsv1.Stream, Hears: []string{teamsv1.Stream, tasksv1.Stream}, Follows: people.Follows()}

// Config holds the service's settings; main reads those with a tag from the
// environment, prefixed PAIRINGS_.
type Config struct {
	Address          string `env:"ADDRESS" envDefault:"127.0.0.1:8084"` // where to listen
	DatabaseURL      string `env:"DATABASE_URL,required"`               // as the run-time role
	OwnerDatabaseURL string `env:"OWNER_DATABASE_URL"`                  // as the owner, for migrations; a direct connection. Empty: another migrates, this one waits
	NATSURL          string `env:"NATS_URL,required"`
	StreamReplicas   int    `env:"STREAM_REPLICAS"`     // how many servers of a NATS cluster keep the stream; 0: as they have it
	PortalURL        string `env:"PORTAL_URL,required"` // for its public keys
	TeamsURL         string `env:"TEAMS_URL,required"`  // for names
	InternalSecret   string `env:"INTERNAL_SECRET,required"`
	KeyFile          string `env:"KEY_FILE,required"`     // wraps the keys of children and families
	MakeKeyFile      bool   `env:"MAKE_KEY_FILE"`         // make it if there is none: for the first start only
	LogKeyFile       string `env:"LOG_KEY_FILE,required"` // signs the checkpoints of the log of openings
	ErasedFile       string `env:"ERASED_FILE"`           // says who was erased, whatever backup the database is; empty: beside the key file
	LogLevel         string `env:"LOG_LEVEL"`             // debug | info | warn | error

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
	if cfg.ErasedFile == "" {
		cfg.ErasedFile = filepath.Join(filepath.Dir(cfg.KeyFile), "pairings-erased.jsonl")
	}
	return cfg
}

// Migrations returns everything the service's database is made of.
func Migrations() []postgres.Migrations {
	return []postgres.Migrations{outbox.Migrations(), inbox.Migrations(), idempotency.Migrations(), translog.Migrations(), migrations.Set()}
}

// untold is what no record of visits tells of: who reports a concern is protected
// (强制报告), and reports come as sealed messages, from everywhere.
var untold = []string{"/api/pairings/v1/sealing-key", "/api/pairings/v1/sealed-messages", "/api/pairings/v1/concerns"}

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
	b, err := bus.Connect(ctx, cfg.NATSURL, "pairings", cfg.Log)
	if err != nil {
		return err
	}
	defer b.Close()
	b.Replicate(cfg.StreamReplicas)
	directory, err := people.NewDirectory(cfg.TeamsURL, cfg.InternalSecret, b, cfg.Log)
	if err != nil {
		return err
	}
	keys, err := vault.LoadOrMake(cfg.KeyFile, cfg.MakeKeyFile)
	if err != nil {
		return err
	}
	logKeys, err := translog.ReadKeys(cfg.LogKeyFile)
	if err != nil {
		return err
	}
	a := app.New(db, cfg.Clock, directory, keys, logKeys, cfg.Log)
	gone := erased.At(cfg.ErasedFile)
	if _, err := a.EraseAgain(ctx, gone); err != nil {
		return err
	}
	portalKeys, err := auth.NewRemoteKeys(cfg.PortalURL, cfg.Log)
	if err != nil {
		return err
	}
	server := httpserver.New(httpserver.Config{
		Service: "pairings", Log: cfg.Log, Verifier: auth.NewVerifier(portalKeys, cfg.Clock), Ready: db.Ping,
		Untold: untold,
	})
	if err := api.Register(server, a); err != nil {
		return err
	}
	fromTeams, fromTasks := consumer.FromTeams(a, db), consumer.FromTasks(a, db)
	return lifecycle.Run(ctx,
		lifecycle.Stage{func(ctx context.Context) error { return server.ServeAt(ctx, cfg.Listener, cfg.Address) }},
		lifecycle.Stage{
			a.KeepLog,
			fromTeams.From(b, teamsv1.Stream, cfg.Log),
			fromTasks.From(b, tasksv1.Stream, cfg.Log),
			func(ctx context.Context) error {
				return upkeep.Run(ctx, app.DutiesEvery, cfg.Log, upkeep.Job{Name: "duties", Do: a.DoDuties})
			},
		},
		lifecycle.Stage{outbox.NewRelay(db, b, pairingsv1.Stream, cfg.Log).Run, func(ctx context.Context) error {
			return upkeep.Run(ctx, upkeep.Every, cfg.Log, inbox.Forgetting(fromTeams), upkeep.Answers(db, cfg.Clock))
		}, func(ctx context.Context) error {
			return upkeep.Run(ctx, app.DutiesEvery, cfg.Log, upkeep.Job{Name: "who was erased", Do: a.KeepErased(gone)})
		}},
	)
}

// LoadDemo brings the tables up to date and fills them, while they are empty, with
// this service's share of a demo city. It runs before Run, as the owner.
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
