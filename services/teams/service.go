// Package teams is the teams service: people and who they are to each other.
// It owns sign-in, volunteers, regions, brigades, memberships and the
// officers' grants, and tells the other services of their changes.
package teams

import (
	"context"
	"log/slog"
	"net"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/consumer"
	"github.com/qihe-volunteers/qihe/services/teams/internal/sms"
	"github.com/qihe-volunteers/qihe/services/teams/migrations"
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
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/upkeep"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Bus is what the service may do on the message bus.
var Bus = bus.Access{User: "teams", Tells: teamsv1.Stream, Hears: []string{tasksv1.Stream, hoursv1.Stream, pairingsv1.Stream}}

// Config is everything the service must be told. The environment variables
// have the prefix TEAMS_; the last fields are set in process only.
type Config struct {
	Address          string `env:"ADDRESS" envDefault:"127.0.0.1:8081"`
	DatabaseURL      string `env:"DATABASE_URL,required"` // as the run-time role teams
	OwnerDatabaseURL string `env:"OWNER_DATABASE_URL"`    // as teams_owner, for migrations; a direct connection. Empty: another migrates, this one waits
	NATSURL          string `env:"NATS_URL,required"`
	StreamReplicas   int    `env:"STREAM_REPLICAS"`     // how many servers of a NATS cluster keep the stream; 0: as they have it
	PortalURL        string `env:"PORTAL_URL,required"` // whose public keys are trusted
	InternalSecret   string `env:"INTERNAL_SECRET,required"`
	KeyFile          string `env:"KEY_FILE,required"` // opens the phone numbers
	MakeKeyFile      bool   `env:"MAKE_KEY_FILE"`     // make it if there is none: for the first start only
	LogLevel         string `env:"LOG_LEVEL"`         // debug | info | warn | error

	SiteURL     string        `env:"SITE_URL"`                      // where browsers reach Qihe, https://qihe.example: passkeys belong to its host
	StrongFor   time.Duration `env:"STRONG_FOR" envDefault:"12h"`   // how long a second factor proves a session
	OfficerIdle time.Duration `env:"OFFICER_IDLE" envDefault:"72h"` // how long an officer's session may go unused
	PhoneUndo   time.Duration `env:"PHONE_UNDO" envDefault:"168h"`  // how long the office may take a changed number back

	SMS sms.Settings `envPrefix:"SMS_"` // who delivers text messages

	// How many sign-in codes can be asked for; 0 means the default.
	CodesPerPhoneTenMinutes int `env:"CODES_PER_PHONE_TEN_MINUTES"` // 3
	CodesPerPhoneHour       int `env:"CODES_PER_PHONE_HOUR"`        // 5
	CodesPerAddressHour     int `env:"CODES_PER_ADDRESS_HOUR"`      // 10
	CodesPerDay             int `env:"CODES_PER_DAY"`               // 5000, sent by the whole of Qihe
	TextsPerDay             int `env:"TEXTS_PER_DAY"`               // 3000, notices sent as text messages

	Listener net.Listener `env:"-"` // instead of Address
	Messages Messages     `env:"-"` // instead of what SMS says
	Clock    clock.Clock  `env:"-"` // nil: the computer's
	Log      *slog.Logger `env:"-"` // nil: nothing is logged
}

// Run serves until ctx ends and returns nil then. It brings its tables up to
// date first, and stops HTTP before what HTTP needs.
func Run(ctx context.Context, cfg Config) error {
	cfg = cfg.withDefaults()
	if err := app.CheckSiteURL(cfg.SiteURL); err != nil {
		return err
	}
	messages, err := cfg.messages()
	if err != nil {
		return err
	}
	keys, err := vault.LoadOrMake(cfg.KeyFile, cfg.MakeKeyFile)
	if err != nil {
		return err
	}
	if err := postgres.Prepare(ctx, cfg.Log, cfg.OwnerDatabaseURL, cfg.DatabaseURL, Migrations()...); err != nil {
		return err
	}
	db, err := postgres.Open(ctx, cfg.DatabaseURL, 0)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	a := app.New(app.Parts{DB: db, Vault: keys, Clock: cfg.Clock, Messages: sms.Counted(messages), Limits: cfg.limits(), Log: cfg.Log, OfficerIdle: cfg.OfficerIdle, StrongFor: cfg.StrongFor, PhoneUndo: cfg.PhoneUndo, SiteURL: cfg.SiteURL})
	if err := a.CheckKeys(ctx); err != nil {
		return err
	}
	if err := a.PrepareRegions(ctx); err != nil {
		return err
	}
	server, err := newServer(cfg, db, a)
	if err != nil {
		return err
	}
	nats, err := bus.Connect(ctx, cfg.NATSURL, "teams", cfg.Log)
	if err != nil {
		return err
	}
	defer nats.Close()
	nats.Replicate(cfg.StreamReplicas)
	return serve(ctx, cfg, server, a, db, nats)
}

func newServer(cfg Config, db *postgres.DB, a *app.App) (*httpserver.Server, error) {
	keys, err := auth.NewRemoteKeys(cfg.PortalURL, cfg.Log)
	if err != nil {
		return nil, err
	}
	server := httpserver.New(httpserver.Config{
		Service:  "teams",
		Log:      cfg.Log,
		Verifier: auth.NewVerifier(keys, cfg.Clock),
		Ready:    db.Ping,
	})
	return server, api.Register(server, a, cfg.InternalSecret)
}

// serve runs the parts side by side. The relay goes on while HTTP drains; what
// it has not told by then it tells after the next start.
func serve(ctx context.Context, cfg Config, server *httpserver.Server, a *app.App, db *postgres.DB, nats *bus.Bus) error {
	relay := outbox.NewRelay(db, nats, teamsv1.Stream, cfg.Log)
	fromTasks, fromHours, fromPairings := consumer.FromTasks(a, db), consumer.FromHours(a, db), consumer.FromPairings(a, db)
	return lifecycle.Run(ctx,
		lifecycle.Stage{func(ctx context.Context) error {
			defer a.Wait()
			return server.ServeAt(ctx, cfg.Listener, cfg.Address)
		}},
		lifecycle.Stage{
			a.RunTexts, a.RunImports,
			fromTasks.From(nats, tasksv1.Stream, cfg.Log),
			fromHours.From(nats, hoursv1.Stream, cfg.Log),
			fromPairings.From(nats, pairingsv1.Stream, cfg.Log),
		},
		lifecycle.Stage{relay.Run, func(ctx context.Context) error {
			return upkeep.Run(ctx, 10*time.Minute, cfg.Log,
				upkeep.Job{Name: "invitations", Do: a.ExpireInvitations},
				upkeep.Job{Name: "sign-ins", Do: a.Tidy},
				upkeep.Job{Name: "consents", Do: a.RenewConsents}, upkeep.Job{Name: "birthdays", Do: a.ComeOfAge}, upkeep.Job{Name: "qualifications", Do: a.TellOfEnds}, inbox.Forgetting(fromTasks), upkeep.Answers(db, cfg.Clock))
		}},
	)
}

// Migrations returns everything the service's database is made of.
func Migrations() []postgres.Migrations {
	return []postgres.Migrations{outbox.Migrations(), inbox.Migrations(), idempotency.Migrations(), migrations.Set()}
}
