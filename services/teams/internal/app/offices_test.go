package app_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
)

var ofTheCounty = auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"}

func TestOffices(t *testing.T) {
	t.Parallel()
	facts := domain.OfficeFacts{
		Kind: domain.OfficeHome, Name: "善堂镇妇女之家", RegionCode: "410621100", Address: "善堂镇党群服务中心", Phone: "0392-1000001",
		Demonstration: "city", IsVenue: true, Latitude: 35.6, Longitude: 114.6,
	}
	t.Run("an office is added, changed and closed, and each is told without its phone", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		ctx := given.As(t, w.Volunteer(t), ofTheCounty)
		o, err := w.App.AddOffice(ctx, facts)
		if err != nil {
			t.Fatal(err)
		}
		other := facts
		other.Demonstration = "province"
		if o, err = w.App.ChangeOffice(ctx, o.ID, other, 1); err != nil || o.Version != 2 {
			t.Fatal(o, err)
		}
		if _, err := w.App.ChangeOffice(ctx, o.ID, facts, 1); !errors.Is(err, domain.ErrOfficeChanged) {
			t.Error(err)
		}
		if _, err := w.App.CloseOffice(ctx, o.ID, "场地收回"); err != nil {
			t.Fatal(err)
		}
		events := w.Outbox(t)
		var last teamsv1.OfficeChanged
		if err := json.Unmarshal(events[2].Body, &last); err != nil {
			t.Fatal(err)
		}
		want := teamsv1.OfficeChanged{
			OfficeID: o.ID, Kind: "home", Name: "善堂镇妇女之家", RegionCode: "410621100", RegionPath: "4106/410621/410621100/", Address: "善堂镇党群服务中心",
			Demonstration: "province", IsVenue: true, Latitude: 35.6, Longitude: 114.6, State: "closed", Version: 3,
		}
		if diff := cmp.Diff(want, last); diff != "" || len(events) != 3 {
			t.Error(len(events), diff)
		}
	})
	t.Run("nobody adds, moves or changes one where they have no authority", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		ctx := given.As(t, w.Volunteer(t), ofTheCounty)
		abroad := facts
		abroad.RegionCode = "410611"
		if _, err := w.App.AddOffice(ctx, abroad); !errors.Is(err, domain.ErrNoRegion) {
			t.Error(err)
		}
		own := w.Office(t)
		if _, err := w.App.ChangeOffice(ctx, own.ID, abroad, 1); !errors.Is(err, domain.ErrNoRegion) {
			t.Error(err)
		}
		theirs := w.Office(t, func(o *domain.Office) { o.RegionCode = "410611" })
		if _, err := w.App.CloseOffice(ctx, theirs.ID, "关掉"); !errors.Is(err, domain.ErrNoOffice) {
			t.Error(err)
		}
	})
	t.Run("a region has one open federation", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		ctx := given.As(t, w.Volunteer(t), ofTheCounty)
		first := w.Office(t)
		second := domain.OfficeFacts{Kind: domain.OfficeFederation, Name: "浚县妇联", RegionCode: "410621"}
		if _, err := w.App.AddOffice(ctx, second); !errors.Is(err, domain.ErrFederationTaken) {
			t.Error(err)
		}
		if _, err := w.App.CloseOffice(ctx, first.ID, "更名重建"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.AddOffice(ctx, second); err != nil {
			t.Error(err)
		}
	})
	t.Run("a closed one opens again, unless another federation took its place", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		ctx := given.As(t, w.Volunteer(t), ofTheCounty)
		first := w.Office(t)
		if _, err := w.App.CloseOffice(ctx, first.ID, "暂时没有场地"); err != nil {
			t.Fatal(err)
		}
		o, err := w.App.ReopenOffice(ctx, first.ID, "场地修好")
		if err != nil || o.Closed || o.Version != 3 {
			t.Fatal(o, err)
		}
		if o, err = w.App.ReopenOffice(ctx, first.ID, "再开一次"); err != nil || o.Version != 3 || len(w.Outbox(t)) != 2 {
			t.Error("an open one changed:", o, err)
		}
		if _, err := w.App.CloseOffice(ctx, first.ID, "更名重建"); err != nil {
			t.Fatal(err)
		}
		w.Office(t, func(o *domain.Office) { o.Name = "浚县妇联" })
		if _, err := w.App.ReopenOffice(ctx, first.ID, "重新启用"); !errors.Is(err, domain.ErrFederationTaken) {
			t.Error(err)
		}
		elsewhere := w.Office(t, func(o *domain.Office) { o.RegionCode, o.Closed = "410611", true })
		if _, err := w.App.ReopenOffice(ctx, elsewhere.ID, "打开"); !errors.Is(err, domain.ErrNoOffice) {
			t.Error(err)
		}
	})
	t.Run("lists go from the city down, are filtered and paged", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		for _, o := range []domain.OfficeFacts{
			{Kind: "home", Name: "善堂妇女之家", RegionCode: "410621100"}, {Kind: "federation", Name: "善堂镇妇联", RegionCode: "410621100"},
			{Kind: "federation", Name: "鹤壁市妇联", RegionCode: "4106"}, {Kind: "federation", Name: "浚县妇联", RegionCode: "410621"},
		} {
			w.Office(t, func(at *domain.Office) { at.OfficeFacts = o })
		}
		ctx := given.As(t, w.Volunteer(t))
		list := func(query app.OfficeQuery) (names []string) {
			for query.Limit = 1; ; {
				offices, next, err := w.App.ListOffices(ctx, query)
				if err != nil {
					t.Fatal(err)
				}
				for _, o := range offices {
					names = append(names, o.Name)
				}
				if next == "" {
					return names
				}
				query.After = next
			}
		}
		for want, query := range map[string]app.OfficeQuery{
			"鹤壁市妇联 浚县妇联 善堂镇妇联 善堂妇女之家": {}, "浚县妇联 善堂镇妇联 善堂妇女之家": {Region: "410621"}, "善堂妇女之家": {Kind: "home"},
			"善堂镇妇联 善堂妇女之家": {Typed: "st"}, "浚县妇联": {Typed: "浚县"},
		} {
			got := ""
			for i, name := range list(query) {
				if i > 0 {
					got += " "
				}
				got += name
			}
			if got != want {
				t.Errorf("%+v: %s", query, got)
			}
		}
	})
}

func TestTeamOffice(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team := w.Team(t, func(team *domain.Team) { team.RegionCode = "410621100" })
	ctx := given.As(t, w.Volunteer(t), ofTheCounty)
	supervises := func(want string, chosen bool) {
		t.Helper()
		if s, err := w.App.FindTeamOffice(ctx, team.ID); err != nil || s.Office.Name != want || s.Chosen != chosen {
			t.Errorf("%s %v, %v; want %s", s.Office.Name, s.Chosen, err, want)
		}
	}
	if _, err := w.App.FindTeamOffice(ctx, team.ID); !errors.Is(err, domain.ErrNoOffice) {
		t.Error(err)
	}
	w.Office(t, func(o *domain.Office) { o.Name, o.RegionCode = "鹤壁市妇联", "4106" })
	supervises("鹤壁市妇联", false)
	w.Office(t)
	supervises("浚县妇女联合会", false)
	other := w.Office(t, func(o *domain.Office) { o.Name, o.RegionCode = "淇滨区妇联", "410611" })
	if _, err := w.App.ChooseTeamOffice(ctx, team.ID, other.ID); err != nil {
		t.Fatal(err)
	}
	supervises("淇滨区妇联", true)
	if _, err := w.App.CloseOffice(given.As(t, w.Volunteer(t), ofTheCity), other.ID, "撤销"); err != nil {
		t.Fatal(err)
	}
	supervises("浚县妇女联合会", false)
	if _, err := w.App.ChooseTeamOffice(ctx, team.ID, other.ID); !errors.Is(err, domain.ErrOfficeClosed) {
		t.Error(err)
	}
	if _, err := w.App.ChooseTeamOffice(given.As(t, w.Volunteer(t)), team.ID, ""); !errors.Is(err, domain.ErrNoTeam) {
		t.Errorf("somebody without authority: %v", err)
	}
	if _, err := w.App.ChooseTeamOffice(ctx, team.ID, ""); err != nil {
		t.Error(err)
	}
}
