package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type shiftLineRow struct {
	StartsAt      time.Time           `db:"starts_at"`
	EndsAt        time.Time           `db:"ends_at"`
	TeamName      string              `db:"team_name"`
	ProgrammeName string              `db:"programme_name"`
	Title         string              `db:"title"`
	Place         string              `db:"place"`
	State         string              `db:"state"`
	SignedUp      int                 `db:"signed_up"`
	Came          int                 `db:"came"`
	Minutes       int                 `db:"minutes"`
	PeopleServed  int                 `db:"people_served"`
	A             int                 `db:"grade_a"`
	B             int                 `db:"grade_b"`
	C             int                 `db:"grade_c"`
	D             int                 `db:"grade_d"`
	Roles         string              `db:"roles"`
	ConfirmedAt   sql.Null[time.Time] `db:"confirmed_at"`
}

func (r shiftLineRow) line() domain.ShiftLine {
	l := domain.ShiftLine{
		StartsAt: r.StartsAt, EndsAt: r.EndsAt, TeamName: r.TeamName, ProgrammeName: r.ProgrammeName, Title: r.Title, Place: r.Place,
		State: domain.ShiftState(r.State), SignedUp: r.SignedUp, Came: r.Came, Minutes: r.Minutes, PeopleServed: r.PeopleServed,
		ByGrade: [4]int{r.A, r.B, r.C, r.D}, ConfirmedAt: utc(r.ConfirmedAt),
	}
	if r.Roles != "" {
		l.ConfirmedBy = strings.Split(r.Roles, ",")
	}
	return l
}

// ScanShiftLines hands the shifts of an export to each, one after another in
// the order of their beginning, without keeping them.
func ScanShiftLines(ctx context.Context, q postgres.Querier, e domain.ShiftExport, each func(domain.ShiftLine) error) error {
	const query = `
		SELECT s.starts_at, s.ends_at, COALESCE(k.name, '') AS team_name, p.name AS programme_name, t.title, t.place, s.state, s.people_served, s.confirmed_at,
			u.signed_up, a.came, a.minutes, a.grade_a, a.grade_b, a.grade_c, a.grade_d, a.roles
		FROM shifts s
		JOIN tasks t ON t.id = s.task_id
		JOIN programmes p ON p.id = t.programme_id
		LEFT JOIN known_teams k ON k.team_id = t.team_id
		CROSS JOIN LATERAL (
			SELECT count(*) AS signed_up FROM sign_ups WHERE shift_id = s.id AND state IN ('confirmed', 'no_show')
		) u
		CROSS JOIN LATERAL (
			SELECT count(*) AS came, COALESCE(sum(c.minutes), 0) AS minutes,
				count(*) FILTER (WHERE c.verification = 'A') AS grade_a, count(*) FILTER (WHERE c.verification = 'B') AS grade_b,
				count(*) FILTER (WHERE c.verification = 'C') AS grade_c, count(*) FILTER (WHERE c.verification = 'D') AS grade_d,
				COALESCE(string_agg(DISTINCT COALESCE(m.role, 'office'), ','), '') AS roles
			FROM attendances c
			LEFT JOIN LATERAL (
				SELECT role
				FROM known_memberships
				WHERE volunteer_id = c.confirmed_by AND state = 'active'
					AND (team_id = t.team_id OR team_id IN (SELECT j.team_id FROM task_teams j WHERE j.task_id = t.id AND j.state = 'joined'))
				ORDER BY role
				LIMIT 1
			) m ON true
			WHERE c.shift_id = s.id AND c.state = 'confirmed'
		) a
		WHERE t.state <> 'draft' AND s.starts_at >= $1 AND s.starts_at < $2 AND s.starts_at <= $3
			AND ($4::uuid IS NULL OR t.team_id = $4::uuid)
			AND ($5 = '' OR '/' || k.region_path LIKE '%/' || $5 || '/%')
			AND ($6::text[] IS NULL OR EXISTS (SELECT FROM unnest($6::text[]) AS r (path) WHERE starts_with(k.region_path, r.path)))
		ORDER BY s.starts_at, s.id`

	since, until := e.Period()
	var within any // NULL: anywhere
	if e.Within != nil {
		within = postgres.Array(e.Within)
	}
	rows, err := q.QueryxContext(ctx, query, since, until, e.At, nullText(e.TeamID), e.Region, within)
	if err != nil {
		return fmt.Errorf("read shifts to export: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var row shiftLineRow
		if err := rows.StructScan(&row); err != nil {
			return fmt.Errorf("read a shift to export: %w", err)
		}
		if err := each(row.line()); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read shifts to export: %w", err)
	}
	return nil
}

// InsertExport records that a list was taken out, and how long it was.
func InsertExport(ctx context.Context, q postgres.Querier, e domain.ShiftExport, lines int) error {
	const query = `
		INSERT INTO exports (id, exported_by, exported_at, team_id, region, first_day, last_day, purpose, lines)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

	if _, err := q.ExecContext(ctx, query, e.ID, e.By, e.At, nullText(e.TeamID), e.Region, e.First, e.Last, e.Purpose, lines); err != nil {
		return fmt.Errorf("record export %s: %w", e.ID, err)
	}
	return nil
}

// FindTeamPlace returns what a team is called and its region's path; both empty
// when nothing was told of it.
func FindTeamPlace(ctx context.Context, q postgres.Querier, teamID string) (name, path string, err error) {
	const query = `
		SELECT COALESCE(max(name), '') AS name, COALESCE(max(region_path), '') AS path
		FROM known_teams
		WHERE team_id = $1`

	var row struct {
		Name string `db:"name"`
		Path string `db:"path"`
	}
	if err := sqlx.GetContext(ctx, q, &row, query, teamID); err != nil {
		return "", "", fmt.Errorf("find team %s: %w", teamID, err)
	}
	return row.Name, row.Path, nil
}
