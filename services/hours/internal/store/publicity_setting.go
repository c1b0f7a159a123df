package store

import (
	"context"
	"fmt"

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
