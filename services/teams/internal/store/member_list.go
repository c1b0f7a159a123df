package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Member is one line of a team's roster.
type Member struct {
	MembershipID string
	Role         domain.Role
	Since        time.Time
	Volunteer    domain.Volunteer
}

// Page is a part of a list: at most Limit lines, after the one with the id After.
type Page struct {
	Limit int
	After string // empty: from the start
}

// ListMembers returns a page of a team's roster: leader, deputies, members,
// each by name in the order of pinyin. Page.After is a membership's id, so
// that an address holds no name; one that has ended since still marks its
// place. Of those, find chooses by name, initials or volunteer number; a team
// is small enough to look at each.
func ListMembers(ctx context.Context, q postgres.Querier, v *vault.Vault, teamID string, find pinyin.Query, page Page) ([]Member, error) {
	const query = `
		WITH roster AS (
			SELECT m.id AS membership_id, m.role, m.since, m.volunteer_id, v.name, m.state,
				array_position(ARRAY['leader', 'deputy', 'member'], m.role) AS rank
			FROM memberships m
			JOIN volunteers v ON v.id = m.volunteer_id
			WHERE m.team_id = $1
		)
		SELECT r.membership_id, r.role, r.since, ` + volunteerColumns + `
		FROM roster r
		JOIN volunteers v ON v.id = r.volunteer_id
		WHERE r.state = 'active'
			AND ($2::uuid IS NULL OR (r.rank, r.name, r.membership_id) > (SELECT rank, name, membership_id FROM roster WHERE membership_id = $2::uuid))
			AND ($4 = '' OR strpos(plain_name(v.name), $4) > 0 OR strpos(v.initials, $4) > 0 OR strpos(lower(v.number), $4) > 0)
		ORDER BY r.rank, r.name, r.membership_id
		LIMIT $3`

	var rows []struct {
		volunteerRow
		MembershipID string    `db:"membership_id"`
		Role         string    `db:"role"`
		Since        time.Time `db:"since"`
	}
	after := sql.NullString{String: page.After, Valid: page.After != ""}
	if err := sqlx.SelectContext(ctx, q, &rows, query, teamID, after, page.Limit, find.Text()); err != nil {
		return nil, fmt.Errorf("list members of team %s: %w", teamID, err)
	}
	members := make([]Member, len(rows))
	for i, row := range rows {
		person, err := row.volunteer(v)
		if err != nil {
			return nil, err
		}
		members[i] = Member{MembershipID: row.MembershipID, Role: domain.Role(row.Role), Since: row.Since.UTC(), Volunteer: person}
	}
	return members, nil
}

// ListEverMembers returns who is or was in a team, and whether they still are.
func ListEverMembers(ctx context.Context, q postgres.Querier, teamID string) (map[string]bool, error) {
	const query = `
		SELECT volunteer_id, bool_or(state = 'active') AS active
		FROM memberships
		WHERE team_id = $1 AND state IN ('active', 'ended')
		GROUP BY volunteer_id`

	var rows []struct {
		VolunteerID string `db:"volunteer_id"`
		Active      bool   `db:"active"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, teamID); err != nil {
		return nil, fmt.Errorf("list who was ever in team %s: %w", teamID, err)
	}
	active := make(map[string]bool, len(rows))
	for _, r := range rows {
		active[r.VolunteerID] = r.Active
	}
	return active, nil
}
