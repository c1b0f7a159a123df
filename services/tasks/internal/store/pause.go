package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type pauseRow struct {
	ID         string              `db:"id"`
	RegionPath string              `db:"region_path"`
	Since      time.Time           `db:"since"`
	Until      time.Time           `db:"until"`
	Reason     string              `db:"reason"`
	PausedBy   string              `db:"paused_by"`
	PausedAt   time.Time           `db:"paused_at"`
	Shifts     int                 `db:"shifts"`
	People     int                 `db:"people"`
	EndedBy    sql.Null[string]    `db:"ended_by"`
	EndedAt    sql.Null[time.Time] `db:"ended_at"`
	Resumed    int                 `db:"resumed"`
}

const pauseColumns = `id, region_path, since, until, reason, paused_by, paused_at, shifts, people, ended_by, ended_at, resumed`

func (r pauseRow) pause() domain.Pause {
	return domain.Pause{
		ID: r.ID, RegionPath: r.RegionPath, Since: r.Since.UTC(), Until: r.Until.UTC(), Reason: r.Reason, PausedBy: r.PausedBy, PausedAt: r.PausedAt.UTC(),
		Shifts: r.Shifts, People: r.People, EndedBy: r.EndedBy.V, EndedAt: utc(r.EndedAt), Resumed: r.Resumed,
	}
}

// LockPause returns a pause and holds its row, or domain.ErrNoSuchPause.
func LockPause(ctx context.Context, q postgres.Querier, id string) (domain.Pause, error) {
	const query = `SELECT ` + pauseColumns + ` FROM pauses WHERE id = $1 FOR UPDATE`

	var row pauseRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Pause{}, domain.ErrNoSuchPause
	}
	if err != nil {
		return domain.Pause{}, fmt.Errorf("lock pause %s: %w", id, err)
	}
	return row.pause(), nil
}

// ListPauses returns the pauses that lie in or reach over any of the regions,
// newest first.
func ListPauses(ctx context.Context, q postgres.Querier, regionPaths []string, now time.Time, limit int) ([]domain.Pause, error) {
	const query = `
		SELECT ` + pauseColumns + `
		FROM pauses
		WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS r (path) WHERE starts_with(region_path, r.path) OR starts_with(r.path, region_path))
		ORDER BY ended_at IS NULL AND until > $3 DESC, paused_at DESC, id
		LIMIT $2`

	var rows []pauseRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(regionPaths), limit, now); err != nil {
		return nil, fmt.Errorf("list pauses: %w", err)
	}
	pauses := make([]domain.Pause, len(rows))
	for i, r := range rows {
		pauses[i] = r.pause()
	}
	return pauses, nil
}

// UpsertPause writes a pause, new or ended.
func UpsertPause(ctx context.Context, q postgres.Querier, p domain.Pause) error {
	const query = `
		INSERT INTO pauses (` + pauseColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE
		SET shifts = excluded.shifts, people = excluded.people, ended_by = excluded.ended_by, ended_at = excluded.ended_at, resumed = excluded.resumed`

	if _, err := q.ExecContext(ctx, query, p.ID, p.RegionPath, p.Since, p.Until, p.Reason, p.PausedBy, p.PausedAt, p.Shifts, p.People,
		nullText(p.EndedBy), nullTime(p.EndedAt), p.Resumed); err != nil {
		return fmt.Errorf("upsert pause %s: %w", p.ID, err)
	}
	return nil
}

// pausable is the shifts that a pause of a region ($1) and a period ($2, $3)
// holds back: open, of teams at home in the region, and not over before it begins.
const pausable = `
	FROM shifts s
	JOIN tasks t ON t.id = s.task_id
	JOIN known_teams k ON k.team_id = t.team_id
	WHERE s.state = 'open' AND t.state <> 'draft' AND starts_with(k.region_path, $1) AND s.starts_at < $3 AND s.ends_at > $2 AND s.starts_at > $4`

// CountPausable returns how many shifts a pause would hold back, and how many
// sign-ups these have.
func CountPausable(ctx context.Context, q postgres.Querier, p domain.Pause) (shifts, people int, err error) {
	const query = `SELECT count(*) AS shifts, COALESCE(sum(s.taken), 0) AS people ` + pausable

	var row struct {
		Shifts int `db:"shifts"`
		People int `db:"people"`
	}
	if err := sqlx.GetContext(ctx, q, &row, query, p.RegionPath, p.Since, p.Until, p.Since.Add(-domain.MaxShift)); err != nil {
		return 0, 0, fmt.Errorf("count what a pause would hold back: %w", err)
	}
	return row.Shifts, row.People, nil
}

// heldRow is a shift that was held back or let go, with what is told of it.
type heldRow struct {
	shiftRow
	TeamID string `db:"team_id"`
	Title  string `db:"title"`
	Place  string `db:"place"`
}

const heldColumns = `s.id, s.task_id, s.starts_at, s.ends_at, s.capacity, s.taken, s.state, s.version, n.team_id, n.title, n.place`

// PauseShifts holds back what the pause is about and returns it. A sign-up that
// is under way ends first and counts; the next one finds the shift paused.
func PauseShifts(ctx context.Context, q postgres.Querier, p domain.Pause) ([]domain.HeldShift, error) {
	const query = `
		WITH n AS (
			SELECT s.id, t.team_id, t.title, t.place ` + pausable + `
			ORDER BY s.id
			FOR UPDATE OF s
		)
		UPDATE shifts s
		SET state = 'paused', pause_id = $5, reason = $6, version = s.version + 1
		FROM n
		WHERE s.id = n.id
		RETURNING ` + heldColumns
	return manyHeld(ctx, q, query, p.RegionPath, p.Since, p.Until, p.Since.Add(-domain.MaxShift), p.ID, p.Reason)
}

// ResumeShifts lets go what a pause holds back and has not passed by now. What
// another standing pause is about as well stays, held back by that one; it is
// not returned.
func ResumeShifts(ctx context.Context, q postgres.Querier, p domain.Pause, now time.Time) ([]domain.HeldShift, error) {
	const query = `
		WITH held AS (
			SELECT s.id, s.starts_at, s.ends_at, t.team_id, t.title, t.place, k.region_path
			FROM shifts s
			JOIN tasks t ON t.id = s.task_id
			LEFT JOIN known_teams k ON k.team_id = t.team_id
			WHERE s.pause_id = $1 AND s.state = 'paused' AND s.ends_at > $2
			ORDER BY s.id
			FOR UPDATE OF s
		), n AS (
			SELECT held.*, other.id AS other_id, other.reason AS other_reason
			FROM held
			LEFT JOIN LATERAL (
				SELECT o.id, o.reason
				FROM pauses o
				WHERE o.ended_at IS NULL AND o.id <> $1 AND starts_with(held.region_path, o.region_path) AND held.starts_at < o.until AND held.ends_at > o.since
				ORDER BY o.paused_at, o.id
				LIMIT 1
			) other ON true
		)
		UPDATE shifts s
		SET state = CASE WHEN n.other_id IS NULL THEN 'open' ELSE 'paused' END,
			pause_id = n.other_id, reason = COALESCE(n.other_reason, ''), version = s.version + 1
		FROM n
		WHERE s.id = n.id
		RETURNING ` + heldColumns
	held, err := manyHeld(ctx, q, query, p.ID, now)
	back := held[:0]
	for _, h := range held {
		if h.State == domain.ShiftOpen {
			back = append(back, h)
		}
	}
	return back, err
}

func manyHeld(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.HeldShift, error) {
	var rows []heldRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("hold back or let go shifts: %w", err)
	}
	held := make([]domain.HeldShift, len(rows))
	for i, r := range rows {
		held[i] = domain.HeldShift{Shift: r.shift(), TeamID: r.TeamID, Title: r.Title, Place: r.Place}
	}
	return held, nil
}

// FindStandingPause returns why shifts of a region are held back at a time; ok
// is false when none is.
func FindStandingPause(ctx context.Context, q postgres.Querier, teamID string, startsAt, endsAt time.Time) (p domain.Pause, ok bool, err error) {
	const query = `
		SELECT ` + pauseColumns + `
		FROM pauses
		WHERE ended_at IS NULL AND $2 < until AND $3 > since
			AND starts_with((SELECT region_path FROM known_teams WHERE team_id = $1), region_path)
		ORDER BY until DESC
		LIMIT 1`

	var row pauseRow
	err = sqlx.GetContext(ctx, q, &row, query, teamID, startsAt, endsAt)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Pause{}, false, nil
	}
	if err != nil {
		return domain.Pause{}, false, fmt.Errorf("find a standing pause: %w", err)
	}
	return row.pause(), true, nil
}

// ListComing returns who means to come to each of the shifts, seat or waiting list.
func ListComing(ctx context.Context, q postgres.Querier, shiftIDs []string) (map[string][]string, error) {
	return manyComing(ctx, q, comingQuery, shiftIDs)
}

// ListLeadersOf returns who leads or helps to lead each of many teams.
func ListLeadersOf(ctx context.Context, q postgres.Querier, teamIDs []string) (map[string][]string, error) {
	const query = `
		SELECT team_id, volunteer_id
		FROM known_memberships
		WHERE team_id = ANY ($1::uuid[]) AND state = 'active' AND role IN ('leader', 'deputy')
		ORDER BY team_id, volunteer_id`

	var rows []struct {
		TeamID      string `db:"team_id"`
		VolunteerID string `db:"volunteer_id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(teamIDs)); err != nil {
		return nil, fmt.Errorf("list leaders: %w", err)
	}
	leaders := map[string][]string{}
	for _, r := range rows {
		leaders[r.TeamID] = append(leaders[r.TeamID], r.VolunteerID)
	}
	return leaders, nil
}
