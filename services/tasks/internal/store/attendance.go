package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type attendanceRow struct {
	ID           string              `db:"id"`
	ShiftID      string              `db:"shift_id"`
	VolunteerID  string              `db:"volunteer_id"`
	State        string              `db:"state"`
	CheckedInAt  time.Time           `db:"checked_in_at"`
	InMethod     string              `db:"in_method"`
	CheckedOutAt sql.Null[time.Time] `db:"checked_out_at"`
	OutMethod    string              `db:"out_method"`
	Verification string              `db:"verification"`
	From         sql.Null[time.Time] `db:"credited_from"`
	To           sql.Null[time.Time] `db:"credited_to"`
	Minutes      int                 `db:"minutes"`
	ConfirmedBy  sql.Null[string]    `db:"confirmed_by"`
	ConfirmedAt  sql.Null[time.Time] `db:"confirmed_at"`
	Reason       string              `db:"reason"`
	EnteredBy    sql.Null[string]    `db:"entered_by"`
	Turn         string              `db:"turn"`
	TurnOf       sql.Null[string]    `db:"turn_of"`
	TurnUntil    sql.Null[time.Time] `db:"turn_until"`
	Version      int64               `db:"version"`
	Stretch      int                 `db:"stretch"`
}

const attendanceColumns = `id, shift_id, volunteer_id, state, checked_in_at, in_method, checked_out_at, out_method,
	verification, credited_from, credited_to, minutes, confirmed_by, confirmed_at, reason, entered_by, turn, turn_of, turn_until, version, stretch`

func (r attendanceRow) attendance() domain.Attendance {
	return domain.Attendance{
		ID: r.ID, ShiftID: r.ShiftID, VolunteerID: r.VolunteerID, State: domain.AttendanceState(r.State),
		CheckedInAt: r.CheckedInAt.UTC(), InMethod: domain.Method(r.InMethod),
		CheckedOutAt: utc(r.CheckedOutAt), OutMethod: domain.Method(r.OutMethod),
		Verification: domain.Verification(r.Verification), From: utc(r.From), To: utc(r.To), Minutes: r.Minutes,
		ConfirmedBy: r.ConfirmedBy.V, ConfirmedAt: utc(r.ConfirmedAt), Reason: r.Reason, EnteredBy: r.EnteredBy.V,
		Turn: domain.Turn(r.Turn), TurnOf: r.TurnOf.V, TurnUntil: utc(r.TurnUntil), Version: r.Version, Stretch: r.Stretch,
	}
}

const theseAttendances = `
	SELECT ` + attendanceColumns + `
	FROM attendances
	WHERE (shift_id, volunteer_id) IN (SELECT shift_id, volunteer_id FROM unnest($1::uuid[], $2::uuid[]) AS s (shift_id, volunteer_id))`

// ListAttendances returns what is known of these people's presence at these
// shifts. Whoever has not checked in, or whose check-in was taken back, is
// absent from the answer.
func ListAttendances(ctx context.Context, q postgres.Querier, seats []Seat) (map[Seat]domain.Attendance, error) {
	return attendancesBySeat(ctx, q, theseAttendances+` AND state <> 'undone'`, seats)
}

// LockAttendances is ListAttendances with those that were taken back, and holds
// their rows in the order of their ids.
func LockAttendances(ctx context.Context, q postgres.Querier, seats []Seat) (map[Seat]domain.Attendance, error) {
	return attendancesBySeat(ctx, q, theseAttendances+` ORDER BY id FOR UPDATE`, seats)
}

func attendancesBySeat(ctx context.Context, q postgres.Querier, query string, seats []Seat) (map[Seat]domain.Attendance, error) {
	rows, err := manyAttendances(ctx, q, query,
		postgres.Column(seats, func(s Seat) string { return s.ShiftID }), postgres.Column(seats, func(s Seat) string { return s.VolunteerID }))
	if err != nil {
		return nil, err
	}
	found := make(map[Seat]domain.Attendance, len(rows))
	for _, a := range rows {
		found[Seat{a.ShiftID, a.VolunteerID}] = a
	}
	return found, nil
}

const shiftAttendances = `
	SELECT ` + attendanceColumns + `
	FROM attendances
	WHERE shift_id = $1 AND state <> 'undone'
	ORDER BY id`

// ListShiftAttendances returns all attendances of a shift that were not taken back.
func ListShiftAttendances(ctx context.Context, q postgres.Querier, shiftID string) ([]domain.Attendance, error) {
	return manyAttendances(ctx, q, shiftAttendances, shiftID)
}

// LockShiftAttendances is ListShiftAttendances and holds their rows.
func LockShiftAttendances(ctx context.Context, q postgres.Querier, shiftID string) ([]domain.Attendance, error) {
	return manyAttendances(ctx, q, shiftAttendances+` FOR UPDATE`, shiftID)
}

// ListAttendancesByID returns those of the attendances that exist.
func ListAttendancesByID(ctx context.Context, q postgres.Querier, ids []string) ([]domain.Attendance, error) {
	const query = `
		SELECT ` + attendanceColumns + `
		FROM attendances
		WHERE id = ANY ($1::uuid[])`

	return manyAttendances(ctx, q, query, postgres.Array(ids))
}

// LockAttendance returns one attendance and holds its row, or domain.ErrNoSuchAttendance.
func LockAttendance(ctx context.Context, q postgres.Querier, id string) (domain.Attendance, error) {
	const query = `
		SELECT ` + attendanceColumns + `
		FROM attendances
		WHERE id = $1
		FOR UPDATE`

	found, err := manyAttendances(ctx, q, query, id)
	if err == nil && len(found) == 0 {
		err = domain.ErrNoSuchAttendance
	}
	if err != nil {
		return domain.Attendance{}, err
	}
	return found[0], nil
}

func manyAttendances(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Attendance, error) {
	var rows []attendanceRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list attendances: %w", err)
	}
	attendances := make([]domain.Attendance, len(rows))
	for i, r := range rows {
		attendances[i] = r.attendance()
	}
	return attendances, nil
}

// UpsertAttendances writes attendances, new or changed, in one statement.
// A confirmation by the volunteer's own hand is domain.ErrOwnAttendance.
func UpsertAttendances(ctx context.Context, q postgres.Querier, attendances []domain.Attendance) error {
	const query = `
		INSERT INTO attendances (` + attendanceColumns + `)
		SELECT id, shift_id, volunteer_id, state, checked_in_at, in_method, checked_out_at, out_method,
			verification, credited_from, credited_to, minutes, confirmed_by, confirmed_at, reason, entered_by, turn, turn_of, turn_until, version, stretch
		FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::timestamptz[], $8::text[],
			$9::text[], $10::timestamptz[], $11::timestamptz[], $12::int[], $13::uuid[], $14::timestamptz[], $15::text[], $16::uuid[],
			$17::text[], $18::uuid[], $19::timestamptz[], $20::bigint[], $21::int[])
			AS a (id, shift_id, volunteer_id, state, checked_in_at, in_method, checked_out_at, out_method,
				verification, credited_from, credited_to, minutes, confirmed_by, confirmed_at, reason, entered_by, turn, turn_of, turn_until, version, stretch)
		ON CONFLICT (id) DO UPDATE
		SET state = excluded.state, checked_in_at = excluded.checked_in_at, in_method = excluded.in_method, checked_out_at = excluded.checked_out_at, out_method = excluded.out_method,
			verification = excluded.verification, credited_from = excluded.credited_from, credited_to = excluded.credited_to,
			minutes = excluded.minutes, confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at,
			reason = excluded.reason, entered_by = excluded.entered_by,
			turn = excluded.turn, turn_of = excluded.turn_of, turn_until = excluded.turn_until, version = excluded.version`

	type a = domain.Attendance
	_, err := q.ExecContext(ctx, query,
		postgres.Column(attendances, func(x a) string { return x.ID }),
		postgres.Column(attendances, func(x a) string { return x.ShiftID }),
		postgres.Column(attendances, func(x a) string { return x.VolunteerID }),
		postgres.Column(attendances, func(x a) string { return string(x.State) }),
		postgres.Column(attendances, func(x a) time.Time { return x.CheckedInAt }),
		postgres.Column(attendances, func(x a) string { return string(x.InMethod) }),
		postgres.Column(attendances, func(x a) sql.Null[time.Time] { return nullTime(x.CheckedOutAt) }),
		postgres.Column(attendances, func(x a) string { return string(x.OutMethod) }),
		postgres.Column(attendances, func(x a) string { return string(x.Verification) }),
		postgres.Column(attendances, func(x a) sql.Null[time.Time] { return nullTime(x.From) }),
		postgres.Column(attendances, func(x a) sql.Null[time.Time] { return nullTime(x.To) }),
		postgres.Column(attendances, func(x a) int64 { return int64(x.Minutes) }),
		postgres.Column(attendances, func(x a) sql.Null[string] { return nullText(x.ConfirmedBy) }),
		postgres.Column(attendances, func(x a) sql.Null[time.Time] { return nullTime(x.ConfirmedAt) }),
		postgres.Column(attendances, func(x a) string { return x.Reason }),
		postgres.Column(attendances, func(x a) sql.Null[string] { return nullText(x.EnteredBy) }),
		postgres.Column(attendances, func(x a) string { return string(x.Turn) }),
		postgres.Column(attendances, func(x a) sql.Null[string] { return nullText(x.TurnOf) }),
		postgres.Column(attendances, func(x a) sql.Null[time.Time] { return nullTime(x.TurnUntil) }),
		postgres.Column(attendances, func(x a) int64 { return x.Version }),
		postgres.Column(attendances, func(x a) int64 { return int64(x.Stretch) }))
	if postgres.Violated(err, "attendances_own_check") {
		return domain.ErrOwnAttendance
	}
	if err != nil {
		return fmt.Errorf("upsert %d attendances: %w", len(attendances), err)
	}
	return nil
}

// CopyAttendances adds many attendances at once and returns how many.
func CopyAttendances(ctx context.Context, q postgres.Querier, attendances iter.Seq[domain.Attendance]) (int64, error) {
	return copyRows(ctx, q, "attendances", attendanceColumns, attendances, func(a domain.Attendance) []any {
		return []any{
			a.ID, a.ShiftID, a.VolunteerID, string(a.State), a.CheckedInAt, string(a.InMethod), nullTime(a.CheckedOutAt), string(a.OutMethod),
			string(a.Verification), nullTime(a.From), nullTime(a.To), a.Minutes, nullText(a.ConfirmedBy), nullTime(a.ConfirmedAt), a.Reason, nullText(a.EnteredBy),
			string(a.Turn), nullText(a.TurnOf), nullTime(a.TurnUntil), a.Version, a.Stretch,
		}
	})
}
