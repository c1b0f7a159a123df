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

// UpsertTeams keeps the newest that teams told of each brigade.
func UpsertTeams(ctx context.Context, q postgres.Querier, known []domain.KnownTeam) error {
	const query = `
		INSERT INTO known_teams (team_id, name, region_path, reporting_unit, state, successor_id, version)
		SELECT DISTINCT ON (team_id) team_id, name, region_path, reporting_unit, state, NULLIF(successor_id, '')::uuid, version
		FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
			AS t (team_id, name, region_path, reporting_unit, state, successor_id, version)
		ORDER BY team_id, version DESC
		ON CONFLICT (team_id) DO UPDATE
		SET name = excluded.name, region_path = excluded.region_path,
			reporting_unit = excluded.reporting_unit, state = excluded.state, successor_id = excluded.successor_id, version = excluded.version
		WHERE known_teams.version < excluded.version`

	if _, err := q.ExecContext(ctx, query,
		postgres.Column(known, func(k domain.KnownTeam) string { return k.TeamID }),
		postgres.Column(known, func(k domain.KnownTeam) string { return k.Name }),
		postgres.Column(known, func(k domain.KnownTeam) string { return k.RegionPath }),
		postgres.Column(known, func(k domain.KnownTeam) string { return k.ReportingUnit }),
		postgres.Column(known, func(k domain.KnownTeam) string { return k.State }),
		postgres.Column(known, func(k domain.KnownTeam) string { return k.SuccessorID }),
		postgres.Column(known, func(k domain.KnownTeam) int64 { return k.Version })); err != nil {
		return fmt.Errorf("upsert %d teams: %w", len(known), err)
	}
	return nil
}

// UpsertMemberships keeps the newest that teams told of each membership.
func UpsertMemberships(ctx context.Context, q postgres.Querier, known []domain.KnownMembership) error {
	const query = `
		INSERT INTO known_memberships (membership_id, team_id, volunteer_id, role, state, version)
		SELECT DISTINCT ON (membership_id) membership_id, team_id, volunteer_id, role, state, version
		FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[])
			AS t (membership_id, team_id, volunteer_id, role, state, version)
		ORDER BY membership_id, version DESC
		ON CONFLICT (membership_id) DO UPDATE
		SET role = excluded.role, state = excluded.state, version = excluded.version
		WHERE known_memberships.version < excluded.version`

	if _, err := q.ExecContext(ctx, query,
		postgres.Column(known, func(k domain.KnownMembership) string { return k.MembershipID }),
		postgres.Column(known, func(k domain.KnownMembership) string { return k.TeamID }),
		postgres.Column(known, func(k domain.KnownMembership) string { return k.VolunteerID }),
		postgres.Column(known, func(k domain.KnownMembership) string { return k.Role }),
		postgres.Column(known, func(k domain.KnownMembership) string { return k.State }),
		postgres.Column(known, func(k domain.KnownMembership) int64 { return k.Version })); err != nil {
		return fmt.Errorf("upsert %d memberships: %w", len(known), err)
	}
	return nil
}

// UpsertHandovers keeps the newest handing over of each brigade and returns the
// brigades for which that is news.
func UpsertHandovers(ctx context.Context, q postgres.Querier, known []domain.KnownHandover) ([]string, error) {
	const query = `
		INSERT INTO known_handovers (team_id, to_id, at, version)
		SELECT DISTINCT ON (team_id) team_id, to_id, at, version
		FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::bigint[]) AS h (team_id, to_id, at, version)
		ORDER BY team_id, version DESC
		ON CONFLICT (team_id) DO UPDATE
		SET to_id = excluded.to_id, at = excluded.at, version = excluded.version
		WHERE known_handovers.version < excluded.version
		RETURNING team_id`

	var news []string
	if err := sqlx.SelectContext(ctx, q, &news, query,
		postgres.Column(known, func(k domain.KnownHandover) string { return k.TeamID }),
		postgres.Column(known, func(k domain.KnownHandover) string { return k.ToID }),
		postgres.Column(known, func(k domain.KnownHandover) time.Time { return k.At }),
		postgres.Column(known, func(k domain.KnownHandover) int64 { return k.Version })); err != nil {
		return nil, fmt.Errorf("upsert %d handovers: %w", len(known), err)
	}
	return news, nil
}

// FindTeamState returns the state of a brigade as teams last told it; empty
// when nothing was told yet.
func FindTeamState(ctx context.Context, q postgres.Querier, teamID string) (string, error) {
	const query = `
		SELECT state
		FROM known_teams
		WHERE team_id = $1`

	var state string
	err := sqlx.GetContext(ctx, q, &state, query, teamID)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("find state of team %s: %w", teamID, err)
	}
	return state, nil
}

// FindTeamName returns what a brigade is called; empty when nothing was told yet.
func FindTeamName(ctx context.Context, q postgres.Querier, teamID string) (string, error) {
	const query = `
		SELECT COALESCE(max(name), '')
		FROM known_teams
		WHERE team_id = $1`

	var name string
	if err := sqlx.GetContext(ctx, q, &name, query, teamID); err != nil {
		return "", fmt.Errorf("find the name of team %s: %w", teamID, err)
	}
	return name, nil
}

// FindTeamRegion returns the path of a brigade's home as teams last told it;
// empty when nothing was told yet.
func FindTeamRegion(ctx context.Context, q postgres.Querier, teamID string) (string, error) {
	const query = `
		SELECT region_path
		FROM known_teams
		WHERE team_id = $1`

	var path string
	err := sqlx.GetContext(ctx, q, &path, query, teamID)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("find region of team %s: %w", teamID, err)
	}
	return path, nil
}

// ListLedTeams returns the ids of the teams whose activities the volunteer looks after.
func ListLedTeams(ctx context.Context, q postgres.Querier, volunteerID string) ([]string, error) {
	led, err := ListLedTeamsOf(ctx, q, []string{volunteerID})
	return led[volunteerID], err
}

// ListLedTeamsOf returns, for each of the volunteers, the ids of the teams whose
// activities they look after: those they lead or are deputy of, suspended ones
// too, and those that have become part of one of these.
func ListLedTeamsOf(ctx context.Context, q postgres.Querier, volunteerIDs []string) (map[string][]string, error) {
	if len(volunteerIDs) == 0 {
		return nil, nil
	}
	const query = `
		WITH RECURSIVE led AS (
			SELECT m.volunteer_id, m.team_id
			FROM known_memberships m
			JOIN known_teams t USING (team_id)
			WHERE m.volunteer_id = ANY ($1::uuid[]) AND m.state = 'active' AND m.role IN ('leader', 'deputy') AND t.state IN ('active', 'suspended')
			UNION
			SELECT led.volunteer_id, k.team_id
			FROM led
			JOIN known_teams k ON k.successor_id = led.team_id
		)
		SELECT volunteer_id, team_id
		FROM led`

	var rows []struct {
		VolunteerID string `db:"volunteer_id"`
		TeamID      string `db:"team_id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("list led teams: %w", err)
	}
	led := make(map[string][]string, len(rows))
	for _, r := range rows {
		led[r.VolunteerID] = append(led[r.VolunteerID], r.TeamID)
	}
	return led, nil
}
