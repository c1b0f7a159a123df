package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ReplaceHistoryRows writes the rows of an import in place of those it had.
func ReplaceHistoryRows(ctx context.Context, q postgres.Querier, importID string, rows []domain.HistoryRow) error {
	const query = `
		INSERT INTO history_rows (id, import_id, place, volunteer_id, day, title, minutes, page)
		SELECT id, $1, place, volunteer_id, day, title, minutes, page
		FROM unnest($2::uuid[], $3::int[], $4::uuid[], $5::date[], $6::text[], $7::int[], $8::int[]) AS r (id, place, volunteer_id, day, title, minutes, page)`

	if _, err := q.ExecContext(ctx, `DELETE FROM history_rows WHERE import_id = $1`, importID); err != nil {
		return fmt.Errorf("delete rows of %s: %w", importID, err)
	}
	type row = domain.HistoryRow
	if _, err := q.ExecContext(ctx, query, importID,
		postgres.Column(rows, func(r row) string { return r.ID }),
		postgres.Column(rows, func(r row) int64 { return int64(r.Place) }),
		postgres.Column(rows, func(r row) string { return r.VolunteerID }),
		postgres.Column(rows, func(r row) string { return r.Day.String() }),
		postgres.Column(rows, func(r row) string { return r.Title }),
		postgres.Column(rows, func(r row) int64 { return int64(r.Minutes) }),
		postgres.Column(rows, func(r row) int64 { return int64(r.Page) })); err != nil {
		return fmt.Errorf("insert %d rows of %s: %w", len(rows), importID, err)
	}
	return nil
}

const historyRowColumns = `r.id, r.place, r.volunteer_id, r.day - DATE '1970-01-01' AS day, r.title, r.minutes, r.page, r.struck_reason`

type historyRow struct {
	ID          string `db:"id"`
	Place       int    `db:"place"`
	VolunteerID string `db:"volunteer_id"`
	Day         int32  `db:"day"`
	Title       string `db:"title"`
	Minutes     int    `db:"minutes"`
	Page        int    `db:"page"`
	Struck      string `db:"struck_reason"`
}

func (r historyRow) row() domain.HistoryRow {
	return domain.HistoryRow{
		ID: r.ID, Place: r.Place, VolunteerID: r.VolunteerID, Day: domain.Day(r.Day), Title: r.Title, Minutes: r.Minutes, Page: r.Page, Struck: r.Struck,
	}
}

// ListHistoryRows returns the rows of an import as they were handed in, in order.
func ListHistoryRows(ctx context.Context, q postgres.Querier, importID string) ([]domain.HistoryRow, error) {
	const query = `
		SELECT ` + historyRowColumns + `
		FROM history_rows r
		WHERE r.import_id = $1
		ORDER BY r.place`

	return manyHistoryRows(ctx, q, query, importID)
}

// ListWaitingRows returns the rows of these records in imports that wait, but for
// one import's.
func ListWaitingRows(ctx context.Context, q postgres.Querier, records []string, butOf string) ([]domain.HistoryRow, error) {
	const query = `
		SELECT ` + historyRowColumns + `
		FROM history_rows r
		JOIN history_imports i ON i.id = r.import_id
		WHERE r.volunteer_id = ANY ($1::uuid[]) AND i.state = 'submitted' AND i.id <> $2`

	return manyHistoryRows(ctx, q, query, postgres.Array(records), butOf)
}

func manyHistoryRows(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.HistoryRow, error) {
	var found []historyRow
	if err := sqlx.SelectContext(ctx, q, &found, query, args...); err != nil {
		return nil, fmt.Errorf("list history rows: %w", err)
	}
	rows := make([]domain.HistoryRow, len(found))
	for i, r := range found {
		rows[i] = r.row()
	}
	return rows, nil
}

// StrikeHistoryRows writes which rows do not count, and why.
func StrikeHistoryRows(ctx context.Context, q postgres.Querier, rows []domain.HistoryRow) error {
	const query = `
		UPDATE history_rows r
		SET struck_reason = s.reason
		FROM unnest($1::uuid[], $2::text[]) AS s (id, reason)
		WHERE r.id = s.id`

	type row = domain.HistoryRow
	if _, err := q.ExecContext(ctx, query, postgres.Column(rows, func(r row) string { return r.ID }), postgres.Column(rows, func(r row) string { return r.Struck })); err != nil {
		return fmt.Errorf("strike %d rows: %w", len(rows), err)
	}
	return nil
}
