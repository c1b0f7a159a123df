package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type traceRow struct {
	AttendanceID string              `db:"attendance_id"`
	Person       string              `db:"person"`
	VolunteerID  string              `db:"volunteer_id"`
	ShiftID      string              `db:"shift_id"`
	TeamID       string              `db:"team_id"`
	Starts       time.Time           `db:"starts_at"`
	Ends         time.Time           `db:"ends_at"`
	In           time.Time           `db:"checked_in_at"`
	Out          sql.Null[time.Time] `db:"checked_out_at"`
	InMethod     string              `db:"in_method"`
	OutMethod    string              `db:"out_method"`
	Latitude     float64             `db:"latitude"`
	Longitude    float64             `db:"longitude"`
	Programme    string              `db:"programme_id"`
	DayLimit     int                 `db:"day_cap"`
}

// ListTraces returns, of everybody who was at a shift that ended since, what
// they did at shifts that ended since before: seen on the spot or not.
func ListTraces(ctx context.Context, q postgres.Querier, since, before time.Time) ([]domain.Trace, error) {
	const query = `
		SELECT a.id AS attendance_id, COALESCE(g.merged_into, a.volunteer_id) AS person, a.volunteer_id, a.shift_id, t.team_id,
			CASE WHEN s.open_from IS NULL THEN s.starts_at ELSE a.checked_in_at END AS starts_at,
			CASE WHEN s.open_from IS NULL THEN s.ends_at ELSE COALESCE(a.checked_out_at, s.ends_at) END AS ends_at, -- a stretch is a shift by itself
			a.checked_in_at, a.checked_out_at, a.in_method, a.out_method,
			CASE WHEN s.open_from IS NULL THEN t.latitude ELSE 0 END AS latitude, CASE WHEN s.open_from IS NULL THEN t.longitude ELSE 0 END AS longitude, -- where it was done is not known
			t.programme_id, COALESCE((
				SELECT p.day_cap
				FROM programme_settings p
				WHERE p.programme_id = t.programme_id AND p.valid_from <= (s.starts_at AT TIME ZONE 'Asia/Shanghai')::date
				ORDER BY p.valid_from DESC, p.set_at DESC, p.id DESC
				LIMIT 1), $4) AS day_cap
		FROM shifts s
		JOIN tasks t ON t.id = s.task_id
		JOIN attendances a ON a.shift_id = s.id
		LEFT JOIN known_merges g ON g.volunteer_id = a.volunteer_id
		WHERE a.state NOT IN ('undone', 'rejected') AND s.ends_at <= $3 AND s.starts_at > $2
			AND (s.ends_at > $1 OR a.in_method IN ('', 'own', 'paper') AND a.out_method IN ('', 'own', 'paper'))`

	var rows []traceRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, since, since.Add(-handMadeFor), before, domain.DefaultSetting("").DayCap); err != nil {
		return nil, fmt.Errorf("list traces: %w", err)
	}
	traces := make([]domain.Trace, len(rows))
	for i, r := range rows {
		traces[i] = domain.Trace{
			AttendanceID: r.AttendanceID, Person: r.Person, VolunteerID: r.VolunteerID, ShiftID: r.ShiftID, TeamID: r.TeamID,
			Starts: r.Starts.UTC(), Ends: r.Ends.UTC(), In: r.In.UTC(), Out: utc(r.Out),
			InMethod: domain.Method(r.InMethod), OutMethod: domain.Method(r.OutMethod), Latitude: r.Latitude, Longitude: r.Longitude,
			Programme: r.Programme, DayLimit: r.DayLimit,
		}
	}
	return traces, nil
}

// handMadeFor is how far back entries by hand are looked at, to see a run of them.
const handMadeFor = 60 * 24 * time.Hour

// ListDeviceClaims returns who checked themselves in, at the shifts at which
// somebody has since, from browsers that are known again and that nobody
// declared to be shared.
func ListDeviceClaims(ctx context.Context, q postgres.Querier, since time.Time) ([]domain.DeviceClaim, error) {
	const query = `
		SELECT a.id AS attendance_id, COALESCE(g.merged_into, c.volunteer_id) AS person, c.volunteer_id, c.shift_id, t.team_id, c.mark
		FROM claims c
		JOIN shifts s ON s.id = c.shift_id
		JOIN tasks t ON t.id = s.task_id
		JOIN attendances a ON a.shift_id = c.shift_id AND a.volunteer_id = c.volunteer_id AND a.state <> 'undone'
		LEFT JOIN known_merges g ON g.volunteer_id = c.volunteer_id
		WHERE c.shift_id IN (SELECT n.shift_id FROM claims n WHERE n.received_at > $1 AND n.mark <> '' AND NOT n.shared)
			AND c.kind = 'in' AND c.mark <> '' AND NOT c.shared AND c.actor_id = c.volunteer_id AND c.doubt = ''`

	var rows []struct {
		AttendanceID string `db:"attendance_id"`
		Person       string `db:"person"`
		VolunteerID  string `db:"volunteer_id"`
		ShiftID      string `db:"shift_id"`
		TeamID       string `db:"team_id"`
		Mark         string `db:"mark"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, since); err != nil {
		return nil, fmt.Errorf("list claims by device: %w", err)
	}
	claims := make([]domain.DeviceClaim, len(rows))
	for i, r := range rows {
		claims[i] = domain.DeviceClaim(r)
	}
	return claims, nil
}
