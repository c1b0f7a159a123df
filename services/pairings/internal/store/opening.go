package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type openingRow struct {
	ID        string           `db:"id"`
	SubjectID string           `db:"subject_id"`
	PersonID  sql.Null[string] `db:"person_id"`
	Act       domain.Act       `db:"act"`
	Basis     domain.Basis     `db:"basis"`
	BasisID   sql.Null[string] `db:"basis_id"`
	What      string           `db:"what"`
	At        time.Time        `db:"opened_at"`
}

// ListOpenings returns who had a subject's key, newest first.
func ListOpenings(ctx context.Context, q postgres.Querier, subjectID string, limit int) ([]domain.Opening, error) {
	const query = `
		SELECT id, subject_id, person_id, act, basis, basis_id, what, opened_at
		FROM openings
		WHERE subject_id = $1
		ORDER BY opened_at DESC, n DESC
		LIMIT $2`

	var rows []openingRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, subjectID, limit); err != nil {
		return nil, fmt.Errorf("list openings: %w", err)
	}
	return openingsOf(rows), nil
}

func openingsOf(rows []openingRow) []domain.Opening {
	openings := make([]domain.Opening, len(rows))
	for i, r := range rows {
		openings[i] = domain.Opening{
			ID: r.ID, SubjectID: r.SubjectID, PersonID: r.PersonID.V, Act: r.Act, Ground: domain.Ground{Basis: r.Basis, BasisID: r.BasisID.V}, What: r.What, At: r.At.UTC(),
		}
	}
	return openings
}

// TakeUnlogged returns the first openings that are in no leaf yet, and takes them
// from those that wait.
func TakeUnlogged(ctx context.Context, q postgres.Querier, limit int) ([]domain.Opening, error) {
	const query = `
		WITH taken AS (
			DELETE FROM openings_to_log
			WHERE opening_id IN (SELECT opening_id FROM openings_to_log JOIN openings ON id = opening_id ORDER BY n LIMIT $1)
			RETURNING opening_id
		)
		SELECT id, subject_id, person_id, act, basis, basis_id, what, opened_at
		FROM openings
		WHERE id IN (SELECT opening_id FROM taken)
		ORDER BY n`

	var rows []openingRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, limit); err != nil {
		return nil, fmt.Errorf("take openings for the log: %w", err)
	}
	return openingsOf(rows), nil
}

// InsertLeaves writes where openings stand in the log, from an index on.
func InsertLeaves(ctx context.Context, q postgres.Querier, first int64, openings []domain.Opening) error {
	const query = `
		INSERT INTO opening_leaves (index, opening_id)
		SELECT $1 + place - 1, id
		FROM unnest($2::uuid[]) WITH ORDINALITY AS o (id, place)`

	if _, err := q.ExecContext(ctx, query, first, postgres.Column(openings, func(o domain.Opening) string { return o.ID })); err != nil {
		return fmt.Errorf("insert %d leaves: %w", len(openings), err)
	}
	return nil
}

// EachLogged calls f for each leaf's opening, in the log's order.
func EachLogged(ctx context.Context, q postgres.Querier, f func(index int64, o domain.Opening) error) error {
	const query = `
		SELECT l.index, o.id, o.subject_id, o.person_id, o.act, o.basis, o.basis_id, o.what, o.opened_at
		FROM opening_leaves l JOIN openings o ON o.id = l.opening_id
		ORDER BY l.index`

	rows, err := q.QueryxContext(ctx, query)
	if err != nil {
		return fmt.Errorf("read the log: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var row struct {
			Index int64 `db:"index"`
			openingRow
		}
		if err := rows.StructScan(&row); err != nil {
			return fmt.Errorf("read the log: %w", err)
		}
		if err := f(row.Index, openingsOf([]openingRow{row.openingRow})[0]); err != nil {
			return err
		}
	}
	return rows.Err()
}

// CountUnlogged returns how many openings from before an instant are in no leaf,
// whether or not they wait for one: when the sequencer works there are none.
func CountUnlogged(ctx context.Context, q postgres.Querier, before time.Time) (n int64, err error) {
	const query = `
		SELECT count(*)
		FROM openings o
		WHERE opened_at < $1 AND NOT EXISTS (SELECT FROM opening_leaves l WHERE l.opening_id = o.id)`

	if err := sqlx.GetContext(ctx, q, &n, query, before); err != nil {
		return 0, fmt.Errorf("count openings that are not in the log: %w", err)
	}
	return n, nil
}
