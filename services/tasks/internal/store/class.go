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

// ListClasses returns the classes, drafts apart, of teams in any of the regions
// whose first session lies between two instants, the newest first. region is a
// code that narrows it; empty: all of these.
func ListClasses(ctx context.Context, q postgres.Querier, regionPaths []string, region string, since, before time.Time) ([]domain.ClassRow, error) {
	const query = `
		SELECT t.id, t.title, t.place, k.name AS team_name, k.region_path, t.state, t.sessions_needed,
			s.first_starts_at, s.last_starts_at, s.sessions, s.held, s.others, a.attended, a.minutes,
			(SELECT count(*) FROM certificates c WHERE c.task_id = t.id) AS certificates, g.kind AS grants, g.months
		FROM tasks t
		JOIN known_teams k ON k.team_id = t.team_id
		CROSS JOIN LATERAL (
			SELECT min(starts_at) AS first_starts_at, max(starts_at) AS last_starts_at, count(*) FILTER (WHERE state <> 'cancelled') AS sessions,
				count(*) FILTER (WHERE state = 'confirmed') AS held, COALESCE(sum(people_served), 0) AS others
			FROM shifts
			WHERE task_id = t.id
		) s
		CROSS JOIN LATERAL (
			SELECT count(*) AS attended, COALESCE(sum(x.minutes), 0) AS minutes
			FROM attendances x
			JOIN shifts y ON y.id = x.shift_id
			WHERE y.task_id = t.id AND x.state = 'confirmed'
		) a
		LEFT JOIN LATERAL (SELECT kind, months FROM class_grants WHERE task_id = t.id ORDER BY set_at DESC, id DESC LIMIT 1) g ON true
		WHERE t.kind = 'training' AND t.state <> 'draft' AND s.first_starts_at >= $3 AND s.first_starts_at < $4
			AND EXISTS (SELECT FROM unnest($1::text[]) AS r (path) WHERE starts_with(k.region_path, r.path))
			AND ($2 = '' OR '/' || k.region_path LIKE '%/' || $2 || '/%')
		ORDER BY s.first_starts_at DESC, t.id`

	var rows []struct {
		TaskID         string           `db:"id"`
		Title          string           `db:"title"`
		Place          string           `db:"place"`
		TeamName       string           `db:"team_name"`
		RegionPath     string           `db:"region_path"`
		State          string           `db:"state"`
		SessionsNeeded int              `db:"sessions_needed"`
		First          time.Time        `db:"first_starts_at"`
		Last           time.Time        `db:"last_starts_at"`
		Sessions       int              `db:"sessions"`
		Held           int              `db:"held"`
		Others         int              `db:"others"`
		Attended       int              `db:"attended"`
		Minutes        int              `db:"minutes"`
		Certificates   int              `db:"certificates"`
		Grants         sql.Null[string] `db:"grants"`
		Months         sql.Null[int]    `db:"months"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(regionPaths), region, since, before); err != nil {
		return nil, fmt.Errorf("list classes: %w", err)
	}
	classes := make([]domain.ClassRow, len(rows))
	for i, r := range rows {
		classes[i] = domain.ClassRow{
			TaskID: r.TaskID, Title: r.Title, Place: r.Place, TeamName: r.TeamName, RegionPath: r.RegionPath, State: domain.TaskState(r.State),
			FirstStartsAt: r.First.UTC(), LastStartsAt: r.Last.UTC(), Sessions: r.Sessions, Held: r.Held, SessionsNeeded: r.SessionsNeeded,
			ClassFigures: domain.ClassFigures{Attended: r.Attended, Others: r.Others, Minutes: r.Minutes, Certificates: r.Certificates},
			Grants:       r.Grants.V, Months: r.Months.V,
		}
	}
	return classes, nil
}
