package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const batchColumns = `id, number, region_path, COALESCE(first_day - DATE '1970-01-01', 0) AS first_day, last_day - DATE '1970-01-01' AS last_day, mapping_version, purpose,
	made_by, made_at, expires_at, taken_at, COALESCE(answered_by::text, '') AS answered_by, answered_at, unknown_rows, their_minutes`

type batchRow struct {
	ID             string              `db:"id"`
	Number         int                 `db:"number"`
	RegionPath     string              `db:"region_path"`
	First          int32               `db:"first_day"`
	Last           int32               `db:"last_day"`
	MappingVersion int                 `db:"mapping_version"`
	Purpose        string              `db:"purpose"`
	MadeBy         string              `db:"made_by"`
	MadeAt         time.Time           `db:"made_at"`
	ExpiresAt      time.Time           `db:"expires_at"`
	TakenAt        sql.Null[time.Time] `db:"taken_at"`
	AnsweredBy     string              `db:"answered_by"`
	AnsweredAt     sql.Null[time.Time] `db:"answered_at"`
	Unknown        int                 `db:"unknown_rows"`
	TheirMinutes   int                 `db:"their_minutes"`
}

func (r batchRow) batch() domain.NationalBatch {
	return domain.NationalBatch{
		ID: r.ID, Number: r.Number, RegionPath: r.RegionPath, First: domain.Day(r.First), Last: domain.Day(r.Last), MappingVersion: r.MappingVersion,
		Purpose: r.Purpose, MadeBy: r.MadeBy, MadeAt: r.MadeAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(), TakenAt: r.TakenAt.V, AnsweredBy: r.AnsweredBy,
		AnsweredAt: r.AnsweredAt.V, Unknown: r.Unknown, TheirMinutes: r.TheirMinutes,
	}
}

// ListBatches returns all batches, the newest first.
func ListBatches(ctx context.Context, q postgres.Querier) ([]domain.NationalBatch, error) {
	const query = `SELECT ` + batchColumns + ` FROM national_batches ORDER BY number DESC LIMIT 500`

	return manyBatches(ctx, q, query)
}

// LockBatch returns a batch and holds its row, or returns domain.ErrNoBatch.
func LockBatch(ctx context.Context, q postgres.Querier, batchID string) (domain.NationalBatch, error) {
	const query = `SELECT ` + batchColumns + ` FROM national_batches WHERE id = $1 FOR NO KEY UPDATE`

	return oneBatch(ctx, q, query, batchID)
}

// FindBatch is LockBatch without holding it.
func FindBatch(ctx context.Context, q postgres.Querier, batchID string) (domain.NationalBatch, error) {
	const query = `SELECT ` + batchColumns + ` FROM national_batches WHERE id = $1`

	return oneBatch(ctx, q, query, batchID)
}

func oneBatch(ctx context.Context, q postgres.Querier, query, batchID string) (domain.NationalBatch, error) {
	found, err := manyBatches(ctx, q, query, batchID)
	if err == nil && len(found) == 0 {
		err = domain.ErrNoBatch
	}
	if err != nil {
		return domain.NationalBatch{}, err
	}
	return found[0], nil
}

func manyBatches(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.NationalBatch, error) {
	var rows []batchRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list national batches: %w", err)
	}
	list := make([]domain.NationalBatch, len(rows))
	for i, r := range rows {
		list[i] = r.batch()
	}
	return list, nil
}

// NextBatchNumber returns the number of the next batch.
func NextBatchNumber(ctx context.Context, q postgres.Querier) (n int, err error) {
	const query = `SELECT COALESCE(max(number), 0) + 1 FROM national_batches`

	if err := sqlx.GetContext(ctx, q, &n, query); err != nil {
		return 0, fmt.Errorf("number a national batch: %w", err)
	}
	return n, nil
}

// InsertBatch adds a batch without rows. It returns domain.ErrBatchTaken when
// somebody else has just made one.
func InsertBatch(ctx context.Context, q postgres.Querier, b domain.NationalBatch) error {
	const query = `
		INSERT INTO national_batches (id, number, region_path, first_day, last_day, mapping_version, purpose, made_by, made_at, expires_at)
		VALUES ($1, $2, $3, $4::date, $5::date, $6, $7, $8, $9, $10)`

	first := sql.NullString{String: b.First.String(), Valid: b.First != 0}
	_, err := q.ExecContext(ctx, query, b.ID, b.Number, b.RegionPath, first, b.Last.String(), b.MappingVersion, b.Purpose, b.MadeBy, b.MadeAt, b.ExpiresAt)
	if postgres.Violated(err, "national_batches_number_key") {
		return domain.ErrBatchTaken
	}
	if err != nil {
		return fmt.Errorf("insert national batch %s: %w", b.ID, err)
	}
	return nil
}

// UpdateBatch writes back that it was taken and what came back.
func UpdateBatch(ctx context.Context, q postgres.Querier, b domain.NationalBatch) error {
	const query = `
		UPDATE national_batches
		SET taken_at = $2, answered_by = NULLIF($3, '')::uuid, answered_at = $4, unknown_rows = $5, their_minutes = $6
		WHERE id = $1`

	at := func(t time.Time) sql.Null[time.Time] { return sql.Null[time.Time]{V: t, Valid: !t.IsZero()} }
	if _, err := q.ExecContext(ctx, query, b.ID, at(b.TakenAt), b.AnsweredBy, at(b.AnsweredAt), b.Unknown, b.TheirMinutes); err != nil {
		return fmt.Errorf("update national batch %s: %w", b.ID, err)
	}
	return nil
}

// InsertNationalTaking records that somebody took the file of a batch out.
func InsertNationalTaking(ctx context.Context, q postgres.Querier, batchID, by string, at time.Time, lines int) error {
	const query = `
		INSERT INTO national_takings (id, batch_id, taken_by, taken_at, lines)
		VALUES ($1, $2, $3, $4, $5)`

	if _, err := q.ExecContext(ctx, query, id.New(), batchID, by, at, lines); err != nil {
		return fmt.Errorf("record that batch %s was taken: %w", batchID, err)
	}
	return nil
}
