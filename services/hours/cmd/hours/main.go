// Command hours runs the hours service; `hours check` compares all totals with
// the ledger instead, `hours rebuild-totals` makes them anew from it, `hours export-log` writes the whole ledger with its log for
// an auditor, `hours hub` shows the cities of a province (docs/hub.md), and `hours log-key NAME` makes a key for a log of that name. Its
// settings come from the environment; see README.md.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/migrate"
	"github.com/qihe-volunteers/qihe/shared/telemetry"
	"github.com/qihe-volunteers/qihe/shared/tracing"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

func main() {
	if len(os.Args) == 3 && os.Args[1] == "log-key" { // before there are any settings
		key, err := translog.NewKey(os.Args[2])
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		fmt.Print(string(key))
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "hub" {
		hub(os.Args[2:])
		return
	}
	migrate.IfAsked("HOURS_", hours.Migrations)
	cfg := config.MustLoad[hours.Config]("HOURS_")
	cfg.Log = telemetry.NewLogger(os.Stderr, "hours", cfg.LogLevel)
	defer tracing.MustStart(cfg.Log)()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, cfg); err != nil {
		cfg.Log.Error("stopped", "error", err)
		os.Exit(1)
	}
}

// hub is `hours hub`: another program with settings and a database of its own, which are prefixed HUB_.
func hub(args []string) {
	cfg := config.MustLoad[hours.HubConfig]("HUB_")
	cfg.Log = telemetry.NewLogger(os.Stderr, "hub", cfg.LogLevel)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(args) != 0 {
		cfg.Log.Error("hours hub takes no arguments", "got", args)
		return
	}
	if err := hours.RunHub(ctx, cfg); err != nil {
		cfg.Log.Error("stopped", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, cfg hours.Config) error {
	switch command := strings.Join(os.Args[1:], " "); command {
	case "":
		return hours.Run(ctx, cfg)
	case "check":
		report, err := hours.Check(ctx, cfg)
		fmt.Println(report)
		return err
	case "rebuild-totals":
		report, err := hours.RebuildTotals(ctx, cfg)
		fmt.Println(report)
		return err
	case "export-log":
		return hours.ExportLog(ctx, cfg, os.Stdout)
	default:
		return fmt.Errorf("hours knows no %q: it is check, rebuild-totals, export-log or nothing", command)
	}
}
