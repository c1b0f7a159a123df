package app_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func TestLoadDemo(t *testing.T) {
	t.Parallel()
	t.Run("writes what the events of the same city would have led to", func(t *testing.T) {
		t.Parallel()
		city, err := demo.NewCity(demo.Options{Scale: 0.001, Day: time.Date(2026, time.November, 24, 0, 0, 0, 0, clock.City)})
		if err != nil {
			t.Fatal(err)
		}
		loaded, told := newTown(t), newTown(t)
		owner, err := postgres.Open(t.Context(), loaded.db.OwnerURL, 1)
		loaded.must(err)
		defer func() { _ = owner.Close() }()
		keys := filepath.Join(t.TempDir(), "keys.json")
		loaded.must(vault.EnsureKeys(keys))
		papers, err := vault.Load(keys)
		loaded.must(err)
		loaded.must(app.LoadDemo(t.Context(), owner, papers, city))
		var issuer domain.Issuer
		loaded.inTx(func(q postgres.Querier) (err error) {
			issuer, err = store.FindIssuer(t.Context(), q, papers, []string{"4106"}, domain.DayOf(city.Day))
			return err
		})
		if issuer.Name != "鹤壁市妇女联合会" {
			t.Errorf("certificates are issued by %q", issuer.Name)
		}
		told.inTx(func(q postgres.Querier) error { return told.CreditHours(t.Context(), q, confirmed(city)) })

		for what, query := range map[string]string{
			"lines": `SELECT row(volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification, minutes,
				started_at, ended_at, day, source_kind, source_id, title, confirmed_by, confirmed_at)::text FROM entries ORDER BY source_id`,
			"totals": `SELECT row(volunteer_id, day, team_id, programme_id, region_path, account, sum(minutes), sum(entries))::text AS total FROM totals
				GROUP BY volunteer_id, day, team_id, programme_id, region_path, account ORDER BY total`, // told all on one day, they also settle on one
		} {
			var fromFile, fromEvents []string
			loaded.must(loaded.db.Owner(t).Select(&fromFile, query))
			told.must(told.db.Owner(t).Select(&fromEvents, query))
			if diff := cmp.Diff(fromEvents, fromFile); diff != "" || len(fromFile) < 100 {
				t.Errorf("%d %s: %s", len(fromFile), what, diff)
			}
		}
	})
}

// confirmed returns the events that tasks would have told of the city.
func confirmed(city *demo.City) (events []tasksv1.AttendanceConfirmed) {
	teams := map[string]demo.Team{}
	for _, team := range city.Teams {
		teams[team.ID] = team
	}
	for task := range city.Tasks() {
		for _, shift := range task.Shifts {
			for _, s := range shift.SignUps {
				if s.Attendance == nil {
					continue
				}
				a, team := s.Attendance, teams[task.TeamID]
				kind := "service"
				if task.Training {
					kind = "training"
				}
				events = append(events, tasksv1.AttendanceConfirmed{
					AttendanceID: a.ID, ShiftID: shift.ID, TaskID: task.ID, TaskTitle: task.Title, TeamID: team.ID,
					RegionPath: team.RegionPath, ReportingUnit: team.ReportingUnit, ProgrammeID: task.ProgrammeID, Kind: kind, VolunteerID: s.VolunteerID,
					Verification: a.Verification, From: a.From, To: a.To, Minutes: a.Minutes,
					ConfirmedBy: a.ConfirmedBy, ConfirmedAt: shift.ConfirmedAt, Version: 1,
				})
			}
		}
	}
	return events
}
