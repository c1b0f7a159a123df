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

// FindTeamInPublicity returns what of a team's hours may be objected to on the
// day; without lines when there is nothing.
func FindTeamInPublicity(ctx context.Context, q postgres.Querier, today domain.Day, teamID string) (TeamInPublicity, error) {
	const query = `
		SELECT count(*), coalesce(sum(minutes), 0),
			coalesce(min(settles_on) - DATE '1970-01-01', 0), coalesce(max(settles_on) - DATE '1970-01-01', 0)
		FROM entries e
		WHERE ` + open + ` AND e.team_id = $2`

	t := TeamInPublicity{TeamID: teamID}
	if err := q.QueryRowxContext(ctx, query, today.String(), teamID).Scan(&t.Lines, &t.Minutes, &t.First, &t.Last); err != nil {
		return t, fmt.Errorf("find team %s in publicity: %w", teamID, err)
	}
	return t, nil
}

// ListLinesInPublicity returns up to limit lines of a team that may be objected
// to on the day, newest first, of those before the line with the given sequence.
func ListLinesInPublicity(ctx context.Context, q postgres.Querier, today domain.Day, teamID string, before int64, limit int) ([]domain.Entry, error) {
	const query = `
		SELECT id, seq, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification,
			minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on - DATE '1970-01-01' AS settles_on
		FROM entries e
		WHERE ` + open + ` AND e.team_id = $2 AND e.seq < $3
		ORDER BY e.seq DESC
		LIMIT $4`

	var rows []entryRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, today.String(), teamID, before, limit); err != nil {
		return nil, fmt.Errorf("list lines of team %s in publicity: %w", teamID, err)
	}
	entries := make([]domain.Entry, len(rows))
	for i, r := range rows {
		entries[i] = r.entry()
	}
	return entries, nil
}

// FindStandings returns what has become of lines since they were posted; a line
// of which there is nothing to say is absent.
func FindStandings(ctx context.Context, q postgres.Querier, entryIDs []string) (map[string]domain.Standing, error) {
	const query = `
		SELECT source_id, true AS reversed
		FROM entries
		WHERE source_kind = 'entry' AND source_id = ANY ($1::uuid[])
		UNION ALL
		SELECT entry_id, false
		FROM settling_changes
		WHERE entry_id = ANY ($1::uuid[])
		GROUP BY entry_id
		HAVING sum(minutes) <> 0`

	standings := map[string]domain.Standing{}
	err := each(ctx, q, query, []any{postgres.Array(entryIDs)}, func(rows *sqlx.Rows) error {
		var entryID string
		var reversed bool
		if err := rows.Scan(&entryID, &reversed); err != nil {
			return err
		}
		s := standings[entryID]
		s.Reversed, s.Held = s.Reversed || reversed, s.Held || !reversed
		standings[entryID] = s
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find standings of %d lines: %w", len(entryIDs), err)
	}
	return standings, nil
}
