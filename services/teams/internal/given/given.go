// Package given makes the world that a test of the teams service starts from:
// a database with the divisions of a small Hebi, an app on it, and builders
// whose people, teams and grants are valid unless the test says otherwise.
// Only tests import it.
package given

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/services/teams/migrations"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// World is a service's surroundings and what it works with.
type World struct {
	DB     *pgtest.DB   // as the run-time role
	Owner  *postgres.DB // as the owner, who may fill the registry
	Vault  *vault.Vault
	Clock  *Clock
	Phones *Phones
	App    *app.App

	made  atomic.Int64 // people so far
	teams atomic.Int64 // brigades so far
}

// Day is when every world begins: a Monday evening in Hebi.
var Day = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// Regions are the divisions of every world.
var Regions = []domain.Region{
	{Code: "4106", Name: "鹤壁市", Path: "4106/", Level: "city", Version: 1},
	{Code: "410611", Name: "淇滨区", Path: "4106/410611/", Level: "county", Parent: "4106", Version: 1},
	{Code: "410621", Name: "浚县", Path: "4106/410621/", Level: "county", Parent: "4106", Version: 1},
	{Code: "410621100", Name: "善堂镇", Path: "4106/410621/410621100/", Level: "township", Parent: "410621", Version: 1},
}

// Units are the reporting units of every world.
var Units = []domain.ReportingUnit{
	{Name: "淇滨区", Kind: domain.UnitCounty, Position: 10, Version: 1},
	{Name: "浚县", Kind: domain.UnitCounty, Position: 20, Version: 1},
	{Name: "市直单位", Kind: domain.UnitCityBody, Position: 30, Version: 1},
}

// New returns a world with the limits of production, which mods may change. Only
// trying a code costs next to nothing in it.
func New(t testing.TB, mods ...func(*app.Parts)) *World {
	t.Helper()
	db := pgtest.New(t, "teams", outbox.Migrations(), inbox.Migrations(), idempotency.Migrations(), migrations.Set())
	owner, err := postgres.Open(t.Context(), db.OwnerURL, 2)
	must(t, err)
	t.Cleanup(func() { _ = owner.Close() })
	w := &World{DB: db, Owner: owner, Vault: Vault(t), Clock: &Clock{}, Phones: &Phones{}}
	parts := app.Parts{DB: db.DB, SiteURL: Site, Vault: w.Vault, Clock: w.Clock, Messages: w.Phones, Limits: Limits(), HashMemory: 64, Log: slog.New(slog.DiscardHandler)}
	for _, mod := range mods {
		mod(&parts)
	}
	w.App = app.New(parts)
	t.Cleanup(w.App.Wait)
	w.own(t, func(ctx context.Context, q postgres.Querier) error { return store.InsertRegions(ctx, q, Regions) })
	w.own(t, func(ctx context.Context, q postgres.Querier) error { return store.InsertReportingUnits(ctx, q, Units) })
	return w
}

// Limits are those of production.
func Limits() app.Limits {
	return app.Limits{PerPhoneTenMinutes: 3, PerPhoneHour: 5, PerAddressHour: 10, PerDay: 5000, TextsPerDay: 3000}
}

// Vault returns a vault with keys of its own.
func Vault(t testing.TB) *vault.Vault {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.json")
	must(t, vault.EnsureKeys(path))
	v, err := vault.Load(path)
	must(t, err)
	return v
}

// Volunteer adds a person.
func (w *World) Volunteer(t testing.TB, mods ...func(*domain.Volunteer)) domain.Volunteer {
	t.Helper()
	n := w.made.Add(1)
	v := domain.Volunteer{
		ID:       id.New(),
		Number:   fmt.Sprintf("410600%06d", n),
		Name:     "王桂兰",
		State:    domain.VolunteerActive,
		Phone:    domain.Phone(fmt.Sprintf("138%08d", n)),
		JoinedAt: Day.AddDate(-1, 0, 0),
		Version:  1,
	}
	for _, mod := range mods {
		mod(&v)
	}
	w.own(t, func(ctx context.Context, q postgres.Querier) error {
		return store.InsertVolunteers(ctx, q, w.Vault, []domain.Volunteer{v})
	})
	return v
}

// Team adds a brigade of 浚县, the second and later ones under names of their own.
func (w *World) Team(t testing.TB, mods ...func(*domain.Team)) domain.Team {
	t.Helper()
	team := domain.Team{
		ID: id.New(), Name: "浚县大伾山巾帼志愿服务队", RegionCode: "410621", ReportingUnit: "浚县",
		State: domain.TeamActive, FoundedAt: Day.AddDate(-2, 0, 0), Version: 1,
	}
	if n := w.teams.Add(1); n > 1 {
		team.Name = fmt.Sprintf("浚县大伾山第%d巾帼志愿服务队", n)
	}
	for _, mod := range mods {
		mod(&team)
	}
	w.own(t, func(ctx context.Context, q postgres.Querier) error {
		return store.InsertTeams(ctx, q, []domain.Team{team})
	})
	return team
}

// Member puts a person into a team.
func (w *World) Member(t testing.TB, team domain.Team, v domain.Volunteer, role domain.Role) domain.Membership {
	t.Helper()
	m := domain.Membership{ID: id.New(), TeamID: team.ID, VolunteerID: v.ID, Role: role, State: domain.MembershipActive, Since: Day.AddDate(0, -6, 0), Version: 1}
	w.own(t, func(ctx context.Context, q postgres.Querier) error {
		return store.InsertMemberships(ctx, q, []domain.Membership{m})
	})
	return m
}

// Put adds a membership as it is.
func (w *World) Put(t testing.TB, m domain.Membership) domain.Membership {
	t.Helper()
	w.own(t, func(ctx context.Context, q postgres.Querier) error { return store.InsertMembership(ctx, q, m) })
	return m
}

// End ends a membership.
func (w *World) End(t testing.TB, m domain.Membership) {
	t.Helper()
	w.own(t, func(ctx context.Context, q postgres.Querier) error {
		_, err := q.ExecContext(ctx, "UPDATE memberships SET state = 'ended', version = version + 1 WHERE id = $1", m.ID)
		return err
	})
}

// Office adds the federation of 浚县, unless mods say otherwise.
func (w *World) Office(t testing.TB, mods ...func(*domain.Office)) domain.Office {
	t.Helper()
	o := domain.Office{
		ID: id.New(), Version: 1,
		OfficeFacts: domain.OfficeFacts{Kind: domain.OfficeFederation, Name: "浚县妇女联合会", RegionCode: "410621", Address: "浚县黎阳路"},
	}
	for _, mod := range mods {
		mod(&o)
	}
	w.own(t, func(ctx context.Context, q postgres.Querier) error {
		return store.InsertOffices(ctx, q, []domain.Office{o})
	})
	return o
}

// Region adds a division below another.
func (w *World) Region(t testing.TB, parent domain.Region, code, name string) domain.Region {
	t.Helper()
	r, err := domain.NewRegion(parent, code, name)
	must(t, err)
	w.own(t, func(ctx context.Context, q postgres.Querier) error {
		return store.InsertRegions(ctx, q, []domain.Region{r})
	})
	return r
}

// Unit adds a reporting unit.
func (w *World) Unit(t testing.TB, u domain.ReportingUnit) {
	t.Helper()
	w.own(t, func(ctx context.Context, q postgres.Querier) error {
		return store.InsertReportingUnits(ctx, q, []domain.ReportingUnit{u})
	})
}

// Grant makes a person a coordinator of 浚县, unless mods say otherwise.
func (w *World) Grant(t testing.TB, v domain.Volunteer, mods ...func(*domain.Grant)) domain.Grant {
	t.Helper()
	g := domain.Grant{ID: id.New(), VolunteerID: v.ID, Role: "coordinator", RegionCode: "410621", From: Day.AddDate(-1, 0, 0), Reason: "浚县妇联任命", Version: 1}
	for _, mod := range mods {
		mod(&g)
	}
	w.own(t, func(ctx context.Context, q postgres.Querier) error {
		return store.InsertGrants(ctx, q, []domain.Grant{g})
	})
	return g
}

// InTx does something in a transaction of the run-time role.
func (w *World) InTx(t testing.TB, f func(q postgres.Querier) error) {
	t.Helper()
	must(t, w.DB.InTx(t.Context(), f))
}

func (w *World) own(t testing.TB, f func(ctx context.Context, q postgres.Querier) error) {
	t.Helper()
	must(t, w.Owner.InTx(t.Context(), func(q postgres.Querier) error { return f(t.Context(), q) }))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
