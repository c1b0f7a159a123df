package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListLeaderIDs returns who leads a team now: the leader first, then deputies.
func ListLeaderIDs(ctx context.Context, q postgres.Querier, teamID string) ([]string, error) {
	const query = `
		SELECT volunteer_id
		FROM memberships
		WHERE team_id = $1 AND state = 'active' AND role IN ('leader', 'deputy')
		ORDER BY role DESC, volunteer_id`

	ids := []string{}
	if err := sqlx.SelectContext(ctx, q, &ids, query, teamID); err != nil {
		return nil, fmt.Errorf("list leaders of team %s: %w", teamID, err)
	}
	return ids, nil
}

// ListOfficeIDs returns who answers for a region at t: the coordinators and
// administrators of the lowest division that has any, from the region upwards.
func ListOfficeIDs(ctx context.Context, q postgres.Querier, regionPath string, t time.Time) ([]string, error) {
	const query = `
		WITH officers AS (
			SELECT g.volunteer_id, length(r.path) AS depth
			FROM staff_grants g
			JOIN regions r ON r.code = g.region_code
			WHERE starts_with($1, r.path) AND g.role IN ('coordinator', 'administrator')
				AND g.from_at <= $2 AND (g.until_at IS NULL OR g.until_at > $2)
		)
		SELECT DISTINCT volunteer_id
		FROM officers
		WHERE depth = (SELECT max(depth) FROM officers)
		ORDER BY volunteer_id`

	ids := []string{}
	if err := sqlx.SelectContext(ctx, q, &ids, query, regionPath, t); err != nil {
		return nil, fmt.Errorf("list office of %s: %w", regionPath, err)
	}
	return ids, nil
}

// ListOfficersAmong returns those of the people who hold a grant at t.
func ListOfficersAmong(ctx context.Context, q postgres.Querier, volunteerIDs []string, t time.Time) ([]string, error) {
	const query = `
		SELECT DISTINCT volunteer_id
		FROM staff_grants
		WHERE volunteer_id = ANY ($1::uuid[]) AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)`

	ids := []string{}
	if err := sqlx.SelectContext(ctx, q, &ids, query, postgres.Array(volunteerIDs), t); err != nil {
		return nil, fmt.Errorf("list officers among %d people: %w", len(volunteerIDs), err)
	}
	return ids, nil
}
