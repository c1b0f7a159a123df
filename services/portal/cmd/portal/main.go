// Command portal runs the portal by itself, with its settings from the environment.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/telemetry"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

func main() {
	cfg := config.MustLoad[portal.Config]("PORTAL_")
	cfg.Log = telemetry.NewLogger(os.Stderr, "portal", cfg.LogLevel)
	defer tracing.MustStart(cfg.Log)()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := portal.Run(ctx, cfg); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
