package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type listingRow struct {
	shiftRow
	TeamID        string           `db:"team_id"`
	TeamName      sql.Null[string] `db:"team_name"`
	RegionPath    sql.Null[string] `db:"region_path"`
	ReportingUnit sql.Null[string] `db:"reporting_unit"`
	TeamState     sql.Null[string] `db:"team_state"`
	ProgrammeID   string           `db:"programme_id"`
	ProgrammeName string           `db:"programme_name"`
	Kind          string           `db:"kind"`
	Title         string           `db:"title"`
	Place         string           `db:"place"`
	Latitude      float64          `db:"latitude"`
	Longitude     float64          `db:"longitude"`
	ContactName   string           `db:"contact_name"`
	ContactPhone  string           `db:"contact_phone"`
	OnlyMembers   bool             `db:"only_members"`
}

// ListingQuery returns the query of ListListings and its arguments, for whoever measures it alone.
func ListingQuery(f domain.ListingFilter) (query string, args []any) {
	where, args := conditions(f)
	query = `
		SELECT s.id, s.task_id, s.starts_at, s.ends_at, s.capacity, s.taken, s.waiting, s.key, s.state, s.people_served, s.confirmed_at, s.reason, s.version, s.open_from,
			t.team_id, k.name AS team_name, k.region_path, k.reporting_unit, k.state AS team_state, t.programme_id, p.name AS programme_name,
			t.kind, t.title, t.place, t.latitude, t.longitude, t.contact_name, t.contact_phone, t.only_members
		FROM shifts s
		JOIN tasks t ON t.id = s.task_id
		JOIN programmes p ON p.id = t.programme_id
		LEFT JOIN known_teams k ON k.team_id = t.team_id
		WHERE ` + where + `
		ORDER BY s.starts_at, s.id`
	if f.Limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", f.Limit)
	}
	if f.Near.Metres > 0 || !f.Words.Empty() {
		query = postgres.Anew + query // how many there are depends on the place and the words
	}
	return query, args
}

// ListListings returns shifts in order of their start, then id.
func ListListings(ctx context.Context, q postgres.Querier, f domain.ListingFilter) ([]domain.Listing, error) {
	query, args := ListingQuery(f)
	var rows []listingRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list shifts: %w", err)
	}
	listings := make([]domain.Listing, len(rows))
	for i, r := range rows {
		listings[i] = domain.Listing{
			Shift: r.shift(), TeamID: r.TeamID, TeamName: r.TeamName.V, RegionPath: r.RegionPath.V, ReportingUnit: r.ReportingUnit.V, TeamState: r.TeamState.V,
			ProgrammeID: r.ProgrammeID, ProgrammeName: r.ProgrammeName, Kind: domain.TaskKind(r.Kind), Title: r.Title, Place: r.Place,
			Latitude: r.Latitude, Longitude: r.Longitude, ContactName: r.ContactName, ContactPhone: r.ContactPhone, OnlyMembers: r.OnlyMembers,
		}
	}
	return listings, nil
}

// FindListing returns one shift of a published task, or domain.ErrNotPublished.
func FindListing(ctx context.Context, q postgres.Querier, shiftID string) (domain.Listing, error) {
	found, err := ListListings(ctx, q, domain.ListingFilter{IDs: []string{shiftID}})
	if err != nil {
		return domain.Listing{}, err
	}
	if len(found) == 0 {
		return domain.Listing{}, domain.ErrNotPublished
	}
	return found[0], nil
}

// FindAnyListing is FindListing, of a draft too.
func FindAnyListing(ctx context.Context, q postgres.Querier, shiftID string) (domain.Listing, error) {
	found, err := ListListings(ctx, q, domain.ListingFilter{IDs: []string{shiftID}, Drafts: true})
	if err == nil && len(found) == 0 {
		err = domain.ErrNotPublished
	}
	if err != nil {
		return domain.Listing{}, err
	}
	return found[0], nil
}

// conditions turns a filter into SQL and its arguments.
func conditions(f domain.ListingFilter) (string, []any) {
	var (
		conds []string
		args  []any
	)
	need := func(cond string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			cond = strings.Replace(cond, "?", fmt.Sprintf("$%d", len(args)), 1)
		}
		conds = append(conds, cond)
	}
	if !f.Drafts {
		need("t.state <> 'draft'") // what is cancelled stays in sight of whoever had to do with it
	}
	if f.IDs != nil {
		need("s.id = ANY (?::uuid[])", postgres.Array(f.IDs))
	}
	if f.TaskID != "" {
		need("s.task_id = ?", f.TaskID)
	}
	if !f.EndingAfter.IsZero() {
		// MaxShift bounds how early such a shift can have started, which lets the index on starts_at be used.
		need("s.ends_at > ? AND s.starts_at > ?", f.EndingAfter, f.EndingAfter.Add(-domain.MaxShift))
	}
	if !f.StartsBefore.IsZero() {
		if f.Opened {
			need("(s.starts_at < ? OR s.open_from < ?)", f.StartsBefore, f.StartsBefore)
		} else {
			need("s.starts_at < ?", f.StartsBefore)
		}
	}
	if f.ProgrammeID != "" {
		need("t.programme_id = ?", f.ProgrammeID)
	}
	if f.Kind != "" {
		need("t.kind = ?", f.Kind)
	}
	if f.TeamIDs != nil {
		teams := postgres.Array(f.TeamIDs) // as hosts, or having joined
		need(`t.id IN (SELECT x.id FROM tasks x WHERE x.team_id = ANY (?::uuid[])
			UNION SELECT j.task_id FROM task_teams j WHERE j.state = 'joined' AND j.team_id = ANY (?::uuid[]))`, teams, teams)
	}
	if f.Region != "" {
		// A village may hang below a township that its code does not begin with, so
		// where the code stands in the path is not known. Teams are few.
		need("'/' || k.region_path LIKE '%/' || ? || '/%'", f.Region)
	}
	if c := f.Near; c.Metres > 0 {
		south, north, west, east := c.Box() // which the index on places answers; the circle is cut out of it
		need("t.state = 'published' AND t.latitude <> 0 AND t.latitude BETWEEN ? AND ? AND t.longitude BETWEEN ? AND ?", south, north, west, east)
		need(`2 * 6371000 * asin(sqrt(power(sin(radians(t.latitude - ?) / 2), 2)
			+ cos(radians(t.latitude)) * cos(radians(?)) * power(sin(radians(t.longitude - ?) / 2), 2))) <= ?`, c.Latitude, c.Latitude, c.Longitude, c.Metres)
	}
	if !f.Words.Empty() {
		need("t.grams @> ? AND t.words LIKE '%' || ? || '%'", postgres.Array(f.Words.Grams()), f.Words.Text())
	}
	if f.SignedUp != nil {
		ids := postgres.Array(f.SignedUp.IDs())
		need(`s.id IN (SELECT u.shift_id FROM sign_ups u WHERE u.volunteer_id = ANY (?::uuid[]) AND u.state IN ('confirmed', 'waitlisted', 'offered')
			UNION SELECT a.shift_id FROM attendances a WHERE a.volunteer_id = ANY (?::uuid[]) AND a.state <> 'undone')`, ids, ids)
	}
	if len(f.NotProgrammes) > 0 {
		need("(t.kind = 'training' OR t.programme_id <> ALL (?::uuid[]))", postgres.Array(f.NotProgrammes)) // a class is where papers come from
	}
	if f.FreeFor != nil {
		need(`s.state = 'open' AND NOT EXISTS (
			SELECT FROM sign_ups m
			JOIN shifts o ON o.id = m.shift_id
			WHERE m.volunteer_id = ANY (?::uuid[]) AND m.state = 'confirmed' AND o.id <> s.id AND o.state <> 'cancelled'
				AND o.starts_at < s.ends_at AND o.ends_at > s.starts_at AND o.open_from IS NULL AND s.open_from IS NULL)`, postgres.Array(f.FreeFor.IDs()))
		mine := postgres.Array(f.MemberOf)
		need(`(NOT t.only_members OR t.team_id = ANY (?::uuid[])
			OR EXISTS (SELECT FROM task_teams j WHERE j.task_id = t.id AND j.state = 'joined' AND j.team_id = ANY (?::uuid[])))`, mine, mine)
	}
	if f.States != nil { // our own words, written out: a plan that is kept can then use the partial indexes
		states := make([]string, len(f.States))
		for i, state := range f.States {
			states[i] = "'" + string(state) + "'"
		}
		need("s.state IN (" + strings.Join(states, ", ") + ")")
	}
	if f.After.ID != "" {
		need("(s.starts_at, s.id) > (?, ?::uuid)", f.After.StartsAt, f.After.ID)
	}
	if len(conds) == 0 {
		return "true", nil
	}
	return strings.Join(conds, " AND "), args
}
