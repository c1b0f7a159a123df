package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LockRegions makes everybody who changes the tree wait for this transaction:
// a path is made of others' codes.
func LockRegions(ctx context.Context, q postgres.Querier) error {
	const query = `SELECT pg_advisory_xact_lock(hashtextextended('qihe teams: regions', 0))`

	if _, err := q.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("lock regions: %w", err)
	}
	return nil
}

// UpdateRegion writes back what a division is called.
func UpdateRegion(ctx context.Context, q postgres.Querier, r domain.Region) error {
	const query = `
		UPDATE regions
		SET name = $2, initials = $3, grams = $4, merged_into = NULLIF($5, ''), version = $6
		WHERE code = $1`

	if _, err := q.ExecContext(ctx, query, r.Code, r.Name, pinyin.Initials(r.Name), postgres.Array(pinyin.Grams(r.Name)), r.MergedInto, r.Version); err != nil {
		return fmt.Errorf("update region %s: %w", r.Code, err)
	}
	return nil
}

// MoveRegion hangs a division, with all below it, below another, and returns
// all that were moved, parents before children, each with its version raised.
func MoveRegion(ctx context.Context, q postgres.Querier, r, parent domain.Region) ([]domain.Region, error) {
	const query = `
		UPDATE regions r
		SET path = $3 || substr(r.path, length($2) + 1), version = r.version + 1,
			parent_code = CASE WHEN r.code = $1 THEN $4 ELSE r.parent_code END
		WHERE r.path LIKE $2 || '%'
		RETURNING ` + regionColumns

	return moveRegions(ctx, q, query, r.Code, r.Path, parent.Path+r.Code+"/", parent.Code)
}

// MoveChildren hangs all below a division below another of its level, and
// returns them, parents before children, each with its version raised.
func MoveChildren(ctx context.Context, q postgres.Querier, r, into domain.Region) ([]domain.Region, error) {
	const query = `
		UPDATE regions r
		SET path = $3 || substr(r.path, length($2) + 1), version = r.version + 1,
			parent_code = CASE WHEN r.parent_code = $1 THEN $4 ELSE r.parent_code END
		WHERE r.path LIKE $2 || '_%'
		RETURNING ` + regionColumns

	return moveRegions(ctx, q, query, r.Code, r.Path, into.Path, into.Code)
}

func moveRegions(ctx context.Context, q postgres.Querier, query, code, oldPath, newPath, parent string) ([]domain.Region, error) {
	var rows []regionRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, code, oldPath, newPath, parent); err != nil {
		return nil, fmt.Errorf("move region %s: %w", code, err)
	}
	moved := convertRegions(rows)
	slices.SortFunc(moved, func(a, b domain.Region) int {
		return cmp.Or(cmp.Compare(len(a.Path), len(b.Path)), strings.Compare(a.Code, b.Code))
	})
	return moved, nil
}

// MoveHomes makes a division the home of the people and brigades of another
// one, and returns the brigades' ids.
func MoveHomes(ctx context.Context, q postgres.Querier, from, to string) ([]string, error) {
	const people = `
		UPDATE volunteers
		SET region_code = $2
		WHERE region_code = $1`
	const teams = `
		UPDATE teams
		SET region_code = $2
		WHERE region_code = $1
		RETURNING id`

	if _, err := q.ExecContext(ctx, people, from, to); err != nil {
		return nil, fmt.Errorf("move people of region %s: %w", from, err)
	}
	ids := []string{}
	if err := sqlx.SelectContext(ctx, q, &ids, teams, from, to); err != nil {
		return nil, fmt.Errorf("move teams of region %s: %w", from, err)
	}
	return ids, nil
}

// FillRegions gives the divisions that were there before names could be
// searched what they are found by, and returns how many there were.
func FillRegions(ctx context.Context, q postgres.Querier) (int, error) {
	const list = `
		SELECT ` + regionColumns + `
		FROM regions r
		WHERE r.grams = '{}'
		ORDER BY r.code
		FOR NO KEY UPDATE`
	const fill = `
		UPDATE regions r
		SET initials = f.initials, grams = string_to_array(f.grams, ' ')
		FROM unnest($1::text[], $2::text[], $3::text[]) AS f (code, initials, grams)
		WHERE r.code = f.code`

	var rows []regionRow
	if err := sqlx.SelectContext(ctx, q, &rows, list); err != nil || len(rows) == 0 {
		return 0, err
	}
	_, err := q.ExecContext(ctx, fill,
		postgres.Column(rows, func(r regionRow) string { return r.Code }),
		postgres.Column(rows, func(r regionRow) string { return pinyin.Initials(r.Name) }),
		postgres.Column(rows, func(r regionRow) string { return strings.Join(pinyin.Grams(r.Name), " ") }))
	if err != nil {
		return 0, fmt.Errorf("fill in %d regions: %w", len(rows), err)
	}
	return len(rows), nil
}
