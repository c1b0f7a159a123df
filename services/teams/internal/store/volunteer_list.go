package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// VolunteerFilter narrows a list of people; what is empty does not.
type VolunteerFilter struct {
	City   string   // the path of the city: whoever asks for it asks for everybody
	Paths  []string // those at home, or in a team, in these subtrees
	State  domain.VolunteerState
	Minors bool
	TeamID string
	// At most one of these:
	PhoneIndex []byte
	Number     string
	Name       pinyin.Query
	Page       Page
}

// ListedVolunteer is a person and where they belong, for a list.
type ListedVolunteer struct {
	domain.Volunteer
	RegionName string
	TeamNames  []string // by name; at most three
}

// ListVolunteers returns people by name in the order of pinyin. Merged and
// erased records are not people. Only what the filter asks for is part of the
// statement, so that each kind of question has a plan of its own. A search
// goes by the index of grams and asks of those found, from the first of the
// list until the page is full, where they belong; a list of a county goes by
// the index of names and does the same; in a township, of which too few would
// be met on that way, both begin with its people.
func ListVolunteers(ctx context.Context, q postgres.Querier, v *vault.Vault, f VolunteerFilter) ([]ListedVolunteer, error) {
	const head = `
		WITH found AS MATERIALIZED (
			SELECT v.id, v.name
			FROM `
	const tail = `
			ORDER BY v.name, v.id
			LIMIT ?
		)
		SELECT ` + volunteerColumns + `, COALESCE(r.name, '') AS region_name, ARRAY(
				SELECT t.name
				FROM memberships m
				JOIN teams t ON t.id = m.team_id
				WHERE m.volunteer_id = v.id AND m.state = 'active'
				ORDER BY t.name
				LIMIT 3
			)::text AS team_names
		FROM found
		JOIN volunteers v ON v.id = found.id
		LEFT JOIN regions r ON r.code = v.region_code
		ORDER BY found.name, found.id`

	body, args := f.body()
	query := sqlx.Rebind(sqlx.DOLLAR, head+body+tail)
	var rows []struct {
		volunteerRow
		RegionName string         `db:"region_name"`
		TeamNames  sql.NullString `db:"team_names"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, append(args, f.Page.Limit)...); err != nil {
		return nil, fmt.Errorf("list volunteers: %w", err)
	}
	people := make([]ListedVolunteer, len(rows))
	for i, row := range rows {
		person, err := row.volunteer(v)
		if err != nil {
			return nil, err
		}
		people[i] = ListedVolunteer{Volunteer: person, RegionName: row.RegionName}
		if err := people[i].scanTeams(row.TeamNames.String); err != nil {
			return nil, err
		}
	}
	return people, nil
}

func (p *ListedVolunteer) scanTeams(array string) error {
	if err := postgres.ArrayInto(&p.TeamNames).(sql.Scanner).Scan(array); err != nil {
		return fmt.Errorf("read team names: %w", err)
	}
	return nil
}

// body is all that finds people, and the arguments of its question marks.
func (f VolunteerFilter) body() (string, []any) {
	who, args := f.who()
	if f.everywhere() {
		return "volunteers v WHERE " + who, args
	}
	if f.near() {
		from, near := f.nearby()
		return from + " WHERE " + who, append(near, args...)
	}
	belongs, paths := f.belongs()
	if f.Name.Empty() || f.letter() {
		return "volunteers v WHERE " + who + " AND " + belongs, append(args, paths...)
	}
	// OFFSET 0 keeps the questions of belonging out, which are slow, until the order is known.
	return "(SELECT v.id, v.name, v.region_code FROM volunteers v WHERE " + who + " ORDER BY v.name, v.id OFFSET 0) AS v WHERE " + belongs,
		append(args, paths...)
}

// who returns what must hold of a person, but for where they belong.
func (f VolunteerFilter) who() (conditions string, args []any) {
	var all []string
	need := func(condition string, values ...any) {
		all, args = append(all, condition), append(args, values...)
	}
	if f.State != "" {
		need("v.state = '" + string(stateOf(f.State)) + "'") // a constant: an index serves it
	} else {
		need("v.state NOT IN ('merged', 'erased')")
	}
	if f.Minors {
		need("v.minor")
	}
	if f.TeamID != "" {
		need("v.id IN (SELECT volunteer_id FROM memberships WHERE team_id = ? AND state = 'active')", f.TeamID)
	}
	switch {
	case f.PhoneIndex != nil:
		need("v.phone_index = ?", f.PhoneIndex)
	case f.Number != "":
		need("v.number = ?", f.Number)
	case f.letter():
		need("left(v.initials, 1) = ?", f.Name.Text())
	case !f.Name.Empty():
		text := "%" + f.Name.Text() + "%" // letters and digits only: nothing to escape
		need("v.grams @> ?", postgres.Array(f.Name.Grams()))
		need("(plain_name(v.name) LIKE ? OR v.initials LIKE ?)", text, text)
	}
	if f.Page.After != "" {
		need("(v.name, v.id) > (SELECT name, id FROM volunteers WHERE id = ?)", f.Page.After)
	}
	return strings.Join(all, " AND "), args
}

// belongs asks of a person whether home or a brigade is below the paths.
func (f VolunteerFilter) belongs() (condition string, args []any) {
	paths := postgres.Array(prefixes(f.Paths))
	// A scalar subquery, not EXISTS: the planner would read all memberships for that.
	return `(v.region_code IN (SELECT code FROM regions WHERE path LIKE ANY (?)) OR COALESCE((
				SELECT true
				FROM memberships m
				JOIN teams t ON t.id = m.team_id
				WHERE m.volunteer_id = v.id AND m.state = 'active' AND t.region_code IN (SELECT code FROM regions WHERE path LIKE ANY (?))
				LIMIT 1
			), false))`, []any{paths, paths}
}

// nearby begins with the people of a few places.
func (f VolunteerFilter) nearby() (from string, args []any) {
	paths := postgres.Array(prefixes(f.Paths))
	return `(
				SELECT m.volunteer_id AS id
				FROM memberships m
				JOIN teams t ON t.id = m.team_id
				JOIN regions r ON r.code = t.region_code
				WHERE m.state = 'active' AND r.path LIKE ANY (?)
				UNION
				SELECT h.id
				FROM volunteers h
				JOIN regions r ON r.code = h.region_code
				WHERE r.path LIKE ANY (?)
			) AS near
			JOIN volunteers v ON v.id = near.id`, []any{paths, paths}
}

// everywhere reports whether the filter takes in the whole city.
func (f VolunteerFilter) everywhere() bool {
	return slices.ContainsFunc(f.Paths, func(path string) bool { return strings.HasPrefix(f.City, path) })
}

// near reports whether the list takes in townships and villages only; one
// person who is asked for by number is quickly found anywhere.
func (f VolunteerFilter) near() bool {
	searched := f.PhoneIndex != nil || f.Number != ""
	township := strings.Count(f.City, "/") + 2
	return !searched && !slices.ContainsFunc(f.Paths, func(path string) bool { return strings.Count(path, "/") < township })
}

// letter reports whether one letter was typed: of the surname, as the list is sorted.
func (f VolunteerFilter) letter() bool {
	text := f.Name.Text()
	return len(text) == 1 && text[0] >= 'a' && text[0] <= 'z'
}

// stateOf returns one of the states, never another text.
func stateOf(s domain.VolunteerState) domain.VolunteerState {
	switch s {
	case domain.VolunteerUnclaimed, domain.VolunteerWaiting:
		return s
	}
	return domain.VolunteerActive
}

func prefixes(paths []string) []string {
	out := make([]string, len(paths))
	for i, path := range paths {
		out[i] = path + "%" // of digits and slashes only
	}
	return out
}

// FindCityPath returns the path of the city: whoever holds it covers everybody.
func FindCityPath(ctx context.Context, q postgres.Querier) (string, error) {
	const query = `
		SELECT COALESCE((SELECT path FROM regions WHERE level = 'city' ORDER BY path LIMIT 1), '')`

	var path string
	if err := sqlx.GetContext(ctx, q, &path, query); err != nil {
		return "", fmt.Errorf("find the city: %w", err)
	}
	return path, nil
}
