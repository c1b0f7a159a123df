package app_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	somebody := func(role domain.Role, team domain.Team) domain.Volunteer {
		v := w.Volunteer(t)
		if role != domain.NoRole {
			w.Member(t, team, v, role)
		}
		return v
	}
	officer := func(path string) context.Context {
		return given.As(t, w.Volunteer(t), auth.Grant{Role: "viewer", RegionPath: path})
	}
	active := w.Team(t)
	draft := w.Team(t, func(team *domain.Team) { team.State = domain.TeamDraft })
	other := w.Team(t)
	past := w.Volunteer(t)
	w.End(t, w.Member(t, active, past, domain.RoleLeader))
	leader := somebody(domain.RoleLeader, active)
	w.Member(t, draft, leader, domain.RoleLeader)

	type may struct{ SeeActive, SeeDraft, ListActive, ListMissing any }
	const yes, no, signIn = "yes", "no such team", "sign in"
	for name, c := range map[string]struct {
		ctx  context.Context
		want may
	}{
		"nobody":                                 {t.Context(), may{signIn, signIn, signIn, signIn}},
		"a volunteer of no team":                 {given.As(t, somebody(domain.NoRole, active)), may{yes, no, no, no}},
		"a member":                               {given.As(t, somebody(domain.RoleMember, active)), may{yes, no, no, no}},
		"its deputy":                             {given.As(t, somebody(domain.RoleDeputy, active)), may{yes, no, yes, no}},
		"its leader, who leads the draft too":    {given.As(t, leader), may{yes, yes, yes, no}},
		"its leader of the past":                 {given.As(t, past), may{yes, no, no, no}},
		"the leader of another team":             {given.As(t, somebody(domain.RoleLeader, other)), may{yes, no, no, no}},
		"an officer of its county":               {officer("4106/410621/"), may{yes, yes, yes, no}},
		"an officer of the city":                 {officer("4106/"), may{yes, yes, yes, no}},
		"an officer of another county":           {officer("4106/410611/"), may{yes, no, no, no}},
		"an officer of a township of its county": {officer("4106/410621/410621100/"), may{yes, no, no, no}},
		"an officer of nothing":                  {officer(""), may{yes, no, no, no}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer := func(err error) string {
				switch {
				case err == nil:
					return yes
				case errors.Is(err, domain.ErrNoTeam):
					return no
				case errors.Is(err, auth.ErrSignedOut):
					return signIn
				}
				return err.Error()
			}
			see := func(teamID string) string { _, err := w.App.FindTeam(c.ctx, teamID); return answer(err) }
			list := func(teamID string) string {
				_, _, err := w.App.ListMembers(c.ctx, teamID, "", 50, "")
				return answer(err)
			}
			got := may{see(active.ID), see(draft.ID), list(active.ID), list(id.New())}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFindTeam(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team := w.Team(t)
	v := w.Volunteer(t)
	w.Member(t, team, v, domain.RoleMember)
	leader := w.Volunteer(t)
	w.Member(t, team, leader, domain.RoleLeader)
	w.End(t, w.Member(t, team, w.Volunteer(t), domain.RoleMember))
	team.RegionName, team.RegionPath = "浚县", "4106/410621/"
	find := func(v domain.Volunteer) app.TeamView {
		got, err := w.App.FindTeam(given.As(t, v), team.ID)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	inside := app.TeamView{
		TeamLine: store.TeamLine{Team: team, LeaderID: leader.ID, LeaderName: leader.Name, Members: 2},
		Role:     domain.RoleMember, Inside: true,
	}
	if diff := cmp.Diff(inside, find(v)); diff != "" {
		t.Error(diff)
	}
	t.Run("who has nothing to do with it does not learn the leader's name without consent", func(t *testing.T) {
		outside := app.TeamView{TeamLine: store.TeamLine{Team: team, Members: 2}}
		if diff := cmp.Diff(outside, find(w.Volunteer(t))); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("the leader can describe it and hand it over", func(t *testing.T) {
		if diff := cmp.Diff([]string{"describe", "hand_over"}, find(leader).May); diff != "" {
			t.Error(diff)
		}
	})
}

func TestListMembers(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team, other := w.Team(t), w.Team(t)
	join := func(name string, role domain.Role) domain.Membership {
		return w.Member(t, team, w.Volunteer(t, func(v *domain.Volunteer) { v.Name = name }), role)
	}
	leader := w.Volunteer(t, func(v *domain.Volunteer) { v.Name = "张秀英" })
	w.Member(t, team, leader, domain.RoleLeader)
	join("赵敏", domain.RoleDeputy)
	join("陈静", domain.RoleDeputy)
	for _, name := range []string{"王桂兰", "安小妹", "孙雅琴", "李桂兰", "王桂兰", "Anna"} {
		join(name, domain.RoleMember)
	}
	w.End(t, join("白去了", domain.RoleMember))
	foreign := w.Member(t, other, w.Volunteer(t), domain.RoleMember)
	ctx := given.As(t, leader)

	pageThrough := func(t *testing.T, limit int) (names []string) {
		after := ""
		for {
			members, next, err := w.App.ListMembers(ctx, team.ID, "", limit, after)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range members {
				names = append(names, m.Volunteer.Name)
			}
			if next == "" {
				return names
			}
			after = next
		}
	}
	want := []string{"张秀英", "陈静", "赵敏", "安小妹", "李桂兰", "孙雅琴", "王桂兰", "王桂兰", "Anna"}
	for _, limit := range []int{1, 2, 3, 9, 200} {
		if diff := cmp.Diff(want, pageThrough(t, limit)); diff != "" {
			t.Errorf("in pages of %d: %s", limit, diff)
		}
	}
	t.Run("somebody who left since still marks the place", func(t *testing.T) {
		_, next, err := w.App.ListMembers(ctx, team.ID, "", 2, "")
		if err != nil {
			t.Fatal(err)
		}
		w.End(t, domain.Membership{ID: next})
		members, _, err := w.App.ListMembers(ctx, team.ID, "", 1, next)
		if err != nil || len(members) != 1 || members[0].Volunteer.Name != "赵敏" {
			t.Error(members, err)
		}
	})
	t.Run("the place of another team shows nobody", func(t *testing.T) {
		if members, _, err := w.App.ListMembers(ctx, team.ID, "", 50, foreign.ID); err != nil || len(members) != 0 {
			t.Error(members, err)
		}
	})
	t.Run("a place that never was one is refused", func(t *testing.T) {
		if _, _, err := w.App.ListMembers(ctx, team.ID, "", 50, "王桂兰"); apperr.KindOf(err) != apperr.Invalid {
			t.Error(err)
		}
	})
}

func TestListRegions(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	ctx := given.As(t, w.Volunteer(t))
	t.Run("the divisions directly below come by their codes", func(t *testing.T) {
		t.Parallel()
		got, err := w.App.ListRegions(ctx, "4106")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(given.Regions[1:3], got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("below the lowest there is nothing", func(t *testing.T) {
		t.Parallel()
		if got, err := w.App.ListRegions(ctx, "410621100"); err != nil || len(got) != 0 {
			t.Error(got, err)
		}
	})
	t.Run("a code that nothing has is no division", func(t *testing.T) {
		t.Parallel()
		if _, err := w.App.ListRegions(ctx, "9999"); !errors.Is(err, domain.ErrNoRegion) {
			t.Error(err)
		}
	})
	t.Run("whoever registers is not signed in yet, and may know them", func(t *testing.T) {
		t.Parallel()
		if got, err := w.App.ListRegions(t.Context(), "4106"); err != nil || len(got) == 0 {
			t.Error(got, err)
		}
	})
}

func TestReadPhones(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	one, two, reader := w.Volunteer(t), w.Volunteer(t, func(v *domain.Volunteer) { v.Phone = "" }), w.Volunteer(t)
	got, err := w.App.ReadPhones(t.Context(), people.PhonesQuery{ReaderID: reader.ID, Reason: "shift.paused", IDs: []string{one.ID, two.ID, id.New(), "not an id"}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{one.ID: string(one.Phone)}, got); diff != "" {
		t.Errorf("phones (-want +got):\n%s", diff)
	}
	var lines []string
	if err := w.DB.Owner(t).Select(&lines, `SELECT act || ' ' || reason FROM audit_records WHERE actor_id = $1 AND volunteer_id = $2`, reader.ID, one.ID); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"volunteer.phone-read shift.paused"}, lines); diff != "" {
		t.Errorf("recorded (-want +got):\n%s", diff)
	}
	if _, err := w.App.ReadPhones(t.Context(), people.PhonesQuery{IDs: make([]string, people.MaxAsk+1)}); apperr.KindOf(err) != apperr.Invalid {
		t.Errorf("more than a thousand at once: %v", err)
	}
}

func TestReadIdentities(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	number := given.IDNumber("41062119650520", 122)
	paper := func(v *domain.Volunteer) { v.IDKind, v.IDNumber = domain.IDResident, number }
	one, none, gone, reader := w.Volunteer(t, paper), w.Volunteer(t), w.Volunteer(t), w.Volunteer(t)
	gone.Erase()
	if err := w.DB.InTx(t.Context(), func(q postgres.Querier) error { return store.UpdateVolunteer(t.Context(), q, w.Vault, gone) }); err != nil {
		t.Fatal(err)
	}
	asked := people.IdentitiesQuery{ReaderID: reader.ID, Reason: "certificate.issued", IDs: []string{one.ID, none.ID, gone.ID, id.New(), "not an id"}}
	want := map[string]people.Identity{
		one.ID:  {Name: one.Name, Number: one.Number, IDKind: "resident", IDNumber: one.IDMasked()},
		none.ID: {Name: none.Name, Number: none.Number},
	}
	got, err := w.App.ReadIdentities(t.Context(), asked)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v, identities (-want +got):\n%s", err, diff)
	}
	asked.Whole = []string{one.ID}
	if got, err = w.App.ReadIdentities(t.Context(), asked); err != nil || got[one.ID].IDNumber != number {
		t.Errorf("%v, the number asked for in full is %q", err, got[one.ID].IDNumber)
	}
	var lines []string
	if err := w.DB.Owner(t).Select(&lines, `SELECT act || ' ' || reason FROM audit_records WHERE actor_id = $1 AND volunteer_id = $2`, reader.ID, one.ID); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"volunteer.identity-read certificate.issued", "volunteer.identity-read certificate.issued"}, lines); diff != "" {
		t.Errorf("recorded (-want +got):\n%s", diff)
	}
}

func TestFindPeople(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	one, two := w.Volunteer(t), w.Volunteer(t, func(v *domain.Volunteer) { v.Phone = "" })
	t.Run("whoever is known is found, others are left out", func(t *testing.T) {
		t.Parallel()
		got, err := w.App.FindPeople(t.Context(), []string{two.ID, id.New(), "not an id", one.ID, one.ID})
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(got, func(a, b app.KnownPerson) int { return len(b.Phone) - len(a.Phone) })
		if diff := cmp.Diff([]app.KnownPerson{{Volunteer: one}, {Volunteer: two}}, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("nobody is nobody", func(t *testing.T) {
		t.Parallel()
		if got, err := w.App.FindPeople(t.Context(), nil); err != nil || len(got) != 0 {
			t.Error(got, err)
		}
	})
	t.Run("more than a thousand at once are refused", func(t *testing.T) {
		t.Parallel()
		if _, err := w.App.FindPeople(t.Context(), make([]string, people.MaxAsk+1)); apperr.KindOf(err) != apperr.Invalid {
			t.Error(err)
		}
	})
}
