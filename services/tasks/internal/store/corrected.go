package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UpsertCorrected keeps the newest that hours told of each attendance.
func UpsertCorrected(ctx context.Context, q postgres.Querier, all []domain.Corrected) error {
	const query = `
		INSERT INTO corrected_attendances (attendance_id, minutes, corrected_at)
		SELECT DISTINCT ON (attendance_id) attendance_id, minutes, corrected_at
		FROM unnest($1::uuid[], $2::int[], $3::timestamptz[]) AS c (attendance_id, minutes, corrected_at)
		ORDER BY attendance_id, corrected_at DESC
		ON CONFLICT ON CONSTRAINT corrected_attendances_pkey DO UPDATE
		SET minutes = excluded.minutes, corrected_at = excluded.corrected_at
		WHERE corrected_attendances.corrected_at < excluded.corrected_at`

	if _, err := q.ExecContext(ctx, query,
		postgres.Column(all, func(c domain.Corrected) string { return c.AttendanceID }),
		postgres.Column(all, func(c domain.Corrected) int64 { return int64(c.Minutes) }),
		postgres.Column(all, func(c domain.Corrected) time.Time { return c.At })); err != nil {
		return fmt.Errorf("keep %d corrected attendances: %w", len(all), err)
	}
	return nil
}

// ListCorrected returns those of a shift, by attendance.
func ListCorrected(ctx context.Context, q postgres.Querier, shiftID string) (map[string]domain.Corrected, error) {
	const query = `
		SELECT c.attendance_id, c.minutes, c.corrected_at
		FROM corrected_attendances c
		JOIN attendances a ON a.id = c.attendance_id
		WHERE a.shift_id = $1`

	var rows []struct {
		AttendanceID string    `db:"attendance_id"`
		Minutes      int       `db:"minutes"`
		At           time.Time `db:"corrected_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, shiftID); err != nil {
		return nil, fmt.Errorf("list corrected attendances of shift %s: %w", shiftID, err)
	}
	corrected := make(map[string]domain.Corrected, len(rows))
	for _, r := range rows {
		corrected[r.AttendanceID] = domain.Corrected{AttendanceID: r.AttendanceID, Minutes: r.Minutes, At: r.At.UTC()}
	}
	return corrected, nil
}
