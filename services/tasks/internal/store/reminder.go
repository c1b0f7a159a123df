package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LockUnreminded returns up to limit sign-ups whose people have a seat in a
// shift to come and were not reminded of its start: of one before day, or, once
// more, before soon. It holds their rows, and passes over what others hold.
func LockUnreminded(ctx context.Context, q postgres.Querier, now, day, soon time.Time, limit int) ([]domain.SignUp, error) {
	const query = `
		SELECT u.id, u.shift_id, u.volunteer_id, u.state, u.signed_up_at, u.withdrawn_at, u.reason, u.offered_at, u.offer_ends_at, u.held, u.entered_by,
			u.reminded_day, u.reminded_soon, u.coming, u.late, u.version
		FROM shifts s
		JOIN sign_ups u ON u.shift_id = s.id AND u.state = 'confirmed'
		WHERE s.state = 'open' AND s.open_from IS NULL AND s.starts_at > $1 AND s.starts_at < $2
			AND (u.reminded_day IS DISTINCT FROM s.starts_at OR s.starts_at < $3 AND u.reminded_soon IS DISTINCT FROM s.starts_at)
		ORDER BY u.id
		LIMIT $4
		FOR UPDATE OF u SKIP LOCKED`

	var rows []signUpRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, now, day, soon, limit); err != nil {
		return nil, fmt.Errorf("list who is to be reminded: %w", err)
	}
	return signUpsOf(rows), nil
}

// MarkNoShows notes of everybody who had a seat in a shift and was not seen
// that they did not come, and returns them.
func MarkNoShows(ctx context.Context, q postgres.Querier, shiftID string) ([]domain.SignUp, error) {
	const query = `
		UPDATE sign_ups u
		SET state = 'no_show', version = version + 1
		WHERE shift_id = $1 AND state = 'confirmed'
			AND NOT EXISTS (SELECT FROM attendances a WHERE a.shift_id = u.shift_id AND a.volunteer_id = u.volunteer_id AND a.state <> 'undone')
		RETURNING ` + signUpColumns

	var rows []signUpRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, shiftID); err != nil {
		return nil, fmt.Errorf("mark who did not come to shift %s: %w", shiftID, err)
	}
	return signUpsOf(rows), nil
}

// ListLateWithdrawals returns who withdrew from a shift within a day of its start.
func ListLateWithdrawals(ctx context.Context, q postgres.Querier, shiftID string) ([]domain.SignUp, error) {
	const query = `
		SELECT ` + signUpColumns + `
		FROM sign_ups
		WHERE shift_id = $1 AND state = 'withdrawn' AND late
		ORDER BY withdrawn_at, id`

	var rows []signUpRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, shiftID); err != nil {
		return nil, fmt.Errorf("list late withdrawals from shift %s: %w", shiftID, err)
	}
	return signUpsOf(rows), nil
}

func signUpsOf(rows []signUpRow) []domain.SignUp {
	signUps := make([]domain.SignUp, len(rows))
	for i, r := range rows {
		signUps[i] = r.signUp()
	}
	return signUps
}
