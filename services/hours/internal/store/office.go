package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UpsertOffices keeps the newest that teams told of each office.
func UpsertOffices(ctx context.Context, q postgres.Querier, known []domain.KnownOffice) error {
	const query = `
		INSERT INTO known_offices (office_id, kind, name, region_path, state, version)
		SELECT DISTINCT ON (office_id) office_id, kind, name, region_path, state, version
		FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
			AS o (office_id, kind, name, region_path, state, version)
		ORDER BY office_id, version DESC
		ON CONFLICT ON CONSTRAINT known_offices_pkey DO UPDATE
		SET kind = excluded.kind, name = excluded.name, region_path = excluded.region_path, state = excluded.state, version = excluded.version
		WHERE known_offices.version < excluded.version`

	type office = domain.KnownOffice
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(known, func(k office) string { return k.OfficeID }),
		postgres.Column(known, func(k office) string { return k.Kind }),
		postgres.Column(known, func(k office) string { return k.Name }),
		postgres.Column(known, func(k office) string { return k.RegionPath }),
		postgres.Column(known, func(k office) string { return k.State }),
		postgres.Column(known, func(k office) int64 { return k.Version })); err != nil {
		return fmt.Errorf("keep %d offices: %w", len(known), err)
	}
	return nil
}

// ListOfficeNames returns what the federations of these regions are called, by
// the region's path; regions whose federation nobody told of are left out.
func ListOfficeNames(ctx context.Context, q postgres.Querier, regionPaths []string) (map[string]string, error) {
	const query = `
		SELECT DISTINCT ON (region_path) region_path, name
		FROM known_offices
		WHERE region_path = ANY ($1::text[]) AND kind = 'federation' AND state = 'open'
		ORDER BY region_path, office_id`

	var rows []struct {
		RegionPath string `db:"region_path"`
		Name       string `db:"name"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(regionPaths)); err != nil {
		return nil, fmt.Errorf("list offices of %d regions: %w", len(regionPaths), err)
	}
	names := make(map[string]string, len(rows))
	for _, r := range rows {
		names[r.RegionPath] = r.Name
	}
	return names, nil
}
