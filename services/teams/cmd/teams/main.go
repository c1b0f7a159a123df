// Command teams runs the teams service; `teams grant-admin PHONE …` makes the first
// administrator of a city. Its settings are environment variables; see the README beside service.go.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/migrate"
	"github.com/qihe-volunteers/qihe/shared/telemetry"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

func main() {
	migrate.IfAsked("TEAMS_", teams.Migrations)
	cfg := config.MustLoad[teams.Config]("TEAMS_")
	cfg.Log = telemetry.NewLogger(os.Stderr, "teams", cfg.LogLevel)
	defer tracing.MustStart(cfg.Log)()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, cfg); err != nil {
		cfg.Log.Error("stopped", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, cfg teams.Config) error {
	if len(os.Args) > 1 && os.Args[1] == "grant-admin" {
		return grantAdmin(ctx, cfg, os.Args[2:])
	}
	return teams.Run(ctx, cfg)
}
