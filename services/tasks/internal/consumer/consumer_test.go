package consumer_test

import (
	"errors"
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/consumer"
	"github.com/qihe-volunteers/qihe/services/tasks/migrations"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
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
	return f
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
		case !errors.Is(err, app.ErrNotLeader):
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
	}
	t.Run("in order, the newest counts", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		bustest.Deliver(t, consumer.FromTeams(f.app, f.db.DB), events...)
		if diff := cmp.Diff([]string{"leader, ours", "deputy, ours"}, f.posters()); diff != "" {
			t.Errorf("who may post (-want +got):\n%s", diff)
		}
	})
	bustest.EveryWay(t, func(t testing.TB) (*inbox.Receiver, func() any) {
		f := newFixture(t)
		return consumer.FromTeams(f.app, f.db.DB), f.state
	}, events...)
}
