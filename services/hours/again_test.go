package hours_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// projections are the tables that hours could lose, and how each is hashed: what
// it says, not when and in which order it was written.
var projections = map[string]string{
	"known":             "kind, id, name, region_path, successor_id, version",
	"known_memberships": "membership_id, team_id, volunteer_id, role, state, version",
	"known_grants":      "grant_id, volunteer_id, role, region_path, state, version",
	"known_offices":     "office_id, kind, name, region_path, state, version",
	"totals":            "volunteer_id, day, team_id, programme_id, region_path, account, settles_on, minutes, entries",
	"held_credits":      "volunteer_id, minutes, source_kind, source_id, state",
	"entries":           "volunteer_id, team_id, kind, minutes, started_at, source_kind, source_id",
}

// What hours knows of others is told again from the first event on, in any order,
// and what it sums from its ledger is summed again: all is as it was, and no hour
// is counted twice.
func TestFromTheFirstEvent(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	owner, err := postgres.Open(t.Context(), r.cfg.OwnerDatabaseURL, 3)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = owner.Close() })
	own := one(t, owner, "SELECT coalesce(max(seq), 0)::text FROM known") // what hours knows by itself, nobody tells
	fromTasks, fromTeams := givenPast()
	r.play(owner, fromTasks, fromTeams)
	before := hashes(t, owner)

	exec(t, owner, "TRUNCATE inbox, known_memberships, known_grants, known_offices")
	exec(t, owner, "DELETE FROM known WHERE seq > "+own)
	exec(t, owner, "UPDATE totals SET minutes = 1")
	r.bus.Close()
	r.cfg.NATSURL = bustest.Start(t) // streams and consumers are gone with the other one
	if r.bus, err = bus.Connect(t.Context(), r.cfg.NATSURL, "test", slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	if lost := hashes(t, owner); cmp.Equal(before, lost) {
		t.Fatal("nothing was lost: there is nothing to see")
	}

	shuffle := func(events []outbox.Event) []outbox.Event {
		rand.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		return events
	}
	if _, err := hours.RebuildTotals(t.Context(), r.cfg); err != nil {
		t.Fatal(err)
	}
	r.play(owner, shuffle(fromTasks), shuffle(fromTeams))
	if diff := cmp.Diff(before, hashes(t, owner)); diff != "" {
		t.Errorf("not as it was (-before +after):\n%s", diff)
	}
	if report, err := hours.Check(t.Context(), r.cfg); err != nil {
		t.Errorf("Check = %s, %v", report, err)
	}
}

// givenPast makes what tasks and teams told in a small town: changes of the same
// thing follow each other, and attendances overlap now and then.
func givenPast() (fromTasks, fromTeams []outbox.Event) {
	const teams, volunteers = 12, 40
	teamIDs, volunteerIDs, programmeID := ids(teams), ids(volunteers), id.New()
	for version := range int64(3) {
		fromTasks = append(fromTasks, tasksv1.ProgrammeChanged{ProgrammeID: programmeID, Name: fmt.Sprint("保护淇河 ", version+1), Version: version + 1})
		fromTeams = append(fromTeams, teamsv1.RegionChanged{Code: "4106", Name: fmt.Sprint("鹤壁市 ", version+1), Path: "4106/", Version: version + 1})
		for i, teamID := range teamIDs {
			fromTeams = append(fromTeams, teamsv1.TeamChanged{TeamID: teamID, Name: fmt.Sprint(i, " 队 ", version+1), RegionPath: "4106/", Version: version + 1})
		}
	}
	for i, volunteerID := range volunteerIDs {
		fromTeams = append(fromTeams, teamsv1.MembershipChanged{
			MembershipID: id.New(), TeamID: teamIDs[i%teams], VolunteerID: volunteerID, Role: "leader", State: "active", Version: 1,
		})
	}
	nine := time.Date(2026, time.November, 2, 9, 0, 0, 0, clock.City)
	for i := range 600 {
		from := nine.Add(time.Duration(i/volunteers) * 90 * time.Minute) // each person's next begins before the last one ends
		fromTasks = append(fromTasks, tasksv1.AttendanceConfirmed{
			AttendanceID: id.New(), TaskTitle: "淇河岸边捡拾垃圾", TeamID: teamIDs[i%teams], RegionPath: "4106/", ReportingUnit: "淇滨区", ProgrammeID: programmeID,
			VolunteerID: volunteerIDs[i%volunteers], Verification: "A", From: from, To: from.Add(100 * time.Minute), Minutes: 100,
			ConfirmedBy: teamIDs[0], ConfirmedAt: from.Add(3 * time.Hour), Version: 1,
		})
	}
	return fromTasks, fromTeams
}

func ids(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = id.New()
	}
	return all
}

// play tells the events to the running service until it has taken in all of them.
func (r *running) play(owner *postgres.DB, fromTasks, fromTeams []outbox.Event) {
	r.t.Helper()
	stop := r.start()
	began := time.Now()
	for events := range slices.Chunk(fromTasks, 500) {
		r.tell(tasksv1.Stream, events...)
	}
	for events := range slices.Chunk(fromTeams, 500) {
		r.tell(teamsv1.Stream, events...)
	}
	all := len(fromTasks) + len(fromTeams)
	wait.Until(r.t, "all events to be taken in", func() bool { return one(r.t, owner, "SELECT count(*)::text FROM inbox") == fmt.Sprint(all) })
	r.t.Logf("%.0f events a second", float64(all)/time.Since(began).Seconds())
	stop()
}

func hashes(t *testing.T, db *postgres.DB) map[string]string {
	t.Helper()
	found := map[string]string{}
	for table, columns := range projections {
		found[table] = one(t, db, fmt.Sprintf(`SELECT count(*) || ' ' || md5(coalesce(string_agg(r::text, ';' ORDER BY r::text), '')) FROM (SELECT %s FROM %s) AS r`, columns, table))
	}
	return found
}

func one(t *testing.T, db *postgres.DB, query string) (answer string) {
	t.Helper()
	if err := db.Read(t.Context(), func(q postgres.Querier) error { return q.QueryRowxContext(t.Context(), query).Scan(&answer) }); err != nil {
		t.Fatal(err)
	}
	return answer
}

func exec(t *testing.T, db *postgres.DB, statement string) {
	t.Helper()
	if err := db.InTx(t.Context(), func(q postgres.Querier) error {
		_, err := q.ExecContext(t.Context(), statement)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
