package app_test

import (
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/services/teams/migrations"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
)

// givenEmpty is an app on an empty database, opened as its owner.
func givenEmpty(t *testing.T) (*given.World, *app.App) {
	t.Helper()
	w := givenEmptyWorld(t)
	return w, app.New(app.Parts{DB: w.Owner, Vault: w.Vault, Clock: w.Clock, Log: slog.New(slog.DiscardHandler)})
}

// givenEmptyWorld is an empty database, and an app on it as the run-time role.
func givenEmptyWorld(t testing.TB) *given.World {
	t.Helper()
	w := &given.World{Vault: given.Vault(t), Clock: &given.Clock{}}
	w.DB = pgtest.New(t, "teams", outbox.Migrations(), idempotency.Migrations(), migrations.Set())
	owner, err := postgres.Open(t.Context(), w.DB.OwnerURL, 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = owner.Close() })
	w.Owner = owner
	w.App = app.New(app.Parts{DB: w.DB.DB, Vault: w.Vault, Clock: w.Clock, Log: slog.New(slog.DiscardHandler)})
	return w
}

func givenCity(t *testing.T, scale float64) *demo.City {
	t.Helper()
	city, err := demo.NewCity(demo.Options{Scale: scale, Day: given.Day})
	if err != nil {
		t.Fatal(err)
	}
	return city
}

func TestLoadDemo(t *testing.T) {
	t.Parallel()
	t.Run("every fact of the registry is kept once, with version 1 and without an event", func(t *testing.T) {
		t.Parallel()
		w, a := givenEmpty(t)
		city := givenCity(t, 0.02)
		for range 2 { // the second time changes nothing
			if err := a.LoadDemo(t.Context(), city); err != nil {
				t.Fatal(err)
			}
		}
		got := map[string]int{}
		for _, table := range []string{"regions", "reporting_units", "offices", "volunteers", "teams", "memberships", "staff_grants", "outbox"} {
			got[table] = given.Value[int](t, w, "SELECT count(*) FROM "+table)
			if table != "outbox" {
				got[table+" with another version"] = given.Value[int](t, w, "SELECT count(*) FROM "+table+" WHERE version <> 1")
			}
		}
		got["trainings"] = given.Value[int](t, w, "SELECT count(*) FROM trainings WHERE source LIKE 'tasks/class/%' AND recorded_by IS NULL")
		completed := 0
		for class := range city.Classes() {
			completed += len(class.Certificates)
		}
		want := map[string]int{
			"trainings": completed,
			"regions":   len(city.Regions), "reporting_units": len(city.ReportingUnits), "reporting_units with another version": 0,
			"offices": len(city.Offices), "offices with another version": 0, "volunteers": len(city.Volunteers), "teams": len(city.Teams),
			"memberships": len(city.Memberships), "staff_grants": len(city.Grants), "outbox": 0,
			"regions with another version": 0, "volunteers with another version": 0, "teams with another version": 0,
			"memberships with another version": 0, "staff_grants with another version": 0,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// BenchmarkLoadDemo keeps the registry of the whole city, which everybody who
// starts Qihe for the first time waits for.
func BenchmarkLoadDemo(b *testing.B) {
	city, err := demo.NewCity(demo.Options{Scale: 1, Day: given.Day})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		w := givenEmptyWorld(b)
		a := app.New(app.Parts{DB: w.Owner, Vault: w.Vault, Clock: w.Clock, Log: slog.New(slog.DiscardHandler)})
		b.StartTimer()
		if err := a.LoadDemo(b.Context(), city); err != nil {
			b.Fatal(err)
		}
	}
}
