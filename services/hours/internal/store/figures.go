package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UnitQuestion says of what the figures by reporting unit are.
type UnitQuestion struct {
	RegionPath  string
	From, Until domain.Day
	Unit        string     // with it: of its brigades, by team; else by unit
	SettledOn   domain.Day // 0: what is posted
}

// UnitFigures are the figures of a reporting unit, or of a brigade of one.
type UnitFigures struct {
	ID    string // the unit's name, which may be empty, or the team's id
	Whole bool   // all of them together
	domain.Figures
}

// ListUnitFigures sums the ledger by the reporting unit that a line's brigade had
// when it was written, or a unit's lines by team, and all of it as a whole.
// It reads all lines of these days: the boards do not know units.
func ListUnitFigures(ctx context.Context, q postgres.Querier, u UnitQuestion) ([]UnitFigures, error) {
	const query = postgres.Anew + `
		WITH lines AS (
			SELECT volunteer_id, team_id, reporting_unit, minutes
			FROM entries
			WHERE account = 'service' AND day >= $2::date AND day < $3::date AND starts_with(region_path, $1)
				AND ($4 = '' OR reporting_unit = $4) AND ($5::date IS NULL OR settles_on <= $5::date)
			UNION ALL
			SELECT e.volunteer_id, e.team_id, e.reporting_unit, c.minutes
			FROM settling_changes c
			JOIN entries e ON e.id = c.entry_id
			WHERE c.effective_on <= $5::date
				AND e.account = 'service' AND e.day >= $2::date AND e.day < $3::date AND starts_with(e.region_path, $1)
				AND ($4 = '' OR e.reporting_unit = $4)
		), given AS (
			SELECT CASE WHEN $4 = '' THEN reporting_unit ELSE team_id::text END AS part, team_id,
				coalesce(m.survivor, volunteer_id) AS person, sum(minutes) AS minutes, sum(sign(minutes)) AS services
			FROM lines
			LEFT JOIN (SELECT id::uuid AS gone, name::uuid AS survivor FROM known WHERE kind = 'merged') m ON m.gone = volunteer_id
			GROUP BY 1, 2, 3
		), people AS (
			SELECT part, count(*) FILTER (WHERE minutes > 0) AS people
			FROM (SELECT part, person, sum(minutes) AS minutes FROM given GROUP BY GROUPING SETS ((part, person), (person))) p
			GROUP BY part
		), teams AS (
			SELECT part, count(*) FILTER (WHERE minutes > 0) AS teams
			FROM (SELECT part, team_id, sum(minutes) AS minutes FROM given GROUP BY GROUPING SETS ((part, team_id), (team_id))) t
			GROUP BY part
		), sums AS (
			SELECT part, sum(minutes) AS minutes, sum(services) AS services
			FROM given
			GROUP BY GROUPING SETS ((part), ())
		)
		SELECT coalesce(s.part, ''), s.part IS NULL, coalesce(s.minutes, 0), coalesce(s.services, 0), coalesce(p.people, 0), coalesce(t.teams, 0)
		FROM sums s
		LEFT JOIN people p ON p.part IS NOT DISTINCT FROM s.part
		LEFT JOIN teams t ON t.part IS NOT DISTINCT FROM s.part`

	var figures []UnitFigures
	args := []any{u.RegionPath, u.From.String(), u.Until.String(), u.Unit, dayOrNull(u.SettledOn)}
	err := each(ctx, q, query, args, func(rows *sqlx.Rows) error {
		var f UnitFigures
		err := rows.Scan(&f.ID, &f.Whole, &f.Minutes, &f.Services, &f.People, &f.Teams)
		figures = append(figures, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("sum the units of %s: %w", u.RegionPath, err)
	}
	return figures, nil
}

// TeamLines says which lines of a brigade are wanted.
type TeamLines struct {
	TeamID      string
	From, Until domain.Day
	Records     []string // of one person; nil: of everybody
	Regions     []string // given in one of these subtrees; nil: wherever
	Before      int64    // the line with this sequence
	Limit       int
}

// ListTeamEntries returns lines of a brigade, newest first.
func ListTeamEntries(ctx context.Context, q postgres.Querier, t TeamLines) ([]domain.Entry, error) {
	const query = postgres.Anew + `
		SELECT ` + entryColumns + `
		FROM entries
		WHERE team_id = $1 AND day >= $2::date AND day < $3::date AND seq < $4
			AND ($5::uuid[] IS NULL OR volunteer_id = ANY ($5::uuid[]))
			AND ($6::text[] IS NULL OR EXISTS (SELECT FROM unnest($6::text[]) AS path WHERE starts_with(region_path, path)))
		ORDER BY seq DESC
		LIMIT $7`

	var records, regions any // NULL: all
	if t.Records != nil {
		records = postgres.Array(t.Records)
	}
	if t.Regions != nil {
		regions = postgres.Array(t.Regions)
	}
	var rows []entryRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, t.TeamID, t.From.String(), t.Until.String(), t.Before, records, regions, t.Limit); err != nil {
		return nil, fmt.Errorf("list lines of team %s: %w", t.TeamID, err)
	}
	entries := make([]domain.Entry, len(rows))
	for i, r := range rows {
		entries[i] = r.entry()
	}
	return entries, nil
}
