package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Double is a record that may be another one of somebody's.
type Double struct {
	ListedVolunteer
	SameTeam bool
}

// ListDoubles returns up to limit records with the person's name, and those of
// the person's teams whose names sound alike, of people who belong to these
// subtrees; everywhere: of all. Those of the same team come first, then those
// at home in the same place, then unclaimed ones.
func ListDoubles(ctx context.Context, q postgres.Querier, v *vault.Vault, person domain.Volunteer, paths []string, everywhere bool, limit int) ([]Double, error) {
	const query = `
		WITH mates AS MATERIALIZED (
			SELECT DISTINCT m.volunteer_id AS id
			FROM memberships own
			JOIN memberships m ON m.team_id = own.team_id AND m.state = 'active'
			WHERE own.volunteer_id = $1 AND own.state = 'active'
		), found AS MATERIALIZED (
			SELECT id
			FROM volunteers
			WHERE name = $2
			UNION
			SELECT id
			FROM mates
		)
		SELECT ` + volunteerColumns + `, COALESCE(r.name, '') AS region_name, v.id IN (SELECT id FROM mates) AS same_team, ARRAY(
				SELECT t.name
				FROM memberships m
				JOIN teams t ON t.id = m.team_id
				WHERE m.volunteer_id = v.id AND m.state = 'active'
				ORDER BY t.name
				LIMIT 3
			)::text AS team_names
		FROM found
		JOIN volunteers v ON v.id = found.id
		LEFT JOIN regions r ON r.code = v.region_code
		WHERE v.id <> $1 AND v.state IN ('unclaimed', 'active', 'waiting') AND (v.name = $2 OR v.initials = $3)
			AND ($4 OR r.path LIKE ANY ($5) OR EXISTS (
				SELECT FROM memberships m
				JOIN teams t ON t.id = m.team_id
				JOIN regions at ON at.code = t.region_code
				WHERE m.volunteer_id = v.id AND m.state = 'active' AND at.path LIKE ANY ($5)
			))
		ORDER BY same_team DESC, COALESCE(v.region_code, '') = $6 DESC, v.state = 'unclaimed' DESC, v.id
		LIMIT $7`

	var rows []struct {
		volunteerRow
		RegionName string         `db:"region_name"`
		SameTeam   bool           `db:"same_team"`
		TeamNames  sql.NullString `db:"team_names"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, person.ID, person.Name, pinyin.Initials(person.Name), everywhere,
		postgres.Array(prefixes(paths)), person.RegionCode, limit); err != nil {
		return nil, fmt.Errorf("list doubles of %s: %w", person.ID, err)
	}
	doubles := make([]Double, len(rows))
	for i, row := range rows {
		one, err := row.volunteer(v)
		if err != nil {
			return nil, err
		}
		doubles[i] = Double{ListedVolunteer: ListedVolunteer{Volunteer: one, RegionName: row.RegionName}, SameTeam: row.SameTeam}
		if err := doubles[i].scanTeams(row.TeamNames.String); err != nil {
			return nil, err
		}
	}
	return doubles, nil
}
