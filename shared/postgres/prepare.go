package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
)

// Prepare returns when the database is as this release needs it. A service that is
// told the owner's address brings it up to date itself. One that is not told it, so
// that who gets into it cannot change tables or triggers, waits until a job has
// (shared/migrate), however long that takes; a database that is newer is good too.
func Prepare(ctx context.Context, log *slog.Logger, ownerURL, runURL string, sets ...Migrations) error {
	if ownerURL != "" {
		return Migrate(ctx, ownerURL, sets...)
	}
	db, _, err := open(ctx, runURL)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer func() { _ = db.Close() }()
	for asked := 0; ; asked++ {
		missing := behind(ctx, db, sets)
		if missing == nil {
			return nil
		}
		if asked%30 == 0 { // twice a minute
			log.Warn("waiting until the database is migrated", "error", missing)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for migrations: %w", errors.Join(ctx.Err(), missing))
		case <-time.After(time.Second):
		}
	}
}

// behind says what the database lacks of the sets; nil: nothing.
func behind(ctx context.Context, db *sqlx.DB, sets []Migrations) error {
	for _, set := range sets {
		want, err := newest(set)
		if err != nil {
			return err
		}
		var have int64
		if err := db.GetContext(ctx, &have, "SELECT coalesce(max(version_id), 0) FROM migrations_"+set.Name+" WHERE is_applied"); err != nil {
			return fmt.Errorf("look for migrations of %s: %w", set.Name, err)
		}
		if have < want {
			return fmt.Errorf("%s is at %d and not at %d", set.Name, have, want)
		}
	}
	return nil
}

// newest returns the highest number in the set.
func newest(set Migrations) (number int64, err error) {
	names, err := fs.Glob(set.Files, "*.sql")
	for _, name := range names {
		n, err := goose.NumericComponent(name)
		if err != nil {
			return 0, fmt.Errorf("read migrations of %s: %w", set.Name, err)
		}
		number = max(number, n)
	}
	return number, err
}

// show lets the run-time role read how far the set is: it may have to wait for it.
func show(ctx context.Context, db *sqlx.DB, set Migrations) error {
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("show migrations of %s: %w", set.Name, err)
	}
	defer func() { _ = tx.Rollback() }()
	// Two that grant at the same moment would trip over each other.
	if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", migrationLock+1); err != nil {
		return fmt.Errorf("show migrations of %s: %w", set.Name, err)
	}
	const grant = `DO $$ DECLARE
		run text := (SELECT rolname FROM pg_roles WHERE rolname || '_owner' = current_user);
	BEGIN
		IF NOT has_table_privilege(run, '%[1]s', 'SELECT') THEN EXECUTE format('GRANT SELECT ON %[1]s TO %%I', run); END IF;
	END $$`
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(grant, "migrations_"+set.Name)); err != nil {
		return fmt.Errorf("show migrations of %s: %w", set.Name, err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("show migrations of %s: %w", set.Name, err)
	}
	return nil
}
