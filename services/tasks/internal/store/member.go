package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Member names one record in one team.
type Member struct {
	TeamID      string `db:"team_id"`
	VolunteerID string `db:"volunteer_id"`
}

// ListMembers returns the teams in which these records are, whatever their role,
// and those that have become part of one of these.
func ListMembers(ctx context.Context, q postgres.Querier, volunteerIDs []string) (map[Member]bool, error) {
	if len(volunteerIDs) == 0 {
		return nil, nil
	}
	const query = `
		WITH RECURSIVE of AS (
			SELECT team_id, volunteer_id
			FROM known_memberships
			WHERE volunteer_id = ANY ($1::uuid[]) AND state = 'active'
			UNION
			SELECT k.team_id, of.volunteer_id
			FROM of
			JOIN known_teams k ON k.successor_id = of.team_id
		)
		SELECT team_id, volunteer_id
		FROM of`

	var rows []Member
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("list memberships of %d people: %w", len(volunteerIDs), err)
	}
	members := make(map[Member]bool, len(rows))
	for _, m := range rows {
		members[m] = true
	}
	return members, nil
}

// ListLeaders returns who looks after the activities of a team now: its leader
// and deputies, or those of the team that a dissolved one became part of.
func ListLeaders(ctx context.Context, q postgres.Querier, teamID string) ([]string, error) {
	const query = `
		WITH RECURSIVE now AS (
			SELECT k.team_id, k.state, k.successor_id
			FROM known_teams k
			WHERE k.team_id = $1
			UNION
			SELECT k.team_id, k.state, k.successor_id
			FROM now
			JOIN known_teams k ON k.team_id = now.successor_id
		)
		SELECT DISTINCT m.volunteer_id
		FROM now
		JOIN known_memberships m ON m.team_id = now.team_id
		WHERE now.state IN ('active', 'suspended') AND m.state = 'active' AND m.role IN ('leader', 'deputy')
		ORDER BY m.volunteer_id`

	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, teamID); err != nil {
		return nil, fmt.Errorf("list leaders of team %s: %w", teamID, err)
	}
	return ids, nil
}

// ListMemberIDs returns who is in a team, leaders too.
func ListMemberIDs(ctx context.Context, q postgres.Querier, teamID string) ([]string, error) {
	const query = `
		SELECT DISTINCT volunteer_id
		FROM known_memberships
		WHERE team_id = $1 AND state = 'active'
		ORDER BY volunteer_id`

	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, teamID); err != nil {
		return nil, fmt.Errorf("list members of team %s: %w", teamID, err)
	}
	return ids, nil
}
