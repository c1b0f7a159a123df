package app_test

import (
	"context"
	"crypto/ed25519"
	"log/slog"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
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
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/peopletest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// town is an app on a database of its own with one brigade in it.
type town struct {
	*app.App
	t      testing.TB
	db     *pgtest.DB
	clock  *clock.Shifted
	signer *auth.Signer
	names  *peopletest.Teams

	team           string
	leader, deputy string
	programme      string
}

// newTown returns a town whose clock shows 08:30 of a Monday in Hebi.
func newTown(t testing.TB) *town {
	t.Helper()
	return newTownIn(t, pgtest.New(t, "tasks", allMigrations()...))
}

func allMigrations() []postgres.Migrations {
	return []postgres.Migrations{outbox.Migrations(), inbox.Migrations(), idempotency.Migrations(), migrations.Set()}
}

func newTownIn(t testing.TB, db *pgtest.DB) *town {
	t.Helper()
	w := &town{
		t: t, db: db, clock: &clock.Shifted{}, names: peopletest.Start(t), team: id.New(), leader: id.New(), deputy: id.New(),
	}
	w.clock.SetTo(time.Date(2026, 11, 23, 0, 30, 0, 0, time.UTC))
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	w.signer = auth.NewSigner(key, w.clock)
	b, err := bus.Connect(t.Context(), bustest.Start(t), "test", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	directory, err := people.NewDirectory(w.names.URL, "", b, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	w.App = app.New(w.db.DB, w.clock, auth.NewVerifier(w.signer.PublicKeys(), w.clock), directory, slog.New(slog.DiscardHandler))
	t.Cleanup(w.Close)
	w.settle()
	return w
}

// beside returns another replica on the same database, which trusts other tickets.
func (w *town) beside(tickets *auth.Verifier) *app.App {
	a := app.New(w.db.DB, w.clock, tickets, w.People(), slog.New(slog.DiscardHandler))
	w.t.Cleanup(a.Close)
	return a
}

// settle tells the service of the brigade and its people, as teams would.
func (w *town) settle() {
	ctx := w.t.Context()
	w.must(w.EnsureProgrammes(ctx))
	w.must(w.db.InTx(ctx, func(q postgres.Querier) error {
		if err := w.RememberTeams(ctx, q, []teamsv1.TeamChanged{{
			TeamID: w.team, Name: "桂鹤社区巾帼志愿服务队", RegionPath: "4106/410611/", ReportingUnit: "淇滨区", State: "active", Version: 1,
		}}); err != nil {
			return err
		}
		return w.RememberMemberships(ctx, q, []teamsv1.MembershipChanged{
			{MembershipID: id.New(), TeamID: w.team, VolunteerID: w.leader, Role: "leader", State: "active", Version: 1},
			{MembershipID: id.New(), TeamID: w.team, VolunteerID: w.deputy, Role: "deputy", State: "active", Version: 1},
		})
	}))
	programmes, err := w.ListProgrammes(w.as(w.leader))
	w.must(err)
	w.programme = programmes[1].ID // 保护淇河
}

// merge tells the service, as teams would, of records that became one; they
// are called by names.
func (w *town) merge(ids map[string]string, merges []teamsv1.VolunteerChanged) {
	w.t.Helper()
	events := make([]teamsv1.VolunteerChanged, len(merges))
	for i, m := range merges {
		m.VolunteerID, m.MergedInto = ids[m.VolunteerID], ids[m.MergedInto]
		events[i] = m
	}
	w.must(w.db.InTx(w.t.Context(), func(q postgres.Querier) error { return w.RememberMerges(w.t.Context(), q, events) }))
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// as returns a context on behalf of the volunteer.
func (w *town) as(volunteerID string) context.Context {
	return auth.With(w.t.Context(), auth.Principal{VolunteerID: volunteerID})
}

// givenShift publishes a task with one shift of 9:00 to 11:30, unless change says otherwise.
func (w *town) givenShift(change func(*app.NewTask)) app.ShiftView {
	w.t.Helper()
	start := w.clock.Now().Add(30 * time.Minute).Truncate(time.Minute)
	n := app.NewTask{
		TeamID: w.team, ProgrammeID: w.programme,
		Details: domain.Details{
			Title: "淇河岸边捡拾垃圾", Place: "淇水湾东门", Risks: "岸边湿滑，请穿防滑鞋", ContactName: "王秀英", ContactPhone: "13800000000",
		},
		Shifts: []app.NewShift{{StartsAt: start, EndsAt: start.Add(150 * time.Minute), Capacity: 10}},
	}
	if change != nil {
		change(&n)
	}
	task, err := w.CreateTask(w.as(w.leader), n)
	w.must(err)
	task, err = w.PublishTask(w.as(w.leader), task.ID)
	w.must(err)
	return task.Shifts[0]
}

// scan opens the leader's code now, as the portal vouches for it, and claims with it.
func (w *town) scan(volunteerID string, s app.ShiftView, kind domain.ClaimKind) (app.ClaimResult, error) {
	return w.CreateClaim(w.as(volunteerID), app.NewClaim{ClaimID: id.New(), ShiftID: s.ID, Kind: kind, Ticket: w.ticket(s)})
}

func (w *town) ticket(s app.ShiftView) string {
	w.t.Helper()
	ticket, err := w.signer.Ticket(s.ID, s.Key.Code(s.ID, w.clock.Now()), "")
	w.must(err)
	return ticket
}

// signUp gives a new volunteer a seat and returns who it is.
func (w *town) signUp(s app.ShiftView) string {
	w.t.Helper()
	v := id.New()
	_, err := w.SignUp(w.as(v), s.ID)
	w.must(err)
	return v
}

// told returns the subjects in the outbox, oldest first.
func (w *town) told() []string {
	w.t.Helper()
	var subjects []string
	w.must(w.db.Owner(w.t).Select(&subjects, `SELECT subject FROM outbox WHERE subject <> 'tasks.v1.programme.changed' ORDER BY tx, id`))
	return subjects
}
