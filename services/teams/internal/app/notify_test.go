package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func approved(team domain.Team, now time.Time) func(volunteerID string) domain.Notice {
	return func(volunteerID string) domain.Notice {
		return domain.NewNotice(domain.NoticeMembershipApproved, volunteerID, "team", team.ID, domain.Words{"team": team.Name, "team_id": team.ID}, now)
	}
}

func TestNotify(t *testing.T) {
	t.Parallel()
	t.Run("it tells all of them with the act, or nobody", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		team, a, b := w.Team(t), w.Volunteer(t), w.Volunteer(t)
		lost := errors.New("lost")
		act := func(end error) error {
			return w.DB.InTx(t.Context(), func(q postgres.Querier) error {
				if err := app.Notify(w.App, t.Context(), q, app.ToAll([]string{a.ID, b.ID}, approved(team, given.Day))...); err != nil {
					return err
				}
				return end
			})
		}
		if err := act(lost); !errors.Is(err, lost) || given.Value[int](t, w, "SELECT count(*) FROM notices") != 0 {
			t.Errorf("told of what was not done: %v", err)
		}
		if err := act(nil); err != nil || given.Value[int](t, w, "SELECT count(*) FROM notices WHERE read_at IS NULL") != 2 {
			t.Errorf("not told: %v", err)
		}
	})
	t.Run("what has a source is told once, what has none as often as it is done", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		team, v := w.Team(t), w.Volunteer(t)
		n := approved(team, given.Day)
		for range 2 {
			w.InTx(t, func(q postgres.Querier) error {
				return app.Notify(w.App, t.Context(), q, n(v.ID), n(v.ID).From("x"), n(v.ID).From("x"))
			})
		}
		if got := given.Value[int](t, w, "SELECT count(*) FROM notices"); got != 3 {
			t.Errorf("%d notices, want 3", got)
		}
	})
	t.Run("words that do not fit are a fault of ours", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		err := w.DB.InTx(t.Context(), func(q postgres.Querier) error {
			return app.Notify(w.App, t.Context(), q, domain.NewNotice(domain.NoticeTeamApproved, v.ID, "team", "x", domain.Words{"name": "x"}, given.Day))
		})
		if err == nil {
			t.Error("not refused")
		}
	})
}

func TestRecipients(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team := w.Team(t)
	leader, deputy, member := w.Volunteer(t), w.Volunteer(t), w.Volunteer(t)
	w.Member(t, team, deputy, domain.RoleDeputy)
	w.Member(t, team, leader, domain.RoleLeader)
	w.Member(t, team, member, domain.RoleMember)
	city, county, viewer, gone := w.Volunteer(t), w.Volunteer(t), w.Volunteer(t), w.Volunteer(t)
	w.Grant(t, city, func(g *domain.Grant) { g.RegionCode, g.Role = "4106", "administrator" })
	w.Grant(t, county)
	w.Grant(t, viewer, func(g *domain.Grant) { g.RegionCode, g.Role = "410621100", "viewer" })
	w.Grant(t, gone, func(g *domain.Grant) { g.RegionCode, g.Until = "410621100", given.Day })
	for name, c := range map[string]struct {
		find func(q postgres.Querier) ([]string, error)
		want []string
	}{
		"the leader comes first": {func(q postgres.Querier) ([]string, error) {
			return store.ListLeaderIDs(t.Context(), q, team.ID)
		}, []string{leader.ID, deputy.ID}},
		"the nearest office that has anybody": {func(q postgres.Querier) ([]string, error) {
			return store.ListOfficeIDs(t.Context(), q, "4106/410621/410621100/", given.Day)
		}, []string{county.ID}},
		"the city where a county has nobody": {func(q postgres.Querier) ([]string, error) {
			return store.ListOfficeIDs(t.Context(), q, "4106/410611/", given.Day)
		}, []string{city.ID}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			w.InTx(t, func(q postgres.Querier) (err error) {
				got, err = c.find(q)
				return err
			})
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
