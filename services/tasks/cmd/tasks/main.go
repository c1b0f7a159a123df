// Command tasks runs the tasks service. Its settings come from the environment; see README.md.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/qihe-volunteers/qihe/services/tasks"
	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/migrate"
	"github.com/qihe-volunteers/qihe/shared/telemetry"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

func main() {
	migrate.IfAsked("TASKS_", tasks.Migrations)
	cfg := config.MustLoad[tasks.Config]("TASKS_")
	cfg.Log = telemetry.NewLogger(os.Stderr, "tasks", cfg.LogLevel)
	defer tracing.MustStart(cfg.Log)()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := tasks.Run(ctx, cfg); err != nil {
		cfg.Log.Error("stopped", "error", err)
		os.Exit(1)
	}
}
