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
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
)

func TestMe(t *testing.T) {
	t.Parallel()
	t.Run("it shows the person, the teams led first and the grants that count now", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v, other := w.Volunteer(t), w.Volunteer(t)
		named := func(name string) domain.Team { return w.Team(t, func(team *domain.Team) { team.Name = name }) }
		an, bian, zhang, left := named("安阳河队"), named("卞家庄队"), named("张庄队"), named("白寺队")
		w.Member(t, bian, v, domain.RoleMember)
		w.Member(t, an, v, domain.RoleMember)
		w.Member(t, zhang, v, domain.RoleLeader)
		w.Member(t, an, other, domain.RoleLeader)
		w.End(t, w.Member(t, left, v, domain.RoleMember))
		grant := w.Grant(t, v, func(g *domain.Grant) { g.Until = given.Day.Add(time.Hour) })
		w.Grant(t, v, func(g *domain.Grant) { g.Until = given.Day })
		w.Grant(t, v, func(g *domain.Grant) { g.From = given.Day.Add(time.Hour) })
		grant.RegionName, grant.RegionPath = "浚县", "4106/410621/"

		me, err := w.App.Me(given.As(t, v))
		if err != nil {
			t.Fatal(err)
		}
		want := app.Me{
			Volunteer: v,
			Teams: []store.TeamOf{
				{TeamID: zhang.ID, TeamName: zhang.Name, Role: "leader"},
				{TeamID: an.ID, TeamName: an.Name, Role: "member"},
				{TeamID: bian.ID, TeamName: bian.Name, Role: "member"},
			},
			Grants: []domain.Grant{grant},
		}
		if diff := cmp.Diff(want, me); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("nobody is asked to sign in", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		if _, err := w.App.Me(t.Context()); !errors.Is(err, auth.ErrSignedOut) {
			t.Error(err)
		}
	})
}

func TestSetBoardConsent(t *testing.T) {
	t.Parallel()
	type told struct {
		Subject, Aggregate string
		Version            int64
		Body               string
	}
	outboxOf := func(t *testing.T, w *given.World) (events []told) {
		for _, e := range w.Outbox(t) {
			events = append(events, told{e.Subject, e.Aggregate, e.Version, string(e.Body)})
		}
		return events
	}
	t.Run("a change is kept and told, saying the same again is not", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		for _, consent := range []bool{true, true, false} {
			me, err := w.App.SetBoardConsent(given.As(t, v), consent)
			if err != nil || me.Volunteer.BoardConsent != consent {
				t.Errorf("%+v, %v", me.Volunteer, err)
			}
		}
		want := []told{
			{"teams.v1.volunteer.changed", "volunteer/" + v.ID, 2, `{"volunteer_id":"` + v.ID + `","minor":false,"board_consent":true,"erased":false,"version":2}`},
			{"teams.v1.volunteer.changed", "volunteer/" + v.ID, 3, `{"volunteer_id":"` + v.ID + `","minor":false,"board_consent":false,"erased":false,"version":3}`},
		}
		if diff := cmp.Diff(want, outboxOf(t, w)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a request that comes again late does not undo what was said since", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		first, second := idempotency.WithKey(given.As(t, v), id.New()), idempotency.WithKey(given.As(t, v), id.New())
		for _, say := range []struct {
			consent bool
			again   bool
		}{{true, false}, {false, false}, {true, true}} {
			ctx := first
			if !say.consent {
				ctx = second
			}
			if _, err := w.App.SetBoardConsent(ctx, say.consent); err != nil {
				t.Fatal(err)
			}
		}
		if given.Value[bool](t, w, "SELECT board_consent FROM volunteers") || len(w.Outbox(t)) != 2 {
			t.Errorf("the repeat was carried out: %v", outboxOf(t, w))
		}
	})
	t.Run("it changes nobody else", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v, other := w.Volunteer(t), w.Volunteer(t)
		if _, err := w.App.SetBoardConsent(given.As(t, v), true); err != nil {
			t.Fatal(err)
		}
		me, err := w.App.Me(given.As(t, other))
		if err != nil || !cmp.Equal(me.Volunteer, other) {
			t.Error(me, err)
		}
	})
}
