package app_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/migrations"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// town is an app on a database of its own, with two brigades in two counties.
type town struct {
	*app.App
	t     testing.TB
	db    *pgtest.DB
	clock *clock.Shifted
	bus   *bus.Bus
	teams *register

	keys translog.Keys

	served struct {
		sync.Mutex
		times map[string]int // by volunteer
	}

	team, other, programme, leader string

	heard int // events of totals that were read
}

// newTown returns a town whose clock shows noon of Tuesday, 24 November 2026, in Hebi.
func newTown(t testing.TB) *town {
	t.Helper()
	w := &town{
		t: t, db: pgtest.New(t, "hours", outbox.Migrations(), inbox.Migrations(), idempotency.Migrations(), translog.Migrations(), migrations.Set()),
		clock: &clock.Shifted{}, teams: newRegister(t),
		team: id.New(), other: id.New(), programme: id.New(), leader: id.New(),
	}
	w.served.times = map[string]int{}
	w.clock.SetTo(time.Date(2026, time.November, 24, 12, 0, 0, 0, clock.City))
	var err error
	w.bus, err = bus.Connect(t.Context(), bustest.Start(t), "test", slog.New(slog.DiscardHandler))
	w.must(err)
	t.Cleanup(w.bus.Close)
	content, err := translog.NewKey("test/hours")
	w.must(err)
	w.keys, err = translog.ParseKeys(string(content))
	w.must(err)
	w.App = w.replica()
	w.tell()
	w.must(w.Load(t.Context()))
	return w
}

// replica returns another app on the same database, not loaded.
func (w *town) replica() *app.App {
	w.t.Helper()
	directory, err := people.NewDirectory(w.teams.url, "secret", w.bus, slog.New(slog.DiscardHandler))
	w.must(err)
	return app.New(w.db.DB, w.clock, directory, w.keys, slog.New(slog.DiscardHandler))
}

// tell tells the service of regions, teams and a programme, as others would.
func (w *town) tell() {
	w.t.Helper()
	w.inTx(func(q postgres.Querier) error {
		ctx := w.t.Context()
		if err := w.LearnRegions(ctx, q, []teamsv1.RegionChanged{
			{Code: "4106", Name: "鹤壁市", Path: "4106/", Version: 1},
			{Code: "410611", Name: "淇滨区", Path: "4106/410611/", Version: 1},
			{Code: "410621", Name: "浚县", Path: "4106/410621/", Version: 1},
		}); err != nil {
			return err
		}
		if err := w.LearnTeams(ctx, q, []teamsv1.TeamChanged{
			{TeamID: w.team, Name: "桂鹤社区巾帼志愿服务队", RegionPath: "4106/410611/", Version: 1},
			{TeamID: w.other, Name: "善堂镇巾帼志愿服务队", RegionPath: "4106/410621/", Version: 1},
		}); err != nil {
			return err
		}
		return w.LearnProgrammes(ctx, q, []tasksv1.ProgrammeChanged{{ProgrammeID: w.programme, Name: "保护淇河", Version: 1}})
	})
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) inTx(f func(q postgres.Querier) error) {
	w.t.Helper()
	w.must(w.db.InTx(w.t.Context(), f))
}

// as returns a context on behalf of the volunteer, who may be an officer of regions.
func (w *town) as(volunteerID string, regionPaths ...string) context.Context {
	p := auth.Principal{VolunteerID: volunteerID}
	for _, path := range regionPaths {
		p.Grants = append(p.Grants, auth.Grant{Role: "viewer", RegionPath: path})
	}
	return auth.With(w.t.Context(), p)
}

// attendance is two confirmed hours of this morning, unless changes say
// otherwise; of the same volunteer again, the two hours before.
func (w *town) attendance(changes ...func(*tasksv1.AttendanceConfirmed)) tasksv1.AttendanceConfirmed {
	from := w.clock.Now().Truncate(time.Hour).Add(-3 * time.Hour)
	e := tasksv1.AttendanceConfirmed{
		AttendanceID: id.New(), ShiftID: id.New(), TaskID: id.New(), TaskTitle: "淇河岸边捡拾垃圾",
		TeamID: w.team, RegionPath: "4106/410611/", ReportingUnit: "淇滨区", ProgrammeID: w.programme, VolunteerID: id.New(),
		Verification: "A", From: from, To: from.Add(2 * time.Hour), Minutes: 120,
		ConfirmedBy: w.leader, ConfirmedAt: from.Add(3 * time.Hour), Version: 1,
	}
	for _, change := range changes {
		change(&e)
	}
	w.served.Lock()
	defer w.served.Unlock()
	if e.From.Equal(from) {
		before := -2 * time.Hour * time.Duration(w.served.times[e.VolunteerID])
		w.served.times[e.VolunteerID]++
		e.From, e.To = e.From.Add(before), e.To.Add(before)
	}
	return e
}

func by(volunteerID string, minutes int) func(*tasksv1.AttendanceConfirmed) {
	return func(e *tasksv1.AttendanceConfirmed) { e.VolunteerID, e.Minutes = volunteerID, minutes }
}

func at(from time.Time) func(*tasksv1.AttendanceConfirmed) {
	return func(e *tasksv1.AttendanceConfirmed) { e.From, e.To = from, from.Add(2*time.Hour) }
}

// credit writes attendances to the ledger and counts them.
func (w *town) credit(events ...tasksv1.AttendanceConfirmed) {
	w.t.Helper()
	w.inTx(func(q postgres.Querier) error { return w.CreditHours(w.t.Context(), q, events) })
	w.count(w.App)
}

// count counts all that is committed. That takes a moment, because a
// transaction of another test on the same server may hide what is new.
func (w *town) count(a *app.App) {
	w.t.Helper()
	var lines, changes int64
	w.must(w.db.Owner(w.t).QueryRow("SELECT (SELECT count(*) FROM entries), (SELECT count(*) FROM settling_changes)").Scan(&lines, &changes))
	wait.Until(w.t, "the boards to count all lines and to know who was merged", func() bool {
		// What was told is for good when no older transaction is open, of whatever database of the server.
		var known bool
		w.must(w.db.Owner(w.t).Get(&known, "SELECT NOT EXISTS (SELECT FROM known WHERE tx >= pg_snapshot_xmin(pg_current_snapshot()))"))
		w.must(a.CatchUp(w.t.Context()))
		return known && a.Position() >= lines && a.Changes() >= changes
	})
}

// agree fails the test unless ledger, totals and memory agree on the number of lines.
func (w *town) agree(a *app.App, lines int64) {
	w.t.Helper()
	c, err := a.CheckTotals(w.t.Context())
	w.must(err)
	if !c.OK() || c.Lines != lines {
		w.t.Errorf("CheckTotals = %+v, want %d lines and nothing wrong", c, lines)
	}
}

// register stands for the teams service: it answers who people are.
type register struct {
	url string

	mu      sync.Mutex
	persons map[string]people.Person
	papers  map[string]people.Identity
	members []people.Member
	records http.Handler // answers for the national system
}

func newRegister(t testing.TB) *register {
	r := &register{persons: map[string]people.Person{}, papers: map[string]people.Identity{}}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	r.url = server.URL
	return r
}

func (r *register) add(p people.Person) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.persons[p.VolunteerID] = p
}

// enrol says who is or was in the brigade.
func (r *register) enrol(members ...people.Member) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.members = append(r.members, members...)
}

func (r *register) identify(volunteerID string, paper people.Identity) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.papers[volunteerID] = paper
}

func (r *register) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if req.URL.Path == people.RecordsPath {
		r.records.ServeHTTP(w, req)
		return
	}
	if req.URL.Path == people.IdentitiesPath {
		r.mu.Lock()
		defer r.mu.Unlock()
		_ = json.NewEncoder(w).Encode(people.IdentitiesAnswer{Identities: r.papers})
		return
	}
	if req.URL.Path == people.MembersPath {
		r.mu.Lock()
		defer r.mu.Unlock()
		_ = json.NewEncoder(w).Encode(people.MembersAnswer{ReportingUnit: "淇滨区", Items: r.members})
		return
	}
	var query people.Query
	if err := json.NewDecoder(req.Body).Decode(&query); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	var answer people.Answer
	for _, volunteerID := range query.IDs {
		if p, ok := r.persons[volunteerID]; ok {
			answer.Items = append(answer.Items, p)
		}
	}
	_ = json.NewEncoder(w).Encode(answer)
}
