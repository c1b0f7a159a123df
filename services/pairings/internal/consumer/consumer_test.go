package consumer_test

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/consumer"
	"github.com/qihe-volunteers/qihe/services/pairings/migrations"
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
	"github.com/qihe-volunteers/qihe/shared/translog"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// fresh returns the receiver on an empty database, and what it has learned.
func fresh(t testing.TB) (*inbox.Receiver, func() any) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	db := pgtest.New(t, "pairings", outbox.Migrations(), inbox.Migrations(), idempotency.Migrations(), translog.Migrations(), migrations.Set())
	quiet := slog.New(slog.DiscardHandler)
	b, err := bus.Connect(t.Context(), bustest.Start(t), "test", quiet)
	must(err)
	t.Cleanup(b.Close)
	directory, err := people.NewDirectory("http://127.0.0.1:1", "", b, quiet)
	must(err)
	path := filepath.Join(t.TempDir(), "keys.json")
	must(vault.EnsureKeys(path))
	keys, err := vault.Load(path)
	must(err)
	a := app.New(db.DB, clock.System{}, directory, keys, translog.Keys{}, quiet)
	return consumer.FromTeams(a, db.DB), func() any {
		var rows []string
		for _, query := range []string{
			`SELECT row(k.*)::text FROM known_regions k ORDER BY code`,
			`SELECT row(k.*)::text FROM known_grants k ORDER BY grant_id`,
			`SELECT row(k.*)::text FROM known_people k ORDER BY volunteer_id`,
			`SELECT row(k.*)::text FROM known_trainings k ORDER BY qualification_id`,
			`SELECT row(event_id, error)::text FROM dead_letters`,
		} {
			var some []string
			must(db.Owner(t).Select(&some, query))
			rows = append(append(rows, some...), "")
		}
		return rows
	}
}

func TestFromTeams(t *testing.T) {
	t.Parallel()
	first, second, third, grant, paper, ended := id.New(), id.New(), id.New(), id.New(), id.New(), id.New()
	day := time.Date(2026, time.November, 24, 9, 0, 0, 0, clock.City)
	bustest.EveryWay(t, fresh,
		teamsv1.RegionChanged{Code: "410621", Name: "浚", Path: "4106/410621/", Version: 1},
		teamsv1.RegionChanged{Code: "410621", Name: "浚县", Path: "4106/410621/", Version: 2},
		teamsv1.GrantChanged{GrantID: grant, VolunteerID: first, Role: "child_care", RegionPath: "4106/410621/", State: "active", From: day, Version: 1},
		teamsv1.GrantChanged{GrantID: grant, VolunteerID: first, Role: "child_care", RegionPath: "4106/410621/", State: "ended", From: day, Until: day.Add(time.Hour), Version: 2},
		teamsv1.GrantChanged{GrantID: id.New(), VolunteerID: second, Role: "administrator", RegionPath: "4106/", State: "active", From: day, Version: 1},
		teamsv1.VolunteerChanged{VolunteerID: first, Minor: true, Version: 1},
		teamsv1.VolunteerChanged{VolunteerID: first, MergedInto: second, Version: 3},
		teamsv1.VolunteerChanged{VolunteerID: second, MergedInto: third, Version: 2},
		teamsv1.VolunteerChanged{VolunteerID: third, Erased: true, Version: 5},
		teamsv1.QualificationChanged{QualificationID: paper, VolunteerID: first, Kind: "companion_training", State: "claimed", From: day, Version: 1},
		teamsv1.QualificationChanged{QualificationID: paper, VolunteerID: first, Kind: "companion_training", State: "confirmed", From: day, Until: day.AddDate(1, 0, 0), Version: 2},
		teamsv1.QualificationChanged{QualificationID: ended, VolunteerID: second, Kind: "companion_training", State: "confirmed", From: day, Version: 4},
		teamsv1.QualificationChanged{QualificationID: ended, VolunteerID: second, Kind: "companion_training", State: "withdrawn", From: day, Version: 6},
		teamsv1.QualificationChanged{QualificationID: id.New(), VolunteerID: second, Kind: "legal", State: "confirmed", From: day, Version: 1}, // no business of ours
	)
}
