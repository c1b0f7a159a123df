package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UpsertRegions keeps the newest that teams told of regions. The same one may be
// named several times, in any order.
func UpsertRegions(ctx context.Context, q postgres.Querier, known []domain.KnownRegion) error {
	const query = `
		INSERT INTO known_regions (code, name, path, version)
		SELECT DISTINCT ON (code) code, name, path, version
		FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS k (code, name, path, version)
		ORDER BY code, version DESC
		ON CONFLICT ON CONSTRAINT known_regions_pkey DO UPDATE
		SET name = excluded.name, path = excluded.path, version = excluded.version
		WHERE known_regions.version < excluded.version`

	type region = domain.KnownRegion
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(known, func(k region) string { return k.Code }),
		postgres.Column(known, func(k region) string { return k.Name }),
		postgres.Column(known, func(k region) string { return k.Path }),
		postgres.Column(known, func(k region) int64 { return k.Version }),
	); err != nil {
		return fmt.Errorf("keep %d regions: %w", len(known), err)
	}
	return nil
}

// FindRegion returns a region by its code; ok is false for one that is not known.
func FindRegion(ctx context.Context, q postgres.Querier, code string) (r domain.KnownRegion, ok bool, err error) {
	const query = `
		SELECT code, name, path, version
		FROM known_regions
		WHERE code = $1`

	err = q.QueryRowxContext(ctx, query, code).Scan(&r.Code, &r.Name, &r.Path, &r.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	if err != nil {
		return r, false, fmt.Errorf("find region %s: %w", code, err)
	}
	return r, true, nil
}

// RegionNames returns the names of regions by their paths.
func RegionNames(ctx context.Context, q postgres.Querier, paths []string) (map[string]string, error) {
	const query = `
		SELECT path, name
		FROM known_regions
		WHERE path = ANY ($1)`

	var rows []struct{ Path, Name string }
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(paths)); err != nil {
		return nil, fmt.Errorf("name regions: %w", err)
	}
	names := make(map[string]string, len(rows))
	for _, r := range rows {
		names[r.Path] = r.Name
	}
	return names, nil
}

// UpsertGrants keeps the newest that teams told of each officer's authority.
func UpsertGrants(ctx context.Context, q postgres.Querier, known []domain.KnownGrant) error {
	const query = `
		INSERT INTO known_grants (grant_id, volunteer_id, role, region_path, state, starts_at, ends_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT ON CONSTRAINT known_grants_pkey DO UPDATE
		SET volunteer_id = excluded.volunteer_id, role = excluded.role, region_path = excluded.region_path, state = excluded.state,
			starts_at = excluded.starts_at, ends_at = excluded.ends_at, version = excluded.version
		WHERE known_grants.version < excluded.version`

	for _, k := range known { // few, and seldom
		if _, err := q.ExecContext(ctx, query, k.GrantID, k.VolunteerID, k.Role, k.RegionPath, k.State, k.From, nullable(k.Until), k.Version); err != nil {
			return fmt.Errorf("keep grant %s: %w", k.GrantID, err)
		}
	}
	return nil
}

// ListOfficers returns who has one of the roles at an instant over the region, the
// nearest first.
func ListOfficers(ctx context.Context, q postgres.Querier, regionPath string, roles []string, at time.Time) ([]string, error) {
	const query = `
		SELECT volunteer_id
		FROM known_grants
		WHERE state = 'active' AND role = ANY ($2) AND region_path <> '' AND starts_with($1, region_path)
			AND starts_at <= $3 AND (ends_at IS NULL OR ends_at > $3)
		GROUP BY volunteer_id
		ORDER BY max(length(region_path)) DESC, volunteer_id`

	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, regionPath, postgres.Array(roles), at); err != nil {
		return nil, fmt.Errorf("list officers of %s: %w", regionPath, err)
	}
	return ids, nil
}
