package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LockOpenMemberships returns what somebody is in their teams, has asked for or
// is asked for, and holds it.
func LockOpenMemberships(ctx context.Context, q postgres.Querier, volunteerID string) ([]domain.Membership, error) {
	const query = `
		SELECT ` + membershipColumns + `
		FROM memberships m
		WHERE m.volunteer_id = $1 AND m.state IN ('applied', 'invited', 'active')
		ORDER BY m.id
		FOR NO KEY UPDATE`

	var rows []membershipRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID); err != nil {
		return nil, fmt.Errorf("lock memberships of %s: %w", volunteerID, err)
	}
	memberships := make([]domain.Membership, len(rows))
	for i, r := range rows {
		memberships[i] = r.membership()
	}
	return memberships, nil
}
