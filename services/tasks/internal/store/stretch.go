package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListDone returns what a person did, wherever and whoever saw it, on the days
// of the city from one instant to another, and was neither taken back nor rejected.
func ListDone(ctx context.Context, q postgres.Querier, person domain.Person, from, to time.Time) ([]domain.Done, error) {
	const query = `
		SELECT a.checked_in_at, COALESCE(a.checked_out_at, s.ends_at) AS ended_at, t.programme_id
		FROM attendances a
		JOIN shifts s ON s.id = a.shift_id
		JOIN tasks t ON t.id = s.task_id
		WHERE a.volunteer_id = ANY ($1::uuid[]) AND a.state NOT IN ('undone', 'rejected')
			AND a.checked_in_at < date_trunc('day', $3::timestamptz, 'Asia/Shanghai') + interval '1 day'
			AND COALESCE(a.checked_out_at, s.ends_at) > date_trunc('day', $2::timestamptz, 'Asia/Shanghai')
		ORDER BY a.checked_in_at, a.id`

	var rows []struct {
		From        time.Time `db:"checked_in_at"`
		To          time.Time `db:"ended_at"`
		ProgrammeID string    `db:"programme_id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(person.IDs()), from, to); err != nil {
		return nil, fmt.Errorf("list what somebody did that day: %w", err)
	}
	done := make([]domain.Done, len(rows))
	for i, r := range rows {
		done[i] = domain.Done{From: r.From.UTC(), To: r.To.UTC(), ProgrammeID: r.ProgrammeID}
	}
	return done, nil
}

// CountStretches returns the number of the last stretch of somebody at a shift.
func CountStretches(ctx context.Context, q postgres.Querier, seat Seat) (n int, err error) {
	const query = `
		SELECT COALESCE(max(stretch), 0)
		FROM attendances
		WHERE shift_id = $1 AND volunteer_id = $2`

	if err := sqlx.GetContext(ctx, q, &n, query, seat.ShiftID, seat.VolunteerID); err != nil {
		return 0, fmt.Errorf("count stretches at shift %s: %w", seat.ShiftID, err)
	}
	return n, nil
}

// ListStretches returns what a person did at a shift without fixed hours, latest first.
func ListStretches(ctx context.Context, q postgres.Querier, shiftID string, person domain.Person) ([]domain.Attendance, error) {
	const query = `
		SELECT ` + attendanceColumns + `
		FROM attendances
		WHERE shift_id = $1 AND volunteer_id = ANY ($2::uuid[]) AND stretch > 0
		ORDER BY checked_in_at DESC, id`

	return manyAttendances(ctx, q, query, shiftID, postgres.Array(person.IDs()))
}
