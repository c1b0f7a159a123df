package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UpsertProgrammes keeps which programme a line of work is; once known it stays so,
// whatever the programme is called later.
func UpsertProgrammes(ctx context.Context, q postgres.Querier, known []domain.KnownProgramme) error {
	const query = `
		INSERT INTO known_programmes (programme_id, line, version)
		VALUES ($1, $2, $3)
		ON CONFLICT ON CONSTRAINT known_programmes_pkey DO UPDATE
		SET line = coalesce(known_programmes.line, excluded.line), version = greatest(known_programmes.version, excluded.version)`

	for _, k := range known { // few, and seldom
		if _, err := q.ExecContext(ctx, query, k.ProgrammeID, nullable(k.Line), k.Version); err != nil {
			return fmt.Errorf("keep programme %s: %w", k.ProgrammeID, err)
		}
	}
	return nil
}

// FindProgramme returns the programme of a line of work; while tasks have told of none
// it is the one of every new installation.
func FindProgramme(ctx context.Context, q postgres.Querier, line string) (programmeID string, err error) {
	const query = `SELECT coalesce((SELECT min(programme_id::text)::uuid FROM known_programmes WHERE line = $1), $2)`

	if err := sqlx.GetContext(ctx, q, &programmeID, query, line, domain.FirstProgrammes[line]); err != nil {
		return "", fmt.Errorf("find the programme of %s: %w", line, err)
	}
	return programmeID, nil
}

// UpsertUnits keeps the newest that teams told of where brigades are counted.
func UpsertUnits(ctx context.Context, q postgres.Querier, known []domain.KnownUnit) error {
	const query = `
		INSERT INTO known_units (team_id, reporting_unit, version)
		SELECT DISTINCT ON (team_id) team_id, reporting_unit, version
		FROM unnest($1::uuid[], $2::text[], $3::bigint[]) AS k (team_id, reporting_unit, version)
		ORDER BY team_id, version DESC
		ON CONFLICT ON CONSTRAINT known_units_pkey DO UPDATE
		SET reporting_unit = excluded.reporting_unit, version = excluded.version
		WHERE known_units.version < excluded.version`

	type unit = domain.KnownUnit
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(known, func(k unit) string { return k.TeamID }),
		postgres.Column(known, func(k unit) string { return k.ReportingUnit }),
		postgres.Column(known, func(k unit) int64 { return k.Version })); err != nil {
		return fmt.Errorf("keep %d units: %w", len(known), err)
	}
	return nil
}

// FindReportingUnit returns in which list the federation counts a brigade; empty while
// teams have not told.
func FindReportingUnit(ctx context.Context, q postgres.Querier, teamID string) (unit string, err error) {
	const query = `SELECT coalesce((SELECT reporting_unit FROM known_units WHERE team_id = $1), '')`

	if err := sqlx.GetContext(ctx, q, &unit, query, teamID); err != nil {
		return "", fmt.Errorf("find the reporting unit of a brigade: %w", err)
	}
	return unit, nil
}
