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

// raiseTeams raises the version of the brigades that a condition holds for,
// in the order of their ids, and returns them.
func raiseTeams(ctx context.Context, q postgres.Querier, condition string, value any) ([]domain.Team, error) {
	query := `
		UPDATE teams t
		SET version = t.version + 1
		FROM regions r
		WHERE r.code = t.region_code AND ` + condition + `
		RETURNING ` + teamColumns

	var rows []teamRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, value); err != nil {
		return nil, fmt.Errorf("raise the version of teams: %w", err)
	}
	teams := make([]domain.Team, len(rows))
	for i, row := range rows {
		teams[i] = row.team()
	}
	return teams, nil
}
