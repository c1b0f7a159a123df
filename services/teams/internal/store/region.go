// Package store reads and writes the tables of the teams service, one file per
// table. A function takes the transaction it runs in and opens none; what must
// be sealed or opened on the way takes the vault too.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type regionRow struct {
	Code    string `db:"code"`
	Name    string `db:"name"`
	Path    string `db:"path"`
	Level   string `db:"level"`
	Parent  string `db:"parent_code"`
	Version int64  `db:"version"`
}

// FindRegion returns a division, or domain.ErrNoRegion.
func FindRegion(ctx context.Context, q postgres.Querier, code string) (domain.Region, error) {
	const query = `
		SELECT code, name, path, level, COALESCE(parent_code, '') AS parent_code, version
		FROM regions
		WHERE code = $1`

	return getRegion(ctx, q, query, code)
}

// FindRoot returns the division above all others: the city. It returns
// domain.ErrNoRegion before there are any.
func FindRoot(ctx context.Context, q postgres.Querier) (domain.Region, error) {
	const query = `
		SELECT code, name, path, level, COALESCE(parent_code, '') AS parent_code, version
		FROM regions
		WHERE parent_code IS NULL
		ORDER BY code
		LIMIT 1`

	return getRegion(ctx, q, query)
}

func getRegion(ctx context.Context, q postgres.Querier, query string, args ...any) (domain.Region, error) {
	var row regionRow
	err := sqlx.GetContext(ctx, q, &row, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Region{}, domain.ErrNoRegion
	}
	if err != nil {
		return domain.Region{}, fmt.Errorf("find region: %w", err)
	}
	return domain.Region(row), nil
}

// ListRegions returns the divisions directly below one, by their codes.
func ListRegions(ctx context.Context, q postgres.Querier, parent string) ([]domain.Region, error) {
	const query = `
		SELECT code, name, path, level, COALESCE(parent_code, '') AS parent_code, version
		FROM regions
		WHERE parent_code = $1
		ORDER BY code`

	var rows []regionRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, parent); err != nil {
		return nil, fmt.Errorf("list regions below %s: %w", parent, err)
	}
	regions := make([]domain.Region, len(rows))
	for i, row := range rows {
		regions[i] = domain.Region(row)
	}
	return regions, nil
}

// InsertRegions adds divisions, parents before children.
func InsertRegions(ctx context.Context, q postgres.Querier, regions []domain.Region) error {
	const query = `
		INSERT INTO regions (code, name, path, level, parent_code, version)
		SELECT code, name, path, level, NULLIF(parent, ''), version
		FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
			AS r (code, name, path, level, parent, version)`

	_, err := q.ExecContext(ctx, query,
		postgres.Column(regions, func(r domain.Region) string { return r.Code }),
		postgres.Column(regions, func(r domain.Region) string { return r.Name }),
		postgres.Column(regions, func(r domain.Region) string { return r.Path }),
		postgres.Column(regions, func(r domain.Region) string { return r.Level }),
		postgres.Column(regions, func(r domain.Region) string { return r.Parent }),
		postgres.Column(regions, func(r domain.Region) int64 { return r.Version }))
	if err != nil {
		return fmt.Errorf("insert %d regions: %w", len(regions), err)
	}
	return nil
}
