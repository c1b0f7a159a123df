package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LockProgramme returns a programme and holds its row until the transaction
// ends, or ErrNoProgramme.
func LockProgramme(ctx context.Context, q postgres.Querier, id string) (p domain.Programme, err error) {
	const query = `
		SELECT id, name, position, retired_at IS NOT NULL AS retired, version
		FROM programmes
		WHERE id = $1
		FOR NO KEY UPDATE`

	err = sqlx.GetContext(ctx, q, &p, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return p, ErrNoProgramme
	}
	if err != nil {
		return p, fmt.Errorf("lock programme %s: %w", id, err)
	}
	return p, nil
}

// IsRetired reports whether a programme takes no new tasks.
func IsRetired(ctx context.Context, q postgres.Querier, id string) (retired bool, err error) {
	const query = `SELECT EXISTS (SELECT FROM programmes WHERE id = $1 AND retired_at IS NOT NULL)`

	if err := sqlx.GetContext(ctx, q, &retired, query, id); err != nil {
		return false, fmt.Errorf("look whether programme %s is retired: %w", id, err)
	}
	return retired, nil
}

// UpsertProgramme writes what a programme is from now on, and keeps that it
// became so. It returns domain.ErrProgrammeTaken when another is called so.
func UpsertProgramme(ctx context.Context, q postgres.Querier, c domain.ProgrammeChange) error {
	const query = `
		WITH programme AS (
			INSERT INTO programmes (id, name, position, retired_at, version)
			VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (id) DO UPDATE
			SET name = excluded.name, retired_at = excluded.retired_at, version = excluded.version
		)
		INSERT INTO programme_changes (programme_id, version, name, retired, reason, changed_by, changed_at)
		VALUES ($1, $5, $2, $6, $7, $8, $9)`

	var retiredAt time.Time
	if c.Retired {
		retiredAt = c.ChangedAt
	}
	_, err := q.ExecContext(ctx, query, c.ID, c.Name, c.Position, nullTime(retiredAt), c.Version, c.Retired, c.Reason, c.ChangedBy, c.ChangedAt)
	if postgres.Violated(err, "programmes_name_key") {
		return apperr.For("name", domain.ErrProgrammeTaken.With("name", c.Name))
	}
	if err != nil {
		return fmt.Errorf("write programme %s: %w", c.ID, err)
	}
	return nil
}
