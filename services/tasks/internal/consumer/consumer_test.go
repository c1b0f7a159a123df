package consumer_test

import (
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/consumer"
	"github.com/qihe-volunteers/qihe/services/tasks/migrations"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

var (
	ours, theirs           = id.New(), id.New()
	leader, deputy, member = id.New(), id.New(), id.New()

	handed = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

	coming, running, elsewhere = id.New(), id.New(), id.New() // shifts: two of ours, one of theirs
)

// fixture is the service on a database of its own.
type fixture struct {
	t   testing.TB
	db  *pgtest.DB
	app *app.App
}

func newFixture(t testing.TB) fixture {
	t.Helper()
	f := fixture{t: t, db: pgtest.New(t, "tasks", outbox.Migrations(), inbox.Migrations(), idempotency.Migrations(), migrations.Set())}
	quiet := slog.New(slog.DiscardHandler)
	b, err := bus.Connect(t.Context(), bustest.Start(t), "test", quiet)
	f.must(err)
	t.Cleanup(b.Close)
	directory, err := people.NewDirectory("http://127.0.0.1:1", "", b, quiet) // names are not this package's matter
	f.must(err)
	f.app = app.New(f.db.DB, clock.System{}, auth.NewVerifier(auth.PublicKeys{}, clock.System{}), directory, quiet)
	t.Cleanup(f.app.Close)
	f.must(f.app.EnsureProgrammes(t.Context()))
	f.post(ours, coming, "48 hours")
	f.post(ours, running, "-30 minutes")
	f.post(theirs, elsewhere, "48 hours")
	return f
}

// post puts a shift of a team there that begins so long after now.
func (f fixture) post(teamID, shiftID, begins string) {
	f.t.Helper()
	taskID := id.New()
	_, err := f.db.Owner(f.t).Exec(`
		INSERT INTO tasks (id, team_id, programme_id, created_by, title, description, place, latitude, longitude, risks, risky, insurance,
			bring, contact_name, contact_phone, state, created_at, published_at, version)
		SELECT $1, $2, p.id, $3, '护河', '', '', 0, 0, '', false, '', '', '', '', 'published', now(), now(), 1
		FROM programmes p LIMIT 1`, taskID, teamID, leader)
	f.must(err)
	_, err = f.db.Owner(f.t).Exec(`
		INSERT INTO shifts (id, task_id, starts_at, ends_at, capacity, taken, key, state, people_served, version)
		VALUES ($1, $2, now() + $3::interval, now() + $3::interval + interval '2 hours', 10, 0, 'old', 'open', 0, 1)`, shiftID, taskID, begins)
	f.must(err)
}

func (f fixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// state is everything the events lead to: what is remembered, and who may post for which team.
func (f fixture) state() any {
	f.t.Helper()
	var rows []string
	for _, query := range []string{
		`SELECT row(k.*)::text FROM known_teams k ORDER BY team_id`,
		`SELECT row(k.*)::text FROM known_memberships k ORDER BY membership_id`,
		`SELECT row(m.*)::text FROM known_merges m ORDER BY volunteer_id`,
		`SELECT row(h.*)::text FROM known_handovers h ORDER BY team_id`,
		`SELECT row(v.*)::text FROM known_volunteers v ORDER BY volunteer_id`,
		`SELECT row(p.*)::text FROM known_qualifications p ORDER BY qualification_id`,
		`SELECT row(id, key = $$old$$)::text FROM shifts WHERE id IN ('` + coming + `', '` + running + `', '` + elsewhere + `') ORDER BY id`,
		`SELECT row(event_id, error)::text FROM dead_letters`,
	} {
		var some []string
		f.must(f.db.Owner(f.t).Select(&some, query))
		rows = append(append(rows, some...), "")
	}
	return append(rows, f.posters()...)
}

func (f fixture) posters() (may []string) {
	f.t.Helper()
	programmes, err := f.app.ListProgrammes(auth.With(f.t.Context(), auth.Principal{VolunteerID: leader}))
	f.must(err)
	for _, c := range []struct{ name, volunteer, team string }{
		{"leader, ours", leader, ours}, {"leader, theirs", leader, theirs}, {"deputy, ours", deputy, ours},
		{"deputy, theirs", deputy, theirs}, {"member, ours", member, ours}, {"member, theirs", member, theirs},
	} {
		task := app.NewTask{TeamID: c.team, ProgrammeID: programmes[0].ID}
		task.Details.Title = "淇河岸边捡拾垃圾"
		switch _, err := f.app.CreateTask(auth.With(f.t.Context(), auth.Principal{VolunteerID: c.volunteer}), task); {
		case err == nil:
			may = append(may, c.name)
		case !errors.Is(err, app.ErrNotLeader) && !errors.Is(err, app.ErrTeamNotActive):
			f.t.Fatal(err)
		}
	}
	return may
}

func TestFromTeams(t *testing.T) {
	t.Parallel()
	first, second, third := id.New(), id.New(), id.New()
	team := func(teamID, name, state string, version int64) teamsv1.TeamChanged {
		return teamsv1.TeamChanged{TeamID: teamID, Name: name, RegionCode: "410611", RegionPath: "4106/410611/", ReportingUnit: "淇滨区", State: state, Version: version}
	}
	is := func(membershipID, teamID, volunteerID, role, state string, version int64) teamsv1.MembershipChanged {
		return teamsv1.MembershipChanged{MembershipID: membershipID, TeamID: teamID, VolunteerID: volunteerID, Role: role, State: state, Version: version}
	}
	events := []outbox.Event{
		is(first, ours, leader, "member", "active", 1), // before its team is known
		team(ours, "桂鹤", "submitted", 1),
		team(ours, "桂鹤社区巾帼志愿服务队", "active", 2),
		is(first, ours, leader, "leader", "active", 2),
		is(second, ours, deputy, "deputy", "active", 1),
		is(third, ours, member, "deputy", "active", 1),
		is(third, ours, member, "member", "active", 2), // no deputy any more
		team(theirs, "大伾山巾帼志愿服务队", "active", 1),
		is(id.New(), theirs, deputy, "leader", "active", 1),
		team(theirs, "大伾山巾帼志愿服务队", "suspended", 2), // whose leader may not post now
		is(id.New(), ours, member, "leader", "ended", 3),
		teamsv1.TeamHandedOver{TeamID: ours, From: leader, To: deputy, At: handed, Version: 3},
		teamsv1.TeamHandedOver{TeamID: ours, From: deputy, To: leader, At: handed.Add(time.Hour), Version: 4},
		teamsv1.VolunteerChanged{VolunteerID: member, Minor: true, WaitsForGuardian: true, Version: 2},
		teamsv1.QualificationChanged{QualificationID: second, VolunteerID: deputy, Kind: "lawyer", State: "claimed", From: handed, Version: 1},
		teamsv1.QualificationChanged{QualificationID: second, VolunteerID: deputy, Kind: "lawyer", State: "confirmed", From: handed, Until: handed.AddDate(1, 0, 0), Version: 2},
		teamsv1.VolunteerChanged{VolunteerID: member, MergedInto: deputy, Version: 3},
		teamsv1.VolunteerChanged{VolunteerID: member, MergedInto: leader, Version: 4},
	}
	t.Run("in order, the newest counts", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		bustest.Deliver(t, consumer.FromTeams(f.app, f.db.DB), events...)
		if diff := cmp.Diff([]string{"leader, ours", "deputy, ours"}, f.posters()); diff != "" {
			t.Errorf("who may post (-want +got):\n%s", diff)
		}
		var old []string
		f.must(f.db.Owner(t).Select(&old, `SELECT id FROM shifts WHERE key = 'old' ORDER BY id`))
		want := []string{running, elsewhere}
		slices.Sort(want)
		if diff := cmp.Diff(want, old); diff != "" {
			t.Errorf("shifts that keep their keys (-want +got):\n%s", diff)
		}
	})
	t.Run("a handover heard of again renews nothing", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		again := teamsv1.TeamHandedOver{TeamID: ours, From: leader, To: deputy, At: handed, Version: 3}
		bustest.Deliver(t, consumer.FromTeams(f.app, f.db.DB), again)
		var first, second []byte
		f.must(f.db.Owner(t).Get(&first, `SELECT key FROM shifts WHERE id = $1`, coming))
		bustest.Deliver(t, consumer.FromTeams(f.app, f.db.DB), again) // told anew, as another event
		f.must(f.db.Owner(t).Get(&second, `SELECT key FROM shifts WHERE id = $1`, coming))
		if string(first) == "old" || string(first) != string(second) {
			t.Errorf("keys %x and %x", first, second)
		}
	})
	t.Run("what a merged brigade left open is its successor's, and nobody posts for it", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		merged := team(ours, "桂鹤社区巾帼志愿服务队", "dissolved", 2)
		merged.SuccessorID = theirs
		bustest.Deliver(t, consumer.FromTeams(f.app, f.db.DB),
			merged, team(theirs, "大伾山巾帼志愿服务队", "active", 1), is(id.New(), theirs, deputy, "leader", "active", 1), is(first, ours, leader, "leader", "ended", 3))
		if diff := cmp.Diff([]string{"deputy, theirs"}, f.posters()); diff != "" {
			t.Errorf("who may post (-want +got):\n%s", diff)
		}
		led := func(volunteerID string) (ids []string) {
			shifts, err := f.app.ListLedShifts(auth.With(t.Context(), auth.Principal{VolunteerID: volunteerID}))
			f.must(err)
			for _, s := range shifts {
				ids = append(ids, s.ID)
			}
			slices.Sort(ids)
			return ids
		}
		all := []string{coming, running, elsewhere}
		slices.Sort(all)
		if diff := cmp.Diff(all, led(deputy)); diff != "" || len(led(leader)) != 0 {
			t.Errorf("led %v by the leader before; %s", led(leader), diff)
		}
	})
	bustest.EveryWay(t, func(t testing.TB) (*inbox.Receiver, func() any) {
		f := newFixture(t)
		return consumer.FromTeams(f.app, f.db.DB), f.state
	}, events...)
}

func TestFromHours(t *testing.T) {
	t.Parallel()
	attendance := id.New()
	corrected := func(attendanceID string, minutes int, at time.Time) hoursv1.EntryCorrected {
		return hoursv1.EntryCorrected{EntryID: id.New(), CorrectionID: id.New(), AttendanceID: attendanceID, Minutes: minutes, DecidedAt: at}
	}
	bustest.EveryWay(t, func(t testing.TB) (*inbox.Receiver, func() any) {
		f := newFixture(t)
		return consumer.FromHours(f.app, f.db.DB), func() any {
			var rows []string
			f.must(f.db.Owner(f.t).Select(&rows, `SELECT row(c.*)::text FROM corrected_attendances c ORDER BY attendance_id`))
			return rows
		}
	}, corrected(attendance, 150, handed), corrected(id.New(), 0, handed), corrected("", 60, handed), corrected(attendance, 90, handed.Add(time.Hour)))
}
