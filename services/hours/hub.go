package hours

import (
	"context"
	"log/slog"
	"maps"
	"net"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/consumer"
	"github.com/qihe-volunteers/qihe/services/hours/migrations"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/lifecycle"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/upkeep"
)

// HubConfig holds the settings of `hours hub`, which shows a province's cities side by
// side; main reads those with a tag from the environment, prefixed HUB_.
type HubConfig struct {
	Address          string            `env:"ADDRESS" envDefault:"127.0.0.1:8085"`
	DatabaseURL      string            `env:"DATABASE_URL,required"` // as the run-time role hub
	OwnerDatabaseURL string            `env:"OWNER_DATABASE_URL"`    // as hub_owner, for migrations
	NATSURL          string            `env:"NATS_URL,required"`     // the hub's own server, which cities connect to
	StreamReplicas   int               `env:"STREAM_REPLICAS"`
	Cities           map[string]string `env:"CITIES,required"` // 410600:鹤壁市,410500:安阳市
	Title            string            `env:"TITLE" envDefault:"各市志愿服务"`
	LogLevel         string            `env:"LOG_LEVEL"`

	Listener net.Listener `env:"-"` // instead of Address
	Clock    clock.Clock  `env:"-"` // nil: the computer's
	Log      *slog.Logger `env:"-"` // nil: nothing is logged
}

// HubMigrations returns everything a hub's database is made of.
func HubMigrations() []postgres.Migrations {
	return []postgres.Migrations{inbox.Migrations(), migrations.Hub()}
}

// collectEvery is how often a hub looks whether it has a stream for each city.
const collectEvery = 5 * time.Second

// RunHub serves until ctx ends. It returns nil after a clean stop.
func RunHub(ctx context.Context, cfg HubConfig) error {
	if cfg.Clock == nil {
		cfg.Clock = clock.System{}
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if err := postgres.Prepare(ctx, cfg.Log, cfg.OwnerDatabaseURL, cfg.DatabaseURL, HubMigrations()...); err != nil {
		return err
	}
	db, err := postgres.Open(ctx, cfg.DatabaseURL, 0)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	b, err := bus.Connect(ctx, cfg.NATSURL, "hub", cfg.Log)
	if err != nil {
		return err
	}
	defer b.Close()
	b.Replicate(cfg.StreamReplicas)
	hub := app.NewHub(db, cfg.Clock, cfg.Cities)
	self, err := hub.Self(ctx)
	if err != nil {
		return err
	}
	server := httpserver.New(httpserver.Config{Service: "hub", Log: cfg.Log, Ready: db.Ping})
	api.RegisterHub(server, hub, cfg.Title)
	listening := lifecycle.Stage{}
	for _, city := range slices.Sorted(maps.Keys(cfg.Cities)) {
		stream, from := "CELL_"+city, consumer.FromCity(hub, db, city, self)
		listening = append(listening, from.From(b, stream, cfg.Log), func(ctx context.Context) error {
			return upkeep.Run(ctx, collectEvery, cfg.Log, upkeep.Job{Name: "stream of " + city, Do: func(ctx context.Context) error {
				return b.EnsureCollected(ctx, stream, bus.Elsewhere{Stream: hoursv1.Stream, Subject: hoursv1.TotalsCounted{}.Subject(), At: "cell." + city})
			}})
		}, func(ctx context.Context) error { return upkeep.Run(ctx, upkeep.Every, cfg.Log, inbox.Forgetting(from)) })
	}
	return lifecycle.Run(ctx, lifecycle.Stage{func(ctx context.Context) error { return server.ServeAt(ctx, cfg.Listener, cfg.Address) }}, listening)
}
