package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LockLine returns who waits for a seat in the shift, in their order, and holds
// their rows, in the order of their ids as LockSignUps does.
func LockLine(ctx context.Context, q postgres.Querier, shiftID string) ([]domain.SignUp, error) {
	const query = `
		SELECT ` + signUpColumns + `
		FROM sign_ups
		WHERE shift_id = $1 AND state IN ('waitlisted', 'offered')
		ORDER BY id
		FOR UPDATE`

	var rows []signUpRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, shiftID); err != nil {
		return nil, fmt.Errorf("lock the line of shift %s: %w", shiftID, err)
	}
	line := make([]domain.SignUp, len(rows))
	for i, r := range rows {
		line[i] = r.signUp()
	}
	slices.SortFunc(line, func(x, y domain.SignUp) int {
		return cmp.Or(x.SignedUpAt.Compare(y.SignedUpAt), cmp.Compare(x.ID, y.ID))
	})
	return line, nil
}

// HasOffers reports whether anybody has an offer of a seat in the shift.
func HasOffers(ctx context.Context, q postgres.Querier, shiftID string) (bool, error) {
	const query = `SELECT EXISTS (SELECT FROM sign_ups WHERE shift_id = $1 AND state = 'offered')`

	var has bool
	if err := sqlx.GetContext(ctx, q, &has, query, shiftID); err != nil {
		return false, fmt.Errorf("look for offers of shift %s: %w", shiftID, err)
	}
	return has, nil
}

// free lists shifts where somebody waits for a seat that is free and could take
// it; $1 is now.
const free = `
	SELECT u.shift_id
	FROM shifts s
	JOIN sign_ups u ON u.shift_id = s.id AND u.state = 'waitlisted'
	WHERE s.waiting > 0 AND s.state = 'open' AND s.taken < s.capacity AND s.starts_at > $1 AND NOT EXISTS (
		SELECT FROM sign_ups m
		JOIN shifts o ON o.id = m.shift_id
		WHERE m.volunteer_id = u.volunteer_id AND m.state = 'confirmed' AND o.state <> 'cancelled' AND s.open_from IS NULL AND o.open_from IS NULL AND o.starts_at < s.ends_at AND o.ends_at > s.starts_at)`

// LockDueLines returns up to limit shifts whose line has to move by now, because
// an offer has ended or a seat is free, and holds their rows. It passes over
// what another transaction holds: that one moves the line itself.
func LockDueLines(ctx context.Context, q postgres.Querier, now time.Time, limit int) ([]domain.Shift, error) {
	const query = `
		SELECT ` + shiftColumns + `
		FROM shifts
		WHERE state = 'open' AND id IN (SELECT shift_id FROM sign_ups WHERE state = 'offered' AND offer_ends_at <= $1 UNION ` + free + `)
		ORDER BY id
		LIMIT $2
		FOR UPDATE SKIP LOCKED`

	return manyShifts(ctx, q, query, now, limit)
}

// ListBusy returns, of these people, those who hold a seat in another shift at
// the same time as this one.
func ListBusy(ctx context.Context, q postgres.Querier, volunteerIDs []string, s domain.Shift) (map[string]bool, error) {
	const query = `
		SELECT DISTINCT u.volunteer_id
		FROM sign_ups u
		JOIN shifts o ON o.id = u.shift_id
		WHERE u.volunteer_id = ANY ($1::uuid[]) AND u.state = 'confirmed' AND o.id <> $2 AND o.state <> 'cancelled' AND o.open_from IS NULL AND o.starts_at < $4 AND o.ends_at > $3`

	if s.Flexible() { // it can be done at another time
		return nil, nil
	}
	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, postgres.Array(volunteerIDs), s.ID, s.StartsAt, s.EndsAt); err != nil {
		return nil, fmt.Errorf("list who is busy: %w", err)
	}
	busy := make(map[string]bool, len(ids))
	for _, id := range ids {
		busy[id] = true
	}
	return busy, nil
}

// CountAhead returns the place in the line, beginning with 1, of each of these
// sign-ups that waits.
func CountAhead(ctx context.Context, q postgres.Querier, signUpIDs []string) (map[string]int, error) {
	const query = `
		SELECT u.id, count(*) AS place
		FROM sign_ups u
		JOIN sign_ups o ON o.shift_id = u.shift_id AND o.state IN ('waitlisted', 'offered') AND (o.signed_up_at, o.id) <= (u.signed_up_at, u.id)
		WHERE u.id = ANY ($1::uuid[]) AND u.state IN ('waitlisted', 'offered')
		GROUP BY u.id`

	var rows []struct {
		ID    string `db:"id"`
		Place int    `db:"place"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(signUpIDs)); err != nil {
		return nil, fmt.Errorf("count the places in lines: %w", err)
	}
	places := make(map[string]int, len(rows))
	for _, r := range rows {
		places[r.ID] = r.Place
	}
	return places, nil
}
