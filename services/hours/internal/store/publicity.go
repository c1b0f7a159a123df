package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// open holds for the lines that may be objected to on the day $1: their day has
// not come, and nothing took them back.
const open = `e.settles_on > $1::date AND e.kind <> 'reversal'
	AND NOT EXISTS (SELECT FROM entries r WHERE r.source_kind = 'entry' AND r.source_id = e.id)`

// TeamInPublicity is what of a team's hours may be objected to now.
type TeamInPublicity struct {
	TeamID      string
	Lines       int
	Minutes     int64
	First, Last domain.Day // on which they settle
}

// ListTeamsInPublicity returns the teams of a region's subtree with hours that
// may be objected to on the day, those that settle first first.
func ListTeamsInPublicity(ctx context.Context, q postgres.Querier, today domain.Day, regionPath string) ([]TeamInPublicity, error) {
	const query = `
		SELECT team_id, count(*), sum(minutes), min(settles_on) - DATE '1970-01-01', max(settles_on) - DATE '1970-01-01'
		FROM entries e
		WHERE ` + open + ` AND starts_with(e.region_path, $2)
		GROUP BY team_id
		ORDER BY min(settles_on), team_id`

	var teams []TeamInPublicity
	err := each(ctx, q, query, []any{today.String(), regionPath}, func(rows *sqlx.Rows) error {
		var t TeamInPublicity
		err := rows.Scan(&t.TeamID, &t.Lines, &t.Minutes, &t.First, &t.Last)
		teams = append(teams, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list teams in publicity in %s: %w", regionPath, err)
	}
	return teams, nil
}
