// Command pairings runs the pairings service. Its settings come from the environment; see README.md.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/qihe-volunteers/qihe/services/pairings"
	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/telemetry"
)

func main() {
	cfg := config.MustLoad[pairings.Config]("PAIRINGS_")
	cfg.Log = telemetry.NewLogger(os.Stderr, "pairings", cfg.LogLevel)

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := pairings.Run(ctx, cfg); err != nil {
		cfg.Log.Error("stopped", "error", err)
		os.Exit(1)
	}
}
