package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Ties are where a person belongs, and whether somebody leads a team they are in.
type Ties struct {
	RegionPaths []string // of the home and of the teams
	Led         bool
}

// FindTies returns a person's ties as they are to an asker. Everybody belongs
// to the city, whatever else they belong to.
func FindTies(ctx context.Context, q postgres.Querier, volunteerID, askerID string) (Ties, error) {
	const query = `
		SELECT r.path, EXISTS (
				SELECT 1 FROM memberships led
				WHERE led.team_id = m.team_id AND led.volunteer_id = $2 AND led.state = 'active' AND led.role IN ('leader', 'deputy')
			) AS led
		FROM memberships m
		JOIN teams t ON t.id = m.team_id
		JOIN regions r ON r.code = t.region_code
		WHERE m.volunteer_id = $1 AND m.state = 'active'
		UNION ALL
		SELECT r.path, false
		FROM volunteers v
		JOIN regions r ON r.code = v.region_code
		WHERE v.id = $1
		UNION ALL
		SELECT path, false
		FROM regions
		WHERE level = 'city'`

	var rows []struct {
		Path string `db:"path"`
		Led  bool   `db:"led"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID, askerID); err != nil {
		return Ties{}, fmt.Errorf("find ties of %s: %w", volunteerID, err)
	}
	var ties Ties
	for _, row := range rows {
		ties.RegionPaths = append(ties.RegionPaths, row.Path)
		ties.Led = ties.Led || row.Led
	}
	return ties, nil
}

// FindTeamLedFor returns the name of a team that one leads or helps to lead and
// the other is in, or "" when there is none.
func FindTeamLedFor(ctx context.Context, q postgres.Querier, leaderID, memberID string) (string, error) {
	const query = `
		SELECT COALESCE((
			SELECT t.name
			FROM memberships led
			JOIN memberships m ON m.team_id = led.team_id AND m.volunteer_id = $2
			JOIN teams t ON t.id = led.team_id
			WHERE led.volunteer_id = $1 AND led.role IN ('leader', 'deputy')
			ORDER BY led.state, t.id
			LIMIT 1
		), '')`

	var name string
	if err := sqlx.GetContext(ctx, q, &name, query, leaderID, memberID); err != nil {
		return "", fmt.Errorf("find team that %s leads for %s: %w", leaderID, memberID, err)
	}
	return name, nil
}
