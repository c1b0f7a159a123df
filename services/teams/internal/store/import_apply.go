package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// The step that makes everybody see an import: a handful of statements, however
// many rows there are. A row that was changed in the meantime has another
// version than the one that was looked at, and is then missing from the count.
var applyStage = []struct {
	what    string
	query   string
	changes string // counts what must have been changed; empty for what is new
}{
	{"new teams", `
		INSERT INTO teams (id, name, initials, grams, region_code, reporting_unit, category, description, state, imported, headcount,
			created_by, state_since, founded_at, version)
		SELECT id, name, initials, grams, region_code, reporting_unit, category, '', 'submitted', true, headcount, NULL, $2, founded_at, version
		FROM import_teams
		WHERE import_id = $1 AND fresh
		ORDER BY place`, ""},
	{"changed teams", `
		UPDATE teams t
		SET reporting_unit = i.reporting_unit, category = i.category, headcount = i.headcount, founded_at = i.founded_at, version = i.version
		FROM import_teams i
		WHERE i.import_id = $1 AND NOT i.fresh AND t.id = i.id AND t.version = i.version - 1 AND $2::timestamptz IS NOT NULL`,
		`SELECT count(*) FROM import_teams WHERE import_id = $1 AND NOT fresh`},
	{"new people", `
		INSERT INTO volunteers (id, number, name, initials, grams, state, phone_sealed, phone_index, id_kind, id_sealed, id_index,
			sex, region_code, board_consent, minor, joined_at, version)
		SELECT id, number, name, initials, grams, 'unclaimed', phone_sealed, phone_index, CASE WHEN id_sealed IS NULL THEN '' ELSE 'resident' END,
			id_sealed, id_index, sex, NULLIF(region_code, ''), false, false, joined_at, version
		FROM import_volunteers
		WHERE import_id = $1 AND fresh AND $2::timestamptz IS NOT NULL
		ORDER BY place`, ""},
	{"changed people", `
		UPDATE volunteers v
		SET phone_sealed = COALESCE(i.phone_sealed, v.phone_sealed), phone_index = COALESCE(i.phone_index, v.phone_index),
			id_kind = CASE WHEN i.id_sealed IS NULL THEN v.id_kind ELSE 'resident' END,
			id_sealed = COALESCE(i.id_sealed, v.id_sealed), id_index = COALESCE(i.id_index, v.id_index),
			sex = CASE WHEN i.sex = '' THEN v.sex ELSE i.sex END, region_code = COALESCE(NULLIF(i.region_code, ''), v.region_code), version = i.version
		FROM import_volunteers i
		WHERE i.import_id = $1 AND NOT i.fresh AND v.id = i.id AND v.version = i.version - 1 AND $2::timestamptz IS NOT NULL`,
		`SELECT count(*) FROM import_volunteers WHERE import_id = $1 AND NOT fresh`},
	{"new memberships", `
		INSERT INTO memberships (id, team_id, volunteer_id, role, state, since, version)
		SELECT id, team_id, volunteer_id, role, 'active', since, version
		FROM import_memberships
		WHERE import_id = $1 AND fresh AND $2::timestamptz IS NOT NULL
		ORDER BY place`, ""},
	{"changed memberships", `
		UPDATE memberships m
		SET role = i.role, version = i.version
		FROM import_memberships i
		WHERE i.import_id = $1 AND NOT i.fresh AND m.id = i.id AND m.state = 'active' AND m.version = i.version - 1 AND $2::timestamptz IS NOT NULL`,
		`SELECT count(*) FROM import_memberships WHERE import_id = $1 AND NOT fresh`},
}

// ApplyStage makes what was staged of an import true. It reports false, and
// the transaction must then be rolled back, when a row has changed since.
func ApplyStage(ctx context.Context, q postgres.Querier, importID string, now time.Time) (bool, error) {
	// What the indexes of grams gain is put in order by the next vacuum, not now: everybody's events wait for this transaction.
	if _, err := q.ExecContext(ctx, `SET LOCAL gin_pending_list_limit = '64MB'`); err != nil {
		return false, fmt.Errorf("put off the order of grams: %w", err)
	}
	for _, step := range applyStage {
		result, err := q.ExecContext(ctx, step.query, importID, now)
		if err != nil {
			if outdated(err) {
				return false, nil
			}
			return false, fmt.Errorf("apply %s: %w", step.what, err)
		}
		if step.changes == "" {
			continue
		}
		done, err := result.RowsAffected()
		if err != nil {
			return false, fmt.Errorf("count %s: %w", step.what, err)
		}
		var want int64
		if err := sqlx.GetContext(ctx, q, &want, step.changes, importID); err != nil {
			return false, fmt.Errorf("count %s: %w", step.what, err)
		}
		if done != want {
			return false, nil
		}
	}
	return true, nil
}

// outdated reports whether somebody has taken a number, or a place in a team,
// that was free when the roster was judged.
func outdated(err error) bool {
	for _, constraint := range []string{"volunteers_phone_index_key", "volunteers_id_index_key", "memberships_active_key", "memberships_open_key", "memberships_leader_key", "teams_name_key", "teams_region_code_fkey", "teams_reporting_unit_fkey"} {
		if postgres.Violated(err, constraint) {
			return true
		}
	}
	return false
}

// ListStagedTeams returns up to limit of an import's brigades that were not
// told yet, as they are now, and the place of the last.
func ListStagedTeams(ctx context.Context, q postgres.Querier, importID string, limit int) ([]domain.Team, int, error) {
	const query = `
		SELECT s.place, ` + teamColumns + `
		FROM (SELECT id, place FROM import_teams WHERE import_id = $1 ORDER BY place LIMIT $2) s
		JOIN teams t ON t.id = s.id
		JOIN regions r ON r.code = t.region_code
		ORDER BY s.place`

	var rows []struct {
		teamRow
		Place int `db:"place"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, importID, limit); err != nil {
		return nil, 0, fmt.Errorf("list staged teams of %s: %w", importID, err)
	}
	teams, last := make([]domain.Team, len(rows)), 0
	for i, row := range rows {
		teams[i], last = row.team(), row.Place
	}
	return teams, last, nil
}

// MembershipNow is a membership and where it stands.
type MembershipNow struct {
	domain.Membership
	State string
}

// ListStagedMemberships is ListStagedTeams for memberships.
func ListStagedMemberships(ctx context.Context, q postgres.Querier, importID string, limit int) ([]MembershipNow, int, error) {
	const query = `
		SELECT s.place, m.id, m.team_id, m.volunteer_id, m.role, m.state, m.since, m.version
		FROM (SELECT id, place FROM import_memberships WHERE import_id = $1 ORDER BY place LIMIT $2) s
		JOIN memberships m ON m.id = s.id
		ORDER BY s.place`

	var rows []struct {
		Place       int       `db:"place"`
		ID          string    `db:"id"`
		TeamID      string    `db:"team_id"`
		VolunteerID string    `db:"volunteer_id"`
		Role        string    `db:"role"`
		State       string    `db:"state"`
		Since       time.Time `db:"since"`
		Version     int64     `db:"version"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, importID, limit); err != nil {
		return nil, 0, fmt.Errorf("list staged memberships of %s: %w", importID, err)
	}
	memberships, last := make([]MembershipNow, len(rows)), 0
	for i, row := range rows {
		memberships[i] = MembershipNow{domain.Membership{ID: row.ID, TeamID: row.TeamID, VolunteerID: row.VolunteerID,
			Role: domain.Role(row.Role), Since: row.Since.UTC(), Version: row.Version}, row.State}
		last = row.Place
	}
	return memberships, last, nil
}

// DropStagedTeams forgets those that were told, up to a place.
func DropStagedTeams(ctx context.Context, q postgres.Querier, importID string, upTo int) error {
	return dropStaged(ctx, q, `DELETE FROM import_teams WHERE import_id = $1 AND place <= $2`, importID, upTo)
}

// DropStagedMemberships is DropStagedTeams for memberships.
func DropStagedMemberships(ctx context.Context, q postgres.Querier, importID string, upTo int) error {
	return dropStaged(ctx, q, `DELETE FROM import_memberships WHERE import_id = $1 AND place <= $2`, importID, upTo)
}

// DropStagedVolunteers forgets an import's people: nobody is told of them but through their memberships.
func DropStagedVolunteers(ctx context.Context, q postgres.Querier, importID string) error {
	const all = 1<<31 - 1
	return dropStaged(ctx, q, `DELETE FROM import_volunteers WHERE import_id = $1 AND place <= $2`, importID, all)
}

func dropStaged(ctx context.Context, q postgres.Querier, query, importID string, upTo int) error {
	if _, err := q.ExecContext(ctx, query, importID, upTo); err != nil {
		return fmt.Errorf("drop staged rows of %s: %w", importID, err)
	}
	return nil
}
