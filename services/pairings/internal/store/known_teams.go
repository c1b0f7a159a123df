package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UpsertTeams keeps the newest that teams told of what brigades are called.
func UpsertTeams(ctx context.Context, q postgres.Querier, known []domain.KnownTeam) error {
	const query = `
		INSERT INTO known_teams (team_id, name, version)
		SELECT DISTINCT ON (team_id) team_id, name, version
		FROM unnest($1::uuid[], $2::text[], $3::bigint[]) AS k (team_id, name, version)
		ORDER BY team_id, version DESC
		ON CONFLICT ON CONSTRAINT known_teams_pkey DO UPDATE
		SET name = excluded.name, version = excluded.version
		WHERE known_teams.version < excluded.version`

	if _, err := q.ExecContext(ctx, query,
		postgres.Column(known, func(k domain.KnownTeam) string { return k.TeamID }),
		postgres.Column(known, func(k domain.KnownTeam) string { return k.Name }),
		postgres.Column(known, func(k domain.KnownTeam) int64 { return k.Version })); err != nil {
		return fmt.Errorf("keep %d brigades: %w", len(known), err)
	}
	return nil
}

// TeamNames returns what brigades are called, by id.
func TeamNames(ctx context.Context, q postgres.Querier, teamIDs []string) (map[string]string, error) {
	const query = `
		SELECT team_id, name
		FROM known_teams
		WHERE team_id = ANY ($1)`

	var rows []struct {
		ID   string `db:"team_id"`
		Name string `db:"name"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(teamIDs)); err != nil {
		return nil, fmt.Errorf("name brigades: %w", err)
	}
	names := make(map[string]string, len(rows))
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return names, nil
}
