package app_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// TestFigures lets days pass with lines, questions, reversals and a merged
// record, and compares every breakdown with a plain sum over the ledger, in a
// replica that runs on and in one that starts then.
func TestFigures(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := rand.New(rand.NewPCG(3, 4))
	var persons [5]string
	for i := range persons {
		persons[i] = id.New()
	}
	held := map[string]domain.Entry{}
	for range 12 {
		var events []tasksv1.AttendanceConfirmed
		for range 2 + r.IntN(4) {
			events = append(events, w.attendance(by(persons[r.IntN(len(persons))], 30*(1+r.IntN(4))), func(e *tasksv1.AttendanceConfirmed) {
				switch r.IntN(5) {
				case 0:
					e.TeamID, e.RegionPath, e.ReportingUnit = w.other, "4106/410621/", "浚县"
				case 1:
					e.RegionPath = "4106/"
				case 3:
					e.ReportingUnit = ""
				case 2:
					e.ReportingUnit = "市直单位" // the brigade had another unit then
				}
			}))
		}
		w.inTx(func(q postgres.Querier) error { return w.CreditHours(t.Context(), q, events) })
		w.question(r, persons[r.IntN(len(persons))], held)
		w.clock.Leap(24 * time.Hour)
	}
	w.inTx(func(q postgres.Querier) error {
		return w.LearnVolunteers(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: persons[0], MergedInto: persons[1], Version: 2}})
	})
	w.count(w.App)
	restarted := w.replica()
	w.must(restarted.Load(t.Context()))
	w.count(restarted)

	queries := map[string]app.FiguresQuery{
		"divisions":             {Region: "4106", By: app.ByRegion},
		"brigades":              {Region: "4106", By: app.ByTeam},
		"brigades of a county":  {Region: "410621", By: app.ByRegion}, // nothing lies below
		"what is the city's":    {Region: "4106", By: app.ByTeam, Direct: true},
		"units":                 {Region: "4106", By: app.ByUnit},
		"brigades of a unit":    {Region: "4106", Unit: "市直单位"},
		"units within a county": {Region: "410611", By: app.ByUnit},
	}
	for name, query := range queries {
		for _, query.Period = range []string{"month:2026-11", "this-month", "this-week", "all"} {
			for _, query.Settled = range []bool{false, true} {
				for _, a := range []*app.App{w.App, restarted} {
					f, err := a.RegionFigures(w.as(w.leader, "4106/"), query)
					w.must(err)
					whole, parts := w.plainSum(f, query)
					got := map[string]domain.Figures{}
					for _, row := range f.Rows {
						got[row.ID] = row.Figures
					}
					if diff := cmp.Diff(parts, got); diff != "" || f.Whole != whole {
						t.Fatalf("%s, %s, settled %v: whole %+v, want %+v; %s", name, query.Period, query.Settled, f.Whole, whole, diff)
					}
				}
			}
		}
	}
	for _, a := range []*app.App{w.App, restarted} {
		if c, err := a.CheckTotals(t.Context()); err != nil || !c.OK() {
			t.Errorf("CheckTotals = %+v, %v", c, err)
		}
	}
	t.Run("the month is compared with as many days of the one before", func(t *testing.T) {
		f, err := w.RegionFigures(w.as(w.leader, "4106/"), app.FiguresQuery{Region: "4106", By: app.ByRegion, Period: "this-month"})
		w.must(err)
		if f.BeforePeriod != "days:2026-11-01:2026-11-06" || f.Before != (domain.Figures{}) { // the first line is of the 24th
			t.Errorf("before = %s %+v", f.BeforePeriod, f.Before)
		}
		if n := len(f.Months); n != 12 || f.Months[n-1].Figures != f.Whole || f.Months[n-2].Minutes == 0 {
			t.Errorf("months = %+v", f.Months)
		}
		o, err := w.Overview(w.as(w.leader, "4106/"), "4106")
		w.must(err)
		if o.Services.Value != f.Whole.Services || o.Month.Value != f.Whole.Minutes || o.Until.String() != "2026-11-06" {
			t.Errorf("overview = %+v", o)
		}
	})
	t.Run("they are not there for others", func(t *testing.T) {
		_, err := w.RegionFigures(w.as(w.leader, "4106/410611/"), app.FiguresQuery{Region: "410621", By: app.ByTeam, Period: "all"})
		if e := new(apperr.Error); !errors.As(err, &e) || e.Kind != apperr.NotFound {
			t.Errorf("error = %v, want NotFound", err)
		}
	})
}

// plainSum reads the whole ledger and sums it the plainest way.
func (w *town) plainSum(f app.RegionFigures, query app.FiguresQuery) (domain.Figures, map[string]domain.Figures) {
	w.t.Helper()
	period, err := domain.ParsePeriod(f.Period, 0)
	w.must(err)
	from, until := period.Dates()
	var lines []struct {
		Part    string `db:"part"`
		Person  string `db:"person"`
		Team    string `db:"team_id"`
		Minutes int64  `db:"minutes"`
	}
	part := map[app.Parts]string{
		app.ByTeam: "team_id::text", app.ByUnit: "reporting_unit", app.ByRegion: "coalesce(nullif(split_part(region_path, '/', 2), ''), '4106')",
	}[f.By]
	w.must(w.db.Owner(w.t).Select(&lines, `
		SELECT `+part+` AS part, team_id, minutes, coalesce((SELECT name FROM known WHERE kind = 'merged' AND id = volunteer_id::text), volunteer_id::text) AS person
		FROM (
			SELECT region_path, reporting_unit, team_id, volunteer_id, day, account, minutes FROM entries WHERE NOT $4 OR settles_on <= $5
			UNION ALL
			SELECT region_path, reporting_unit, team_id, volunteer_id, day, account, c.minutes
			FROM settling_changes c JOIN entries e ON e.id = c.entry_id WHERE $4 AND effective_on <= $5
		) l
		WHERE account = 'service' AND region_path LIKE $1 || '%' AND day >= $2 AND day < $3 AND ($6 = '' OR reporting_unit = $6)`+
		map[bool]string{true: ` AND region_path = $1`}[query.Direct],
		f.Region.RegionPath, from.String(), until.String(), query.Settled, domain.DayOf(w.clock.Now()).String(), query.Unit))
	const all = "all of it" // no unit is called so
	sums := map[string]*domain.Figures{}
	people, teams := map[[2]string]int64{}, map[[2]string]int64{}
	for _, l := range lines {
		for _, name := range []string{all, l.Part} {
			if sums[name] == nil {
				sums[name] = &domain.Figures{}
			}
			sums[name].Minutes += l.Minutes
			people[[2]string{name, l.Person}] += l.Minutes
			teams[[2]string{name, l.Team}] += l.Minutes
			if sums[name].Services++; l.Minutes < 0 {
				sums[name].Services -= 2
			}
		}
	}
	for key, minutes := range people {
		if minutes > 0 {
			sums[key[0]].People++
		}
	}
	for key, minutes := range teams {
		if minutes > 0 {
			sums[key[0]].Teams++
		}
	}
	parts := map[string]domain.Figures{}
	var whole domain.Figures
	for name, s := range sums {
		if name == all {
			whole = *s
		} else if *s != (domain.Figures{}) {
			parts[name] = *s
		}
	}
	return whole, parts
}

func TestTeamLines(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	me, neighbour := id.New(), id.New()
	w.teams.add(people.Person{VolunteerID: me, Name: "李桂英", Version: 1})
	w.credit(w.attendance(by(me, 60)), w.attendance(by(neighbour, 30)), w.attendance(by(me, 90)),
		w.attendance(by(me, 45), func(e *tasksv1.AttendanceConfirmed) { e.RegionPath = "4106/410621/" })) // before the brigade moved here
	w.inTx(func(q postgres.Querier) error {
		return w.LearnMemberships(t.Context(), q, []teamsv1.MembershipChanged{{MembershipID: id.New(), TeamID: w.team, VolunteerID: w.leader, Role: "leader", State: "active", Version: 1}})
	})
	query := app.TeamLinesQuery{TeamID: w.team, Period: "this-month", Limit: 3}
	page, err := w.TeamLines(w.as(w.leader), query)
	w.must(err)
	if len(page.Lines) != 3 || page.Next == "" || page.Detail != "淇滨区" || page.Lines[0].Person != "李桂英" || page.Lines[0].Minutes != 45 {
		t.Errorf("the leader's page = %+v", page)
	}
	query.After = page.Next
	if page, err = w.TeamLines(w.as(w.leader), query); err != nil || len(page.Lines) != 1 || page.Next != "" {
		t.Errorf("the second page = %+v, %v", page, err)
	}
	query.After, query.VolunteerID = "", neighbour
	if page, err = w.TeamLines(w.as(w.leader), query); err != nil || len(page.Lines) != 1 || page.Lines[0].Minutes != 30 {
		t.Errorf("the neighbour's = %+v, %v", page, err)
	}
	query.VolunteerID, query.Limit = "", 10
	if page, err = w.TeamLines(w.as(id.New(), "4106/410611/"), query); err != nil || len(page.Lines) != 3 {
		t.Errorf("the county's officer sees %d lines, %v; want those given in the county", len(page.Lines), err)
	}
	for name, who := range map[string][]string{"a member": nil, "another county's officer": {"4106/410621/"}} {
		_, err := w.TeamLines(w.as(me, who...), query)
		if e := new(apperr.Error); !errors.As(err, &e) || e.Kind != apperr.NotFound {
			t.Errorf("%s: error = %v, want NotFound", name, err)
		}
	}
}
