package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertRungs writes that a silence has climbed to a rung: it is told, and those below it
// that were not told before are passed over. It returns what is new, from the lowest; none:
// all of it was told.
func InsertRungs(ctx context.Context, q postgres.Querier, s domain.Silence, now time.Time) (climbed []domain.Rung, err error) {
	const query = `
		WITH climbed AS (
			INSERT INTO silence_rungs (pairing_id, duty, due_at, rung, told_at, passed_over)
			SELECT $1, $2, $3, r, $5, r < $4
			FROM generate_series(1, $4::int) AS r
			ON CONFLICT ON CONSTRAINT silence_rungs_pkey DO NOTHING
			RETURNING rung
		)
		SELECT rung FROM climbed ORDER BY rung`

	if err := sqlx.SelectContext(ctx, q, &climbed, query, s.PairingID, s.Duty, s.Due, s.Rung, now); err != nil {
		return nil, fmt.Errorf("write a rung: %w", err)
	}
	return climbed, nil
}

// ListOfficersAt returns who has one of the roles at an instant in the region or above,
// over no less than a level of the path and no more than another: 1 a city, 2 a county,
// from 3 on a township or a village. The nearest come first.
func ListOfficersAt(ctx context.Context, q postgres.Querier, regionPath string, roles []string, from, to int, at time.Time) ([]string, error) {
	const query = `
		SELECT volunteer_id
		FROM known_grants
		WHERE state = 'active' AND role = ANY ($2) AND region_path <> '' AND starts_with($1, region_path)
			AND starts_at <= $3 AND (ends_at IS NULL OR ends_at > $3)
			AND array_length(string_to_array(region_path, '/'), 1) - 1 BETWEEN $4 AND $5
		GROUP BY volunteer_id
		ORDER BY max(length(region_path)) DESC, volunteer_id`

	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, regionPath, postgres.Array(roles), at, from, to); err != nil {
		return nil, fmt.Errorf("list officers of %s: %w", regionPath, err)
	}
	return ids, nil
}
