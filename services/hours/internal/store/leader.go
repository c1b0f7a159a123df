package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
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

// Leader is somebody who leads a brigade.
type Leader struct {
	VolunteerID string `db:"volunteer_id"`
	Role        string `db:"role"` // leader | deputy
}

// ListLeaders returns who leads a brigade now, the leader first: its own people,
// or those of the brigade that it became part of.
func ListLeaders(ctx context.Context, q postgres.Querier, teamID string) ([]Leader, error) {
	const query = `
		WITH RECURSIVE now (team_id) AS (
			SELECT $1::text
			UNION
			SELECT k.successor_id
			FROM now
			JOIN known k ON k.kind = 'team' AND k.id = now.team_id AND k.successor_id <> ''
		)
		SELECT m.volunteer_id, max(m.role) AS role
		FROM now
		JOIN known_memberships m ON m.team_id = now.team_id::uuid
		WHERE m.state = 'active' AND m.role IN ('deputy', 'leader')
		GROUP BY m.volunteer_id
		ORDER BY max(m.role) DESC, m.volunteer_id`

	var leaders []Leader
	if err := sqlx.SelectContext(ctx, q, &leaders, query, teamID); err != nil {
		return nil, fmt.Errorf("list leaders of team %s: %w", teamID, err)
	}
	return leaders, nil
}

// ListLedTeams returns the brigades that a person leads, under any record, with
// those that became part of one of them.
func ListLedTeams(ctx context.Context, q postgres.Querier, records []string) ([]string, error) {
	const query = `
		WITH RECURSIVE led (team_id) AS (
			SELECT team_id::text
			FROM known_memberships
			WHERE volunteer_id = ANY ($1::uuid[]) AND state = 'active' AND role IN ('deputy', 'leader')
			UNION
			SELECT k.id
			FROM led
			JOIN known k ON k.kind = 'team' AND k.successor_id = led.team_id
		)
		SELECT team_id
		FROM led
		ORDER BY team_id`

	var teams []string
	if err := sqlx.SelectContext(ctx, q, &teams, query, postgres.Array(records)); err != nil {
		return nil, fmt.Errorf("list led teams: %w", err)
	}
	return teams, nil
}
