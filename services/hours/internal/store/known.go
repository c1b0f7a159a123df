package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UpsertKnown keeps what is newer than what is kept. The same thing may be
// named several times, in any order.
func UpsertKnown(ctx context.Context, q postgres.Querier, things []domain.Known) error {
	const query = `
		INSERT INTO known (kind, id, name, region_path, successor_id, version)
		SELECT DISTINCT ON (kind, id) kind, id, name, region_path, successor_id, version
		FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
			AS k (kind, id, name, region_path, successor_id, version)
		ORDER BY kind, id, version DESC
		ON CONFLICT ON CONSTRAINT known_pkey DO UPDATE
		SET name = excluded.name, region_path = excluded.region_path, successor_id = excluded.successor_id, version = excluded.version,
			tx = pg_current_xact_id(), seq = nextval('known_seq')
		WHERE known.version < excluded.version`

	type known = domain.Known
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(things, func(k known) string { return string(k.Kind) }),
		postgres.Column(things, func(k known) string { return k.ID }),
		postgres.Column(things, func(k known) string { return k.Name }),
		postgres.Column(things, func(k known) string { return k.RegionPath }),
		postgres.Column(things, func(k known) string { return k.Successor }),
		postgres.Column(things, func(k known) int64 { return k.Version }),
	); err != nil {
		return fmt.Errorf("keep %d known things: %w", len(things), err)
	}
	return nil
}

const knownColumns = `kind, id, name, region_path, successor_id, version`

// EachKnown calls f for everything known.
func EachKnown(ctx context.Context, q postgres.Querier, f func(domain.Known)) error {
	const query = `
		SELECT ` + knownColumns + `
		FROM known`

	err := each(ctx, q, query, nil, func(rows *sqlx.Rows) error {
		var k domain.Known
		if err := rows.Scan(&k.Kind, &k.ID, &k.Name, &k.RegionPath, &k.Successor, &k.Version); err != nil {
			return err
		}
		f(k)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read what is known: %w", err)
	}
	return nil
}

// Change is the place of the last change of what is known that a reader has met.
type Change struct {
	TX       string
	Sequence int64
}

// ListChanges returns the next changes of what is known after c, up to limit,
// in an order in which nothing can come before them any more, and the last one's place.
func ListChanges(ctx context.Context, q postgres.Querier, c Change, limit int) ([]domain.Known, Change, error) {
	const query = `
		SELECT tx, seq, ` + knownColumns + `
		FROM known
		WHERE (tx, seq) > ($1::xid8, $2::bigint) AND tx < pg_snapshot_xmin(pg_current_snapshot())
		ORDER BY tx, seq
		LIMIT $3`

	var changes []domain.Known
	err := each(ctx, q, query, []any{c.TX, c.Sequence, limit}, func(rows *sqlx.Rows) error {
		var k domain.Known
		err := rows.Scan(&c.TX, &c.Sequence, &k.Kind, &k.ID, &k.Name, &k.RegionPath, &k.Successor, &k.Version)
		changes = append(changes, k)
		return err
	})
	if err != nil {
		return nil, c, fmt.Errorf("read changes of what is known: %w", err)
	}
	return changes, c, nil
}

// ListRecords returns the ids under which the ledger knows a person: their own
// and those of records that became part of theirs.
func ListRecords(ctx context.Context, q postgres.Querier, volunteerID string) ([]string, error) {
	const query = `
		SELECT id
		FROM known
		WHERE kind = 'merged' AND name = $1`

	var merged []string
	if err := sqlx.SelectContext(ctx, q, &merged, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list records of %s: %w", volunteerID, err)
	}
	return append(merged, volunteerID), nil
}
