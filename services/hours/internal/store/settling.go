package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertSettlingChanges writes what questions do to the settling of lines.
func InsertSettlingChanges(ctx context.Context, q postgres.Querier, changes ...domain.SettlingChange) error {
	const query = `
		INSERT INTO settling_changes (id, entry_id, minutes, effective_on, reason, source_id, made_at)
		SELECT id, entry_id, minutes, effective_on, reason, source_id, made_at
		FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::date[], $5::text[], $6::uuid[], $7::timestamptz[])
			WITH ORDINALITY AS c (id, entry_id, minutes, effective_on, reason, source_id, made_at, place)
		ORDER BY place`

	type change = domain.SettlingChange
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(changes, func(c change) string { return c.ID }),
		postgres.Column(changes, func(c change) string { return c.EntryID }),
		postgres.Column(changes, func(c change) int64 { return int64(c.Minutes) }),
		postgres.Column(changes, func(c change) string { return c.EffectiveOn.String() }),
		postgres.Column(changes, func(c change) string { return string(c.Reason) }),
		postgres.Column(changes, func(c change) string { return c.SourceID }),
		postgres.Column(changes, func(c change) time.Time { return c.MadeAt }),
	); err != nil {
		return fmt.Errorf("insert %d settling changes: %w", len(changes), err)
	}
	return nil
}

// CountWronglyHeld returns of how many lines more is held, or let go, than there
// is of them.
func CountWronglyHeld(ctx context.Context, q postgres.Querier) (int, error) {
	const query = `
		SELECT count(*)
		FROM (
			SELECT entry_id, sum(minutes) AS minutes
			FROM settling_changes
			GROUP BY entry_id
		) c
		JOIN entries e ON e.id = c.entry_id
		WHERE c.minutes NOT IN (0, -e.minutes)`

	var wrong int
	if err := sqlx.GetContext(ctx, q, &wrong, query); err != nil {
		return 0, fmt.Errorf("compare settling changes with ledger: %w", err)
	}
	return wrong, nil
}

// EachSettled calls f for every record with the minutes of service that count as
// settled on the day.
func EachSettled(ctx context.Context, q postgres.Querier, day domain.Day, f func(volunteerID string, minutes int)) error {
	const query = `
		SELECT volunteer_id, sum(minutes)
		FROM (
			SELECT volunteer_id, minutes
			FROM totals
			WHERE account = 'service' AND settles_on <= $1::date
			UNION ALL
			SELECT e.volunteer_id, c.minutes
			FROM settling_changes c
			JOIN entries e ON e.id = c.entry_id
			WHERE e.account = 'service' AND c.effective_on <= $1::date
		) AS settled
		GROUP BY volunteer_id`

	err := each(ctx, q, query, []any{day.String()}, func(rows *sqlx.Rows) error {
		var volunteerID string
		var minutes int
		if err := rows.Scan(&volunteerID, &minutes); err != nil {
			return err
		}
		f(volunteerID, minutes)
		return nil
	})
	if err != nil {
		return fmt.Errorf("sum what everybody has settled on %s: %w", day, err)
	}
	return nil
}

// SettledTotals returns the minutes of a volunteer, under all their records,
// that count as settled on the day, by account.
func SettledTotals(ctx context.Context, q postgres.Querier, records []string, day domain.Day) (map[domain.Account]int, error) {
	const query = `
		SELECT account, sum(minutes) AS minutes
		FROM (
			SELECT account, minutes
			FROM totals
			WHERE volunteer_id = ANY ($1::uuid[]) AND settles_on <= $2::date
			UNION ALL
			SELECT e.account, c.minutes
			FROM settling_changes c
			JOIN entries e ON e.id = c.entry_id
			WHERE e.volunteer_id = ANY ($1::uuid[]) AND c.effective_on <= $2::date
		) AS settled
		GROUP BY account`

	var rows []struct {
		Account string `db:"account"`
		Minutes int    `db:"minutes"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(records), day.String()); err != nil {
		return nil, fmt.Errorf("sum what %v have settled on %s: %w", records, day, err)
	}
	settled := make(map[domain.Account]int, len(rows))
	for _, r := range rows {
		settled[domain.Account(r.Account)] = r.Minutes
	}
	return settled, nil
}
