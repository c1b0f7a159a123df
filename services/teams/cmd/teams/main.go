// Command teams runs the teams service. Its settings are environment
// variables; see the README beside service.go.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/telemetry"
)

func main() {
	cfg := config.MustLoad[teams.Config]("TEAMS_")
	cfg.Log = telemetry.NewLogger(os.Stderr, "teams", cfg.LogLevel)

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := teams.Run(ctx, cfg); err != nil {
		cfg.Log.Error("stopped", "error", err)
		os.Exit(1)
	}
}
