// Command hours runs the hours service; `hours check` compares all totals with
// the ledger instead. Its settings come from the environment; see README.md.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/telemetry"
)

func main() {
	cfg := config.MustLoad[hours.Config]("HOURS_")
	cfg.Log = telemetry.NewLogger(os.Stderr, "hours", cfg.LogLevel)

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, cfg); err != nil {
		cfg.Log.Error("stopped", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, cfg hours.Config) error {
	if len(os.Args) > 1 && os.Args[1] == "check" {
		report, err := hours.Check(ctx, cfg)
		fmt.Println(report)
		return err
	}
	return hours.Run(ctx, cfg)
}
