package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UpsertMemberships keeps the newest that teams told of each membership.
func UpsertMemberships(ctx context.Context, q postgres.Querier, known []domain.KnownMembership) error {
	const query = `
		INSERT INTO known_memberships (membership_id, team_id, volunteer_id, role, state, version)
		SELECT DISTINCT ON (membership_id) membership_id, team_id, volunteer_id, role, state, version
		FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[])
			AS m (membership_id, team_id, volunteer_id, role, state, version)
		ORDER BY membership_id, version DESC
		ON CONFLICT ON CONSTRAINT known_memberships_pkey DO UPDATE
		SET team_id = excluded.team_id, volunteer_id = excluded.volunteer_id, role = excluded.role, state = excluded.state, version = excluded.version
		WHERE known_memberships.version < excluded.version`

	type membership = domain.KnownMembership
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(known, func(k membership) string { return k.MembershipID }),
		postgres.Column(known, func(k membership) string { return k.TeamID }),
		postgres.Column(known, func(k membership) string { return k.VolunteerID }),
		postgres.Column(known, func(k membership) string { return k.Role }),
		postgres.Column(known, func(k membership) string { return k.State }),
		postgres.Column(known, func(k membership) int64 { return k.Version })); err != nil {
		return fmt.Errorf("keep %d memberships: %w", len(known), err)
	}
	return nil
}

// ListTeamsOf returns the brigades that people are in under any record, by person.
func ListTeamsOf(ctx context.Context, q postgres.Querier, volunteerIDs ...string) (map[string][]string, error) {
	const query = `
		SELECT DISTINCT a.asked, m.team_id
		FROM unnest($1::uuid[]) AS a (asked) CROSS JOIN records_of(a.asked) AS r (id) JOIN known_memberships m ON m.volunteer_id = r.id
		WHERE m.state = 'active'
		ORDER BY a.asked, m.team_id`

	var rows []struct {
		Asked  string `db:"asked"`
		TeamID string `db:"team_id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("list brigades: %w", err)
	}
	teams := make(map[string][]string, len(volunteerIDs))
	for _, r := range rows {
		teams[r.Asked] = append(teams[r.Asked], r.TeamID)
	}
	return teams, nil
}

// ListLeaders returns who leads a brigade now, the leader before the deputies.
func ListLeaders(ctx context.Context, q postgres.Querier, teamID string) ([]string, error) {
	const query = `
		SELECT volunteer_id
		FROM known_memberships
		WHERE team_id = $1 AND state = 'active' AND role IN ('deputy', 'leader')
		GROUP BY volunteer_id
		ORDER BY max(role) DESC, volunteer_id`

	var leaders []string
	if err := sqlx.SelectContext(ctx, q, &leaders, query, teamID); err != nil {
		return nil, fmt.Errorf("list leaders of %s: %w", teamID, err)
	}
	return leaders, nil
}
