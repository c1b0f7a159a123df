// Package migrate is the command that every service with a database has: `tasks
// migrate` brings the tables up to date as their owner, and ends. A service that
// is not told the owner's address waits for it (postgres.Prepare).
package migrate

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Settings is all that the command is told, beside whatever else stands in the environment.
type Settings struct {
	OwnerDatabaseURL string `env:"OWNER_DATABASE_URL,required"` // a direct connection, as the owner
}

// IfAsked migrates and ends the program when that is what was typed; otherwise it
// does nothing. It comes before the service's own settings are read, of which it needs one.
func IfAsked(prefix string, sets func() []postgres.Migrations) {
	if len(os.Args) != 2 || os.Args[1] != "migrate" {
		return
	}
	settings := config.MustLoad[Settings](prefix)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := postgres.Migrate(ctx, settings.OwnerDatabaseURL, sets()...)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}
