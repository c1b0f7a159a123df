package checkup_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/checkup"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

func TestMain(m *testing.M) { os.Exit(citytest.Main(m)) }

// A city that was left alone is in order; each planted fault is named by its own look,
// and by no other, running or not.
func TestRun(t *testing.T) {
	t.Parallel()
	data := citytest.Folder(t)
	r, err := city.Start(t.Context(), city.Options{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	running := open(t, data)
	team := rename(t, running) // so that something was told, and long ago
	wait.Until(t, "the ledger to be in its log", func() bool {
		return citytest.Ask(t, running, "hours", `SELECT NOT EXISTS (SELECT FROM entries e WHERE NOT EXISTS (SELECT FROM log_leaves l WHERE l.entry_id = e.id)) AND EXISTS (SELECT FROM log_checkpoints)`) == "true"
	})
	if bad := unwell(t, running, data); len(bad) > 0 {
		t.Fatalf("control: nothing is planted, and named are %v", bad)
	}
	citytest.Change(t, running, "hours", `INSERT INTO dead_letters (id, consumer, event_id, subject, body, occurred_at, error, attempts)
		VALUES ('`+id.New()+`', 'hours-from-tasks', '`+id.New()+`', 'tasks.v1.shift.noted', '{}', now(), 'planted', 6)`)
	citytest.Change(t, running, "tasks", `CREATE TABLE aside AS SELECT * FROM inbox; DELETE FROM inbox`)
	if bad := unwell(t, running, data); !slices.Equal(bad, []string{"arrivals tasks-from-teams", "letters"}) {
		t.Errorf("a letter and a lost event beside a city that runs: %v", bad)
	}
	citytest.Change(t, running, "hours", `DELETE FROM dead_letters`)
	citytest.Change(t, running, "tasks", `INSERT INTO inbox SELECT * FROM aside; DROP TABLE aside`)
	if err := running.Close(); err != nil {
		t.Fatal(err)
	}
	if err := r.Stop(); err != nil {
		t.Fatal(err)
	}

	s := open(t, data)
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	var want []string
	for _, f := range faults(team) { // in the order in which check looks
		citytest.Change(t, s, f.service, f.plant)
		want = append(want, f.name)
	}
	if bad := unwell(t, s, data); !slices.Equal(bad, want) {
		t.Errorf("planted in a city that stands still: %v, named: %v", want, bad)
	}
}

type fault struct{ name, service, plant string }

// faults has one of the books, one of the log and one of every projection: something
// changed, something that nobody owns, something that is missing, or a version from the
// future. unwell wants every projection to be among them.
func faults(team string) []fault {
	lead := func(table string) string {
		return `UPDATE ` + table + ` SET version = version + 1000 WHERE ctid = (SELECT min(ctid) FROM ` + table + `)`
	}
	one := "'" + id.New() + "'"
	return []fault{
		{"totals", "hours", `UPDATE totals SET minutes = minutes + 1 WHERE ctid = (SELECT min(ctid) FROM totals)`},
		{"log", "hours", `ALTER TABLE log_leaves DISABLE TRIGGER USER; UPDATE log_leaves SET mark = decode(repeat('00', 32), 'hex') WHERE index = 0`},
		{"projections tasks ← teams teams", "tasks", `UPDATE known_teams SET name = name || '?' WHERE team_id = '` + team + `'`},
		{"projections tasks ← teams memberships", "tasks", lead("known_memberships")},
		{"projections tasks ← teams merges", "tasks", `INSERT INTO known_merges (volunteer_id, merged_into, version) VALUES (` + one + `, ` + one + `, 1)`},
		{"projections tasks ← teams people", "tasks", `INSERT INTO known_volunteers (volunteer_id, minor, waits_for_guardian, version) VALUES (` + one + `, false, false, 1)`},
		{"projections hours ← teams regions", "hours", `UPDATE known SET region_path = '4107/' WHERE kind = 'region' AND id = '4106'`},
		{"projections hours ← teams teams", "hours", `UPDATE known SET name = name || '?' WHERE kind = 'team' AND id = '` + team + `'`},
		{"projections hours ← teams merges", "hours", `INSERT INTO known (kind, id, name, region_path, version) VALUES ('merged', ` + one + `, ` + one + `, '', 1)`},
		{"projections hours ← teams memberships", "hours", lead("known_memberships")},
		{"projections hours ← teams grants", "hours", `DELETE FROM known_grants`},
		{"projections hours ← teams offices", "hours", `INSERT INTO known_offices (office_id, kind, name, region_path, state, version) VALUES (` + one + `, 'home', '?', '4106/', 'open', 1)`},
		{"projections hours ← teams brigades", "hours", `INSERT INTO known_brigades (team_id, version, region_path, reporting_unit, state, state_since, founded_on)
			VALUES ('` + team + `', 1000, '4106/', '', 'active', '2020-01-01', '2020-01-01')`},
		{"projections hours ← tasks programmes", "hours", `INSERT INTO known (kind, id, name, region_path, version) VALUES ('programme', ` + one + `, '?', '', 1)`},
		{"projections pairings ← teams regions", "pairings", `UPDATE known_regions SET name = name || '?' WHERE code = '4106'`},
		{"projections pairings ← teams teams", "pairings", `UPDATE known_teams SET name = name || '?' WHERE team_id = '` + team + `'`},
		{"projections pairings ← teams units", "pairings", `UPDATE known_units SET reporting_unit = reporting_unit || '?' WHERE team_id = '` + team + `'`},
		{"projections pairings ← teams memberships", "pairings", lead("known_memberships")},
		{"projections pairings ← teams grants", "pairings", lead("known_grants")},
		{"projections pairings ← teams people", "pairings", `INSERT INTO known_people (volunteer_id, minor, erased, version) VALUES (` + one + `, false, false, 1)`},
		{"projections pairings ← tasks programmes", "pairings", `INSERT INTO known_programmes (programme_id, version) VALUES (` + one + `, 1)`},
	}
}

func open(t *testing.T, data string) *site.Site {
	t.Helper()
	s, err := site.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// unwell returns what is not in order.
func unwell(t *testing.T, s *site.Site, data string) (bad []string) {
	t.Helper()
	planted := map[string]bool{}
	for _, f := range faults(id.New()) {
		planted[f.name] = true
	}
	good, err := checkup.Run(t.Context(), s, checkup.Options{Data: data, Tell: func(f checkup.Finding, _, _ int) {
		if strings.HasPrefix(f.Check, "projections ") && !planted[f.Check] {
			t.Errorf("%s has no planted fault", f.Check)
		}
		if !f.Good {
			bad = append(bad, f.Check)
			t.Logf("%s: %s / %s", f.Check, f.Chinese, f.English)
		}
	}})
	if err != nil || good != (len(bad) == 0) {
		t.Fatalf("good %v with %v, %v", good, bad, err)
	}
	return bad
}

// rename gives a brigade another name, as teams does, and waits until the others know.
// It was long ago, as far as anybody can see.
func rename(t *testing.T, s *site.Site) (teamID string) {
	t.Helper()
	var e teamsv1.TeamChanged
	row := citytest.Ask(t, s, "teams", `
		UPDATE teams t SET name = t.name || ' 新', version = t.version + 1 FROM regions r
		WHERE r.code = t.region_code AND t.id = (SELECT min(id::text)::uuid FROM teams)
		RETURNING json_build_object('team_id', t.id, 'name', t.name, 'region_code', t.region_code, 'region_path', r.path, 'reporting_unit', t.reporting_unit,
			'state', t.state, 'founded_at', t.founded_at, 'version', t.version)`)
	if err := json.Unmarshal([]byte(row), &e); err != nil {
		t.Fatal(err)
	}
	citytest.Change(t, s, "teams", `INSERT INTO outbox (event_id, aggregate, aggregate_version, subject, body, occurred_at, stored_at)
		VALUES ('`+id.New()+`', 'team/`+e.TeamID+`', 2, 'teams.v1.team.changed', '`+strings.ReplaceAll(row, "'", "''")+`', now(), now() - interval '5 minutes')`)
	for _, q := range [][2]string{
		{"tasks", `SELECT version = 2 FROM known_teams WHERE team_id = '` + e.TeamID + `'`},
		{"hours", `SELECT version = 2 FROM known WHERE kind = 'team' AND id = '` + e.TeamID + `'`},
		{"pairings", `SELECT version = 2 FROM known_teams WHERE team_id = '` + e.TeamID + `'`},
	} {
		wait.Until(t, q[0]+" to know the new name", func() bool { return citytest.Ask(t, s, q[0], q[1]) == "true" })
	}
	return e.TeamID
}
