package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type shiftRow struct {
	ID           string              `db:"id"`
	TaskID       string              `db:"task_id"`
	StartsAt     time.Time           `db:"starts_at"`
	EndsAt       time.Time           `db:"ends_at"`
	Capacity     int                 `db:"capacity"`
	Taken        int                 `db:"taken"`
	Waiting      int                 `db:"waiting"`
	Key          []byte              `db:"key"`
	State        string              `db:"state"`
	PeopleServed int                 `db:"people_served"`
	ConfirmedAt  sql.Null[time.Time] `db:"confirmed_at"`
	Reason       string              `db:"reason"`
	Version      int64               `db:"version"`
	OpenFrom     sql.Null[time.Time] `db:"open_from"`
}

const shiftColumns = `id, task_id, starts_at, ends_at, capacity, taken, waiting, key, state, people_served, confirmed_at, reason, version, open_from`

func (r shiftRow) shift() domain.Shift {
	return domain.Shift{
		ID: r.ID, TaskID: r.TaskID, StartsAt: r.StartsAt.UTC(), EndsAt: r.EndsAt.UTC(), Capacity: r.Capacity, Taken: r.Taken, Waiting: r.Waiting,
		Key: r.Key, State: domain.ShiftState(r.State), PeopleServed: r.PeopleServed, ConfirmedAt: utc(r.ConfirmedAt), Reason: r.Reason, Version: r.Version, OpenFrom: utc(r.OpenFrom),
	}
}

// FindShift returns a shift, or domain.ErrNotPublished when there is none.
func FindShift(ctx context.Context, q postgres.Querier, id string) (domain.Shift, error) {
	return oneShift(ctx, q, `SELECT `+shiftColumns+` FROM shifts WHERE id = $1`, id)
}

// LockShift returns a shift and holds its row until the transaction ends, or
// domain.ErrNotPublished when there is none. Rows that only refer to the shift
// are not kept waiting: a check-in holds its sign-up, writes its attendance, and
// would otherwise wait in a circle with whoever holds the shift and wants the sign-up.
func LockShift(ctx context.Context, q postgres.Querier, id string) (domain.Shift, error) {
	return oneShift(ctx, q, `SELECT `+shiftColumns+` FROM shifts WHERE id = $1 FOR NO KEY UPDATE`, id)
}

func oneShift(ctx context.Context, q postgres.Querier, query, id string) (domain.Shift, error) {
	var row shiftRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Shift{}, domain.ErrNotPublished
	}
	if err != nil {
		return domain.Shift{}, fmt.Errorf("find shift %s: %w", id, err)
	}
	return row.shift(), nil
}

// ListTaskShifts returns the shifts of a task, soonest first.
func ListTaskShifts(ctx context.Context, q postgres.Querier, taskID string) ([]domain.Shift, error) {
	const query = `
		SELECT ` + shiftColumns + `
		FROM shifts
		WHERE task_id = $1
		ORDER BY starts_at, id`

	return manyShifts(ctx, q, query, taskID)
}

// LockTaskShifts is ListTaskShifts and holds their rows, in the order of their ids.
func LockTaskShifts(ctx context.Context, q postgres.Querier, taskID string) ([]domain.Shift, error) {
	const query = `
		SELECT ` + shiftColumns + `
		FROM shifts
		WHERE task_id = $1
		ORDER BY id
		FOR UPDATE`
	return manyShifts(ctx, q, query, taskID)
}

// ListShiftsByID returns those of the shifts that exist, whether their task is published or not.
func ListShiftsByID(ctx context.Context, q postgres.Querier, ids []string) ([]domain.Shift, error) {
	const query = `
		SELECT ` + shiftColumns + `
		FROM shifts
		WHERE id = ANY ($1::uuid[])`

	return manyShifts(ctx, q, query, postgres.Array(ids))
}

// LockOpenShiftsOf returns the shifts that teams hold, as hosts or having joined, that are not confirmed and begin
// after an instant, and holds their rows.
func LockOpenShiftsOf(ctx context.Context, q postgres.Querier, teamIDs []string, after time.Time) ([]domain.Shift, error) {
	const query = `
		SELECT ` + shiftColumns + `
		FROM shifts
		WHERE task_id IN (
				SELECT t.id FROM tasks t WHERE t.team_id = ANY ($1::uuid[])
				UNION
				SELECT j.task_id FROM task_teams j WHERE j.team_id = ANY ($1::uuid[]) AND j.state = 'joined')
			AND state = 'open' AND starts_at > $2
		ORDER BY id
		FOR UPDATE`

	return manyShifts(ctx, q, query, postgres.Array(teamIDs), after)
}

// UpdateShiftKeys writes the keys of shifts. A key is in no event, so the
// shift's version stays.
func UpdateShiftKeys(ctx context.Context, q postgres.Querier, shifts []domain.Shift) error {
	const query = `
		UPDATE shifts s
		SET key = n.key
		FROM unnest($1::uuid[], $2::bytea[]) AS n (id, key)
		WHERE s.id = n.id`

	if _, err := q.ExecContext(ctx, query,
		postgres.Column(shifts, func(s domain.Shift) string { return s.ID }),
		postgres.Column(shifts, func(s domain.Shift) []byte { return s.Key })); err != nil {
		return fmt.Errorf("update the keys of %d shifts: %w", len(shifts), err)
	}
	return nil
}

func manyShifts(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Shift, error) {
	var rows []shiftRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list shifts: %w", err)
	}
	shifts := make([]domain.Shift, len(rows))
	for i, r := range rows {
		shifts[i] = r.shift()
	}
	return shifts, nil
}

// InsertShifts adds the shifts of a task.
func InsertShifts(ctx context.Context, q postgres.Querier, shifts []domain.Shift) error {
	const query = `
		INSERT INTO shifts (` + shiftColumns + `)
		SELECT id, task_id, starts_at, ends_at, capacity, taken, 0, key, state, people_served, NULL, '', version, open_from
		FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::int[], $6::int[], $7::bytea[], $8::text[], $9::int[], $10::bigint[], $11::timestamptz[])
			AS s (id, task_id, starts_at, ends_at, capacity, taken, key, state, people_served, version, open_from)`

	if _, err := q.ExecContext(ctx, query,
		postgres.Column(shifts, func(s domain.Shift) string { return s.ID }),
		postgres.Column(shifts, func(s domain.Shift) string { return s.TaskID }),
		postgres.Column(shifts, func(s domain.Shift) time.Time { return s.StartsAt }),
		postgres.Column(shifts, func(s domain.Shift) time.Time { return s.EndsAt }),
		postgres.Column(shifts, func(s domain.Shift) int64 { return int64(s.Capacity) }),
		postgres.Column(shifts, func(s domain.Shift) int64 { return int64(s.Taken) }),
		postgres.Column(shifts, func(s domain.Shift) []byte { return s.Key }),
		postgres.Column(shifts, func(s domain.Shift) string { return string(s.State) }),
		postgres.Column(shifts, func(s domain.Shift) int64 { return int64(s.PeopleServed) }),
		postgres.Column(shifts, func(s domain.Shift) int64 { return s.Version }),
		postgres.Column(shifts, func(s domain.Shift) sql.Null[time.Time] { return nullTime(s.OpenFrom) })); err != nil {
		return fmt.Errorf("insert %d shifts: %w", len(shifts), err)
	}
	return nil
}

// UpdateShift writes what changes after posting: when and for how many, seats
// taken, who waits, whether it takes place, and the confirmation.
func UpdateShift(ctx context.Context, q postgres.Querier, s domain.Shift) error {
	const query = `
		UPDATE shifts
		SET taken = $2, state = $3, people_served = $4, confirmed_at = $5, version = $6, starts_at = $7, ends_at = $8, capacity = $9, reason = $10, waiting = $11
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, s.ID, s.Taken, s.State, s.PeopleServed, nullTime(s.ConfirmedAt), s.Version,
		s.StartsAt, s.EndsAt, s.Capacity, s.Reason, s.Waiting); err != nil {
		return fmt.Errorf("update shift %s: %w", s.ID, err)
	}
	return nil
}

// DeleteDraftShifts takes away the shifts of a draft. Nobody can have signed up for them.
func DeleteDraftShifts(ctx context.Context, q postgres.Querier, taskID string) error {
	const query = `
		DELETE FROM shifts
		WHERE task_id = (SELECT id FROM tasks WHERE id = $1 AND state = 'draft')`
	if _, err := q.ExecContext(ctx, query, taskID); err != nil {
		return fmt.Errorf("delete the shifts of draft %s: %w", taskID, err)
	}
	return nil
}

// CopyShifts adds many shifts at once and returns how many.
func CopyShifts(ctx context.Context, q postgres.Querier, shifts iter.Seq[domain.Shift]) (int64, error) {
	return copyRows(ctx, q, "shifts", shiftColumns, shifts, func(s domain.Shift) []any {
		return []any{
			s.ID, s.TaskID, s.StartsAt, s.EndsAt, s.Capacity, s.Taken, s.Waiting, []byte(s.Key), string(s.State), s.PeopleServed, nullTime(s.ConfirmedAt), s.Reason, s.Version, nullTime(s.OpenFrom),
		}
	})
}
