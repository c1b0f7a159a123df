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

const unitColumns = `u.name, u.kind, u.position, u.retired_at, u.version`

type unitRow struct {
	Name      string              `db:"name"`
	Kind      string              `db:"kind"`
	Position  int                 `db:"position"`
	RetiredAt sql.Null[time.Time] `db:"retired_at"`
	Version   int64               `db:"version"`
}

func (r unitRow) unit() domain.ReportingUnit {
	u := domain.ReportingUnit{Name: r.Name, Kind: domain.UnitKind(r.Kind), Position: r.Position, Version: r.Version}
	if r.RetiredAt.Valid {
		u.RetiredAt = r.RetiredAt.V.UTC()
	}
	return u
}

// CountedUnit is a reporting unit and how many brigades are counted there,
// dissolved ones left out.
type CountedUnit struct {
	domain.ReportingUnit
	Teams int
}

// ListReportingUnits returns all units in their order, retired ones only if wanted.
func ListReportingUnits(ctx context.Context, q postgres.Querier, retired bool) ([]CountedUnit, error) {
	const query = `
		SELECT ` + unitColumns + `, (SELECT count(*) FROM teams t WHERE t.reporting_unit = u.name AND t.state <> 'dissolved') AS teams
		FROM reporting_units u
		WHERE $1 OR u.retired_at IS NULL
		ORDER BY u.position, u.name`

	var rows []struct {
		unitRow
		Teams int `db:"teams"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, retired); err != nil {
		return nil, fmt.Errorf("list reporting units: %w", err)
	}
	units := make([]CountedUnit, len(rows))
	for i, row := range rows {
		units[i] = CountedUnit{row.unit(), row.Teams}
	}
	return units, nil
}

// LockReportingUnit returns a unit and holds its row until the transaction
// ends, or returns domain.ErrNoUnit.
func LockReportingUnit(ctx context.Context, q postgres.Querier, name string) (domain.ReportingUnit, error) {
	const query = `
		SELECT ` + unitColumns + `
		FROM reporting_units u
		WHERE u.name = $1
		FOR UPDATE`

	var row unitRow
	err := sqlx.GetContext(ctx, q, &row, query, name)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.ReportingUnit{}, domain.ErrNoUnit
	}
	if err != nil {
		return domain.ReportingUnit{}, fmt.Errorf("lock reporting unit: %w", err)
	}
	return row.unit(), nil
}

// InsertReportingUnits adds units. It returns domain.ErrUnitTaken for a name that is there.
func InsertReportingUnits(ctx context.Context, q postgres.Querier, units []domain.ReportingUnit) error {
	const query = `
		INSERT INTO reporting_units (name, kind, position, retired_at, version)
		VALUES ($1, $2, $3, $4, $5)`

	for _, u := range units { // a dozen
		_, err := q.ExecContext(ctx, query, u.Name, u.Kind, u.Position, orNull(u.RetiredAt), u.Version)
		if postgres.Violated(err, "reporting_units_pkey") {
			return domain.ErrUnitTaken
		}
		if err != nil {
			return fmt.Errorf("insert reporting unit: %w", err)
		}
	}
	return nil
}

// UpdateReportingUnit writes back the unit that was called name before. Its
// brigades are counted under the new name with it. It returns
// domain.ErrUnitTaken for a name that is there.
func UpdateReportingUnit(ctx context.Context, q postgres.Querier, name string, u domain.ReportingUnit) error {
	const query = `
		UPDATE reporting_units
		SET name = $2, kind = $3, position = $4, retired_at = $5, version = $6
		WHERE name = $1`

	_, err := q.ExecContext(ctx, query, name, u.Name, u.Kind, u.Position, orNull(u.RetiredAt), u.Version)
	if postgres.Violated(err, "reporting_units_pkey") {
		return domain.ErrUnitTaken
	}
	if err != nil {
		return fmt.Errorf("update reporting unit: %w", err)
	}
	return nil
}
