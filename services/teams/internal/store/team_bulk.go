package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// RaiseTeamsOfUnit raises the version of all brigades that are counted under a
// reporting unit and returns them: what they are called there has changed.
func RaiseTeamsOfUnit(ctx context.Context, q postgres.Querier, unit string) ([]domain.Team, error) {
	return raiseTeams(ctx, q, `t.reporting_unit = $1`, unit)
}

// RaiseTeamsAt raises the version of all brigades with one of these ids, or at
// home in one of these divisions, and returns them: their path has changed.
func RaiseTeamsAt(ctx context.Context, q postgres.Querier, regionCodes, teamIDs []string) ([]domain.Team, error) {
	return raiseTeams(ctx, q, `(t.region_code = ANY ($1) OR t.id = ANY ($2::uuid[]))`, postgres.Array(regionCodes), postgres.Array(teamIDs))
}

// raiseTeams raises the version of the brigades that a condition holds for,
// in the order of their ids, and returns them.
func raiseTeams(ctx context.Context, q postgres.Querier, condition string, values ...any) ([]domain.Team, error) {
	query := `
		UPDATE teams t
		SET version = t.version + 1
		FROM regions r
		WHERE r.code = t.region_code AND ` + condition + `
		RETURNING ` + teamColumns

	var rows []teamRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, values...); err != nil {
		return nil, fmt.Errorf("raise the version of teams: %w", err)
	}
	teams := make([]domain.Team, len(rows))
	for i, row := range rows {
		teams[i] = row.team()
	}
	return teams, nil
}
