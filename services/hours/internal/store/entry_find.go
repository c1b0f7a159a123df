package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FindEntry returns one line, or domain.ErrNoSuchEntry.
func FindEntry(ctx context.Context, q postgres.Querier, id string) (domain.Entry, error) {
	found, err := ListEntriesByID(ctx, q, []string{id})
	if err != nil {
		return domain.Entry{}, err
	}
	e, ok := found[id]
	if !ok {
		return domain.Entry{}, domain.ErrNoSuchEntry
	}
	return e, nil
}

// LockEntry is FindEntry, and keeps others from asking about the line or
// deciding about it until the transaction ends. A line itself cannot be locked:
// nobody may change it.
func LockEntry(ctx context.Context, q postgres.Querier, id string) (domain.Entry, error) {
	const query = `SELECT pg_advisory_xact_lock(hashtextextended('entry ' || $1::text, 0))`

	if _, err := q.ExecContext(ctx, query, id); err != nil {
		return domain.Entry{}, fmt.Errorf("lock entry %s: %w", id, err)
	}
	return FindEntry(ctx, q, id)
}

// ListEntriesBySource returns the lines that follow from these sources of one
// kind, in the order in which they were written.
func ListEntriesBySource(ctx context.Context, q postgres.Querier, kind string, ids []string) ([]domain.Entry, error) {
	const query = `
		SELECT ` + entryColumns + `
		FROM entries
		WHERE source_kind = $1 AND source_id = ANY ($2::uuid[])
		ORDER BY seq`

	return manyEntries(ctx, q, query, kind, postgres.Array(ids))
}

func manyEntries(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Entry, error) {
	var rows []entryRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list entries: %w", err)
	}
	entries := make([]domain.Entry, len(rows))
	for i, r := range rows {
		entries[i] = r.entry()
	}
	return entries, nil
}

// IsReversed reports whether a line was undone.
func IsReversed(ctx context.Context, q postgres.Querier, id string) (bool, error) {
	undone, err := ListEntriesBySource(ctx, q, domain.SourceEntry, []string{id})
	return len(undone) > 0, err
}

// FindAttendance returns the attendance for which a line was credited, be it
// through corrections; empty when it came from something else.
func FindAttendance(ctx context.Context, q postgres.Querier, e domain.Entry) (string, error) {
	const query = `
		WITH RECURSIVE origin AS (
			SELECT source_kind, source_id
			FROM entries
			WHERE id = $1
			UNION ALL
			SELECT e.source_kind, e.source_id
			FROM origin o
			JOIN corrections c ON o.source_kind = 'correction' AND c.id = o.source_id
			JOIN entries e ON e.id = c.entry_id
		)
		SELECT source_id
		FROM origin
		WHERE source_kind = 'attendance'`

	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, e.ID); err != nil {
		return "", fmt.Errorf("find the attendance of entry %s: %w", e.ID, err)
	}
	if len(ids) == 0 {
		return "", nil
	}
	return ids[0], nil
}

// FindCurrentEntry returns the line that counts now for an attendance, or a contact: the one
// that was credited, or what took its place; or domain.ErrNoSuchEntry.
func FindCurrentEntry(ctx context.Context, q postgres.Querier, attendanceID string) (domain.Entry, error) {
	const query = `
		WITH RECURSIVE chain AS (
			SELECT id, 0 AS place
			FROM entries
			WHERE source_kind IN ('attendance', 'contact') AND source_id = $1
			UNION ALL
			SELECT a.id, chain.place + 1
			FROM chain
			JOIN corrections c ON c.entry_id = chain.id AND c.state = 'accepted'
			JOIN entries a ON a.source_kind = 'correction' AND a.source_id = c.id
		)
		SELECT id
		FROM chain
		ORDER BY place DESC
		LIMIT 1`

	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, attendanceID); err != nil {
		return domain.Entry{}, fmt.Errorf("find the line of attendance %s: %w", attendanceID, err)
	}
	if len(ids) == 0 {
		return domain.Entry{}, domain.ErrNoSuchEntry
	}
	return FindEntry(ctx, q, ids[0])
}
