package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertPosted notes which rows become lines. It returns domain.ErrHistoryRows
// when the same activity of one of the people was imported before.
func InsertPosted(ctx context.Context, q postgres.Querier, rows []domain.HistoryRow, people map[string]domain.Person) error {
	const query = `
		INSERT INTO history_posted (row_id, person_id, day, title, minutes)
		SELECT row_id, person_id, day, title, minutes
		FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[], $5::int[]) AS p (row_id, person_id, day, title, minutes)
		ORDER BY person_id, day, title, minutes`

	type row = domain.HistoryRow
	_, err := q.ExecContext(ctx, query,
		postgres.Column(rows, func(r row) string { return r.ID }),
		postgres.Column(rows, func(r row) string { return people[r.VolunteerID].Key() }),
		postgres.Column(rows, func(r row) string { return r.Day.String() }),
		postgres.Column(rows, func(r row) string { return r.Title }),
		postgres.Column(rows, func(r row) int64 { return int64(r.Minutes) }))
	if postgres.Violated(err, "history_posted_once_key") {
		return domain.ErrHistoryRows
	}
	if err != nil {
		return fmt.Errorf("note %d posted rows: %w", len(rows), err)
	}
	return nil
}

// EachPosted calls f for what was imported before for these records; the record
// is the one under which it was noted.
func EachPosted(ctx context.Context, q postgres.Querier, records []string, f func(record string, r domain.HistoryRow)) error {
	const query = `
		SELECT person_id, day - DATE '1970-01-01', title, minutes
		FROM history_posted
		WHERE person_id = ANY ($1::uuid[])`

	err := each(ctx, q, query, []any{postgres.Array(records)}, func(rows *sqlx.Rows) error {
		var record string
		var r domain.HistoryRow
		if err := rows.Scan(&record, &r.Day, &r.Title, &r.Minutes); err != nil {
			return err
		}
		f(record, r)
		return nil
	})
	if err != nil {
		return fmt.Errorf("list what %d records imported: %w", len(records), err)
	}
	return nil
}

// CountWrongHistory returns how many lines of history are not what an approved
// row says, and how many rows were approved without a line; it reads all of both.
func CountWrongHistory(ctx context.Context, q postgres.Querier) (int, error) {
	const query = `
		SELECT count(*)
		FROM (
			SELECT p.row_id, r.volunteer_id, r.day, r.title, r.minutes, i.team_id, i.decided_by
			FROM history_posted p
			JOIN history_rows r ON r.id = p.row_id AND r.struck_reason = ''
			JOIN history_imports i ON i.id = r.import_id AND i.state = 'approved'
		) AS r
		FULL JOIN (SELECT source_id, volunteer_id, day, title, minutes, team_id, confirmed_by FROM entries WHERE kind = 'import') AS e ON e.source_id = r.row_id
		WHERE (e.volunteer_id, e.day, e.title, e.minutes, e.team_id, e.confirmed_by) IS DISTINCT FROM (r.volunteer_id, r.day, r.title, r.minutes, r.team_id, r.decided_by)`

	var wrong int
	if err := sqlx.GetContext(ctx, q, &wrong, query); err != nil {
		return 0, fmt.Errorf("compare history with its registers: %w", err)
	}
	return wrong, nil
}

// HistoryProof is how a line of history was proved.
type HistoryProof struct {
	EntryID    string `db:"entry_id"`
	ImportID   string `db:"import_id"`
	TeamID     string `db:"team_id"`
	Page       int    `db:"page"` // of the register; 0: not said
	EnteredBy  string `db:"uploaded_by"`
	ApprovedBy string `db:"decided_by"`
}

// FindHistoryProofs returns for those of the lines that are history, or followed
// from corrections of history, out of which register they came.
func FindHistoryProofs(ctx context.Context, q postgres.Querier, entryIDs []string) (map[string]HistoryProof, error) {
	const query = `
		WITH RECURSIVE origin AS (
			SELECT id AS entry_id, source_kind, source_id
			FROM entries
			WHERE id = ANY ($1::uuid[]) AND account = 'import'
			UNION ALL
			SELECT o.entry_id, e.source_kind, e.source_id
			FROM origin o
			LEFT JOIN corrections c ON o.source_kind = 'correction' AND c.id = o.source_id
			JOIN entries e ON e.id = CASE o.source_kind WHEN 'correction' THEN c.entry_id WHEN 'entry' THEN o.source_id END
		)
		SELECT o.entry_id, i.id AS import_id, i.team_id, r.page, i.uploaded_by, i.decided_by
		FROM origin o
		JOIN history_rows r ON o.source_kind = 'import' AND r.id = o.source_id
		JOIN history_imports i ON i.id = r.import_id`

	var proofs []HistoryProof
	if err := sqlx.SelectContext(ctx, q, &proofs, query, postgres.Array(entryIDs)); err != nil {
		return nil, fmt.Errorf("find registers of %d lines: %w", len(entryIDs), err)
	}
	byEntry := make(map[string]HistoryProof, len(proofs))
	for _, p := range proofs {
		byEntry[p.EntryID] = p
	}
	return byEntry, nil
}
