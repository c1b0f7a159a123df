package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// CellRound is how far a hub has been told of this city.
type CellRound struct {
	ToldAt   time.Time `db:"told_at"`
	WholeAt  time.Time `db:"whole_at"` // when all of it was told, changed or not
	Position int64     `db:"position"` // lines of the ledger that were counted
}

const cellRound = `SELECT told_at, whole_at, position FROM cell_rounds`

// FindCellRound returns how far a hub has been told.
func FindCellRound(ctx context.Context, q postgres.Querier) (r CellRound, err error) {
	if err := sqlx.GetContext(ctx, q, &r, cellRound); err != nil {
		return r, fmt.Errorf("find what a hub was told: %w", err)
	}
	return r, nil
}

// LockCellRound is FindCellRound, held until the transaction ends: one replica tells at a time.
func LockCellRound(ctx context.Context, q postgres.Querier) (r CellRound, err error) {
	if err := sqlx.GetContext(ctx, q, &r, cellRound+` FOR UPDATE`); err != nil {
		return r, fmt.Errorf("lock what a hub was told: %w", err)
	}
	return r, nil
}

// UpdateCellRound notes how far a hub has been told now.
func UpdateCellRound(ctx context.Context, q postgres.Querier, r CellRound) error {
	const query = `UPDATE cell_rounds SET told_at = $1, whole_at = $2, position = $3`
	if _, err := q.ExecContext(ctx, query, r.ToldAt, r.WholeAt, r.Position); err != nil {
		return fmt.Errorf("note what a hub was told: %w", err)
	}
	return nil
}

// ListCellTotals returns what a hub was last told, of all periods and regions.
func ListCellTotals(ctx context.Context, q postgres.Querier) (cells []domain.CellFigures, err error) {
	const query = `SELECT period, region, name, hidden, minutes, services, people, teams, version FROM cell_totals`
	if err := each(ctx, q, query, nil, func(rows *sqlx.Rows) error {
		var c domain.CellFigures
		err := rows.Scan(&c.Period, &c.Region, &c.Name, &c.Hidden, &c.Minutes, &c.Services, &c.People, &c.Teams, &c.Version)
		cells = append(cells, c)
		return err
	}); err != nil {
		return nil, fmt.Errorf("list what a hub was told: %w", err)
	}
	return cells, nil
}

// UpsertCellTotals keeps what a hub is told now.
func UpsertCellTotals(ctx context.Context, q postgres.Querier, cells []domain.CellFigures) error {
	const query = `
		INSERT INTO cell_totals (period, region, name, hidden, minutes, services, people, teams, version)
		SELECT period, region, name, hidden, minutes, services, people, teams, version
		FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[])
			AS t (period, region, name, hidden, minutes, services, people, teams, version)
		ON CONFLICT ON CONSTRAINT cell_totals_pkey DO UPDATE
		SET name = excluded.name, hidden = excluded.hidden, minutes = excluded.minutes, services = excluded.services,
			people = excluded.people, teams = excluded.teams, version = excluded.version`

	type cell = domain.CellFigures
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(cells, func(c cell) string { return c.Period }),
		postgres.Column(cells, func(c cell) string { return c.Region }),
		postgres.Column(cells, func(c cell) string { return c.Name }),
		postgres.Column(cells, func(c cell) bool { return c.Hidden }),
		postgres.Column(cells, func(c cell) int64 { return c.Minutes }),
		postgres.Column(cells, func(c cell) int64 { return c.Services }),
		postgres.Column(cells, func(c cell) int64 { return c.People }),
		postgres.Column(cells, func(c cell) int64 { return c.Teams }),
		postgres.Column(cells, func(c cell) int64 { return c.Version }),
	); err != nil {
		return fmt.Errorf("keep %d figures that a hub is told: %w", len(cells), err)
	}
	return nil
}
