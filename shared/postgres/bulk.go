package postgres

import (
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"
)

// InBulk runs f with the secondary indexes, unique and foreign keys and
// exclusions of the tables taken off, and puts them back afterwards, in the caller's
// transaction: building an index once over many rows costs a fraction of
// keeping it up row by row. It needs the tables' owner. When the rows that f
// wrote break a constraint, putting it back fails and with it the transaction.
func InBulk(ctx context.Context, q Querier, tables []string, f func() error) error {
	parts, err := listParts(ctx, q, tables)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if _, err := q.ExecContext(ctx, p.Drop); err != nil {
			return fmt.Errorf("take off for a bulk load: %w", err)
		}
	}
	if err := f(); err != nil {
		return err
	}
	slices.Reverse(parts) // what was taken off first, leaned on the others
	for _, p := range parts {
		if _, err := q.ExecContext(ctx, p.Create); err != nil {
			return fmt.Errorf("put back after a bulk load: %w", err)
		}
	}
	return nil
}

type part struct {
	Drop   string `db:"drop_it"`
	Create string `db:"create_it"`
}

// listParts returns foreign keys first, then unique keys and exclusions, then the indexes
// that belong to no constraint. Primary keys stay: ids grow with time, so
// their rows come in order.
func listParts(ctx context.Context, q Querier, tables []string) ([]part, error) {
	const query = `
		SELECT drop_it, create_it
		FROM (
			SELECT CASE contype WHEN 'f' THEN 1 ELSE 2 END AS place,
				format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop_it,
				format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS create_it
			FROM pg_constraint
			WHERE conrelid = ANY ($1::regclass[]) AND contype IN ('f', 'u', 'x')
			UNION ALL
			SELECT 3, format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
			FROM pg_index
			WHERE indrelid = ANY ($1::regclass[]) AND NOT indisprimary
				AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
		) parts
		ORDER BY place, drop_it`

	var parts []part
	if err := sqlx.SelectContext(ctx, q, &parts, query, Array(tables)); err != nil {
		return nil, fmt.Errorf("list indexes of %v: %w", tables, err)
	}
	return parts, nil
}
