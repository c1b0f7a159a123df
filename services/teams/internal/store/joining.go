package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Applicant is somebody who has asked to join, and what they said.
type Applicant struct {
	MembershipID string
	Word         string
	RequestedAt  time.Time
	Volunteer    domain.Volunteer
}

// ListApplicants returns a page of those who wait for a team's answer, who
// has waited longest first. Page.After is a membership's id.
func ListApplicants(ctx context.Context, q postgres.Querier, v *vault.Vault, teamID string, page Page) ([]Applicant, error) {
	const query = `
		SELECT m.id AS membership_id, m.word, m.requested_at, ` + volunteerColumns + `
		FROM memberships m
		JOIN volunteers v ON v.id = m.volunteer_id
		WHERE m.team_id = $1 AND m.state = 'applied' AND ($2::uuid IS NULL OR m.id > $2::uuid)
		ORDER BY m.id
		LIMIT $3`

	var rows []struct {
		volunteerRow
		MembershipID string    `db:"membership_id"`
		Word         string    `db:"word"`
		RequestedAt  time.Time `db:"requested_at"`
	}
	after := sql.NullString{String: page.After, Valid: page.After != ""}
	if err := sqlx.SelectContext(ctx, q, &rows, query, teamID, after, page.Limit); err != nil {
		return nil, fmt.Errorf("list applicants of team %s: %w", teamID, err)
	}
	applicants := make([]Applicant, len(rows))
	for i, row := range rows {
		person, err := row.volunteer(v)
		if err != nil {
			return nil, err
		}
		applicants[i] = Applicant{MembershipID: row.MembershipID, Word: row.Word, RequestedAt: row.RequestedAt.UTC(), Volunteer: person}
	}
	return applicants, nil
}

// OwnMembership is one of somebody's memberships and the team's name.
type OwnMembership struct {
	Membership domain.Membership
	TeamName   string
}

// maxOwn bounds what one answer holds; nobody has had to do with that many teams.
const maxOwn = 200

// ListMembershipsOf returns all that somebody is, was, asked for or is asked
// to be: invitations first, applications, teams as in ListTeamsOf, then what
// is over, the newest first.
func ListMembershipsOf(ctx context.Context, q postgres.Querier, volunteerID string) ([]OwnMembership, error) {
	const query = `
		SELECT ` + membershipColumns + `, t.name AS team_name
		FROM memberships m
		JOIN teams t ON t.id = m.team_id
		WHERE m.volunteer_id = $1
		ORDER BY COALESCE(array_position(ARRAY['invited', 'applied', 'active'], m.state), 4),
			CASE WHEN m.state = 'active' THEN array_position(ARRAY['leader', 'deputy', 'member'], m.role) END,
			CASE WHEN m.state = 'active' THEN t.name END,
			COALESCE(m.ended_at, m.decided_at, m.requested_at, m.since) DESC, m.id
		LIMIT $2`

	var rows []struct {
		membershipRow
		TeamName string `db:"team_name"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID, maxOwn); err != nil {
		return nil, fmt.Errorf("list memberships of %s: %w", volunteerID, err)
	}
	own := make([]OwnMembership, len(rows))
	for i, row := range rows {
		own[i] = OwnMembership{Membership: row.membership(), TeamName: row.TeamName}
	}
	return own, nil
}

// ExpireInvitations closes what nobody answered since a time before, as
// domain.Membership.Expire does. The others never heard of it.
func ExpireInvitations(ctx context.Context, q postgres.Querier, before, now time.Time) error {
	const query = `
		UPDATE memberships
		SET state = 'declined', ending = 'expired', decided_at = $2, version = version + 1
		WHERE state = 'invited' AND requested_at <= $1`

	if _, err := q.ExecContext(ctx, query, before, now); err != nil {
		return fmt.Errorf("expire invitations: %w", err)
	}
	return nil
}
