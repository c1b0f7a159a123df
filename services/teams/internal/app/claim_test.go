package app_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
)

// givenUnclaimed is a team with a leader and somebody whom nobody is yet.
func givenUnclaimed(t *testing.T, w *given.World, mods ...func(*domain.Volunteer)) (team domain.Team, leader, v domain.Volunteer) {
	t.Helper()
	team, leader = w.Team(t), w.Volunteer(t)
	v = w.Volunteer(t, append([]func(*domain.Volunteer){func(v *domain.Volunteer) { v.State = domain.VolunteerUnclaimed }}, mods...)...)
	w.Member(t, team, leader, domain.RoleLeader)
	w.Member(t, team, v, domain.RoleMember)
	return team, leader, v
}

func lastFour(v domain.Volunteer) string { return string(v.Phone[7:]) }

func ownLink(t *testing.T, w *given.World, leader, v domain.Volunteer) app.NewLink {
	t.Helper()
	made, err := w.App.CreateClaimLink(given.As(t, leader), v.ID)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func teamLink(t *testing.T, w *given.World, leader domain.Volunteer, team domain.Team) app.NewLink {
	t.Helper()
	made, err := w.App.CreateTeamClaimLink(given.As(t, leader), team.ID)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestClaim(t *testing.T) {
	t.Parallel()
	t.Run("the last four digits make the record the person's own, once, and are told to all", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		_, leader, v := givenUnclaimed(t, w)
		link := ownLink(t, w, leader, v)
		me, secret, err := w.App.Claim(t.Context(), app.Claimant{Secret: link.Secret, Digits: lastFour(v)})
		if err != nil {
			t.Fatal(err)
		}
		if me.Volunteer.ID != v.ID || me.Volunteer.State != domain.VolunteerActive {
			t.Errorf("claimed %+v", me.Volunteer)
		}
		live, err := w.App.LookUpSession(t.Context(), secret)
		if err != nil || !live.ExpiresAt.Equal(given.Day.AddDate(0, 0, 180)) {
			t.Errorf("session %+v, %v", live, err)
		}
		if got := w.Outbox(t); len(got) != 1 || got[0].Subject != "teams.v1.volunteer.changed" || got[0].Version != 2 {
			t.Errorf("outbox: %v", got)
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE act IN ('claim_link.made', 'volunteer.claimed') AND volunteer_id = $1", v.ID); n != 2 {
			t.Errorf("%d lines in the audit", n)
		}
		if _, _, err := w.App.Claim(t.Context(), app.Claimant{Secret: link.Secret, Digits: lastFour(v)}); !errors.Is(err, domain.ErrClaimLink) && !errors.Is(err, domain.ErrClaimed) {
			t.Errorf("a second time: %v", err)
		}
	})
	t.Run("the identity card's digits do as well, with x for X", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		_, leader, v := givenUnclaimed(t, w, func(v *domain.Volunteer) {
			v.Phone, v.IDKind, v.IDNumber = "", domain.IDResident, "11010519491231002X"
		})
		if _, _, err := w.App.Claim(t.Context(), app.Claimant{Secret: ownLink(t, w, leader, v).Secret, Digits: " 002x "}); err != nil {
			t.Error(err)
		}
	})
	t.Run("of 100 claims at once one begins a session, by the person's link and by the team's", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		team, leader, v := givenUnclaimed(t, w)
		_, _, other := givenUnclaimed(t, w)
		w.Member(t, team, other, domain.RoleMember)
		own, group := ownLink(t, w, leader, v), teamLink(t, w, leader, team)
		for _, c := range []app.Claimant{
			{Secret: own.Secret, Digits: lastFour(v)},
			{Secret: group.Secret, VolunteerID: other.ID, Digits: lastFour(other)},
		} {
			var began, refused atomic.Int64
			inParallel(100, 50, func() {
				switch _, secret, err := w.App.Claim(context.Background(), c); {
				case err == nil && secret != "":
					began.Add(1)
				case errors.Is(err, domain.ErrClaimLink), errors.Is(err, domain.ErrClaimed):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
			if began.Load() != 1 || refused.Load() != 99 {
				t.Errorf("%d began, %d refused", began.Load(), refused.Load())
			}
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM sessions"); n != 2 {
			t.Errorf("%d sessions", n)
		}
	})
	t.Run("five wrong tries end a link, also when all come at once, and a new link gives no more that day", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		_, leader, v := givenUnclaimed(t, w)
		link := ownLink(t, w, leader, v)
		var wrong, spent atomic.Int64
		inParallel(200, 50, func() {
			switch _, _, err := w.App.Claim(context.Background(), app.Claimant{Secret: link.Secret, Digits: "xxxx"}); {
			case errors.Is(err, domain.ErrWrongDigits):
				wrong.Add(1)
			case errors.Is(err, domain.ErrClaimLink), errors.Is(err, domain.ErrTooManyTries):
				spent.Add(1)
			default:
				t.Error(err)
			}
		})
		if wrong.Load() != 5 || spent.Load() != 195 {
			t.Errorf("%d evaluated, %d refused", wrong.Load(), spent.Load())
		}
		again := app.Claimant{Secret: ownLink(t, w, leader, v).Secret, Digits: lastFour(v)}
		if _, _, err := w.App.Claim(t.Context(), again); !errors.Is(err, domain.ErrTooManyTries) {
			t.Errorf("with a new link: %v", err)
		}
		w.Clock.Leap(23 * time.Hour)
		again.Secret = ownLink(t, w, leader, v).Secret
		w.Clock.Leap(time.Hour)
		if _, _, err := w.App.Claim(t.Context(), again); err != nil {
			t.Errorf("a day later: %v", err)
		}
	})
	t.Run("a team's link stands thirty wrong tries in all", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		team, leader, v := givenUnclaimed(t, w)
		link := teamLink(t, w, leader, team)
		for range 6 {
			_, _, other := givenUnclaimed(t, w)
			w.Member(t, team, other, domain.RoleMember)
			for range 5 {
				if _, _, err := w.App.Claim(t.Context(), app.Claimant{Secret: link.Secret, VolunteerID: other.ID, Digits: "xxxx"}); !errors.Is(err, domain.ErrWrongDigits) {
					t.Fatal(err)
				}
			}
		}
		if _, _, err := w.App.Claim(t.Context(), app.Claimant{Secret: link.Secret, VolunteerID: v.ID, Digits: lastFour(v)}); !errors.Is(err, domain.ErrClaimLink) {
			t.Error(err)
		}
	})
	t.Run("who has neither card nor phone is vouched for face to face, within ten minutes", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		team, leader, v := givenUnclaimed(t, w, func(v *domain.Volunteer) { v.Phone = "" })
		late := ownLink(t, w, leader, v)
		w.Clock.Leap(10 * time.Minute)
		if _, _, err := w.App.Claim(t.Context(), app.Claimant{Secret: late.Secret}); !errors.Is(err, domain.ErrClaimLink) {
			t.Errorf("after ten minutes: %v", err)
		}
		if _, _, err := w.App.Claim(t.Context(), app.Claimant{Secret: teamLink(t, w, leader, team).Secret, VolunteerID: v.ID}); !errors.Is(err, domain.ErrVouchInPerson) {
			t.Errorf("by the team's link: %v", err)
		}
		if _, _, err := w.App.Claim(t.Context(), app.Claimant{Secret: ownLink(t, w, leader, v).Secret}); err != nil {
			t.Error(err)
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE act = 'claim_link.vouched' AND actor_id = $1", leader.ID); n != 2 {
			t.Errorf("%d lines in the audit", n)
		}
	})
	t.Run("a team's link leads to its own unclaimed people only", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		team, leader, v := givenUnclaimed(t, w)
		_, _, foreign := givenUnclaimed(t, w)
		link := teamLink(t, w, leader, team)
		open, err := w.App.OpenClaimLink(t.Context(), link.Secret)
		if err != nil || len(open.People) != 1 || open.People[0].ID != v.ID {
			t.Errorf("got %+v, %v", open, err)
		}
		for who, want := range map[string]error{foreign.ID: domain.ErrNoVolunteer, leader.ID: domain.ErrClaimed, "": domain.ErrNoVolunteer} {
			if _, _, err := w.App.Claim(t.Context(), app.Claimant{Secret: link.Secret, VolunteerID: who, Digits: lastFour(foreign)}); !errors.Is(err, want) {
				t.Errorf("%q: %v", who, err)
			}
		}
		for _, secret := range []string{"", "x", link.Secret + "x"} {
			if _, err := w.App.OpenClaimLink(t.Context(), secret); !errors.Is(err, domain.ErrClaimLink) {
				t.Errorf("%q: %v", secret, err)
			}
		}
	})
	t.Run("who has an account and a phone, or an office, cannot be claimed", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		team, leader, _ := givenUnclaimed(t, w)
		active, officer, alone := w.Volunteer(t), w.Volunteer(t, noPhone), w.Volunteer(t, noPhone)
		w.Grant(t, officer)
		for _, v := range []domain.Volunteer{active, officer, alone} {
			w.Member(t, team, v, domain.RoleMember)
		}
		got := map[string]bool{}
		for name, v := range map[string]domain.Volunteer{"active": active, "officer": officer, "active without a phone": alone} {
			_, err := w.App.CreateClaimLink(given.As(t, leader), v.ID)
			if err != nil && !errors.Is(err, domain.ErrClaimed) {
				t.Fatal(err)
			}
			got[name] = err == nil
		}
		if diff := cmp.Diff(map[string]bool{"active": false, "officer": false, "active without a phone": true}, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a code on the registered phone claims as well", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		_, _, v := givenUnclaimed(t, w)
		me, _, err := w.App.SignIn(t.Context(), string(v.Phone), w.Code(t, v.Phone))
		if err != nil || me.Volunteer.State != domain.VolunteerActive {
			t.Fatal(me.Volunteer, err)
		}
		if got := w.Outbox(t); len(got) != 1 || got[0].Subject != "teams.v1.volunteer.changed" {
			t.Errorf("outbox: %v", got)
		}
	})
	t.Run("the secret cannot be read in the database", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		_, leader, v := givenUnclaimed(t, w)
		link := ownLink(t, w, leader, v)
		for _, table := range []string{"claim_links", "audit_records", "outbox"} {
			const query = " x WHERE x::text LIKE '%' || $1 || '%' OR x::text LIKE '%' || $2 || '%'"
			if n := given.Value[int](t, w, "SELECT count(*) FROM "+table+query, link.Secret, fmt.Sprintf("%x", link.Secret)); n != 0 {
				t.Errorf("%s holds it", table)
			}
		}
	})
}

func noPhone(v *domain.Volunteer) { v.Phone = "" }

func TestSessions(t *testing.T) {
	t.Parallel()
	t.Run("sessions are listed with their devices, and ended one by one or all", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v, other := w.Volunteer(t), w.Volunteer(t)
		first, _, _ := givenSession(t, w, v)
		w.Clock.Leap(26 * time.Hour)
		_, second, ctx := givenSession(t, w, v)
		foreign, theirs, _ := givenSession(t, w, other)
		if _, err := w.App.LookUpSession(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		mine, err := w.App.ListSessions(ctx)
		if err != nil || len(mine) != 2 {
			t.Fatal(mine, err)
		}
		for _, s := range mine {
			if s.Current != (s.ID == second.SessionID) || s.LastUsed().Before(given.Day.Add(25*time.Hour)) {
				t.Errorf("session %+v", s)
			}
		}
		if err := w.App.EndSession(ctx, theirs.SessionID); !errors.Is(err, domain.ErrNoSession) {
			t.Errorf("somebody else's: %v", err)
		}
		if err := w.App.SignOutEverywhere(ctx); err != nil {
			t.Fatal(err)
		}
		if err := w.App.EndSession(ctx, second.SessionID); !errors.Is(err, domain.ErrNoSession) {
			t.Errorf("one that is over: %v", err)
		}
		if got := w.Outbox(t); len(got) != 2 {
			t.Errorf("told: %v", got)
		}
		if _, err := w.App.LookUpSession(t.Context(), first); !errors.Is(err, domain.ErrNoSession) {
			t.Error(err)
		}
		if _, err := w.App.LookUpSession(t.Context(), foreign); err != nil {
			t.Errorf("the other person is out too: %v", err)
		}
	})
	t.Run("an officer's session ends when it is not used for three days, a volunteer's does not", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		officer, volunteer := w.Volunteer(t), w.Volunteer(t)
		w.Grant(t, officer)
		office, _, _ := givenSession(t, w, officer)
		phone, _, _ := givenSession(t, w, volunteer)
		var got []bool
		for _, hours := range []int{71, 70, 72} {
			w.Clock.Leap(time.Duration(hours) * time.Hour)
			_, err := w.App.LookUpSession(t.Context(), office)
			got = append(got, err == nil)
			if _, err := w.App.LookUpSession(t.Context(), phone); err != nil {
				t.Error(err)
			}
		}
		if diff := cmp.Diff([]bool{true, true, false}, got); diff != "" {
			t.Error(diff)
		}
	})
}
