package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertEntries writes the lines whose source is not in the ledger yet and
// returns those; the others were credited before.
func InsertEntries(ctx context.Context, q postgres.Querier, entries []domain.Entry) ([]domain.Entry, error) {
	const query = `
		INSERT INTO entries (id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification,
			minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on)
		SELECT id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification,
			minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on
		FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
				$10::int[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::uuid[], $15::text[], $16::uuid[],
				$17::timestamptz[], $18::timestamptz[], $19::date[])
			WITH ORDINALITY AS e (id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification,
				minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on, place)
		ORDER BY place
		ON CONFLICT ON CONSTRAINT entries_source_key DO NOTHING
		RETURNING id`

	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b domain.Entry) int { return cmp.Compare(a.SourceID, b.SourceID) }) // one order for all writers: no deadlock
	var inserted []string
	if err := sqlx.SelectContext(ctx, q, &inserted, query, columnsOf(entries)...); err != nil {
		return nil, fmt.Errorf("insert %d entries: %w", len(entries), err)
	}
	isNew := make(map[string]bool, len(inserted))
	for _, id := range inserted {
		isNew[id] = true
	}
	return slices.DeleteFunc(entries, func(e domain.Entry) bool { return !isNew[e.ID] }), nil
}

// DropSeen returns the claims whose source is neither in the ledger, nor held,
// nor cut to nothing.
func DropSeen(ctx context.Context, q postgres.Querier, claims []domain.Entry) ([]domain.Entry, error) {
	const query = `
		SELECT s.kind, s.id
		FROM unnest($1::text[], $2::uuid[]) AS s (kind, id)
		WHERE EXISTS (SELECT FROM entries AS e WHERE e.source_kind = s.kind AND e.source_id = s.id)
			OR EXISTS (SELECT FROM held_credits AS h WHERE h.source_kind = s.kind AND h.source_id = s.id)
			OR EXISTS (SELECT FROM cuts AS c WHERE c.source_kind = s.kind AND c.source_id = s.id)`

	type source struct {
		Kind string `db:"kind"`
		ID   string `db:"id"`
	}
	var seen []source
	if err := sqlx.SelectContext(ctx, q, &seen, query,
		postgres.Column(claims, func(e domain.Entry) string { return e.SourceKind }),
		postgres.Column(claims, func(e domain.Entry) string { return e.SourceID })); err != nil {
		return nil, fmt.Errorf("look for %d sources: %w", len(claims), err)
	}
	return slices.DeleteFunc(claims, func(e domain.Entry) bool { return slices.Contains(seen, source{e.SourceKind, e.SourceID}) }), nil
}

func columnsOf(es []domain.Entry) []any {
	type entry = domain.Entry
	return []any{
		postgres.Column(es, func(e entry) string { return e.ID }),
		postgres.Column(es, func(e entry) string { return e.VolunteerID }),
		postgres.Column(es, func(e entry) string { return e.TeamID }),
		postgres.Column(es, func(e entry) string { return e.ProgrammeID }),
		postgres.Column(es, func(e entry) string { return e.RegionPath }),
		postgres.Column(es, func(e entry) string { return e.ReportingUnit }),
		postgres.Column(es, func(e entry) string { return string(e.Kind) }),
		postgres.Column(es, func(e entry) string { return string(e.Account) }),
		postgres.Column(es, func(e entry) string { return e.Verification }),
		postgres.Column(es, func(e entry) int64 { return int64(e.Minutes) }),
		postgres.Column(es, func(e entry) time.Time { return e.From }),
		postgres.Column(es, func(e entry) time.Time { return e.To }),
		postgres.Column(es, func(e entry) string { return e.SourceKind }),
		postgres.Column(es, func(e entry) string { return e.SourceID }),
		postgres.Column(es, func(e entry) string { return e.Title }),
		postgres.Column(es, func(e entry) string { return e.ConfirmedBy }),
		postgres.Column(es, func(e entry) time.Time { return e.ConfirmedAt }),
		postgres.Column(es, func(e entry) time.Time { return e.RecordedAt }),
		postgres.Column(es, func(e entry) string { return e.SettlesOn.String() }),
	}
}

// entryColumns selects an entryRow.
const entryColumns = `id, seq, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification,
	minutes, started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at, settles_on - DATE '1970-01-01' AS settles_on`

type entryRow struct {
	ID            string    `db:"id"`
	Sequence      int64     `db:"seq"`
	VolunteerID   string    `db:"volunteer_id"`
	TeamID        string    `db:"team_id"`
	ProgrammeID   string    `db:"programme_id"`
	RegionPath    string    `db:"region_path"`
	ReportingUnit string    `db:"reporting_unit"`
	Kind          string    `db:"kind"`
	Account       string    `db:"account"`
	Verification  string    `db:"verification"`
	Minutes       int       `db:"minutes"`
	StartedAt     time.Time `db:"started_at"`
	EndedAt       time.Time `db:"ended_at"`
	SourceKind    string    `db:"source_kind"`
	SourceID      string    `db:"source_id"`
	Title         string    `db:"title"`
	ConfirmedBy   string    `db:"confirmed_by"`
	ConfirmedAt   time.Time `db:"confirmed_at"`
	RecordedAt    time.Time `db:"recorded_at"`
	SettlesOn     int32     `db:"settles_on"` // days since 1970-01-01
}

func (r entryRow) entry() domain.Entry {
	return domain.Entry{
		ID: r.ID, Sequence: r.Sequence,
		VolunteerID: r.VolunteerID, TeamID: r.TeamID, ProgrammeID: r.ProgrammeID,
		RegionPath: r.RegionPath, ReportingUnit: r.ReportingUnit,
		Kind: domain.Kind(r.Kind), Account: domain.Account(r.Account), Verification: r.Verification,
		Minutes: r.Minutes, From: r.StartedAt.UTC(), To: r.EndedAt.UTC(),
		SourceKind: r.SourceKind, SourceID: r.SourceID, Title: r.Title,
		ConfirmedBy: r.ConfirmedBy, ConfirmedAt: r.ConfirmedAt.UTC(), RecordedAt: r.RecordedAt.UTC(),
		SettlesOn: domain.Day(r.SettlesOn),
	}
}

// ListEntriesByID returns these lines, by id.
func ListEntriesByID(ctx context.Context, q postgres.Querier, ids []string) (map[string]domain.Entry, error) {
	const query = `
		SELECT ` + entryColumns + `
		FROM entries
		WHERE id = ANY ($1::uuid[])`

	var rows []entryRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(ids)); err != nil {
		return nil, fmt.Errorf("list %d entries: %w", len(ids), err)
	}
	entries := make(map[string]domain.Entry, len(rows))
	for _, r := range rows {
		entries[r.ID] = r.entry()
	}
	return entries, nil
}

// ListEntries returns up to limit lines of a volunteer, under all their
// records, newest first, of those before the line with the given sequence.
func ListEntries(ctx context.Context, q postgres.Querier, records []string, before int64, limit int) ([]domain.Entry, error) {
	const query = `
		SELECT ` + entryColumns + `
		FROM entries
		WHERE volunteer_id = ANY ($1::uuid[]) AND seq < $2
		ORDER BY seq DESC
		LIMIT $3`

	var rows []entryRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(records), before, limit); err != nil {
		return nil, fmt.Errorf("list entries of %v: %w", records, err)
	}
	entries := make([]domain.Entry, len(rows))
	for i, r := range rows {
		entries[i] = r.entry()
	}
	return entries, nil
}

// ListSettledLines returns the lines of service of a person, under all their
// records, that count as settled on the day and whose own day is in the span:
// none that is held by a question, none that was undone. Their minutes are what
// a certificate counts.
func ListSettledLines(ctx context.Context, q postgres.Querier, records []string, span domain.Span, on domain.Day) ([]domain.Entry, error) {
	const query = `
		SELECT ` + entryColumns + `
		FROM entries e
		WHERE volunteer_id = ANY ($1::uuid[]) AND account = 'service' AND kind <> 'reversal' AND settles_on <= $2::date
			AND ($3::date IS NULL OR day >= $3::date) AND ($4::date IS NULL OR day <= $4::date)
			AND NOT EXISTS (SELECT FROM entries r WHERE r.source_kind = 'entry' AND r.source_id = e.id)
			AND (SELECT COALESCE(sum(c.minutes), 0) FROM settling_changes c WHERE c.entry_id = e.id AND c.effective_on <= $2::date) = 0
		ORDER BY started_at, id`

	var rows []entryRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(records), on.String(), dayOrNull(span.First), dayOrNull(span.Last)); err != nil {
		return nil, fmt.Errorf("list settled lines of %v: %w", records, err)
	}
	entries := make([]domain.Entry, len(rows))
	for i, r := range rows {
		entries[i] = r.entry()
	}
	return entries, nil
}

// dayOrNull keeps an open end of a Span as NULL.
func dayOrNull(d domain.Day) sql.Null[string] { return sql.Null[string]{V: d.String(), Valid: d != 0} }
