package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Upheld is a thing to verify that was upheld, for one of its attendances.
type Upheld struct {
	AnomalyID    string `db:"anomaly_id"`
	AttendanceID string `db:"attendance_id"`
	Rule         string `db:"rule"`
	DecidedBy    string `db:"decided_by"`
}

// InsertUpheld keeps what was upheld; what is kept already stays as it is.
func InsertUpheld(ctx context.Context, q postgres.Querier, all []Upheld) error {
	const query = `
		INSERT INTO upheld_anomalies (anomaly_id, attendance_id, rule, decided_by, asked)
		SELECT anomaly_id, attendance_id, rule, decided_by, false
		FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[]) AS u (anomaly_id, attendance_id, rule, decided_by)
		ORDER BY attendance_id, anomaly_id
		ON CONFLICT DO NOTHING`

	if _, err := q.ExecContext(ctx, query,
		postgres.Column(all, func(u Upheld) string { return u.AnomalyID }),
		postgres.Column(all, func(u Upheld) string { return u.AttendanceID }),
		postgres.Column(all, func(u Upheld) string { return u.Rule }),
		postgres.Column(all, func(u Upheld) string { return u.DecidedBy })); err != nil {
		return fmt.Errorf("insert %d upheld anomalies: %w", len(all), err)
	}
	return nil
}

// LockUpheld returns what was upheld of these attendances and has not asked about
// a line yet, and holds its rows.
func LockUpheld(ctx context.Context, q postgres.Querier, attendanceIDs []string) ([]Upheld, error) {
	const query = `
		SELECT anomaly_id, attendance_id, rule, decided_by
		FROM upheld_anomalies
		WHERE attendance_id = ANY ($1::uuid[]) AND NOT asked
		ORDER BY attendance_id, anomaly_id
		FOR UPDATE`

	var found []Upheld
	if err := sqlx.SelectContext(ctx, q, &found, query, postgres.Array(attendanceIDs)); err != nil {
		return nil, fmt.Errorf("list upheld anomalies: %w", err)
	}
	return found, nil
}

// UpdateUpheld notes that it has asked.
func UpdateUpheld(ctx context.Context, q postgres.Querier, u Upheld) error {
	const query = `
		UPDATE upheld_anomalies
		SET asked = true
		WHERE attendance_id = $1 AND anomaly_id = $2`

	if _, err := q.ExecContext(ctx, query, u.AttendanceID, u.AnomalyID); err != nil {
		return fmt.Errorf("update upheld anomaly %s: %w", u.AnomalyID, err)
	}
	return nil
}
