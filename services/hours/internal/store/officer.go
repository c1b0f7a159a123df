package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UpsertGrants keeps the newest that teams told of each officer's authority.
func UpsertGrants(ctx context.Context, q postgres.Querier, known []domain.KnownGrant) error {
	const query = `
		INSERT INTO known_grants (grant_id, volunteer_id, role, region_path, state, starts_at, ends_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT ON CONSTRAINT known_grants_pkey DO UPDATE
		SET volunteer_id = excluded.volunteer_id, role = excluded.role, region_path = excluded.region_path, state = excluded.state,
			starts_at = excluded.starts_at, ends_at = excluded.ends_at, version = excluded.version
		WHERE known_grants.version < excluded.version`

	for _, k := range known { // few, and seldom
		until := sql.Null[time.Time]{V: k.Until, Valid: !k.Until.IsZero()}
		if _, err := q.ExecContext(ctx, query, k.GrantID, k.VolunteerID, k.Role, k.RegionPath, k.State, k.From, until, k.Version); err != nil {
			return fmt.Errorf("keep grant %s: %w", k.GrantID, err)
		}
	}
	return nil
}

// ListOfficers returns who decides at an instant for a region or for one above
// it, the nearest region first.
func ListOfficers(ctx context.Context, q postgres.Querier, regionPath string, at time.Time) ([]domain.Officer, error) {
	const query = `
		SELECT DISTINCT volunteer_id, region_path, length(region_path) AS depth
		FROM known_grants
		WHERE state = 'active' AND role IN ('coordinator', 'administrator') AND region_path <> '' AND starts_with($1, region_path)
			AND starts_at <= $2 AND (ends_at IS NULL OR ends_at > $2)
		ORDER BY depth DESC, volunteer_id`

	var rows []struct {
		VolunteerID string `db:"volunteer_id"`
		RegionPath  string `db:"region_path"`
		Depth       int    `db:"depth"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, regionPath, at); err != nil {
		return nil, fmt.Errorf("list officers of %s: %w", regionPath, err)
	}
	officers := make([]domain.Officer, len(rows))
	for i, r := range rows {
		officers[i] = domain.Officer{VolunteerID: r.VolunteerID, RegionPath: r.RegionPath}
	}
	return officers, nil
}
