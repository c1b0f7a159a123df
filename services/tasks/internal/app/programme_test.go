package app_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// setting is what an administrator may set for the town's programme.
func (w *town) setting(change func(*domain.Setting)) domain.Setting {
	s := domain.DefaultSetting(w.programme)
	s.ValidFrom, s.Reason = domain.DayOf(w.clock.Now()), "市妇联会议决定"
	change(&s)
	return s
}

func (w *town) needsOn(day string) []string {
	w.t.Helper()
	var s domain.Setting
	w.must(w.db.InTx(w.t.Context(), func(q postgres.Querier) (err error) {
		s, err = store.FindSetting(w.t.Context(), q, w.programme, day)
		return err
	}))
	return s.Needs
}

func TestProgrammeSettings(t *testing.T) {
	t.Parallel()
	t.Run("what was in force on a day stays known, whatever is set later", func(t *testing.T) {
		t.Parallel()
		w := newTown(t) // a Monday, 2026-11-23
		city := w.officer("administrator", "4106/")
		set := func(day string, needs ...string) {
			_, err := w.SetProgramme(city, w.setting(func(s *domain.Setting) { s.ValidFrom, s.Needs = day, needs }))
			w.must(err)
		}
		set("2026-11-23", "first_aid")
		set("2026-12-01", "nurse")
		set("2026-12-01", "teacher", "nurse") // the same day again: this one holds
		for day, want := range map[string][]string{
			"2026-11-22": nil, "2026-11-23": {"first_aid"}, "2026-11-30": {"first_aid"}, "2026-12-01": {"nurse", "teacher"}, "2030-01-01": {"nurse", "teacher"},
		} {
			if diff := cmp.Diff(want, w.needsOn(day)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", day, diff)
			}
		}
		history, err := w.ListSettings(w.officer("viewer", "4106/410611/"), w.programme)
		w.must(err)
		if len(history) != 3 {
			t.Errorf("%d settings in the history", len(history))
		}
	})
	t.Run("only the city's administrators set it, for days to come, with a reason", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		if _, err := w.SetProgramme(w.officer("administrator", "4106/410611/"), w.setting(func(*domain.Setting) {})); !errors.Is(err, domain.ErrNoAdministrator) {
			t.Errorf("a county's administrator: %v", err)
		}
		for name, c := range map[string]struct {
			change func(*domain.Setting)
			want   error
		}{
			"yesterday":      {func(s *domain.Setting) { s.ValidFrom = "2026-11-22" }, domain.ErrSettingDay},
			"no day":         {func(s *domain.Setting) { s.ValidFrom = "tomorrow" }, domain.ErrSettingDay},
			"odd rounding":   {func(s *domain.Setting) { s.Rounding = 7 }, domain.ErrSettingRounding},
			"no code":        {func(s *domain.Setting) { s.Needs = []string{"律师"} }, domain.ErrSettingNeeds},
			"without reason": {func(s *domain.Setting) { s.Reason = " " }, domain.ErrReasonMissing},
		} {
			if _, err := w.SetProgramme(w.officer("administrator", "4106/"), w.setting(c.change)); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
	t.Run("an activity under 法律援助 names the qualification that it needs", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		programmes, err := w.ListProgrammes(w.as(w.leader))
		w.must(err)
		legal := slices.IndexFunc(programmes, func(p app.ProgrammeView) bool { return p.Name == "法律援助" })
		shift := w.givenShift(func(n *app.NewTask) { n.ProgrammeID = programmes[legal].ID })
		task, err := w.FindTask(w.as(w.leader), shift.TaskID)
		w.must(err)
		if diff := cmp.Diff([]string{"lawyer", "legal_worker"}, task.Setting.Needs); diff != "" {
			t.Errorf("needs (-want +got):\n%s", diff)
		}
	})
	t.Run("where every activity is risky nothing is published without insurance", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		_, err := w.SetProgramme(w.officer("administrator", "4106/"), w.setting(func(s *domain.Setting) { s.Risky = true }))
		w.must(err)
		n := app.NewTask{TeamID: w.team, ProgrammeID: w.programme, Details: domain.Details{
			Title: "巡河", Place: "淇水湾", Risks: "防滑", ContactName: "王秀英", ContactPhone: "13800000000",
		}, Shifts: []app.NewShift{{StartsAt: w.clock.Now().Add(time.Hour), EndsAt: w.clock.Now().Add(2 * time.Hour), Capacity: 5}}}
		draft, err := w.CreateTask(w.as(w.leader), n)
		w.must(err)
		if _, err := w.PublishTask(w.as(w.leader), draft.ID); !errors.Is(err, domain.ErrInsuranceMissing) {
			t.Errorf("err = %v", err)
		}
		n.Details.Insurance = "市志愿者保险"
		if draft, err = w.CreateTask(w.as(w.leader), n); err == nil {
			_, err = w.PublishTask(w.as(w.leader), draft.ID)
		}
		w.must(err)
	})
}

func TestCampaigns(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	county := w.officer("coordinator", "4106/410611/")
	template := domain.Campaign{
		RegionPath: "4106/410611/", ProgrammeID: w.programme, Name: "12·4 宪法宣传", Call: "欢迎各队参加", FirstDay: "2026-12-01", LastDay: "2026-12-07",
		Template: domain.Template{Title: "宪法进社区", Risks: "注意交通"},
	}
	if _, err := w.CreateCampaign(w.officer("viewer", "4106/"), template); !errors.Is(err, app.ErrNoCampaigner) {
		t.Errorf("a viewer: %v", err)
	}
	c, err := w.CreateCampaign(county, template)
	w.must(err)
	elsewhere := template
	elsewhere.RegionPath = "4106/410621/"
	_, err = w.CreateCampaign(w.officer("coordinator", "4106/"), elsewhere)
	w.must(err)

	seen, err := w.ListCampaigns(w.as(w.leader))
	w.must(err)
	if len(seen) != 1 || seen[0].ID != c.ID || seen[0].TakenUp != 0 {
		t.Errorf("the leader sees %+v", seen)
	}
	w.givenShift(func(n *app.NewTask) { n.CampaignID = c.ID })
	all, err := w.ListCampaigns(w.officer("viewer", "4106/"))
	w.must(err)
	if len(all) != 2 || all[0].TakenUp+all[1].TakenUp != 1 {
		t.Errorf("the city sees %+v", all)
	}
	if _, err := w.EndCampaign(w.officer("coordinator", "4106/410621/"), c.ID); !errors.Is(err, domain.ErrNoSuchCampaign) {
		t.Errorf("ended by another county: %v", err)
	}
	_, err = w.EndCampaign(county, c.ID)
	w.must(err)
	if seen, err = w.ListCampaigns(w.as(w.leader)); err != nil || len(seen) != 0 {
		t.Errorf("after its end the leader sees %d, %v", len(seen), err)
	}
}
