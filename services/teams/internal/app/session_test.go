package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
)

// givenSession signs the person in and returns the secret, the session, and a
// context of requests within it.
func givenSession(t *testing.T, w *given.World, v domain.Volunteer) (string, app.LiveSession, context.Context) {
	t.Helper()
	_, secret, err := w.App.SignIn(t.Context(), string(v.Phone), w.Code(t, v.Phone))
	if err != nil {
		t.Fatal(err)
	}
	live, err := w.App.LookUpSession(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	return secret, live, auth.With(t.Context(), auth.Principal{VolunteerID: v.ID, SessionID: live.SessionID})
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	t.Run("the session ends and is told to all, once", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		secret, live, ctx := givenSession(t, w, v)
		for range 2 {
			if err := w.App.SignOut(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.App.LookUpSession(t.Context(), secret); !errors.Is(err, domain.ErrNoSession) {
			t.Error(err)
		}
		events := w.Outbox(t)
		if len(events) != 1 {
			t.Fatal(events)
		}
		var got teamsv1.SessionRevoked
		if err := json.Unmarshal(events[0].Body, &got); err != nil {
			t.Fatal(err)
		}
		want := teamsv1.SessionRevoked{SessionID: live.SessionID, VolunteerID: v.ID, RevokedAt: given.Day, Version: 2}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("the sessions on other devices stay", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		_, _, ctx := givenSession(t, w, v)
		w.Clock.Leap(time.Minute)
		secret, _, _ := givenSession(t, w, v)
		if err := w.App.SignOut(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.LookUpSession(t.Context(), secret); err != nil {
			t.Error(err)
		}
	})
	t.Run("nobody is asked to sign in", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		if err := w.App.SignOut(t.Context()); !errors.Is(err, auth.ErrSignedOut) {
			t.Error(err)
		}
	})
}

func TestLookUpSession(t *testing.T) {
	t.Parallel()
	t.Run("a session counts for 180 days, with the grants of the moment", func(t *testing.T) {
		t.Parallel()
		w := given.New(t, func(p *app.Parts) { p.OfficerIdle = 365 * 24 * time.Hour })
		v := w.Volunteer(t)
		w.Grant(t, v, func(g *domain.Grant) { g.Until = given.Day.AddDate(0, 0, 100) })
		secret, _, _ := givenSession(t, w, v)
		var got []int
		for _, days := range []int{0, 99, 1, 79, 1} {
			w.Clock.Leap(time.Duration(days) * 24 * time.Hour)
			live, err := w.App.LookUpSession(t.Context(), secret)
			if errors.Is(err, domain.ErrNoSession) {
				got = append(got, -1)
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, len(live.Grants))
		}
		if diff := cmp.Diff([]int{1, 1, 0, 0, -1}, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a secret that nobody was given is no session", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		for _, secret := range []string{"", "x", "'; DROP TABLE sessions; --"} {
			if _, err := w.App.LookUpSession(t.Context(), secret); !errors.Is(err, domain.ErrNoSession) {
				t.Errorf("%q: %v", secret, err)
			}
		}
	})
	t.Run("what is kept of a session does not open it", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		secret, _, _ := givenSession(t, w, w.Volunteer(t))
		kept := given.Value[[]byte](t, w, "SELECT secret_hash FROM sessions")
		if diff := cmp.Diff(domain.HashSecret(secret), kept); diff != "" {
			t.Error(diff)
		}
		if _, err := w.App.LookUpSession(t.Context(), string(kept)); !errors.Is(err, domain.ErrNoSession) {
			t.Error(err)
		}
	})
}

func TestTidy(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	v := w.Volunteer(t)
	givenSession(t, w, v)
	counts := func() [2]int {
		return [2]int{given.Value[int](t, w, "SELECT count(*) FROM sign_in_codes"), given.Value[int](t, w, "SELECT count(*) FROM sessions")}
	}
	var got [][2]int
	for _, days := range []int{2, 1, 180 + 30 - 3, 1} {
		w.Clock.Leap(time.Duration(days) * 24 * time.Hour)
		if err := w.App.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		got = append(got, counts())
	}
	// Codes are kept as long as limits look back, sessions for a month after their end.
	if diff := cmp.Diff([][2]int{{1, 1}, {0, 1}, {0, 1}, {0, 0}}, got); diff != "" {
		t.Error(diff)
	}
}
