package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListHolidays returns the days from one on, in their order.
func ListHolidays(ctx context.Context, q postgres.Querier, since string) ([]domain.Holiday, error) {
	const query = `
		SELECT to_char(day, 'YYYY-MM-DD') AS day, name, works
		FROM holidays h
		WHERE h.day >= $1::date
		ORDER BY h.day
		LIMIT 300`

	days := []domain.Holiday{}
	if err := sqlx.SelectContext(ctx, q, &days, query, since); err != nil {
		return nil, fmt.Errorf("list holidays: %w", err)
	}
	return days, nil
}

// ReplaceHolidays puts a year's list in the place of the one before.
func ReplaceHolidays(ctx context.Context, q postgres.Querier, year int, days []domain.Holiday, by string, now time.Time) error {
	const (
		remove = `DELETE FROM holidays WHERE day >= make_date($1, 1, 1) AND day <= make_date($1, 12, 31)`
		insert = `
			INSERT INTO holidays (day, name, works, set_by, set_at)
			SELECT day, name, works, $4, $5
			FROM unnest($1::date[], $2::text[], $3::boolean[]) AS h (day, name, works)`
	)
	if _, err := q.ExecContext(ctx, remove, year); err != nil {
		return fmt.Errorf("remove the holidays of %d: %w", year, err)
	}
	if _, err := q.ExecContext(ctx, insert,
		postgres.Column(days, func(h domain.Holiday) string { return h.Day }),
		postgres.Column(days, func(h domain.Holiday) string { return h.Name }),
		postgres.Column(days, func(h domain.Holiday) bool { return h.Works }), by, now); err != nil {
		return fmt.Errorf("insert the holidays of %d: %w", year, err)
	}
	return nil
}
