// Package store reads and writes the tables of the teams service, one file per
// table. A function takes the transaction it runs in and opens none; what must
// be sealed or opened on the way takes the vault too.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// regionColumns are read into a regionRow; the table is called r.
const regionColumns = `r.code, r.name, r.path, r.level, COALESCE(r.parent_code, '') AS parent_code, COALESCE(r.merged_into, '') AS merged_into, r.version`

type regionRow struct {
	Code       string `db:"code"`
	Name       string `db:"name"`
	Path       string `db:"path"`
	Level      string `db:"level"`
	Parent     string `db:"parent_code"`
	MergedInto string `db:"merged_into"`
	Version    int64  `db:"version"`
}

func convertRegions(rows []regionRow) []domain.Region {
	regions := make([]domain.Region, len(rows))
	for i, row := range rows {
		regions[i] = domain.Region(row)
	}
	return regions
}

// FindRegion returns a division, one that became part of another too, or domain.ErrNoRegion.
func FindRegion(ctx context.Context, q postgres.Querier, code string) (domain.Region, error) {
	const query = `
		SELECT ` + regionColumns + `
		FROM regions r
		WHERE r.code = $1`

	return getRegion(ctx, q, query, code)
}

// FindRoot returns the division above all others: the city. It returns
// domain.ErrNoRegion before there are any.
func FindRoot(ctx context.Context, q postgres.Querier) (domain.Region, error) {
	const query = `
		SELECT ` + regionColumns + `
		FROM regions r
		WHERE r.parent_code IS NULL
		ORDER BY r.code
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
		SELECT ` + regionColumns + `
		FROM regions r
		WHERE r.parent_code = $1 AND r.merged_into IS NULL
		ORDER BY r.code`

	var rows []regionRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, parent); err != nil {
		return nil, fmt.Errorf("list regions below %s: %w", parent, err)
	}
	return convertRegions(rows), nil
}

// SearchRegions returns up to limit divisions whose name or initials hold what
// was typed: those called exactly so first, then the higher ones, then by code.
func SearchRegions(ctx context.Context, q postgres.Querier, typed pinyin.Query, limit int) ([]domain.Region, error) {
	const query = `
		SELECT ` + regionColumns + `
		FROM regions r
		WHERE r.grams @> $1 AND (plain_name(r.name) LIKE '%' || $2 || '%' OR r.initials LIKE '%' || $2 || '%') AND r.merged_into IS NULL
		ORDER BY (r.name = $2 OR r.initials = $2) DESC, (r.name LIKE $2 || '%' OR r.initials LIKE $2 || '%') DESC,
			length(r.code), r.code
		LIMIT $3`

	var rows []regionRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(typed.Grams()), typed.Text(), limit); err != nil {
		return nil, fmt.Errorf("search regions: %w", err)
	}
	return convertRegions(rows), nil
}

// NameRegions returns what divisions are called, by their codes; codes that
// nothing has are left out.
func NameRegions(ctx context.Context, q postgres.Querier, codes []string) (map[string]string, error) {
	const query = `
		SELECT code, name
		FROM regions
		WHERE code = ANY ($1)`

	var rows []struct {
		Code string `db:"code"`
		Name string `db:"name"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(codes)); err != nil {
		return nil, fmt.Errorf("name %d regions: %w", len(codes), err)
	}
	names := make(map[string]string, len(rows))
	for _, row := range rows {
		names[row.Code] = row.Name
	}
	return names, nil
}

// InsertRegions adds divisions, parents before children. It returns
// domain.ErrRegionTaken for a code that is there.
func InsertRegions(ctx context.Context, q postgres.Querier, regions []domain.Region) error {
	const query = `
		INSERT INTO regions (code, name, initials, grams, path, level, parent_code, version)
		SELECT code, name, initials, string_to_array(grams, ' '), path, level, NULLIF(parent, ''), version
		FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[])
			AS r (code, name, initials, grams, path, level, parent, version)`

	_, err := q.ExecContext(ctx, query,
		postgres.Column(regions, func(r domain.Region) string { return r.Code }),
		postgres.Column(regions, func(r domain.Region) string { return r.Name }),
		postgres.Column(regions, func(r domain.Region) string { return pinyin.Initials(r.Name) }),
		postgres.Column(regions, func(r domain.Region) string { return strings.Join(pinyin.Grams(r.Name), " ") }),
		postgres.Column(regions, func(r domain.Region) string { return r.Path }),
		postgres.Column(regions, func(r domain.Region) string { return r.Level }),
		postgres.Column(regions, func(r domain.Region) string { return r.Parent }),
		postgres.Column(regions, func(r domain.Region) int64 { return r.Version }))
	if postgres.Violated(err, "regions_pkey") {
		return domain.ErrRegionTaken
	}
	if err != nil {
		return fmt.Errorf("insert %d regions: %w", len(regions), err)
	}
	return nil
}
