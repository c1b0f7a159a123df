package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LockOpenMemberships returns what somebody is in their teams, has asked for or
// is asked for, and holds it.
func LockOpenMemberships(ctx context.Context, q postgres.Querier, volunteerID string) ([]domain.Membership, error) {
	const query = `
		SELECT ` + membershipColumns + `
		FROM memberships m
		WHERE m.volunteer_id = $1 AND m.state IN ('applied', 'invited', 'active')
		ORDER BY m.id
		FOR NO KEY UPDATE`

	var rows []membershipRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID); err != nil {
		return nil, fmt.Errorf("lock memberships of %s: %w", volunteerID, err)
	}
	memberships := make([]domain.Membership, len(rows))
	for i, r := range rows {
		memberships[i] = r.membership()
	}
	return memberships, nil
}

// Moved is a membership that Qihe changed along with its team.
type Moved struct {
	MembershipID string `db:"id"`
	TeamID       string `db:"team_id"`
	VolunteerID  string `db:"volunteer_id"`
	Role         string `db:"role"`
	State        string `db:"state"`
	Version      int64  `db:"version"`
}

// ChangeRole makes a member of a team something else in it.
func ChangeRole(ctx context.Context, q postgres.Querier, teamID, volunteerID string, role domain.Role) (Moved, error) {
	const query = `
		UPDATE memberships
		SET role = $3, version = version + 1
		WHERE team_id = $1 AND volunteer_id = $2 AND state = 'active'
		RETURNING id, team_id, volunteer_id, role, state, version`

	var moved Moved
	if err := sqlx.GetContext(ctx, q, &moved, query, teamID, volunteerID, role); err != nil {
		return Moved{}, fmt.Errorf("make %s %s of team %s: %w", volunteerID, role, teamID, err)
	}
	return moved, nil
}

// EndMembershipsOf ends what people are in a team that is no more, and returns
// that; applications and invitations are closed with it.
func EndMembershipsOf(ctx context.Context, q postgres.Querier, teamID, by string, now time.Time) ([]Moved, error) {
	const open = `
		UPDATE memberships
		SET state = 'declined', ending = 'dissolved', decided_at = $2, version = version + 1
		WHERE team_id = $1 AND state IN ('applied', 'invited')`
	const query = `
		UPDATE memberships
		SET state = 'ended', ending = 'dissolved', ended_by = $2, ended_at = $3, version = version + 1
		WHERE team_id = $1 AND state = 'active'
		RETURNING id, team_id, volunteer_id, role, state, version`

	if _, err := q.ExecContext(ctx, open, teamID, now); err != nil {
		return nil, fmt.Errorf("close applications to team %s: %w", teamID, err)
	}
	var moved []Moved
	if err := sqlx.SelectContext(ctx, q, &moved, query, teamID, by, now); err != nil {
		return nil, fmt.Errorf("end memberships of team %s: %w", teamID, err)
	}
	return moved, nil
}

// MoveMembers makes people members of a team, those of them who are not in it
// yet, and returns the memberships that are new. Who had applied or was
// invited there is in with that.
func MoveMembers(ctx context.Context, q postgres.Querier, teamID string, newcomers []domain.Membership) ([]Moved, error) {
	const query = `
		INSERT INTO memberships (id, team_id, volunteer_id, role, state, since, version)
		SELECT id, $2, volunteer_id, 'member', 'active', since, 1
		FROM unnest($1::uuid[], $3::uuid[], $4::timestamptz[]) AS m (id, volunteer_id, since)
		ON CONFLICT (team_id, volunteer_id) WHERE state IN ('applied', 'invited', 'active') DO UPDATE
		SET state = 'active', since = excluded.since, decided_at = excluded.since, version = memberships.version + 1
		WHERE memberships.state <> 'active'
		RETURNING id, team_id, volunteer_id, role, state, version`

	var moved []Moved
	err := sqlx.SelectContext(ctx, q, &moved, query,
		postgres.Column(newcomers, func(m domain.Membership) string { return m.ID }), teamID,
		postgres.Column(newcomers, func(m domain.Membership) string { return m.VolunteerID }),
		postgres.Column(newcomers, func(m domain.Membership) string { return m.Since.Format(time.RFC3339Nano) }))
	if err != nil {
		return nil, fmt.Errorf("move %d members to team %s: %w", len(newcomers), teamID, err)
	}
	return moved, nil
}
