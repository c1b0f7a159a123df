// Command pairings runs the pairings service. `pairings add-key` puts a new key
// into the key file, `pairings rewrap-keys` has it wrap all data keys, beside the
// running service, and `pairings drop-old-keys` removes what is not needed any more.
// Its settings come from the environment; see README.md.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/qihe-volunteers/qihe/services/pairings"
	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/migrate"
	"github.com/qihe-volunteers/qihe/shared/telemetry"
	"github.com/qihe-volunteers/qihe/shared/tracing"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func main() {
	migrate.IfAsked("PAIRINGS_", pairings.Migrations)
	cfg := config.MustLoad[pairings.Config]("PAIRINGS_")
	cfg.Log = telemetry.NewLogger(os.Stderr, "pairings", cfg.LogLevel)
	defer tracing.MustStart(cfg.Log)()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, cfg); err != nil {
		cfg.Log.Error("stopped", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, cfg pairings.Config) error {
	switch command := strings.Join(os.Args[1:], " "); command {
	case "":
		return pairings.Run(ctx, cfg)
	case "add-key":
		return vault.AddKey(cfg.KeyFile)
	case "rewrap-keys", "drop-old-keys":
		n, err := pairings.RewrapKeys(ctx, cfg, command == "drop-old-keys")
		fmt.Printf("%d keys wrapped anew\n", n)
		return err
	default:
		return fmt.Errorf("pairings knows no %q: it is add-key, rewrap-keys, drop-old-keys or nothing", command)
	}
}
