package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UpsertHubTotal keeps what a city told, unless there is something newer.
func UpsertHubTotal(ctx context.Context, q postgres.Querier, f domain.HubFigures) error {
	const query = `
		INSERT INTO hub_totals (city, period, region, name, whole, hidden, minutes, services, people, teams, counted_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT ON CONSTRAINT hub_totals_pkey DO UPDATE
		SET name = excluded.name, whole = excluded.whole, hidden = excluded.hidden, minutes = excluded.minutes, services = excluded.services,
			people = excluded.people, teams = excluded.teams, counted_at = excluded.counted_at, version = excluded.version
		WHERE hub_totals.version < excluded.version`
	if _, err := q.ExecContext(ctx, query, f.City, f.Period, f.Region, f.Name, f.CellFigures.City, f.Hidden,
		f.Minutes, f.Services, f.People, f.Teams, f.CountedAt, f.Version); err != nil {
		return fmt.Errorf("keep %s of %s: %w", f.Period, f.Region, err)
	}
	return nil
}

// ListHubTotals returns what all cities told of a period.
func ListHubTotals(ctx context.Context, q postgres.Querier, period string) (figures []domain.HubFigures, err error) {
	const query = `
		SELECT city, period, region, name, whole, hidden, minutes, services, people, teams, counted_at, version
		FROM hub_totals
		WHERE period = $1`
	if err := each(ctx, q, query, []any{period}, func(rows *sqlx.Rows) error {
		var f domain.HubFigures
		err := rows.Scan(&f.City, &f.Period, &f.Region, &f.Name, &f.CellFigures.City, &f.Hidden, &f.Minutes, &f.Services, &f.People, &f.Teams, &f.CountedAt, &f.Version)
		figures = append(figures, f)
		return err
	}); err != nil {
		return nil, fmt.Errorf("list figures of %s: %w", period, err)
	}
	return figures, nil
}

// ListHeard returns by city as of when the newest of its figures is.
func ListHeard(ctx context.Context, q postgres.Querier) (map[string]time.Time, error) {
	const query = `SELECT city, max(counted_at) FROM hub_totals GROUP BY city`
	heard := map[string]time.Time{}
	if err := each(ctx, q, query, nil, func(rows *sqlx.Rows) error {
		var city string
		var at time.Time
		err := rows.Scan(&city, &at)
		heard[city] = at
		return err
	}); err != nil {
		return nil, fmt.Errorf("list when cities were heard: %w", err)
	}
	return heard, nil
}

// FindHubSelf returns the name of this database.
func FindHubSelf(ctx context.Context, q postgres.Querier) (id string, err error) {
	if err := sqlx.GetContext(ctx, q, &id, `SELECT id FROM hub_self`); err != nil {
		return "", fmt.Errorf("find the name of the database: %w", err)
	}
	return id, nil
}
