package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// askAtOnce is how many values go into one question.
const askAtOnce = 10_000

// ListAllRegions returns every division, parents before children.
func ListAllRegions(ctx context.Context, q postgres.Querier) ([]domain.Region, error) {
	const query = `
		SELECT code, name, path, level, COALESCE(parent_code, '') AS parent_code, version
		FROM regions
		ORDER BY path`

	var rows []regionRow
	if err := sqlx.SelectContext(ctx, q, &rows, query); err != nil {
		return nil, fmt.Errorf("list all regions: %w", err)
	}
	regions := make([]domain.Region, len(rows))
	for i, row := range rows {
		regions[i] = domain.Region(row)
	}
	return regions, nil
}

// ListTeamsNamed returns the brigades that have one of the names, or the id, "" for none.
func ListTeamsNamed(ctx context.Context, q postgres.Querier, names []string, id string) ([]domain.Team, error) {
	const query = `
		SELECT ` + teamColumns + `
		FROM teams t
		JOIN regions r ON r.code = t.region_code
		WHERE t.name = ANY ($1) OR t.id = NULLIF($2, '')::uuid`

	var rows []teamRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(names), id); err != nil {
		return nil, fmt.Errorf("list teams of %d names: %w", len(names), err)
	}
	teams := make([]domain.Team, len(rows))
	for i, row := range rows {
		teams[i] = row.team()
	}
	return teams, nil
}

// RosterPerson is what a roster is compared with: people by their blind
// indexes, nothing opened.
type RosterPerson struct {
	ID         string `db:"id"`
	Name       string `db:"name"`
	State      string `db:"state"`
	PhoneIndex []byte `db:"phone_index"`
	IDIndex    []byte `db:"id_index"`
	Sex        string `db:"sex"`
	RegionCode string `db:"region_code"`
	Version    int64  `db:"version"`
}

const rosterPersonColumns = `v.id, v.name, v.state, v.phone_index, v.id_index, v.sex, COALESCE(v.region_code, '') AS region_code, v.version`

// ListRosterPeople returns the people who have one of the numbers, by their
// blind indexes, or one of the ids; some twice.
func ListRosterPeople(ctx context.Context, q postgres.Querier, phones, numbers [][]byte, ids []string) ([]RosterPerson, error) {
	const query = `
		SELECT ` + rosterPersonColumns + `
		FROM volunteers v
		JOIN unnest(`
	const here = `
		WHERE v.state IN ('unclaimed', 'active')`

	// A join, not = ANY: right after an import the planner takes the table for
	// small and would compare each row with each of the values.
	var all []RosterPerson
	ask := func(condition string, list any) error {
		var some []RosterPerson
		if err := sqlx.SelectContext(ctx, q, &some, query+condition+here, list); err != nil {
			return fmt.Errorf("list people of a roster: %w", err)
		}
		all = append(all, some...)
		return nil
	}
	for some := range slices.Chunk(phones, askAtOnce) {
		if err := ask(`$1::bytea[]) AS k (key) ON k.key = v.phone_index`, postgres.Array(some)); err != nil {
			return nil, err
		}
	}
	for some := range slices.Chunk(numbers, askAtOnce) {
		if err := ask(`$1::bytea[]) AS k (key) ON k.key = v.id_index`, postgres.Array(some)); err != nil {
			return nil, err
		}
	}
	for some := range slices.Chunk(ids, askAtOnce) {
		if err := ask(`$1::uuid[]) AS k (key) ON k.key = v.id`, postgres.Array(some)); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// RosterMembership is somebody's part in a brigade, past ones included.
type RosterMembership struct {
	ID          string    `db:"id"`
	TeamID      string    `db:"team_id"`
	VolunteerID string    `db:"volunteer_id"`
	Role        string    `db:"role"`
	Active      bool      `db:"active"`
	Since       time.Time `db:"since"`
	Version     int64     `db:"version"`
}

// ListRosterMemberships returns all memberships of the brigades.
func ListRosterMemberships(ctx context.Context, q postgres.Querier, teamIDs []string) ([]RosterMembership, error) {
	const query = `
		SELECT id, team_id, volunteer_id, role, state = 'active' AS active, since, version
		FROM memberships m
		JOIN unnest($1::uuid[]) AS k (key) ON k.key = m.team_id`

	var rows []RosterMembership
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(teamIDs)); err != nil {
		return nil, fmt.Errorf("list memberships of %d teams: %w", len(teamIDs), err)
	}
	return rows, nil
}
