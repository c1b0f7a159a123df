package app_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

// officer is on behalf of a coordinator of 浚县.
var county = auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"}

func TestListVolunteers(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	named := func(name string, mods ...func(*domain.Volunteer)) domain.Volunteer {
		return w.Volunteer(t, append(mods, func(v *domain.Volunteer) { v.Name = name })...)
	}
	team := w.Team(t)
	inTeam := named("王桂兰")
	w.Member(t, team, inTeam, domain.RoleMember)
	atHome := named("李贵芳", func(v *domain.Volunteer) { v.RegionCode, v.State, v.Phone = "410621100", domain.VolunteerUnclaimed, "" })
	named("买买提·艾合买提", func(v *domain.Volunteer) { v.RegionCode = "410611" })
	abroad := named("张国栋", func(v *domain.Volunteer) { v.RegionCode = "410611" })
	named("赵公明")
	named("王桂合", func(v *domain.Volunteer) {
		v.RegionCode, v.Phone, v.State, v.MergedInto = "410621", "", domain.VolunteerMerged, inTeam.ID
	})
	city := auth.Grant{Role: "viewer", RegionPath: "4106/"}
	for name, c := range map[string]struct {
		query app.VolunteerQuery
		as    auth.Grant
		want  []string
	}{
		"an officer sees who is at home or in a team below, by name":  {app.VolunteerQuery{}, county, []string{"李贵芳", "王桂兰"}},
		"the city sees everybody, who belongs nowhere too":            {app.VolunteerQuery{}, city, []string{"李贵芳", "买买提·艾合买提", "王桂兰", "张国栋", "赵公明"}},
		"a division narrows it":                                       {app.VolunteerQuery{RegionCode: "410621100"}, city, []string{"李贵芳"}},
		"initials find":                                               {app.VolunteerQuery{Text: "GL"}, city, []string{"王桂兰"}},
		"one letter is the surname's":                                 {app.VolunteerQuery{Text: "Ｚ"}, city, []string{"张国栋", "赵公明"}},
		"characters find":                                             {app.VolunteerQuery{Text: "桂"}, city, []string{"王桂兰"}},
		"a name is found with its dot, and without":                   {app.VolunteerQuery{Text: "买提艾合"}, city, []string{"买买提·艾合买提"}},
		"a whole number finds":                                        {app.VolunteerQuery{Text: inTeam.Number}, county, []string{"王桂兰"}},
		"a whole phone finds":                                         {app.VolunteerQuery{Text: string(inTeam.Phone)}, county, []string{"王桂兰"}},
		"part of a phone finds nobody":                                {app.VolunteerQuery{Text: string(inTeam.Phone[:8])}, county, nil},
		"a phone from elsewhere finds nobody":                         {app.VolunteerQuery{Text: string(abroad.Phone)}, county, nil},
		"signs find nobody":                                           {app.VolunteerQuery{Text: "，"}, city, nil},
		"who is to be claimed":                                        {app.VolunteerQuery{State: "unclaimed"}, city, []string{"李贵芳"}},
		"who is in a team":                                            {app.VolunteerQuery{TeamID: team.ID}, city, []string{"王桂兰"}},
		"minors":                                                      {app.VolunteerQuery{State: "minor"}, city, nil},
		"a letter in a township":                                      {app.VolunteerQuery{Text: "l", RegionCode: "410621100"}, county, []string{"李贵芳"}},
		"a search, a division, a state and a team all at once narrow": {app.VolunteerQuery{Text: "w", RegionCode: "410621", State: "active", TeamID: team.ID}, city, []string{"王桂兰"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.query.Limit = 50
			people, next, err := w.App.ListVolunteers(given.As(t, abroad, c.as), c.query)
			if err != nil || next != "" {
				t.Fatal(next, err)
			}
			var got []string
			for _, p := range people {
				got = append(got, p.Name)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("pages follow each other", func(t *testing.T) {
		t.Parallel()
		var got []string
		after := ""
		for {
			people, next, err := w.App.ListVolunteers(given.As(t, abroad, city), app.VolunteerQuery{Limit: 1, After: after})
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, people[0].Name)
			if after = next; next == "" {
				break
			}
		}
		if diff := cmp.Diff([]string{"李贵芳", "买买提·艾合买提", "王桂兰", "张国栋", "赵公明"}, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a line says where the person belongs", func(t *testing.T) {
		t.Parallel()
		people, _, err := w.App.ListVolunteers(given.As(t, abroad, county), app.VolunteerQuery{Limit: 9})
		if err != nil {
			t.Fatal(err)
		}
		got := [][]string{{people[0].RegionName}, people[1].TeamNames}
		if diff := cmp.Diff([][]string{{"善堂镇"}, {team.Name}}, got); diff != "" || people[0].ID != atHome.ID {
			t.Error(diff)
		}
	})
}
