package consumer_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/consumer"
	"github.com/qihe-volunteers/qihe/services/hours/migrations"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

var (
	team, programme, leader = id.New(), id.New(), id.New()
	volunteers              = []string{id.New(), id.New(), id.New()}
	morning                 = time.Date(2026, time.November, 24, 9, 0, 0, 0, clock.City)
)

func attendance(n int) tasksv1.AttendanceConfirmed {
	from := morning.AddDate(0, 0, -n/4).Add(-2 * time.Hour * time.Duration(n%4))
	return tasksv1.AttendanceConfirmed{
		AttendanceID: id.New(), ShiftID: id.New(), TaskID: id.New(), TaskTitle: "淇河岸边捡拾垃圾",
		TeamID: team, RegionPath: "4106/410611/", ReportingUnit: "淇滨区", ProgrammeID: programme, VolunteerID: volunteers[n%len(volunteers)],
		Verification: "A", From: from, To: from.Add(2 * time.Hour), Minutes: 30 + n,
		ConfirmedBy: leader, ConfirmedAt: morning, Version: 1,
	}
}

// fixture is the service on a database of its own.
type fixture struct {
	t   testing.TB
	db  *pgtest.DB
	bus *bus.Bus
	app *app.App
}

func newFixture(t testing.TB) fixture {
	t.Helper()
	f := fixture{t: t, db: pgtest.New(t, "hours", outbox.Migrations(), inbox.Migrations(), translog.Migrations(), idempotency.Migrations(), migrations.Set())}
	var err error
	f.bus, err = bus.Connect(t.Context(), bustest.Start(t), "test", slog.New(slog.DiscardHandler))
	f.must(err)
	t.Cleanup(f.bus.Close)
	directory, err := people.NewDirectory("http://127.0.0.1:1", "", f.bus, slog.New(slog.DiscardHandler))
	f.must(err)
	f.app = app.New(f.db.DB, clock.System{}, directory, translog.Keys{}, slog.New(slog.DiscardHandler))
	return f
}

func (f fixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// state is everything the events lead to, but for ids and instants made here.
func (f fixture) state() any {
	f.t.Helper()
	var rows []string
	owner := f.db.Owner(f.t)
	for _, query := range []string{
		`SELECT row(source_id, volunteer_id, minutes, day, account, verification, title)::text FROM entries ORDER BY source_id`,
		`SELECT row(volunteer_id, day, team_id, programme_id, region_path, account, minutes, entries)::text FROM totals ORDER BY volunteer_id, day`,
		`SELECT row(kind, id, name, region_path, version)::text FROM known ORDER BY kind, id`,
		`SELECT row(asked_as, asked_by, minutes, state, office_path, held)::text FROM corrections`,
		`SELECT row(u.*)::text FROM upheld_anomalies u ORDER BY attendance_id`,
		`SELECT row(k.*)::text FROM known_memberships k ORDER BY membership_id`,
		`SELECT row(k.*)::text FROM known_grants k ORDER BY grant_id`,
		`SELECT row(k.*)::text FROM known_offices k ORDER BY office_id`,
		`SELECT row(shift_id, version, kind, day, confirmed, people_served)::text FROM known_activities ORDER BY shift_id, version`,
		`SELECT row(team_id, version, state, state_since, founded_on)::text FROM known_brigades ORDER BY team_id, version`,
		`SELECT (body::jsonb - 'entry_id' - 'recorded_at')::text FROM outbox WHERE subject <> 'hours.v1.notice.due' ORDER BY body->>'source_id'`,
		`SELECT row(event_id, error)::text FROM dead_letters`,
	} {
		var some []string
		f.must(owner.Select(&some, query))
		rows = append(append(rows, some...), "")
	}
	f.must(f.app.Load(f.t.Context())) // and what the boards make of it, when no other test's transaction hides a line any more
	var lines int64
	f.must(owner.Get(&lines, "SELECT count(*) FROM entries"))
	var check app.Check
	wait.Until(f.t, "the boards to count all lines", func() bool {
		f.must(f.app.CatchUp(f.t.Context()))
		var err error
		check, err = f.app.CheckTotals(f.t.Context())
		f.must(err)
		return check.Lines == lines
	})
	as := auth.With(f.t.Context(), auth.Principal{VolunteerID: leader})
	body, err := f.app.Board(as, app.BoardQuery{Subject: boards.Volunteers, Scope: "team:" + team, Period: "all"},
		func(p app.BoardPage) ([]byte, error) { return json.Marshal(p) })
	return append(rows, string(body), fmt.Sprint(err, check))
}

func TestFromTasks(t *testing.T) {
	t.Parallel()
	events := []outbox.Event{
		tasksv1.ProgrammeChanged{ProgrammeID: programme, Name: "护河", Version: 1},
		tasksv1.ProgrammeChanged{ProgrammeID: programme, Name: "保护淇河", Version: 2},
	}
	for n := range 12 {
		events = append(events, attendance(n))
	}
	shift := tasksv1.ShiftConfirmed{ShiftID: id.New(), TaskID: id.New(), TeamID: team, ProgrammeID: programme, RegionPath: "4106/410611/", PeopleServed: 40, Confirmed: 3, StartsAt: morning, Version: 2}
	again := shift
	again.PeopleServed, again.Version = 42, 3
	events = append(events, shift, again)
	upheld := events[3].(tasksv1.AttendanceConfirmed)
	events = append(events, tasksv1.AnomalyDecided{
		AnomalyID: id.New(), Rule: "overlap", State: "upheld", VolunteerID: upheld.VolunteerID, AttendanceIDs: []string{upheld.AttendanceID, id.New()},
		DecidedBy: leader, DecidedAt: morning, Version: 2,
	})
	bustest.EveryWay(t, func(t testing.TB) (*inbox.Receiver, func() any) {
		f := newFixture(t)
		bustest.Deliver(t, consumer.FromTeams(f.app, f.db.DB), teamsv1.TeamChanged{TeamID: team, Name: "桂鹤", RegionPath: "4106/410611/", Version: 1})
		return consumer.FromTasks(f.app, f.db.DB), f.state
	}, events...)
}

func TestFromTeams(t *testing.T) {
	t.Parallel()
	membership, grant, office := id.New(), id.New(), id.New()
	bustest.EveryWay(t, func(t testing.TB) (*inbox.Receiver, func() any) {
		f := newFixture(t)
		return consumer.FromTeams(f.app, f.db.DB), f.state
	},
		teamsv1.RegionChanged{Code: "4106", Name: "鹤壁", Path: "4106/", Version: 1},
		teamsv1.RegionChanged{Code: "4106", Name: "鹤壁市", Path: "4106/", Version: 3},
		teamsv1.RegionChanged{Code: "410611", Name: "淇滨区", Path: "4106/410611/", Version: 1},
		teamsv1.TeamChanged{TeamID: team, Name: "旧名", RegionPath: "4106/410621/", Version: 1},
		teamsv1.TeamChanged{TeamID: team, Name: "桂鹤", RegionPath: "4106/410611/", Version: 2},
		teamsv1.VolunteerChanged{VolunteerID: volunteers[0], MergedInto: volunteers[1], Version: 2},
		teamsv1.VolunteerChanged{VolunteerID: volunteers[0], MergedInto: volunteers[2], Version: 3},
		teamsv1.VolunteerChanged{VolunteerID: volunteers[1], MergedInto: volunteers[2], Version: 2},
		teamsv1.VolunteerChanged{VolunteerID: volunteers[2], Version: 4},
		teamsv1.MembershipChanged{MembershipID: membership, TeamID: team, VolunteerID: leader, Role: "member", State: "active", Version: 1},
		teamsv1.MembershipChanged{MembershipID: membership, TeamID: team, VolunteerID: leader, Role: "leader", State: "active", Version: 2},
		teamsv1.GrantChanged{GrantID: grant, VolunteerID: leader, Role: "coordinator", RegionPath: "4106/410611/", State: "active", From: morning, Version: 1},
		teamsv1.GrantChanged{GrantID: grant, VolunteerID: leader, Role: "coordinator", RegionPath: "4106/410611/", State: "ended", From: morning, Until: morning, Version: 2},
		teamsv1.OfficeChanged{OfficeID: office, Kind: "federation", Name: "淇滨妇联", RegionPath: "4106/410611/", State: "open", Version: 1},
		teamsv1.OfficeChanged{OfficeID: office, Kind: "federation", Name: "淇滨区妇联", RegionPath: "4106/410611/", State: "open", Version: 2},
	)
}

func TestMerged(t *testing.T) {
	t.Parallel()
	t.Run("the survivor's hours hold the merged record's, and the sums still agree with the ledger", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		bustest.Deliver(t, consumer.FromTasks(f.app, f.db.DB), attendance(0), attendance(1), attendance(2))
		f.must(f.app.Load(t.Context()))
		bustest.Deliver(t, consumer.FromTeams(f.app, f.db.DB), teamsv1.VolunteerChanged{VolunteerID: volunteers[0], MergedInto: volunteers[1], Version: 2})
		bustest.Deliver(t, consumer.FromTasks(f.app, f.db.DB), attendance(3)) // of the merged record, confirmed later
		ctx := auth.With(t.Context(), auth.Principal{VolunteerID: volunteers[1]})
		mine, err := f.app.MySummary(ctx)
		f.must(err)
		lines, _, err := f.app.MyEntries(ctx, "", 10)
		f.must(err)
		if mine.Total != 30+31+33 || len(lines) != 3 {
			t.Errorf("%d minutes in %d lines", mine.Total, len(lines))
		}
		var check app.Check
		wait.Until(t, "the boards to count all lines", func() bool {
			f.must(f.app.CatchUp(t.Context()))
			check, err = f.app.CheckTotals(t.Context())
			f.must(err)
			return check.Lines == 4
		})
		if !check.OK() {
			t.Errorf("%+v", check)
		}
	})
}

func TestWithoutAnInbox(t *testing.T) {
	t.Parallel()
	t.Run("an attendance told again as a new event is not credited again", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		once := attendance(1)
		bustest.Deliver(t, consumer.FromTasks(f.app, f.db.DB), once, attendance(2))
		want := f.state()
		bustest.Deliver(t, consumer.FromTasks(f.app, f.db.DB), once, once)
		f.app = newFixtureOn(f)
		if got := f.state(); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("state = %v, want %v", got, want)
		}
	})
}

func contact(n int) pairingsv1.ContactConfirmed {
	from := morning.AddDate(0, 0, -n).Add(6 * time.Hour)
	return pairingsv1.ContactConfirmed{
		Line: []string{"", "companion", "aid"}[n%3], Reference: id.Random(), TeamID: team, RegionPath: "4106/410611/410611100/", ProgrammeID: programme, VolunteerID: volunteers[n%len(volunteers)],
		Verification: "D", From: from, To: from.Add(45 * time.Minute), Minutes: 45, ConfirmedBy: leader, ConfirmedAt: morning,
	}
}

func TestFromPairings(t *testing.T) {
	t.Parallel()
	var events []outbox.Event
	for n := range 9 {
		events = append(events, contact(n))
	}
	bustest.EveryWay(t, func(t testing.TB) (*inbox.Receiver, func() any) {
		f := newFixture(t)
		bustest.Deliver(t, consumer.FromTasks(f.app, f.db.DB), attendance(0)) // beside what was credited otherwise
		return consumer.FromPairings(f.app, f.db.DB), f.stateWithoutAttendance
	}, events...)
}

// stateWithoutAttendance is state where an attendance has another id each time.
func (f fixture) stateWithoutAttendance() any {
	f.t.Helper()
	var lines, dead []string
	owner := f.db.Owner(f.t)
	f.must(owner.Select(&lines, `SELECT row(source_id, volunteer_id, minutes, day, account, verification, title, region_path)::text FROM entries WHERE source_kind = 'contact' ORDER BY source_id`))
	f.must(owner.Select(&dead, `SELECT row(event_id, error)::text FROM dead_letters`))
	if len(lines) != 9 || len(dead) != 0 {
		f.t.Errorf("%d lines of nine contacts, %v", len(lines), dead)
	}
	var sum int
	f.must(owner.Get(&sum, `SELECT sum(minutes) FROM totals`))
	return append(lines, fmt.Sprint(sum))
}

func TestContactWithoutAnInbox(t *testing.T) {
	t.Parallel()
	t.Run("a contact told again as a new event is credited once", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		once := contact(1)
		r := consumer.FromPairings(f.app, f.db.DB)
		bustest.Deliver(t, r, once)
		bustest.Deliver(t, r, once, once)
		var n int
		f.must(f.db.Owner(t).Get(&n, `SELECT count(*) FROM entries`))
		if n != 1 {
			t.Errorf("%d lines", n)
		}
	})
}

// newFixtureOn returns another app on the same database: a loaded one is not loaded twice.
func newFixtureOn(f fixture) *app.App {
	f.t.Helper()
	directory, err := people.NewDirectory("http://127.0.0.1:1", "", f.bus, slog.New(slog.DiscardHandler))
	f.must(err)
	return app.New(f.db.DB, clock.System{}, directory, translog.Keys{}, slog.New(slog.DiscardHandler))
}

func TestFaultyEvent(t *testing.T) {
	t.Parallel()
	t.Run("becomes a dead letter while all others are credited", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		f.must(f.bus.EnsureStream(t.Context(), tasksv1.Stream))
		faulty := attendance(0)
		faulty.Minutes = 121
		var messages []bus.Message
		for n := range 20 {
			e := attendance(n)
			if n == 7 {
				e = faulty
			}
			body, err := json.Marshal(e)
			f.must(err)
			messages = append(messages, bus.Message{ID: id.New(), Subject: e.Subject(), Aggregate: e.AttendanceID, Version: 1, OccurredAt: morning, Data: body})
		}
		_, err := f.bus.Publish(t.Context(), tasksv1.Stream, messages)
		f.must(err)

		subscription := consumer.FromTasks(f.app, f.db.DB).Subscription(tasksv1.Stream)
		subscription.Delays = []time.Duration{time.Millisecond, time.Millisecond}
		go func() { _ = f.bus.Consume(t.Context(), subscription) }()

		owner := f.db.Owner(t)
		count := func(query string) (n int) {
			f.must(owner.Get(&n, query))
			return n
		}
		wait.Until(t, "the others to be credited", func() bool { return count("SELECT count(*) FROM entries") == 19 })
		wait.Until(t, "the dead letter", func() bool { return count("SELECT count(*) FROM dead_letters") == 1 })
		var cause string
		f.must(f.db.Owner(t).Get(&cause, "SELECT error FROM dead_letters"))
		if want := "credit attendance " + faulty.AttendanceID + ": 121 minutes are more than there are between start and end"; cause != want {
			t.Errorf("cause = %q, want %q", cause, want)
		}
	})
}
