package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// CountShifts counts each of the shifts; one with nobody has zeros.
func CountShifts(ctx context.Context, q postgres.Querier, shiftIDs []string) (map[string]domain.Counts, error) {
	const query = `
		SELECT x.shift_id,
			count(*) FILTER (WHERE x.seat) AS signed_up,
			count(*) FILTER (WHERE NOT x.seat) AS walk_ins,
			count(*) FILTER (WHERE x.state = 'open') AS present,
			count(*) FILTER (WHERE x.state IN ('closed', 'declared')) AS gone,
			count(*) FILTER (WHERE x.state = 'unconfirmed') AS forgotten,
			count(*) FILTER (WHERE x.state IS NULL) AS missing,
			count(*) FILTER (WHERE x.state IN ('confirmed', 'rejected')) AS confirmed
		FROM (
			SELECT u.shift_id, true AS seat, a.state
			FROM sign_ups u
			LEFT JOIN attendances a ON a.shift_id = u.shift_id AND a.volunteer_id = u.volunteer_id AND a.state <> 'undone' AND a.stretch <= 1 -- people are counted, not stretches
			WHERE u.shift_id = ANY ($1::uuid[]) AND u.state IN ('confirmed', 'no_show')
			UNION ALL
			SELECT a.shift_id, false, a.state
			FROM attendances a
			LEFT JOIN sign_ups u ON u.shift_id = a.shift_id AND u.volunteer_id = a.volunteer_id AND u.state IN ('confirmed', 'no_show')
			WHERE a.shift_id = ANY ($1::uuid[]) AND a.state <> 'undone' AND a.stretch <= 1 AND u.id IS NULL
		) x
		GROUP BY x.shift_id`

	var rows []struct {
		ShiftID string `db:"shift_id"`
		domain.Counts
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(shiftIDs)); err != nil {
		return nil, fmt.Errorf("count shifts: %w", err)
	}
	counts := make(map[string]domain.Counts, len(shiftIDs))
	for _, r := range rows {
		counts[r.ShiftID] = r.Counts
	}
	return counts, nil
}

// CountPresent returns how many are checked in and not out at each of the shifts.
func CountPresent(ctx context.Context, q postgres.Querier, shiftIDs []string) (map[string]int, error) {
	const query = `
		SELECT shift_id, count(*) AS present
		FROM attendances
		WHERE shift_id = ANY ($1::uuid[]) AND state = 'open'
		GROUP BY shift_id`

	var rows []struct {
		ShiftID string `db:"shift_id"`
		Present int    `db:"present"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(shiftIDs)); err != nil {
		return nil, fmt.Errorf("count who is present: %w", err)
	}
	present := make(map[string]int, len(rows))
	for _, r := range rows {
		present[r.ShiftID] = r.Present
	}
	return present, nil
}

// CountAttended returns how many have checked in at each of the shifts, whatever was decided since.
func CountAttended(ctx context.Context, q postgres.Querier, shiftIDs []string) (map[string]int, error) {
	const query = `
		SELECT shift_id, count(*) AS n
		FROM attendances
		WHERE shift_id = ANY ($1::uuid[]) AND state <> 'undone'
		GROUP BY shift_id`

	var rows []struct {
		ShiftID string `db:"shift_id"`
		N       int    `db:"n"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(shiftIDs)); err != nil {
		return nil, fmt.Errorf("count who checked in: %w", err)
	}
	attended := make(map[string]int, len(rows))
	for _, r := range rows {
		attended[r.ShiftID] = r.N
	}
	return attended, nil
}

// LockComing returns who means to come to each of the shifts, seat or waiting
// list, and holds their sign-ups: a check-in of theirs that is under way has
// ended, and the next one sees what is written before these locks go.
func LockComing(ctx context.Context, q postgres.Querier, shiftIDs []string) (map[string][]string, error) {
	return manyComing(ctx, q, comingQuery+` FOR UPDATE`, shiftIDs)
}

const comingQuery = `
	SELECT shift_id, volunteer_id
	FROM sign_ups
	WHERE shift_id = ANY ($1::uuid[]) AND state IN ('applied', 'confirmed', 'waitlisted', 'offered')
	ORDER BY id`

func manyComing(ctx context.Context, q postgres.Querier, query string, shiftIDs []string) (map[string][]string, error) {
	var rows []struct {
		ShiftID     string `db:"shift_id"`
		VolunteerID string `db:"volunteer_id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(shiftIDs)); err != nil {
		return nil, fmt.Errorf("list who means to come: %w", err)
	}
	coming := make(map[string][]string, len(shiftIDs))
	for _, r := range rows {
		coming[r.ShiftID] = append(coming[r.ShiftID], r.VolunteerID)
	}
	return coming, nil
}

// ListSeats returns who holds a seat in the shift, in the order of signing up.
func ListSeats(ctx context.Context, q postgres.Querier, shiftID string) ([]domain.SignUp, error) {
	const query = `
		SELECT ` + signUpColumns + `
		FROM sign_ups
		WHERE shift_id = $1 AND state IN ('confirmed', 'no_show')
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

// LockShiftsToTurn returns shifts that are over and of which somebody's
// attendance waits for whose turn it is, and holds their rows; those that
// another replica holds are passed over.
func LockShiftsToTurn(ctx context.Context, q postgres.Querier, now time.Time, limit int) ([]string, error) {
	const query = `
		SELECT s.id
		FROM shifts s
		WHERE s.ends_at <= $1 AND s.id IN (
			SELECT a.shift_id FROM attendances a WHERE a.turn = '' AND a.state IN ('open', 'unconfirmed', 'declared', 'closed')
			UNION
			SELECT a.shift_id FROM attendances a WHERE a.turn_until <= $1 AND a.state IN ('open', 'unconfirmed', 'declared', 'closed'))
		ORDER BY s.id
		LIMIT $2
		FOR NO KEY UPDATE OF s SKIP LOCKED`

	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, now, limit); err != nil {
		return nil, fmt.Errorf("lock shifts whose turn it is: %w", err)
	}
	return ids, nil
}

// OfficeShift is a shift of which something waits for the federation.
type OfficeShift struct {
	ShiftID  string    `db:"shift_id"`
	Waiting  int       `db:"waiting"`
	Township bool      `db:"township"` // nobody else was there: for the township and above
	EndsAt   time.Time `db:"ends_at"`
}

// ListOfficeShifts returns the shifts below these paths, and below the region
// with this code if one is given, that wait for the federation, longest first.
func ListOfficeShifts(ctx context.Context, q postgres.Querier, offices []string, region string, limit int) ([]OfficeShift, error) {
	const query = `
		SELECT a.shift_id, count(*) AS waiting, bool_or(a.turn = 'township') AS township, s.ends_at
		FROM attendances a
		JOIN shifts s ON s.id = a.shift_id
		JOIN tasks t ON t.id = s.task_id
		JOIN known_teams k ON k.team_id = t.team_id
		WHERE a.turn IN ('office', 'township') AND a.state IN ('open', 'unconfirmed', 'declared', 'closed') AND k.region_path LIKE ANY ($1::text[])
			AND ($2 = '' OR '/' || k.region_path LIKE '%/' || $2 || '/%')
		GROUP BY a.shift_id, s.ends_at
		ORDER BY s.ends_at, a.shift_id
		LIMIT $3`

	var rows []OfficeShift
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Column(offices, func(path string) string { return path + "%" }), region, limit); err != nil {
		return nil, fmt.Errorf("list shifts that wait for the office: %w", err)
	}
	return rows, nil
}
