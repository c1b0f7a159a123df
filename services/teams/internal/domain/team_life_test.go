package domain_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// TestTeamLife tries every act on a brigade in every state: an arrow leads
// where it should, and everything else is refused with what stands in the way.
func TestTeamLife(t *testing.T) {
	t.Parallel()
	next := &domain.Team{ID: "next", State: domain.TeamActive}
	acts := map[string]func(team *domain.Team) error{
		"submit":      func(team *domain.Team) error { return team.Submit(noon) },
		"approve":     func(team *domain.Team) error { return team.Approve("officer", noon) },
		"return":      func(team *domain.Team) error { return team.Return("why", noon) },
		"suspend":     func(team *domain.Team) error { return team.Suspend("why", noon) },
		"resume":      func(team *domain.Team) error { return team.Resume("why", noon) },
		"dissolve":    func(team *domain.Team) error { return team.Dissolve("why", nil, noon) },
		"merge":       func(team *domain.Team) error { return team.Dissolve("why", next, noon) },
		"describe":    func(team *domain.Team) error { return team.Describe("河边的人") },
		"edit":        func(team *domain.Team) error { return team.Edit(details(), false) },
		"office edit": func(team *domain.Team) error { return team.Edit(details(), true) },
	}
	type way map[domain.TeamState]domain.TeamState // states that are missing refuse
	const draft, submitted, active, suspended, dissolved = domain.TeamDraft, domain.TeamSubmitted, domain.TeamActive, domain.TeamSuspended, domain.TeamDissolved
	ways := map[string]way{
		"submit":      {draft: submitted},
		"approve":     {submitted: active},
		"return":      {submitted: draft},
		"suspend":     {active: suspended},
		"resume":      {suspended: active},
		"dissolve":    {active: dissolved, suspended: dissolved},
		"merge":       {active: dissolved, suspended: dissolved},
		"describe":    {active: active, suspended: suspended},
		"edit":        {draft: draft},
		"office edit": {draft: draft, submitted: submitted, active: active, suspended: suspended},
	}
	refusals := map[domain.TeamState]error{
		draft: domain.ErrTeamIsDraft, submitted: domain.ErrTeamIsSubmitted, active: domain.ErrTeamIsActive,
		suspended: domain.ErrTeamIsSuspended, dissolved: domain.ErrTeamIsDissolved,
	}
	for name, act := range acts {
		for state, refusal := range refusals {
			t.Run(fmt.Sprintf("%s a brigade that is %s", name, state), func(t *testing.T) {
				t.Parallel()
				before := domain.Team{ID: "this", Name: "浚县大伾山巾帼志愿服务队", State: state, StateReason: "earlier", CreatedBy: "founder", Version: 7}
				team := before
				err := act(&team)
				to, ok := ways[name][state]
				if !ok {
					if !errors.Is(err, refusal) {
						t.Errorf("got %v, want %v", err, refusal)
					}
					if diff := cmp.Diff(before, team); diff != "" {
						t.Errorf("refused, and changed all the same: %s", diff)
					}
					return
				}
				if err != nil || team.State != to || team.Version != 8 {
					t.Errorf("got %s, version %d: %v", team.State, team.Version, err)
				}
			})
		}
	}
}

func details() domain.TeamDetails {
	return domain.TeamDetails{Name: "善堂镇石羊村巾帼志愿服务队", RegionCode: "410621100", ReportingUnit: "浚县", Category: "village", Description: "种树"}
}

func TestTeamLifeWords(t *testing.T) {
	t.Parallel()
	t.Run("who founded a brigade does not approve it", func(t *testing.T) {
		t.Parallel()
		team := domain.Team{State: domain.TeamSubmitted, CreatedBy: "officer"}
		if err := team.Approve("officer", noon); !errors.Is(err, domain.ErrOwnTeam) || team.State != domain.TeamSubmitted {
			t.Errorf("%v, %s", err, team.State)
		}
	})
	t.Run("a brigade of one's own is founded when it is approved, one of a roster when the roster says", func(t *testing.T) {
		t.Parallel()
		long := noon.AddDate(-9, 0, 0)
		own, imported := domain.Team{State: domain.TeamSubmitted, FoundedAt: long}, domain.Team{State: domain.TeamSubmitted, FoundedAt: long, Imported: true}
		for _, team := range []*domain.Team{&own, &imported} {
			if err := team.Approve("officer", noon); err != nil {
				t.Fatal(err)
			}
		}
		if !own.FoundedAt.Equal(noon) || !imported.FoundedAt.Equal(long) {
			t.Errorf("founded %s and %s", own.FoundedAt, imported.FoundedAt)
		}
	})
	t.Run("the reason stays until the next step", func(t *testing.T) {
		t.Parallel()
		team := domain.Team{State: domain.TeamSubmitted}
		steps := []func() error{
			func() error { return team.Return("请写明活动范围", noon) },
			func() error { return team.Submit(noon.Add(time.Hour)) },
		}
		var reasons []string
		for _, step := range steps {
			if err := step(); err != nil {
				t.Fatal(err)
			}
			reasons = append(reasons, team.StateReason)
		}
		if diff := cmp.Diff([]string{"请写明活动范围", ""}, reasons); diff != "" || !team.StateSince.Equal(noon.Add(time.Hour)) {
			t.Error(diff, team.StateSince)
		}
	})
	t.Run("a roster's brigade that should not have come in can be dissolved at once, but not merged", func(t *testing.T) {
		t.Parallel()
		for _, state := range []domain.TeamState{domain.TeamDraft, domain.TeamSubmitted} {
			team := domain.Team{ID: "this", State: state, Imported: true}
			if err := team.Dissolve("重复登记", &domain.Team{ID: "next", State: domain.TeamActive}, noon); apperr.KindOf(err) != apperr.Conflict {
				t.Error(err)
			}
			if err := team.Dissolve("重复登记", nil, noon); err != nil || team.State != domain.TeamDissolved {
				t.Errorf("%v, %s", err, team.State)
			}
		}
	})
	t.Run("a successor is another brigade that is active", func(t *testing.T) {
		t.Parallel()
		for _, next := range []domain.Team{
			{ID: "this", State: domain.TeamActive}, {ID: "next", State: domain.TeamDraft}, {ID: "next", State: domain.TeamSubmitted},
			{ID: "next", State: domain.TeamSuspended}, {ID: "next", State: domain.TeamDissolved},
		} {
			team := domain.Team{ID: "this", State: domain.TeamActive}
			var refused *apperr.Error
			if err := team.Dissolve("合并", &next, noon); !errors.As(err, &refused) || refused.Fields[0].Code() != "successor_not_active" || team.SuccessorID != "" {
				t.Errorf("%+v: %v", next, err)
			}
		}
		team := domain.Team{ID: "this", State: domain.TeamActive}
		if err := team.Dissolve("合并", &domain.Team{ID: "next", State: domain.TeamActive}, noon); err != nil || team.SuccessorID != "next" {
			t.Errorf("%v, %q", err, team.SuccessorID)
		}
	})
	t.Run("a reason has words, and not too many", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{"", "  \n ", string(make([]byte, 201))} {
			if _, err := domain.ParseReason(s); apperr.KindOf(err) != apperr.Invalid {
				t.Errorf("%q: %v", s, err)
			}
		}
		if got, err := domain.ParseReason(" 材料不全 "); got != "材料不全" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	})
}

func TestParseTeamName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"浚县大伾山巾帼志愿服务队":      "浚县大伾山巾帼志愿服务队",
		" 浚县　大伾山 巾帼志愿服务队\n": "浚县大伾山巾帼志愿服务队",
		"石羊村(东)巾帼志愿服务队":     "石羊村（东）巾帼志愿服务队",
		"石羊村第２小队":           "石羊村第2小队",
		"Qihe Women":        "",
		"妇女队":               "",
		"":                  "",
		"石羊村\x00巾帼志愿服务队":    "",
	} {
		got, err := domain.ParseTeamName(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q gives %q, %v", in, got, err)
		}
	}
}

func TestHandover(t *testing.T) {
	t.Parallel()
	heir := domain.Heir{VolunteerID: "next", Role: domain.RoleMember, State: domain.VolunteerActive}
	team := func(state domain.TeamState) *domain.Team {
		return &domain.Team{ID: "team", State: state, JoinEpoch: 2, Version: 5}
	}
	t.Run("the leader proposes, a member accepts, and what was signed before counts no more", func(t *testing.T) {
		t.Parallel()
		brigade := team(domain.TeamActive)
		h, err := brigade.HandOver("leader", heir, noon)
		if err != nil || brigade.Version != 5 {
			t.Fatalf("%v; a proposal changed the brigade: %+v", err, brigade)
		}
		if err := h.Accept(brigade, "leader", heir, noon); err != nil || h.State != domain.HandoverAccepted || brigade.JoinEpoch != 3 || brigade.Version != 6 {
			t.Errorf("%v, %+v, %+v", err, h, brigade)
		}
		if err := h.Accept(brigade, "next", heir, noon); !errors.Is(err, domain.ErrNoHandover) {
			t.Errorf("accepted twice: %v", err)
		}
	})
	t.Run("no and never mind end it without any effect", func(t *testing.T) {
		t.Parallel()
		for want, end := range map[domain.HandoverState]func(*domain.Handover) error{
			domain.HandoverDeclined:  func(h *domain.Handover) error { return h.Decline(noon) },
			domain.HandoverWithdrawn: func(h *domain.Handover) error { return h.Withdraw(noon) },
		} {
			brigade := team(domain.TeamActive)
			h, err := brigade.HandOver("leader", heir, noon)
			if err != nil {
				t.Fatal(err)
			}
			if err := end(&h); err != nil || h.State != want || brigade.JoinEpoch != 2 {
				t.Errorf("%v, %s", err, h.State)
			}
			if err := end(&h); !errors.Is(err, domain.ErrNoHandover) {
				t.Errorf("ended twice: %v", err)
			}
		}
	})
	t.Run("only a member of age can be next", func(t *testing.T) {
		t.Parallel()
		for name, h := range map[string]domain.Heir{
			"nobody of the team": {VolunteerID: "next", Role: domain.NoRole, State: domain.VolunteerActive},
			"the leader":         {VolunteerID: "next", Role: domain.RoleLeader, State: domain.VolunteerActive},
			"a minor":            {VolunteerID: "next", Role: domain.RoleMember, State: domain.VolunteerActive, Minor: true},
			"who is erased":      {VolunteerID: "next", Role: domain.RoleMember, State: domain.VolunteerErased},
		} {
			if _, err := team(domain.TeamActive).HandOver("leader", h, noon); apperr.KindOf(err) != apperr.Invalid && apperr.KindOf(err) != apperr.Conflict {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := team(domain.TeamActive).Appoint("officer", "leader", h, "队长失联", noon); err == nil {
				t.Errorf("%s can be appointed", name)
			}
		}
	})
	t.Run("brigades that do not work are not handed over", func(t *testing.T) {
		t.Parallel()
		for state, want := range map[domain.TeamState]error{
			domain.TeamDraft: domain.ErrTeamIsDraft, domain.TeamSubmitted: domain.ErrTeamIsSubmitted, domain.TeamDissolved: domain.ErrTeamIsDissolved,
			domain.TeamActive: nil, domain.TeamSuspended: nil,
		} {
			if _, err := team(state).HandOver("leader", heir, noon); !errors.Is(err, want) {
				t.Errorf("%s: %v", state, err)
			}
			if _, err := team(state).Appoint("officer", "", heir, "没有队长", noon); !errors.Is(err, want) {
				t.Errorf("%s: %v", state, err)
			}
		}
	})
	t.Run("a proposal of somebody who no longer leads is void", func(t *testing.T) {
		t.Parallel()
		brigade := team(domain.TeamActive)
		h, err := brigade.HandOver("leader", heir, noon)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Accept(brigade, "another", heir, noon); !errors.Is(err, domain.ErrHandoverStale) || brigade.JoinEpoch != 2 {
			t.Errorf("%v", err)
		}
	})
	t.Run("the office appoints alone, but never itself", func(t *testing.T) {
		t.Parallel()
		brigade := team(domain.TeamSuspended)
		if _, err := brigade.Appoint("next", "leader", heir, "队长失联", noon); !errors.Is(err, domain.ErrAppointSelf) {
			t.Error(err)
		}
		h, err := brigade.Appoint("officer", "", heir, "队长失联", noon)
		if err != nil || h.State != domain.HandoverAppointed || h.FromID != "" || brigade.JoinEpoch != 3 {
			t.Errorf("%v, %+v", err, h)
		}
	})
}

func TestTeamCategory(t *testing.T) {
	t.Parallel()
	c := domain.TeamCategory{Code: "village", Name: "村", Version: 1}
	step := func(name string, retired bool, today time.Time) string {
		changed, err := c.Change(name, retired, today)
		return fmt.Sprintf("%v %v %s %s %d", changed, err != nil, c.Name, c.RetiredOn.Format("0102"), c.Version)
	}
	got := []string{
		step("村", false, noon), step(" 村（社区） ", false, noon), step("村（社区）", true, noon), step("村居", true, noon.AddDate(0, 0, 9)),
		step("村居", false, noon), step("", false, noon),
	}
	want := []string{
		"false false 村 0101 1", "true false 村（社区） 0101 2", "true false 村（社区） 1123 3", "true false 村居 1123 4",
		"true false 村居 0101 5", "false true 村居 0101 5",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
