package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
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

// Leading says that somebody leads a team.
type Leading struct {
	TeamID      string `db:"team_id"`
	VolunteerID string `db:"volunteer_id"`
}

// ListLeadersOf returns who leads each of the teams now, deputies included.
func ListLeadersOf(ctx context.Context, q postgres.Querier, teamIDs []string) ([]Leading, error) {
	const query = `
		SELECT team_id, volunteer_id
		FROM memberships
		WHERE team_id = ANY ($1::uuid[]) AND state = 'active' AND role IN ('leader', 'deputy')
		ORDER BY team_id, role DESC, volunteer_id`

	leaders := []Leading{}
	if err := sqlx.SelectContext(ctx, q, &leaders, query, postgres.Array(teamIDs)); err != nil {
		return nil, fmt.Errorf("list leaders of %d teams: %w", len(teamIDs), err)
	}
	return leaders, nil
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

// Listener is somebody of a team who wants to be told of something.
type Listener struct {
	TeamID      string `db:"team_id"`
	TeamName    string `db:"team_name"`
	VolunteerID string `db:"volunteer_id"`
}

// wants is true for people v who have an inbox and did not mute the kind $1.
const wants = `v.state = 'active' AND NOT EXISTS (
	SELECT 1 FROM notice_preferences p WHERE p.volunteer_id = v.id AND $1 = ANY (p.muted))`

// ListListeners returns who is in each of the teams now and wants notices of the kind.
func ListListeners(ctx context.Context, q postgres.Querier, kind domain.NoticeKind, teamIDs []string) ([]Listener, error) {
	const query = `
		SELECT t.id AS team_id, t.name AS team_name, m.volunteer_id
		FROM memberships m
		JOIN teams t ON t.id = m.team_id
		JOIN volunteers v ON v.id = m.volunteer_id
		WHERE m.team_id = ANY ($2::uuid[]) AND m.state = 'active' AND ` + wants + `
		ORDER BY t.id, m.volunteer_id`

	listeners := []Listener{}
	if err := sqlx.SelectContext(ctx, q, &listeners, query, kind, postgres.Array(teamIDs)); err != nil {
		return nil, fmt.Errorf("list listeners of %d teams: %w", len(teamIDs), err)
	}
	return listeners, nil
}

// ListWanting returns those of the people who have an inbox and want notices of the kind.
func ListWanting(ctx context.Context, q postgres.Querier, kind domain.NoticeKind, volunteerIDs []string) ([]string, error) {
	const query = `
		SELECT v.id
		FROM volunteers v
		WHERE v.id = ANY ($2::uuid[]) AND ` + wants

	ids := []string{}
	if err := sqlx.SelectContext(ctx, q, &ids, query, kind, postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("list who of %d people wants %s: %w", len(volunteerIDs), kind, err)
	}
	return ids, nil
}
