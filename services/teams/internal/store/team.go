package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type teamRow struct {
	ID            string    `db:"id"`
	Name          string    `db:"name"`
	RegionCode    string    `db:"region_code"`
	RegionName    string    `db:"region_name"`
	RegionPath    string    `db:"region_path"`
	ReportingUnit string    `db:"reporting_unit"`
	State         string    `db:"state"`
	FoundedAt     time.Time `db:"founded_at"`
	Version       int64     `db:"version"`
}

func (r teamRow) team() domain.Team {
	return domain.Team{
		ID:            r.ID,
		Name:          r.Name,
		RegionCode:    r.RegionCode,
		RegionName:    r.RegionName,
		RegionPath:    r.RegionPath,
		ReportingUnit: r.ReportingUnit,
		State:         domain.TeamState(r.State),
		FoundedAt:     r.FoundedAt.UTC(),
		Version:       r.Version,
	}
}

// FindTeam returns a brigade, or domain.ErrNoTeam.
func FindTeam(ctx context.Context, q postgres.Querier, id string) (domain.Team, error) {
	const query = `
		SELECT t.id, t.name, t.region_code, r.name AS region_name, r.path AS region_path,
			t.reporting_unit, t.state, t.founded_at, t.version
		FROM teams t
		JOIN regions r ON r.code = t.region_code
		WHERE t.id = $1`

	var row teamRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Team{}, domain.ErrNoTeam
	}
	if err != nil {
		return domain.Team{}, fmt.Errorf("find team %s: %w", id, err)
	}
	return row.team(), nil
}

// InsertTeams adds brigades; their regions must be there.
func InsertTeams(ctx context.Context, q postgres.Querier, teams []domain.Team) error {
	const query = `
		INSERT INTO teams (id, name, region_code, reporting_unit, state, founded_at, version)
		SELECT id, name, region_code, reporting_unit, state, founded_at, version
		FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::bigint[])
			AS t (id, name, region_code, reporting_unit, state, founded_at, version)`

	_, err := q.ExecContext(ctx, query,
		postgres.Column(teams, func(t domain.Team) string { return t.ID }),
		postgres.Column(teams, func(t domain.Team) string { return t.Name }),
		postgres.Column(teams, func(t domain.Team) string { return t.RegionCode }),
		postgres.Column(teams, func(t domain.Team) string { return t.ReportingUnit }),
		postgres.Column(teams, func(t domain.Team) string { return string(t.State) }),
		postgres.Column(teams, func(t domain.Team) string { return t.FoundedAt.Format(time.RFC3339Nano) }),
		postgres.Column(teams, func(t domain.Team) int64 { return t.Version }))
	if err != nil {
		return fmt.Errorf("insert %d teams: %w", len(teams), err)
	}
	return nil
}
