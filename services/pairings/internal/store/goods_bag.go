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

// InsertBags packs bags and returns the number of the first; they count on from the
// batch's last one. Whoever packs at the same moment waits. It returns
// domain.ErrGoodsShort when more would be packed than came in: then none is.
func InsertBags(ctx context.Context, q postgres.Querier, bags []domain.Bag) (first int, err error) {
	const lock = `SELECT pg_advisory_xact_lock(hashtextextended('goods ' || $1::text, 0))`
	const packed = `SELECT bagged FROM goods_batches WHERE id = $1`
	const query = `
		INSERT INTO goods_bags (id, batch_id, number, code, region_code, region_path, packed_by, packed_at)
		SELECT b.id, $3, $4 + b.place, b.code, $5, $6, $7, $8
		FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS b (id, code, place)`

	one := bags[0]
	var bagged int
	if _, err := q.ExecContext(ctx, lock, one.BatchID); err != nil {
		return 0, fmt.Errorf("lock a batch: %w", err)
	}
	if err := sqlx.GetContext(ctx, q, &bagged, packed, one.BatchID); err != nil {
		return 0, fmt.Errorf("find the last bag: %w", err)
	}
	_, err = q.ExecContext(ctx, query, postgres.Column(bags, func(b domain.Bag) string { return b.ID }), postgres.Column(bags, func(b domain.Bag) string { return b.Code }),
		one.BatchID, bagged, one.RegionCode, one.RegionPath, one.PackedBy, one.PackedAt)
	if postgres.Violated(err, "goods_batches_out_check") {
		return 0, domain.ErrGoodsShort
	}
	if err != nil {
		return 0, fmt.Errorf("pack %d bags: %w", len(bags), err)
	}
	return bagged + 1, nil
}

const bagColumns = `id, batch_id, number, code, region_code, region_path, packed_by, packed_at, handed_by, handed_at, got_by, got_at`

type bagRow struct {
	ID         string              `db:"id"`
	BatchID    string              `db:"batch_id"`
	Number     int                 `db:"number"`
	Code       string              `db:"code"`
	RegionCode string              `db:"region_code"`
	RegionPath string              `db:"region_path"`
	PackedBy   string              `db:"packed_by"`
	PackedAt   time.Time           `db:"packed_at"`
	HandedBy   sql.Null[string]    `db:"handed_by"`
	HandedAt   sql.Null[time.Time] `db:"handed_at"`
	GotBy      sql.Null[string]    `db:"got_by"`
	GotAt      sql.Null[time.Time] `db:"got_at"`
}

func (r bagRow) bag() domain.Bag {
	return domain.Bag{
		ID: r.ID, BatchID: r.BatchID, Number: r.Number, Code: r.Code, RegionCode: r.RegionCode, RegionPath: r.RegionPath, PackedBy: r.PackedBy,
		PackedAt: r.PackedAt.UTC(), HandedBy: r.HandedBy.V, HandedAt: instant(r.HandedAt), GotBy: r.GotBy.V, GotAt: instant(r.GotAt),
	}
}

// LockBag returns a bag by its code for an update, or domain.ErrNoBag.
func LockBag(ctx context.Context, q postgres.Querier, code string) (domain.Bag, error) {
	const query = `
		SELECT ` + bagColumns + `
		FROM goods_bags
		WHERE code = $1
		FOR UPDATE`

	var row bagRow
	err := sqlx.GetContext(ctx, q, &row, query, code)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Bag{}, domain.ErrNoBag
	}
	if err != nil {
		return domain.Bag{}, fmt.Errorf("find a bag: %w", err)
	}
	return row.bag(), nil
}

// UpdateBag writes where a bag is.
func UpdateBag(ctx context.Context, q postgres.Querier, b domain.Bag) error {
	const query = `
		UPDATE goods_bags
		SET handed_by = $2, handed_at = $3, got_by = $4, got_at = $5
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, b.ID, nullable(b.HandedBy), nullable(b.HandedAt), nullable(b.GotBy), nullable(b.GotAt)); err != nil {
		return fmt.Errorf("write a bag: %w", err)
	}
	return nil
}

// HandOverBags notes that bags of a batch from one number to another were given out, and
// returns how many that were that had not been yet.
func HandOverBags(ctx context.Context, q postgres.Querier, batchID string, from, to int, by string, now time.Time) (int64, error) {
	const query = `
		UPDATE goods_bags
		SET handed_by = $4, handed_at = $5
		WHERE batch_id = $1 AND number BETWEEN $2 AND $3 AND handed_at IS NULL`

	done, err := q.ExecContext(ctx, query, batchID, from, to, by, now)
	if err != nil {
		return 0, fmt.Errorf("hand over bags: %w", err)
	}
	return done.RowsAffected()
}

// ListBags returns bags of a batch, from a number on.
func ListBags(ctx context.Context, q postgres.Querier, batchID string, from, limit int) ([]domain.Bag, error) {
	const query = `
		SELECT ` + bagColumns + `
		FROM goods_bags
		WHERE batch_id = $1 AND number >= $2
		ORDER BY number
		LIMIT $3`
	return listBags(ctx, q, query, batchID, from, limit)
}

// ListMissingBags returns bags that were given out too long ago and not acknowledged,
// the longest first, a hundred at most.
func ListMissingBags(ctx context.Context, q postgres.Querier, batchID string, now time.Time) ([]domain.Bag, error) {
	const query = `
		SELECT ` + bagColumns + `
		FROM goods_bags
		WHERE batch_id = $1 AND got_at IS NULL AND handed_at < $2
		ORDER BY handed_at, number
		LIMIT 100`
	return listBags(ctx, q, query, batchID, now.Add(-domain.MissingAfter))
}

func listBags(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Bag, error) {
	var rows []bagRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list bags: %w", err)
	}
	bags := make([]domain.Bag, len(rows))
	for i, r := range rows {
		bags[i] = r.bag()
	}
	return bags, nil
}

// PlaceSum is what of a batch goes to one place.
type PlaceSum struct {
	RegionPath string `db:"region_path"`
	Bagged     int    `db:"bagged"`
	Handed     int    `db:"handed"`
	Got        int    `db:"got"`
}

// SumBagsByPlace returns a batch's balance place by place.
func SumBagsByPlace(ctx context.Context, q postgres.Querier, batchID string) ([]PlaceSum, error) {
	const query = `
		SELECT region_path, count(*) AS bagged, count(handed_at) AS handed, count(got_at) AS got
		FROM goods_bags
		WHERE batch_id = $1
		GROUP BY region_path
		ORDER BY region_path`

	var sums []PlaceSum
	if err := sqlx.SelectContext(ctx, q, &sums, query, batchID); err != nil {
		return nil, fmt.Errorf("sum bags: %w", err)
	}
	return sums, nil
}
