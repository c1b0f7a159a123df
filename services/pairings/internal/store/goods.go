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

// batchColumns with what of the bags is out and acknowledged; $1 is before when a bag
// that is out was given out to be missing.
const batchColumns = `b.id, b.region_code, b.region_path, b.kind, b.title, b.donor, b.made_by, b.made_at, b.counted_in, b.bagged,
			(SELECT count(*) FROM goods_bags g WHERE g.batch_id = b.id AND g.handed_at IS NOT NULL) AS handed,
			(SELECT count(*) FROM goods_bags g WHERE g.batch_id = b.id AND g.got_at IS NOT NULL) AS got,
			(SELECT count(*) FROM goods_bags g WHERE g.batch_id = b.id AND g.got_at IS NULL AND g.handed_at < $1) AS missing`

type batchRow struct {
	ID         string    `db:"id"`
	RegionCode string    `db:"region_code"`
	RegionPath string    `db:"region_path"`
	Kind       string    `db:"kind"`
	Title      string    `db:"title"`
	Donor      string    `db:"donor"`
	MadeBy     string    `db:"made_by"`
	MadeAt     time.Time `db:"made_at"`
	CountedIn  int       `db:"counted_in"`
	Bagged     int       `db:"bagged"`
	Handed     int       `db:"handed"`
	Got        int       `db:"got"`
	Missing    int       `db:"missing"`
}

// InsertBatch keeps a batch of goods.
func InsertBatch(ctx context.Context, q postgres.Querier, b domain.Batch) error {
	const query = `
		INSERT INTO goods_batches (id, region_code, region_path, kind, title, donor, made_by, made_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

	if _, err := q.ExecContext(ctx, query, b.ID, b.RegionCode, b.RegionPath, b.Kind, b.Title, b.Donor, b.MadeBy, b.MadeAt); err != nil {
		return fmt.Errorf("keep a batch: %w", err)
	}
	return nil
}

// FindBatch returns a batch with its sums, or domain.ErrNoBatch.
func FindBatch(ctx context.Context, q postgres.Querier, batchID string, now time.Time) (domain.Batch, error) {
	const query = `
		SELECT ` + batchColumns + `
		FROM goods_batches b
		WHERE b.id = $2`

	var row batchRow
	err := sqlx.GetContext(ctx, q, &row, query, now.Add(-domain.MissingAfter), batchID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Batch{}, domain.ErrNoBatch
	}
	if err != nil {
		return domain.Batch{}, fmt.Errorf("find a batch: %w", err)
	}
	return batchOf(row), nil
}

func batchOf(r batchRow) domain.Batch {
	b := domain.Batch(r)
	b.MadeAt = b.MadeAt.UTC()
	return b
}

// ListBatches returns a page of the batches below the regions, the newest first.
func ListBatches(ctx context.Context, q postgres.Querier, regionPaths []string, page Page, now time.Time) ([]domain.Batch, error) {
	const query = postgres.Anew + `
		SELECT ` + batchColumns + `
		FROM goods_batches b
		WHERE b.region_path ^@ ANY ($2) AND ($3::uuid IS NULL OR (b.made_at, b.id) < (SELECT made_at, id FROM goods_batches WHERE id = $3))
		ORDER BY b.made_at DESC, b.id DESC
		LIMIT $4`

	var rows []batchRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, now.Add(-domain.MissingAfter), postgres.Array(regionPaths), nullable(page.After), page.Limit); err != nil {
		return nil, fmt.Errorf("list batches: %w", err)
	}
	batches := make([]domain.Batch, len(rows))
	for i, r := range rows {
		batches[i] = batchOf(r)
	}
	return batches, nil
}

// InsertCount keeps what came in. It returns domain.ErrGoodsShort for a correction below
// what is packed.
func InsertCount(ctx context.Context, q postgres.Querier, c domain.Count) error {
	const query = `
		INSERT INTO goods_counts (id, batch_id, pieces, note, counted_by, counted_at)
		VALUES ($1, $2, $3, $4, $5, $6)`

	_, err := q.ExecContext(ctx, query, c.ID, c.BatchID, c.Pieces, c.Note, c.CountedBy, c.CountedAt)
	if postgres.Violated(err, "goods_batches_out_check") {
		return domain.ErrGoodsShort
	}
	if err != nil {
		return fmt.Errorf("count in: %w", err)
	}
	return nil
}

// ListCounts returns a batch's counts, newest first.
func ListCounts(ctx context.Context, q postgres.Querier, batchID string) ([]domain.Count, error) {
	const query = `
		SELECT id, batch_id, pieces, note, counted_by, counted_at
		FROM goods_counts
		WHERE batch_id = $1
		ORDER BY counted_at DESC, id DESC
		LIMIT 200`

	rows, err := q.QueryxContext(ctx, query, batchID)
	if err != nil {
		return nil, fmt.Errorf("list counts: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var counts []domain.Count
	for rows.Next() {
		var c domain.Count
		if err := rows.Scan(&c.ID, &c.BatchID, &c.Pieces, &c.Note, &c.CountedBy, &c.CountedAt); err != nil {
			return nil, fmt.Errorf("list counts: %w", err)
		}
		c.CountedAt = c.CountedAt.UTC()
		counts = append(counts, c)
	}
	return counts, rows.Err()
}

// InsertGoodsExport writes down that somebody took a batch out as a list.
func InsertGoodsExport(ctx context.Context, q postgres.Querier, exportID, batchID, by, purpose string, lines int, now time.Time) error {
	const query = `
		INSERT INTO goods_exports (id, batch_id, exported_by, exported_at, purpose, lines)
		VALUES ($1, $2, $3, $4, $5, $6)`

	if _, err := q.ExecContext(ctx, query, exportID, batchID, by, now, purpose, lines); err != nil {
		return fmt.Errorf("write down an export: %w", err)
	}
	return nil
}
