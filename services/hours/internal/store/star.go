package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LockStars holds the stars for this transaction: one replica judges at a time.
func LockStars(ctx context.Context, q postgres.Querier) error {
	if _, err := q.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('stars', 0))`); err != nil {
		return fmt.Errorf("lock stars: %w", err)
	}
	return nil
}

// LastStarDay returns the last day on which everybody was judged, and whether there was one.
func LastStarDay(ctx context.Context, q postgres.Querier) (domain.Day, bool, error) {
	const query = `SELECT max(day) - DATE '1970-01-01' FROM star_days`

	var last sql.NullInt32
	if err := sqlx.GetContext(ctx, q, &last, query); err != nil {
		return 0, false, fmt.Errorf("find the last day of stars: %w", err)
	}
	return domain.Day(last.Int32), last.Valid, nil
}

// InsertStarDay notes that everybody was judged on the day.
func InsertStarDay(ctx context.Context, q postgres.Querier, day domain.Day) error {
	if _, err := q.ExecContext(ctx, `INSERT INTO star_days (day) VALUES ($1) ON CONFLICT DO NOTHING`, day.String()); err != nil {
		return fmt.Errorf("insert day of stars %s: %w", day, err)
	}
	return nil
}

// InsertStarChanges writes changes and returns those that were not there yet.
func InsertStarChanges(ctx context.Context, q postgres.Querier, changes []domain.StarChange) ([]domain.StarChange, error) {
	const query = `
		INSERT INTO star_changes (volunteer_id, on_day, level, was, minutes, needed, rule_id, made_at)
		SELECT volunteer_id, on_day, level, was, minutes, needed, rule_id, made_at
		FROM unnest($1::uuid[], $2::date[], $3::int[], $4::int[], $5::int[], $6::int[], $7::uuid[], $8::timestamptz[])
			AS c (volunteer_id, on_day, level, was, minutes, needed, rule_id, made_at)
		ON CONFLICT DO NOTHING
		RETURNING volunteer_id`

	type change = domain.StarChange
	var inserted []string
	if err := sqlx.SelectContext(ctx, q, &inserted, query,
		postgres.Column(changes, func(c change) string { return c.VolunteerID }),
		postgres.Column(changes, func(c change) string { return c.Since.String() }),
		postgres.Column(changes, func(c change) int64 { return int64(c.Level) }),
		postgres.Column(changes, func(c change) int64 { return int64(c.Was) }),
		postgres.Column(changes, func(c change) int64 { return int64(c.Minutes) }),
		postgres.Column(changes, func(c change) int64 { return int64(c.Needed) }),
		postgres.Column(changes, func(c change) string { return c.RuleID }),
		postgres.Column(changes, func(c change) time.Time { return c.MadeAt })); err != nil {
		return nil, fmt.Errorf("insert %d star changes: %w", len(changes), err)
	}
	isNew := make(map[string]bool, len(inserted))
	for _, id := range inserted {
		isNew[id] = true
	}
	var fresh []domain.StarChange
	for _, c := range changes {
		if isNew[c.VolunteerID] {
			fresh = append(fresh, c)
		}
	}
	return fresh, nil
}

const lastStar = `
	SELECT DISTINCT ON (volunteer_id) volunteer_id, level, on_day - DATE '1970-01-01' AS on_day, needed
	FROM star_changes`

// EachStar calls f for everybody's last change.
func EachStar(ctx context.Context, q postgres.Querier, f func(domain.Star)) error {
	return eachStar(ctx, q, f, lastStar+` ORDER BY volunteer_id, seq DESC`)
}

// FindStar returns how somebody stands, under whichever record it is written.
func FindStar(ctx context.Context, q postgres.Querier, records []string) (star domain.Star, err error) {
	const query = lastStar + ` WHERE volunteer_id = ANY ($1::uuid[]) ORDER BY volunteer_id, seq DESC`

	err = eachStar(ctx, q, func(s domain.Star) {
		if s.Level >= star.Level {
			star = s
		}
	}, query, postgres.Array(records))
	return star, err
}

func eachStar(ctx context.Context, q postgres.Querier, f func(domain.Star), query string, args ...any) error {
	err := each(ctx, q, query, args, func(rows *sqlx.Rows) error {
		var s domain.Star
		if err := rows.Scan(&s.VolunteerID, &s.Level, &s.Since, &s.Needed); err != nil {
			return err
		}
		f(s)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read stars: %w", err)
	}
	return nil
}

type starRuleRow struct {
	ID          string         `db:"id"`
	ValidFrom   domain.Day     `db:"valid_from"`
	Minutes     []byte         `db:"minutes"`
	CleanMonths int            `db:"clean_months"`
	Reason      string         `db:"reason"`
	SetBy       sql.NullString `db:"set_by"`
	SetAt       time.Time      `db:"set_at"`
}

// ListStarRules returns all rules that were ever set, the last day first.
func ListStarRules(ctx context.Context, q postgres.Querier) ([]domain.StarRule, error) {
	const query = `
		SELECT id, valid_from - DATE '1970-01-01' AS valid_from, array_to_json(minutes) AS minutes, clean_months, reason, set_by, set_at
		FROM star_rules
		ORDER BY star_rules.valid_from DESC, set_at DESC, id DESC`

	var rows []starRuleRow
	if err := sqlx.SelectContext(ctx, q, &rows, query); err != nil {
		return nil, fmt.Errorf("list star rules: %w", err)
	}
	rules := make([]domain.StarRule, len(rows))
	for i, r := range rows {
		rules[i] = domain.StarRule{ID: r.ID, ValidFrom: r.ValidFrom, CleanMonths: r.CleanMonths, Reason: r.Reason, SetBy: r.SetBy.String, SetAt: r.SetAt.UTC()}
		if err := json.Unmarshal(r.Minutes, &rules[i].Minutes); err != nil {
			return nil, fmt.Errorf("read the levels of star rule %s: %w", r.ID, err)
		}
	}
	return rules, nil
}

// InsertStarRule adds a rule.
func InsertStarRule(ctx context.Context, q postgres.Querier, r domain.StarRule) error {
	const query = `
		INSERT INTO star_rules (id, valid_from, minutes, clean_months, reason, set_by, set_at)
		VALUES ($1, $2, $3::int[], $4, $5, $6, $7)`

	minutes := postgres.Column(r.Minutes, func(m int) int64 { return int64(m) })
	if _, err := q.ExecContext(ctx, query, r.ID, r.ValidFrom.String(), minutes, r.CleanMonths, r.Reason, r.SetBy, r.SetAt); err != nil {
		return fmt.Errorf("insert star rule: %w", err)
	}
	return nil
}

// ListStarChanges returns how somebody's star changed, under all their records,
// the oldest change first.
func ListStarChanges(ctx context.Context, q postgres.Querier, records []string) (changes []domain.StarChange, err error) {
	const query = `
		SELECT volunteer_id, on_day - DATE '1970-01-01', level, was, minutes, needed
		FROM star_changes
		WHERE volunteer_id = ANY ($1::uuid[])
		ORDER BY seq`

	err = each(ctx, q, query, []any{postgres.Array(records)}, func(rows *sqlx.Rows) error {
		var c domain.StarChange
		err := rows.Scan(&c.VolunteerID, &c.Since, &c.Level, &c.Was, &c.Minutes, &c.Needed)
		changes = append(changes, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list star changes: %w", err)
	}
	return changes, nil
}
