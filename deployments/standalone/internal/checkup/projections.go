package checkup

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// projection is what a service keeps of another by its events. Both queries give for
// each thing its id, its facts as text and its version. A fact that is not told,
// or of which a keeper makes its own, is in neither.
type projection struct {
	keeper, owner string
	what          string // as the check is called
	owned         string // and whether it must be kept: the demo city is loaded, not told, so what never changed may be missing
	kept          string
}

// A person whose records were merged is the survivor: who keeps ids of people and who
// owns them may have different ones of the same person.
const (
	ownedTeams       = `SELECT t.id, ROW(t.name, r.path, t.reporting_unit, t.state, t.successor_id)::text, t.version, true FROM teams t JOIN regions r ON r.code = t.region_code`
	ownedMemberships = `
		SELECT m.id, ROW(m.team_id, coalesce(v.merged_into, v.id), m.role, CASE m.state WHEN 'active' THEN 'active' ELSE 'ended' END)::text, m.version, ` + mustMember + `
		FROM memberships m JOIN volunteers v ON v.id = m.volunteer_id`
	mustMember  = `m.state = 'active'` // hours is loaded with leaders only
	ownedGrants = `
		SELECT g.id, ROW(coalesce(v.merged_into, v.id), g.role, r.path, CASE WHEN g.ended_at IS NULL THEN 'active' ELSE 'ended' END, g.from_at, g.until_at)::text, g.version, true
		FROM staff_grants g JOIN volunteers v ON v.id = g.volunteer_id JOIN regions r ON r.code = g.region_code`
	ownedMerges  = `SELECT id, merged_into::text, version, true FROM volunteers WHERE merged_into IS NOT NULL`
	ownedRegions = `SELECT code, ROW(name, path)::text, version, true FROM regions`
)

var projections = []projection{
	{"tasks", "teams", "teams", ownedTeams,
		`SELECT team_id, ROW(name, region_path, reporting_unit, state, successor_id)::text, version FROM known_teams`},
	{"tasks", "teams", "memberships", ownedMemberships, `
		SELECT k.membership_id, ROW(k.team_id, coalesce(m.merged_into, k.volunteer_id), k.role, k.state)::text, k.version
		FROM known_memberships k LEFT JOIN known_merges m ON m.volunteer_id = k.volunteer_id`},
	{"tasks", "teams", "merges", ownedMerges, `SELECT volunteer_id, merged_into::text, version FROM known_merges`},
	{"tasks", "teams", "people", `SELECT id, ROW(minor, state = 'waiting', location_consent)::text, version, false FROM volunteers`,
		`SELECT volunteer_id, ROW(minor, waits_for_guardian, location_consent)::text, version FROM known_volunteers`},
	{"hours", "teams", "regions", ownedRegions, `SELECT id, ROW(name, region_path)::text, version FROM known WHERE kind = 'region'`},
	{"hours", "teams", "teams", `
		SELECT t.id, ROW(t.name, r.path, coalesce(t.successor_id::text, ''))::text, t.version, true FROM teams t JOIN regions r ON r.code = t.region_code`,
		`SELECT id, ROW(name, region_path, successor_id)::text, version FROM known WHERE kind = 'team'`},
	{"hours", "teams", "merges", ownedMerges, `SELECT id, name, version FROM known WHERE kind = 'merged'`},
	{"hours", "teams", "memberships", strings.Replace(ownedMemberships, mustMember, mustMember+" AND m.role = 'leader'", 1), `
		SELECT k.membership_id, ROW(k.team_id, coalesce(m.name::uuid, k.volunteer_id), k.role, k.state)::text, k.version
		FROM known_memberships k LEFT JOIN known m ON m.kind = 'merged' AND m.id = k.volunteer_id::text`},
	{"hours", "teams", "grants", ownedGrants, `
		SELECT k.grant_id, ROW(coalesce(m.name::uuid, k.volunteer_id), k.role, k.region_path, k.state, k.starts_at, k.ends_at)::text, k.version
		FROM known_grants k LEFT JOIN known m ON m.kind = 'merged' AND m.id = k.volunteer_id::text`},
	{"hours", "teams", "offices", `SELECT o.id, ROW(o.kind, o.name, r.path, o.state)::text, o.version, true FROM offices o JOIN regions r ON r.code = o.region_code`,
		`SELECT office_id, ROW(kind, name, region_path, state)::text, version FROM known_offices`},
	{"hours", "teams", "brigades", `SELECT t.id, ROW(r.path, t.reporting_unit, t.state)::text, t.version, true FROM teams t JOIN regions r ON r.code = t.region_code`,
		`SELECT DISTINCT ON (team_id) team_id, ROW(region_path, reporting_unit, state)::text, version FROM known_brigades ORDER BY team_id, version DESC`},
	{"hours", "tasks", "programmes", `SELECT id, name, version, true FROM programmes`,
		`SELECT id, name, version FROM known WHERE kind = 'programme' AND id <> '0190c0de-0000-7000-8000-0000000000a1'`}, // 历史时长 is hours' own
	{"pairings", "teams", "regions", ownedRegions, `SELECT code, ROW(name, path)::text, version FROM known_regions`},
	{"pairings", "teams", "teams", `SELECT id, name, version, true FROM teams`, `SELECT team_id, name, version FROM known_teams`},
	{"pairings", "teams", "units", `SELECT id, reporting_unit, version, true FROM teams`, `SELECT team_id, reporting_unit, version FROM known_units`},
	{"pairings", "teams", "memberships", ownedMemberships, `
		SELECT k.membership_id, ROW(k.team_id, coalesce(p.merged_into, k.volunteer_id), k.role, k.state)::text, k.version
		FROM known_memberships k LEFT JOIN known_people p ON p.volunteer_id = k.volunteer_id`},
	{"pairings", "teams", "grants", ownedGrants, `
		SELECT k.grant_id, ROW(coalesce(p.merged_into, k.volunteer_id), k.role, k.region_path, k.state, k.starts_at, k.ends_at)::text, k.version
		FROM known_grants k LEFT JOIN known_people p ON p.volunteer_id = k.volunteer_id`},
	{"pairings", "teams", "people", `SELECT id, ROW(minor, state = 'erased', merged_into)::text, version, state IN ('erased', 'merged') FROM volunteers`,
		`SELECT volunteer_id, ROW(minor, erased, merged_into)::text, version FROM known_people`},
	{"pairings", "tasks", "programmes", `SELECT id, '', version, true FROM programmes`, `SELECT programme_id, '', version FROM known_programmes`},
}

// thing is what one side says of something.
type thing struct {
	facts   string
	version int64
	must    bool // the other side has to have it
}

// projection compares what is kept with what is owned. What is owned is read last: it
// is never older than what is kept of it.
func (r round) projection(ctx context.Context, p projection) (Finding, error) {
	kept, err := r.read(ctx, p.keeper, p.kept, false)
	if err != nil {
		return Finding{}, err
	}
	owned, err := r.read(ctx, p.owner, p.owned, true)
	if err != nil {
		return Finding{}, err
	}
	var wrong []string
	for id, k := range kept {
		if o, there := owned[id]; !there || o.facts != k.facts || o.version < k.version {
			wrong = append(wrong, id)
		}
	}
	for id, o := range owned {
		if _, there := kept[id]; o.must && !there {
			wrong = append(wrong, id)
		}
	}
	slices.Sort(wrong)
	f := Finding{
		Good:    len(wrong) == 0,
		Chinese: fmt.Sprintf("记着 %d 条，和来源不一样 %d 条", len(kept), len(wrong)),
		English: fmt.Sprintf("%d kept, %d not as their source says", len(kept), len(wrong)),
	}
	if !f.Good {
		f.Chinese, f.English = f.Chinese+"；"+wrong[0], f.English+"; the first: "+wrong[0]
	}
	return f, nil
}

func (r round) read(ctx context.Context, service, query string, owned bool) (map[string]thing, error) {
	db, err := r.site.Reach(service)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("read what %s has: %w", service, err)
	}
	defer func() { _ = rows.Close() }()
	all := map[string]thing{}
	for rows.Next() {
		var id string
		var facts sql.NullString
		var t thing
		into := []any{&id, &facts, &t.version}
		if owned {
			into = append(into, &t.must)
		}
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("read what %s has: %w", service, err)
		}
		t.facts = facts.String
		all[id] = t
	}
	return all, rows.Err()
}
