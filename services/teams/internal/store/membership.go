package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// FindRole returns what a volunteer is in a team now; domain.NoRole when nothing.
func FindRole(ctx context.Context, q postgres.Querier, teamID, volunteerID string) (domain.Role, error) {
	const query = `
		SELECT role
		FROM memberships
		WHERE team_id = $1 AND volunteer_id = $2 AND state = 'active'`

	var role string
	err := sqlx.GetContext(ctx, q, &role, query, teamID, volunteerID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.NoRole, nil
	}
	if err != nil {
		return domain.NoRole, fmt.Errorf("find role of %s in team %s: %w", volunteerID, teamID, err)
	}
	return domain.Role(role), nil
}

// CountMembers returns how many people are in a team now.
func CountMembers(ctx context.Context, q postgres.Querier, teamID string) (int, error) {
	const query = `
		SELECT count(*)
		FROM memberships
		WHERE team_id = $1 AND state = 'active'`

	var n int
	if err := sqlx.GetContext(ctx, q, &n, query, teamID); err != nil {
		return 0, fmt.Errorf("count members of team %s: %w", teamID, err)
	}
	return n, nil
}

// TeamOf is one of somebody's teams and what they are in it.
type TeamOf struct {
	TeamID   string `db:"team_id"`
	TeamName string `db:"team_name"`
	Role     string `db:"role"`
}

// ListTeamsOf returns somebody's teams, those they lead first, then by name.
func ListTeamsOf(ctx context.Context, q postgres.Querier, volunteerID string) ([]TeamOf, error) {
	const query = `
		SELECT m.team_id, t.name AS team_name, m.role
		FROM memberships m
		JOIN teams t ON t.id = m.team_id
		WHERE m.volunteer_id = $1 AND m.state = 'active'
		ORDER BY array_position(ARRAY['leader', 'deputy', 'member'], m.role), t.name, t.id`

	teams := []TeamOf{}
	if err := sqlx.SelectContext(ctx, q, &teams, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list teams of %s: %w", volunteerID, err)
	}
	return teams, nil
}

// Member is one line of a team's roster.
type Member struct {
	MembershipID string
	Role         domain.Role
	Volunteer    domain.Volunteer
}

// Page is a part of a list: at most Limit lines, after the one with the id After.
type Page struct {
	Limit int
	After string // empty: from the start
}

// ListMembers returns a page of a team's roster: leader, deputies, members,
// each by name in the order of pinyin. Page.After is a membership's id, so
// that an address holds no name; one that has ended since still marks its place.
func ListMembers(ctx context.Context, q postgres.Querier, v *vault.Vault, teamID string, page Page) ([]Member, error) {
	const query = `
		WITH roster AS (
			SELECT m.id AS membership_id, m.role, m.volunteer_id, v.name, m.state,
				array_position(ARRAY['leader', 'deputy', 'member'], m.role) AS rank
			FROM memberships m
			JOIN volunteers v ON v.id = m.volunteer_id
			WHERE m.team_id = $1
		)
		SELECT r.membership_id, r.role, ` + volunteerColumns + `
		FROM roster r
		JOIN volunteers v ON v.id = r.volunteer_id
		WHERE r.state = 'active'
			AND ($2::uuid IS NULL OR (r.rank, r.name, r.membership_id) > (SELECT rank, name, membership_id FROM roster WHERE membership_id = $2::uuid))
		ORDER BY r.rank, r.name, r.membership_id
		LIMIT $3`

	var rows []struct {
		volunteerRow
		MembershipID string `db:"membership_id"`
		Role         string `db:"role"`
	}
	after := sql.NullString{String: page.After, Valid: page.After != ""}
	if err := sqlx.SelectContext(ctx, q, &rows, query, teamID, after, page.Limit); err != nil {
		return nil, fmt.Errorf("list members of team %s: %w", teamID, err)
	}
	members := make([]Member, len(rows))
	for i, row := range rows {
		person, err := row.volunteer(v)
		if err != nil {
			return nil, err
		}
		members[i] = Member{MembershipID: row.MembershipID, Role: domain.Role(row.Role), Volunteer: person}
	}
	return members, nil
}

// InsertMemberships adds active memberships; teams and volunteers must be there.
func InsertMemberships(ctx context.Context, q postgres.Querier, memberships []domain.Membership) error {
	const query = `
		INSERT INTO memberships (id, team_id, volunteer_id, role, state, since, version)
		SELECT id, team_id, volunteer_id, role, 'active', since, version
		FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::bigint[])
			AS m (id, team_id, volunteer_id, role, since, version)`

	_, err := q.ExecContext(ctx, query,
		postgres.Column(memberships, func(m domain.Membership) string { return m.ID }),
		postgres.Column(memberships, func(m domain.Membership) string { return m.TeamID }),
		postgres.Column(memberships, func(m domain.Membership) string { return m.VolunteerID }),
		postgres.Column(memberships, func(m domain.Membership) string { return string(m.Role) }),
		postgres.Column(memberships, func(m domain.Membership) string { return m.Since.Format(time.RFC3339Nano) }),
		postgres.Column(memberships, func(m domain.Membership) int64 { return m.Version }))
	if err != nil {
		return fmt.Errorf("insert %d memberships: %w", len(memberships), err)
	}
	return nil
}
