package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FindPublicity returns for how many days lines that are posted on a day of the
// city are open to objections, in every region.
func FindPublicity(ctx context.Context, q postgres.Querier, day domain.Day) (domain.Publicity, error) {
	const query = `
		SELECT DISTINCT ON (region_path) region_path, days
		FROM publicity_settings
		WHERE valid_from <= $1::date
		ORDER BY region_path, valid_from DESC, set_at DESC, id DESC`

	var rows []struct {
		RegionPath string `db:"region_path"`
		Days       int    `db:"days"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, day.String()); err != nil {
		return nil, fmt.Errorf("find publicity on %s: %w", day, err)
	}
	p := make(domain.Publicity, len(rows))
	for _, r := range rows {
		p[r.RegionPath] = r.Days
	}
	return p, nil
}

// ListPublicitySettings returns all that was ever set for a region, for those
// above it and for those below it, the last day first.
func ListPublicitySettings(ctx context.Context, q postgres.Querier, regionPath string) ([]domain.PublicitySetting, error) {
	const query = `
		SELECT id, region_path, valid_from - DATE '1970-01-01' AS valid_from, days, reason, set_by, set_at
		FROM publicity_settings s
		WHERE starts_with($1, region_path) OR starts_with(region_path, $1)
		ORDER BY s.valid_from DESC, set_at DESC, id DESC`

	var rows []struct {
		ID         string    `db:"id"`
		RegionPath string    `db:"region_path"`
		ValidFrom  int32     `db:"valid_from"`
		Days       int       `db:"days"`
		Reason     string    `db:"reason"`
		SetBy      string    `db:"set_by"`
		SetAt      time.Time `db:"set_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, regionPath); err != nil {
		return nil, fmt.Errorf("list publicity settings of %s: %w", regionPath, err)
	}
	settings := make([]domain.PublicitySetting, len(rows))
	for i, r := range rows {
		settings[i] = domain.PublicitySetting{
			ID: r.ID, RegionPath: r.RegionPath, ValidFrom: domain.Day(r.ValidFrom), Days: r.Days, Reason: r.Reason, SetBy: r.SetBy, SetAt: r.SetAt.UTC(),
		}
	}
	return settings, nil
}

// InsertPublicitySetting adds a setting.
func InsertPublicitySetting(ctx context.Context, q postgres.Querier, s domain.PublicitySetting) error {
	const query = `
		INSERT INTO publicity_settings (id, region_path, valid_from, days, reason, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`

	if _, err := q.ExecContext(ctx, query, s.ID, s.RegionPath, s.ValidFrom.String(), s.Days, s.Reason, s.SetBy, s.SetAt); err != nil {
		return fmt.Errorf("insert publicity setting of %s: %w", s.RegionPath, err)
	}
	return nil
}
