package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Counts says how many of a shift are where.
type Counts struct {
	SignedUp  int `db:"signed_up"`
	Present   int `db:"present"`
	Left      int `db:"gone"`
	Confirmed int `db:"confirmed"`
}

// Missing is how many signed up and were not seen.
func (c Counts) Missing() int { return max(0, c.SignedUp-c.Present-c.Left-c.Confirmed) }

// CountShifts counts each of the shifts; one with nobody has zeros.
func CountShifts(ctx context.Context, q postgres.Querier, shiftIDs []string) (map[string]Counts, error) {
	const query = `
		SELECT u.shift_id,
			count(*) AS signed_up,
			count(*) FILTER (WHERE a.state = 'open') AS present,
			count(*) FILTER (WHERE a.state = 'closed') AS gone,
			count(*) FILTER (WHERE a.state IN ('confirmed', 'rejected')) AS confirmed
		FROM sign_ups u
		LEFT JOIN attendances a ON a.shift_id = u.shift_id AND a.volunteer_id = u.volunteer_id
		WHERE u.shift_id = ANY ($1::uuid[]) AND u.state = 'confirmed'
		GROUP BY u.shift_id`

	var rows []struct {
		ShiftID string `db:"shift_id"`
		Counts
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(shiftIDs)); err != nil {
		return nil, fmt.Errorf("count shifts: %w", err)
	}
	counts := make(map[string]Counts, len(shiftIDs))
	for _, r := range rows {
		counts[r.ShiftID] = r.Counts
	}
	return counts, nil
}

// ListSeats returns who holds a seat in the shift, in the order of signing up.
func ListSeats(ctx context.Context, q postgres.Querier, shiftID string) ([]domain.SignUp, error) {
	const query = `
		SELECT ` + signUpColumns + `
		FROM sign_ups
		WHERE shift_id = $1 AND state = 'confirmed'
		ORDER BY signed_up_at, id`

	var rows []signUpRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, shiftID); err != nil {
		return nil, fmt.Errorf("list seats of shift %s: %w", shiftID, err)
	}
	seats := make([]domain.SignUp, len(rows))
	for i, r := range rows {
		seats[i] = r.signUp()
	}
	return seats, nil
}
