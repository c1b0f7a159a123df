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
)

func main() {
	cfg := config.MustLoad[portal.Config]("PORTAL_")
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := portal.Run(ctx, cfg); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
