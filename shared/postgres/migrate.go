package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// Migrations is a numbered set of SQL files, kept track of in its own table:
// a service's own, or those of a shared package such as outbox.
type Migrations struct {
	Name  string // of the set; versions are kept in the table migrations_<Name>
	Files fs.FS
}

// EmbeddedMigrations returns the set of that name in the folder migrations of
// an embedded file system.
func EmbeddedMigrations(name string, files embed.FS) Migrations {
	sub, err := fs.Sub(files, "migrations")
	if err != nil {
		panic(err) // impossible: the folder's name is valid
	}
	return Migrations{Name: name, Files: sub}
}

// Migrate brings the database at ownerURL up to date, set by set, under a lock
// that only one process holds. ownerURL connects directly (not through a
// pooler) as <service>_owner; by convention the run-time role of the same
// database is <service>, and the files grant it what it needs.
func Migrate(ctx context.Context, ownerURL string, sets ...Migrations) error {
	if ownerURL == "" { // the driver would try this computer
		return errors.New("migrate: the address of the database's owner is not set")
	}
	primary, err := Primary(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("find database: %w", err)
	}
	db, err := sqlx.Open("postgres", primary)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer func() { _ = db.Close() }()

	for _, set := range sets {
		store, err := database.NewStore(database.DialectPostgres, "migrations_"+set.Name)
		if err != nil {
			return fmt.Errorf("open migration table of %s: %w", set.Name, err)
		}
		provider, err := goose.NewProvider("", db.DB, set.Files,
			goose.WithStore(store), goose.WithSessionLocker(waitingLock{}), goose.WithSlog(slog.New(slog.DiscardHandler)))
		if err != nil {
			return fmt.Errorf("read migrations of %s: %w", set.Name, err)
		}
		if _, err := provider.Up(ctx); err != nil {
			return fmt.Errorf("apply migrations of %s: %w", set.Name, err)
		}
		if err := show(ctx, db, set); err != nil {
			return err
		}
	}
	return nil
}

// waitingLock lets one process migrate a database at a time. Goose's own asks
// again every few seconds; this one waits inside the server, so that of two
// replicas that start together the second goes on at once.
type waitingLock struct{}

const migrationLock = 5_170_000

func (waitingLock) SessionLock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrationLock)
	return err
}

func (waitingLock) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", migrationLock)
	return err
}
