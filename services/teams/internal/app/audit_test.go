package app_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// record keeps a line of the audit an hour after the one before.
func record(t *testing.T, w *given.World, r domain.Record) domain.Record {
	t.Helper()
	w.Clock.Leap(time.Hour)
	r.At = w.Clock.Now()
	if err := w.DB.InTx(t.Context(), func(q postgres.Querier) error { return store.InsertRecord(t.Context(), q, r) }); err != nil {
		t.Fatal(err)
	}
	return r
}

func administrator(path string) auth.Grant {
	return auth.Grant{Role: "administrator", RegionPath: path}
}

// acts are what some lines say, oldest first.
func acts(page app.AuditPage) []string {
	said := []string{}
	for _, line := range page.Lines {
		said = append([]string{line.Act}, said...)
	}
	return said
}

func TestAudit(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	officer := w.Volunteer(t, func(v *domain.Volunteer) { v.Name = "赵干事" })
	here := w.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410621100" })
	there := w.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410611" })
	member := w.Volunteer(t)
	team := w.Team(t)
	w.Member(t, team, member, domain.RoleMember)
	now := w.Clock.Now()
	record(t, w, domain.NewRecord(officer.ID, "here.read", "volunteer", here.ID, now).About(here.ID))
	record(t, w, domain.NewRecord(officer.ID, "there.read", "volunteer", there.ID, now).About(there.ID))
	record(t, w, domain.NewRecord("", "member.read", "volunteer", member.ID, now).About(member.ID))
	record(t, w, domain.NewRecord(officer.ID, "team.approved", "team", team.ID, now).Because("材料齐全"))
	record(t, w, domain.NewRecord(officer.ID, "region.renamed", "region", "410621100", now))
	last := record(t, w, domain.NewRecord(here.ID, "own.done", "roster", "7", now))
	all := []string{"here.read", "there.read", "member.read", "team.approved", "region.renamed", "own.done"}

	for name, c := range map[string]struct {
		grant auth.Grant
		query app.AuditQuery
		want  []string
	}{
		"of the city: everything":                                    {administrator("4106/"), app.AuditQuery{}, all},
		"of a county: people, teams, divisions and whoever is there": {administrator("4106/410621/"), app.AuditQuery{}, []string{"here.read", "member.read", "team.approved", "region.renamed", "own.done"}},
		"of a township: its people":                                  {administrator("4106/410621/410621100/"), app.AuditQuery{}, []string{"here.read", "region.renamed", "own.done"}},
		"of another county":                                          {administrator("4106/410611/"), app.AuditQuery{}, []string{"there.read"}},
		"one act":                                                    {administrator("4106/"), app.AuditQuery{Act: "team.approved"}, []string{"team.approved"}},
		"from an instant":                                            {administrator("4106/"), app.AuditQuery{From: last.At}, []string{"own.done"}},
		"until an instant, which is out":                             {administrator("4106/"), app.AuditQuery{Until: given.Day.Add(2 * time.Hour)}, []string{"here.read"}},
		"a number that nobody has":                                   {administrator("4106/"), app.AuditQuery{Number: "HB0"}, []string{}},
		"somebody of elsewhere, as if there were nobody":             {administrator("4106/410611/"), app.AuditQuery{Number: here.Number}, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			c.query.Limit = 50
			page, err := w.App.Audit(given.As(t, officer, c.grant), c.query)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, acts(page)); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("pages follow each other without a gap", func(t *testing.T) {
		var got []string
		query := app.AuditQuery{Limit: 2}
		for {
			page, err := w.App.Audit(given.As(t, officer, administrator("4106/")), query)
			if err != nil {
				t.Fatal(err)
			}
			got = append(acts(page), got...)
			if query.After = page.Next; page.Next == "" {
				break
			}
		}
		if diff := cmp.Diff(all, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a line says who, whom, what and why by name", func(t *testing.T) {
		page, err := w.App.Audit(given.As(t, officer, administrator("4106/")), app.AuditQuery{Act: "team.approved", Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		line := page.Lines[0]
		if got := fmt.Sprint(line.Actor.Name, line.Subject, line.Reason, line.Person.Name); got != "赵干事"+team.Name+"材料齐全" {
			t.Error(got)
		}
	})
	t.Run("looking for one person is recorded once per search", func(t *testing.T) {
		query := app.AuditQuery{Number: " " + here.Number + " ", Limit: 1}
		page, err := w.App.Audit(given.As(t, officer, administrator("4106/")), query)
		if err != nil || page.Next == "" {
			t.Fatal(page, err)
		}
		query.After = page.Next
		if _, err := w.App.Audit(given.As(t, officer, administrator("4106/")), query); err != nil {
			t.Fatal(err)
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE act = 'audit.read' AND volunteer_id = $1", here.ID); n != 1 {
			t.Errorf("recorded %d times", n)
		}
	})
	t.Run("nobody else may read it", func(t *testing.T) {
		for _, role := range []string{"viewer", "coordinator", "child_care"} {
			if _, err := w.App.Audit(given.As(t, officer, auth.Grant{Role: role, RegionPath: "4106/"}), app.AuditQuery{Limit: 1}); !errors.Is(err, app.ErrNoAudit) {
				t.Errorf("%s: %v", role, err)
			}
		}
	})
}

func TestAccesses(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	v, other := w.Volunteer(t), w.Volunteer(t)
	officer := w.Volunteer(t, func(v *domain.Volunteer) { v.Name = "赵干事" })
	leader := w.Volunteer(t, func(v *domain.Volunteer) { v.Name = "钱队长" })
	team := w.Team(t)
	w.Member(t, team, leader, domain.RoleLeader)
	w.Member(t, team, v, domain.RoleMember)
	w.Grant(t, officer, func(g *domain.Grant) { g.Until = given.Day.Add(90 * time.Minute) })
	now := w.Clock.Now()
	record(t, w, domain.NewRecord(officer.ID, "volunteer.read", "volunteer", v.ID, now).About(v.ID).Because("核对花名册"))
	record(t, w, domain.NewRecord(officer.ID, "volunteer.read", "volunteer", v.ID, now).About(v.ID)) // the grant is over by now
	record(t, w, domain.NewRecord(leader.ID, "volunteer.phone-read", "volunteer", v.ID, now).About(v.ID))
	record(t, w, domain.NewRecord("", "volunteer.of_age", "volunteer", v.ID, now).About(v.ID))
	record(t, w, domain.NewRecord(v.ID, "volunteer.exported", "volunteer", v.ID, now).About(v.ID))
	record(t, w, domain.NewRecord(officer.ID, "volunteer.read", "volunteer", other.ID, now).About(other.ID))

	accesses, next, err := w.App.Accesses(given.As(t, v), 3, "")
	if err != nil {
		t.Fatal(err)
	}
	rest, end, err := w.App.Accesses(given.As(t, v), 3, next)
	if err != nil || end != "" {
		t.Fatal(end, err)
	}
	got := []string{}
	for _, one := range append(accesses, rest...) {
		got = append(got, fmt.Sprintf("%s %s %s%s%s %s", one.Act, one.Actor.Name, one.Office.Role, one.Office.RegionName, one.Team, one.Reason))
	}
	want := []string{
		"volunteer.of_age   ",
		"volunteer.phone-read 钱队长 " + team.Name + " ",
		"volunteer.read 赵干事  ",
		"volunteer.read 赵干事 coordinator浚县 核对花名册",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
