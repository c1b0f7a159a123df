package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// ExportedTeam is a brigade as it stands in an export.
type ExportedTeam struct {
	domain.Team
	Members int
	Leader  string
}

// ListExportedTeams returns the brigades below a division's path, or the one with
// the id; both empty is none. Dissolved ones are left out.
func ListExportedTeams(ctx context.Context, q postgres.Querier, path, teamID string) ([]ExportedTeam, error) {
	const query = `
		SELECT ` + teamColumns + `, count(m.id) AS members, COALESCE(min(v.name) FILTER (WHERE m.role = 'leader'), '') AS leader
		FROM teams t
		JOIN regions r ON r.code = t.region_code
		LEFT JOIN memberships m ON m.team_id = t.id AND m.state = 'active'
		LEFT JOIN volunteers v ON v.id = m.volunteer_id
		WHERE t.state <> 'dissolved' AND ($1 <> '' AND starts_with(r.path, $1) OR t.id = NULLIF($2, '')::uuid)
		GROUP BY t.id, r.code
		ORDER BY r.path, t.name, t.id`

	var rows []struct {
		teamRow
		Members int    `db:"members"`
		Leader  string `db:"leader"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, path, teamID); err != nil {
		return nil, fmt.Errorf("list teams of %s%s for export: %w", path, teamID, err)
	}
	lines := make([]ExportedTeam, len(rows))
	for i, row := range rows {
		lines[i] = ExportedTeam{Team: row.team(), Members: row.Members, Leader: row.Leader}
	}
	return lines, nil
}

// ExportedMember is a membership as it stands in an export.
type ExportedMember struct {
	TeamName  string
	Region    string
	Role      domain.Role
	Since     time.Time
	Volunteer domain.Volunteer
}

// ListExportedMembers is ListExportedTeams for the people in the brigades.
func ListExportedMembers(ctx context.Context, q postgres.Querier, v *vault.Vault, path, teamID string) ([]ExportedMember, error) {
	const query = `
		SELECT t.name AS team_name, r.name AS team_region, m.role, m.since, ` + volunteerColumns + `
		FROM teams t
		JOIN regions r ON r.code = t.region_code
		JOIN memberships m ON m.team_id = t.id AND m.state = 'active'
		JOIN volunteers v ON v.id = m.volunteer_id
		WHERE t.state <> 'dissolved' AND ($1 <> '' AND starts_with(r.path, $1) OR t.id = NULLIF($2, '')::uuid)
		ORDER BY r.path, t.name, t.id, array_position(ARRAY['leader', 'deputy', 'member'], m.role), v.name, v.id`

	var rows []struct {
		volunteerRow
		TeamName   string    `db:"team_name"`
		TeamRegion string    `db:"team_region"`
		Role       string    `db:"role"`
		Since      time.Time `db:"since"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, path, teamID); err != nil {
		return nil, fmt.Errorf("list members of %s%s for export: %w", path, teamID, err)
	}
	lines := make([]ExportedMember, len(rows))
	for i, row := range rows {
		person, err := row.volunteer(v)
		if err != nil {
			return nil, err
		}
		lines[i] = ExportedMember{TeamName: row.TeamName, Region: row.TeamRegion, Role: domain.Role(row.Role), Since: row.Since, Volunteer: person}
	}
	return lines, nil
}
