// Command qihe-hub-database makes a hub's database on the server at
// QIHE_SUPERUSER_URL, or on the primary of two, and brings its tables up to date as
// their owner, whom the hub itself is not told. It may be done at every start.
// It is no command of qihe-setup because that is started every few seconds to ask how
// things are, and a service's migrations would double what that costs.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/qihe-volunteers/qihe/deployments/compose/internal/setup"
	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Getenv(setup.SuperuserURL))
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, superURL string) error {
	if superURL == "" {
		return fmt.Errorf("%s is not set", setup.SuperuserURL)
	}
	superURL, err := postgres.Primary(ctx, superURL)
	if err != nil {
		return err
	}
	owner, _, err := localpg.Provision(ctx, superURL, "hub", setup.HubDatabase)
	if err != nil {
		return err
	}
	return postgres.Migrate(ctx, owner, hours.HubMigrations()...)
}
