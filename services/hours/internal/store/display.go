package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const displayColumns = `id, region_path, label, made_by, made_at, ends_at, seen_at, ended_by, ended_at`

type displayRow struct {
	ID         string              `db:"id"`
	RegionPath string              `db:"region_path"`
	Label      string              `db:"label"`
	MadeBy     string              `db:"made_by"`
	MadeAt     time.Time           `db:"made_at"`
	EndsAt     time.Time           `db:"ends_at"`
	SeenAt     sql.Null[time.Time] `db:"seen_at"`
	EndedBy    sql.Null[string]    `db:"ended_by"`
	EndedAt    sql.Null[time.Time] `db:"ended_at"`
}

func (r displayRow) display() domain.Display {
	d := domain.Display{
		ID: r.ID, RegionPath: r.RegionPath, Label: r.Label, MadeBy: r.MadeBy, MadeAt: r.MadeAt.UTC(), EndsAt: r.EndsAt.UTC(), EndedBy: r.EndedBy.V,
	}
	if r.SeenAt.Valid {
		d.SeenAt = r.SeenAt.V.UTC()
	}
	if r.EndedAt.Valid {
		d.EndedAt = r.EndedAt.V.UTC()
	}
	return d
}

// FindDisplay returns the link with this hash that is good now, or domain.ErrNoDisplay.
func FindDisplay(ctx context.Context, q postgres.Querier, hash []byte, now time.Time) (domain.Display, error) {
	const query = `
		SELECT ` + displayColumns + `
		FROM displays
		WHERE hash = $1 AND ended_at IS NULL AND ends_at > $2`
	return findDisplay(ctx, q, query, hash, now)
}

// LockDisplay returns a link by its id, for an update, or domain.ErrNoDisplay.
func LockDisplay(ctx context.Context, q postgres.Querier, displayID string) (domain.Display, error) {
	const query = `
		SELECT ` + displayColumns + `
		FROM displays
		WHERE id = $1
		FOR UPDATE`
	return findDisplay(ctx, q, query, displayID)
}

func findDisplay(ctx context.Context, q postgres.Querier, query string, args ...any) (domain.Display, error) {
	var row displayRow
	err := sqlx.GetContext(ctx, q, &row, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Display{}, domain.ErrNoDisplay
	}
	if err != nil {
		return domain.Display{}, fmt.Errorf("find a display: %w", err)
	}
	return row.display(), nil
}

// ListDisplays returns the newest hundred links of a region and of all below it:
// first those that are good.
func ListDisplays(ctx context.Context, q postgres.Querier, regionPath string, now time.Time) ([]domain.Display, error) {
	const query = `
		SELECT ` + displayColumns + `
		FROM displays
		WHERE region_path LIKE $1 || '%'
		ORDER BY (ended_at IS NULL AND ends_at > $2) DESC, made_at DESC, id DESC
		LIMIT 100`

	var rows []displayRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, regionPath, now); err != nil {
		return nil, fmt.Errorf("list displays of %s: %w", regionPath, err)
	}
	displays := make([]domain.Display, len(rows))
	for i, r := range rows {
		displays[i] = r.display()
	}
	return displays, nil
}

// InsertDisplay adds a link.
func InsertDisplay(ctx context.Context, q postgres.Querier, d domain.Display) error {
	const query = `
		INSERT INTO displays (id, region_path, label, hash, made_by, made_at, ends_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`

	if _, err := q.ExecContext(ctx, query, d.ID, d.RegionPath, d.Label, d.Hash, d.MadeBy, d.MadeAt, d.EndsAt); err != nil {
		return fmt.Errorf("insert display %s: %w", d.ID, err)
	}
	return nil
}

// UpdateDisplaySeen says that a screen has opened the link.
func UpdateDisplaySeen(ctx context.Context, q postgres.Querier, displayID string, now time.Time) error {
	const query = `
		UPDATE displays
		SET seen_at = $2
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, displayID, now); err != nil {
		return fmt.Errorf("note that display %s was seen: %w", displayID, err)
	}
	return nil
}

// UpdateDisplayEnded ends a link.
func UpdateDisplayEnded(ctx context.Context, q postgres.Querier, d domain.Display) error {
	const query = `
		UPDATE displays
		SET ended_by = $2, ended_at = $3
		WHERE id = $1 AND ended_at IS NULL`

	if _, err := q.ExecContext(ctx, query, d.ID, d.EndedBy, d.EndedAt); err != nil {
		return fmt.Errorf("end display %s: %w", d.ID, err)
	}
	return nil
}
