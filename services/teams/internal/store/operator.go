package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// CountOpenMemberships returns of how many brigades somebody is a member, or asks to be.
func CountOpenMemberships(ctx context.Context, q postgres.Querier, volunteerID string) (n int, err error) {
	const query = `SELECT count(*) FROM memberships WHERE volunteer_id = $1 AND state <> 'ended'`

	if err := sqlx.GetContext(ctx, q, &n, query, volunteerID); err != nil {
		return 0, fmt.Errorf("count memberships of %s: %w", volunteerID, err)
	}
	return n, nil
}

// CountCityAdministrators returns how many people who are there administer the city now.
func CountCityAdministrators(ctx context.Context, q postgres.Querier, now time.Time) (n int, err error) {
	const query = `
		SELECT count(DISTINCT g.volunteer_id)
		FROM staff_grants g
		JOIN regions r ON r.code = g.region_code AND r.parent_code IS NULL
		JOIN volunteers v ON v.id = g.volunteer_id AND v.state = 'active'
		WHERE g.role = 'administrator' AND g.ended_at IS NULL AND g.from_at <= $1 AND COALESCE(g.until_at > $1, true)`

	if err := sqlx.GetContext(ctx, q, &n, query, now); err != nil {
		return 0, fmt.Errorf("count administrators of the city: %w", err)
	}
	return n, nil
}

// FindCity returns the topmost division, or domain.ErrNoRegion.
func FindCity(ctx context.Context, q postgres.Querier) (domain.Region, error) {
	const query = `SELECT code FROM regions WHERE parent_code IS NULL ORDER BY code LIMIT 1`

	var code string
	err := sqlx.GetContext(ctx, q, &code, query)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Region{}, domain.ErrNoRegion
	}
	if err != nil {
		return domain.Region{}, fmt.Errorf("find the city: %w", err)
	}
	return FindRegion(ctx, q, code)
}
