package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// teamColumns are read into a teamRow; the team is called t, its region r.
const teamColumns = `t.id, t.name, t.region_code, r.name AS region_name, r.path AS region_path, t.reporting_unit, t.category,
	t.description, t.state, t.state_reason, t.state_since, t.imported, t.headcount, COALESCE(t.created_by::text, '') AS created_by,
	COALESCE(t.successor_id::text, '') AS successor_id, t.join_epoch, t.founded_at, t.version`

type teamRow struct {
	ID            string              `db:"id"`
	Name          string              `db:"name"`
	RegionCode    string              `db:"region_code"`
	RegionName    string              `db:"region_name"`
	RegionPath    string              `db:"region_path"`
	ReportingUnit string              `db:"reporting_unit"`
	Category      string              `db:"category"`
	Description   string              `db:"description"`
	State         string              `db:"state"`
	StateReason   string              `db:"state_reason"`
	StateSince    sql.Null[time.Time] `db:"state_since"`
	Imported      bool                `db:"imported"`
	Headcount     int                 `db:"headcount"`
	CreatedBy     string              `db:"created_by"`
	SuccessorID   string              `db:"successor_id"`
	JoinEpoch     int64               `db:"join_epoch"`
	FoundedAt     time.Time           `db:"founded_at"`
	Version       int64               `db:"version"`
}

func (r teamRow) team() domain.Team {
	t := domain.Team{
		ID:            r.ID,
		Name:          r.Name,
		RegionCode:    r.RegionCode,
		RegionName:    r.RegionName,
		RegionPath:    r.RegionPath,
		ReportingUnit: r.ReportingUnit,
		Category:      r.Category,
		Description:   r.Description,
		State:         domain.TeamState(r.State),
		StateReason:   r.StateReason,
		Imported:      r.Imported,
		Headcount:     r.Headcount,
		CreatedBy:     r.CreatedBy,
		SuccessorID:   r.SuccessorID,
		JoinEpoch:     r.JoinEpoch,
		FoundedAt:     r.FoundedAt.UTC(),
		Version:       r.Version,
	}
	if r.StateSince.Valid {
		t.StateSince = r.StateSince.V.UTC()
	}
	return t
}

// FindTeam returns a brigade, or domain.ErrNoTeam.
func FindTeam(ctx context.Context, q postgres.Querier, id string) (domain.Team, error) {
	const query = `
		SELECT ` + teamColumns + `
		FROM teams t
		JOIN regions r ON r.code = t.region_code
		WHERE t.id = $1`

	return getTeam(ctx, q, query, id)
}

// LockTeam is FindTeam and holds the row until the transaction ends.
func LockTeam(ctx context.Context, q postgres.Querier, id string) (domain.Team, error) {
	const query = `
		SELECT ` + teamColumns + `
		FROM teams t
		JOIN regions r ON r.code = t.region_code
		WHERE t.id = $1
		FOR NO KEY UPDATE OF t`

	return getTeam(ctx, q, query, id)
}

func getTeam(ctx context.Context, q postgres.Querier, query, id string) (domain.Team, error) {
	var row teamRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Team{}, domain.ErrNoTeam
	}
	if err != nil {
		return domain.Team{}, fmt.Errorf("find team %s: %w", id, err)
	}
	return row.team(), nil
}

// teamName is the constraint that keeps the names of a county's brigades apart.
const teamName = "teams_name_key"

// InsertTeams adds brigades; their regions must be there. It returns
// domain.ErrTeamNameTaken if one of them is called like another of its county.
func InsertTeams(ctx context.Context, q postgres.Querier, teams []domain.Team) error {
	const query = `
		INSERT INTO teams (id, name, initials, grams, region_code, reporting_unit, category, description, state, state_reason,
			state_since, imported, headcount, created_by, founded_at, version)
		SELECT id, name, initials, string_to_array(grams, ' '), region_code, reporting_unit, category, description, state, state_reason,
			state_since, imported, headcount, NULLIF(created_by, '')::uuid, founded_at, version
		FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
				$11::timestamptz[], $12::boolean[], $13::int[], $14::text[], $15::timestamptz[], $16::bigint[])
			AS t (id, name, initials, grams, region_code, reporting_unit, category, description, state, state_reason,
				state_since, imported, headcount, created_by, founded_at, version)`

	_, err := q.ExecContext(ctx, query,
		postgres.Column(teams, func(t domain.Team) string { return t.ID }),
		postgres.Column(teams, func(t domain.Team) string { return t.Name }),
		postgres.Column(teams, func(t domain.Team) string { return pinyin.Initials(t.Name) }),
		postgres.Column(teams, func(t domain.Team) string { return strings.Join(pinyin.Grams(t.Name), " ") }),
		postgres.Column(teams, func(t domain.Team) string { return t.RegionCode }),
		postgres.Column(teams, func(t domain.Team) string { return t.ReportingUnit }),
		postgres.Column(teams, func(t domain.Team) string { return t.Category }),
		postgres.Column(teams, func(t domain.Team) string { return t.Description }),
		postgres.Column(teams, func(t domain.Team) string { return string(t.State) }),
		postgres.Column(teams, func(t domain.Team) string { return t.StateReason }),
		postgres.Array(statesSince(teams)),
		postgres.Column(teams, func(t domain.Team) bool { return t.Imported }),
		postgres.Column(teams, func(t domain.Team) int64 { return int64(t.Headcount) }),
		postgres.Column(teams, func(t domain.Team) string { return t.CreatedBy }),
		postgres.Column(teams, func(t domain.Team) string { return t.FoundedAt.Format(time.RFC3339Nano) }),
		postgres.Column(teams, func(t domain.Team) int64 { return t.Version }))
	if postgres.Violated(err, teamName) {
		return domain.ErrTeamNameTaken
	}
	if err != nil {
		return fmt.Errorf("insert %d teams: %w", len(teams), err)
	}
	return nil
}

func statesSince(teams []domain.Team) []sql.NullString {
	times := make([]sql.NullString, len(teams))
	for i, t := range teams {
		times[i] = sql.NullString{String: t.StateSince.Format(time.RFC3339Nano), Valid: !t.StateSince.IsZero()}
	}
	return times
}

// UpdateTeam writes back what can change of a brigade, or returns domain.ErrTeamNameTaken.
func UpdateTeam(ctx context.Context, q postgres.Querier, t domain.Team) error {
	const query = `
		UPDATE teams
		SET name = $2, initials = $3, grams = $4, region_code = $5, reporting_unit = $6, category = $7, description = $8, state = $9,
			state_reason = $10, state_since = $11, headcount = $12, successor_id = NULLIF($13, '')::uuid, join_epoch = $14,
			founded_at = $15, version = $16
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, t.ID, t.Name, pinyin.Initials(t.Name), postgres.Array(pinyin.Grams(t.Name)), t.RegionCode,
		t.ReportingUnit, t.Category, t.Description, t.State, t.StateReason, orNull(t.StateSince), t.Headcount, t.SuccessorID, t.JoinEpoch,
		t.FoundedAt, t.Version)
	if postgres.Violated(err, teamName) {
		return domain.ErrTeamNameTaken
	}
	if err != nil {
		return fmt.Errorf("update team %s: %w", t.ID, err)
	}
	return nil
}

// FindTeamNames returns what teams are called, by their ids; unknown ids are left out.
func FindTeamNames(ctx context.Context, q postgres.Querier, ids []string) (map[string]string, error) {
	const query = `
		SELECT id, name
		FROM teams
		WHERE id = ANY ($1::uuid[])`

	names := map[string]string{}
	if len(ids) == 0 {
		return names, nil
	}
	var rows []struct {
		ID   string `db:"id"`
		Name string `db:"name"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(ids)); err != nil {
		return nil, fmt.Errorf("find names of %d teams: %w", len(ids), err)
	}
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, nil
}

// UpdateTeamStates writes back where many brigades stand, with one statement.
func UpdateTeamStates(ctx context.Context, q postgres.Querier, teams []domain.Team) error {
	const query = `
		UPDATE teams t
		SET state = n.state, state_reason = n.state_reason, state_since = n.state_since, founded_at = n.founded_at, version = n.version
		FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::bigint[])
			AS n (id, state, state_reason, state_since, founded_at, version)
		WHERE t.id = n.id`

	_, err := q.ExecContext(ctx, query,
		postgres.Column(teams, func(t domain.Team) string { return t.ID }),
		postgres.Column(teams, func(t domain.Team) string { return string(t.State) }),
		postgres.Column(teams, func(t domain.Team) string { return t.StateReason }),
		postgres.Array(statesSince(teams)),
		postgres.Column(teams, func(t domain.Team) string { return t.FoundedAt.Format(time.RFC3339Nano) }),
		postgres.Column(teams, func(t domain.Team) int64 { return t.Version }))
	if err != nil {
		return fmt.Errorf("update the states of %d teams: %w", len(teams), err)
	}
	return nil
}

// LockTeams returns those of the brigades that exist, by their ids, and holds
// their rows until the transaction ends.
func LockTeams(ctx context.Context, q postgres.Querier, ids []string) ([]domain.Team, error) {
	const query = `
		SELECT ` + teamColumns + `
		FROM teams t
		JOIN regions r ON r.code = t.region_code
		WHERE t.id = ANY ($1::uuid[])
		ORDER BY t.id
		FOR NO KEY UPDATE OF t`

	return lockMany(ctx, q, query, postgres.Array(ids))
}

// LockSubmittedOfRosters returns up to limit brigades at or below a division
// that came with a roster and wait for approval, and holds their rows.
func LockSubmittedOfRosters(ctx context.Context, q postgres.Querier, regionPath string, limit int) ([]domain.Team, error) {
	const query = `
		SELECT ` + teamColumns + `
		FROM teams t
		JOIN regions r ON r.code = t.region_code
		WHERE r.path LIKE $1 || '%' AND t.state = 'submitted' AND t.imported
		ORDER BY t.id
		LIMIT $2
		FOR NO KEY UPDATE OF t`

	return lockMany(ctx, q, query, regionPath, limit)
}

func lockMany(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Team, error) {
	var rows []teamRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("lock teams: %w", err)
	}
	teams := make([]domain.Team, len(rows))
	for i, row := range rows {
		teams[i] = row.team()
	}
	return teams, nil
}

// ListTeamsFoundedBy returns the brigades that somebody has in preparation or
// had returned, and those that wait for approval, newest first.
func ListTeamsFoundedBy(ctx context.Context, q postgres.Querier, volunteerID string) ([]domain.Team, error) {
	const query = `
		SELECT ` + teamColumns + `
		FROM teams t
		JOIN regions r ON r.code = t.region_code
		WHERE t.created_by = $1 AND t.state IN ('draft', 'submitted')
		ORDER BY t.id DESC`

	var rows []teamRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list teams founded by %s: %w", volunteerID, err)
	}
	teams := make([]domain.Team, len(rows))
	for i, row := range rows {
		teams[i] = row.team()
	}
	return teams, nil
}

// TeamNameTaken reports whether a brigade of the region's county, other than
// the one with the id, has the name: to say so before the constraint does.
func TeamNameTaken(ctx context.Context, q postgres.Querier, name, regionCode, id string) (bool, error) {
	const query = `
		SELECT EXISTS (
			SELECT 1 FROM teams
			WHERE left(region_code, 6) = left($2, 6) AND name = $1 AND state IN ('submitted', 'active', 'suspended') AND id <> $3)`

	var taken bool
	if err := sqlx.GetContext(ctx, q, &taken, query, name, regionCode, id); err != nil {
		return false, fmt.Errorf("look for team name in %s: %w", regionCode, err)
	}
	return taken, nil
}
