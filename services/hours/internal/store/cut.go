package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertCuts writes down where less was credited than was confirmed.
func InsertCuts(ctx context.Context, q postgres.Querier, cuts []domain.Cut) error {
	const query = `
		INSERT INTO cuts (source_kind, source_id, volunteer_id, title, day, rule, cap, confirmed, credited, cut_at)
		SELECT source_kind, source_id, volunteer_id, title, day, rule, cap, confirmed, credited, cut_at
		FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::date[], $6::text[], $7::int[], $8::int[], $9::int[], $10::timestamptz[])
			AS c (source_kind, source_id, volunteer_id, title, day, rule, cap, confirmed, credited, cut_at)`

	type cut = domain.Cut
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(cuts, func(c cut) string { return c.SourceKind }),
		postgres.Column(cuts, func(c cut) string { return c.SourceID }),
		postgres.Column(cuts, func(c cut) string { return c.VolunteerID }),
		postgres.Column(cuts, func(c cut) string { return c.Title }),
		postgres.Column(cuts, func(c cut) string { return c.Day.String() }),
		postgres.Column(cuts, func(c cut) string { return string(c.Rule) }),
		postgres.Column(cuts, func(c cut) int64 { return int64(c.Cap) }),
		postgres.Column(cuts, func(c cut) int64 { return int64(c.Confirmed) }),
		postgres.Column(cuts, func(c cut) int64 { return int64(c.Credited) }),
		postgres.Column(cuts, func(c cut) time.Time { return c.At })); err != nil {
		return fmt.Errorf("insert %d cuts: %w", len(cuts), err)
	}
	return nil
}

type cutRow struct {
	SourceKind  string     `db:"source_kind"`
	SourceID    string     `db:"source_id"`
	VolunteerID string     `db:"volunteer_id"`
	Title       string     `db:"title"`
	Day         domain.Day `db:"day"`
	Rule        string     `db:"rule"`
	Cap         int        `db:"cap"`
	Confirmed   int        `db:"confirmed"`
	Credited    int        `db:"credited"`
	At          time.Time  `db:"cut_at"`
}

// ListCuts returns every cut of a person's records, newest day first.
func ListCuts(ctx context.Context, q postgres.Querier, records []string) ([]domain.Cut, error) {
	const query = `
		SELECT source_kind, source_id, volunteer_id, title, day - DATE '1970-01-01' AS day, rule, cap, confirmed, credited, cut_at
		FROM cuts
		WHERE volunteer_id = ANY ($1::uuid[])
		ORDER BY cuts.day DESC, cut_at DESC`

	var rows []cutRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(records)); err != nil {
		return nil, fmt.Errorf("list cuts of %v: %w", records, err)
	}
	cuts := make([]domain.Cut, len(rows))
	for i, r := range rows {
		cuts[i] = domain.Cut{
			SourceKind: r.SourceKind, SourceID: r.SourceID, VolunteerID: r.VolunteerID, Title: r.Title, Day: r.Day,
			Rule: domain.CutRule(r.Rule), Cap: r.Cap, Confirmed: r.Confirmed, Credited: r.Credited, At: r.At.UTC(),
		}
	}
	return cuts, nil
}
