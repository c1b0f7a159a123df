package app_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// strongly is the same person in the same session, as the portal names them
// after a second factor.
func strongly(ctx context.Context) context.Context {
	p, _ := auth.From(ctx)
	p.Strong = true
	return auth.With(ctx, p)
}

// givenTOTP sets up a code app and returns its secret and the recovery codes.
func givenTOTP(ctx context.Context, t *testing.T, w *given.World) (secret string, recovery []string) {
	t.Helper()
	made, err := w.App.StartTOTP(ctx)
	must(t, err)
	recovery, err = w.App.ConfirmTOTP(ctx, codeNow(t, w, made.Secret))
	must(t, err)
	return made.Secret, recovery
}

func codeNow(t *testing.T, w *given.World, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, w.Clock.Now())
	must(t, err)
	return code
}

func TestTOTP(t *testing.T) {
	t.Parallel()
	t.Run("a code proves the session for twelve hours, and the portal hears of it", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		cookie, live, ctx := givenSession(t, w, w.Volunteer(t))
		if !live.StrongUntil.IsZero() {
			t.Error("strong without a factor")
		}
		secret, recovery := givenTOTP(ctx, t, w)
		if len(recovery) != domain.RecoveryCodes {
			t.Errorf("%d recovery codes", len(recovery))
		}
		w.Clock.Leap(time.Hour)
		must(t, w.App.StepUp(ctx, app.Proof{TOTP: codeNow(t, w, secret)}))
		live, err := w.App.LookUpSession(t.Context(), cookie)
		if err != nil || !live.StrongUntil.Equal(w.Clock.Now().Add(12*time.Hour)) {
			t.Errorf("%+v, %v", live, err)
		}
		if events := w.Outbox(t); len(events) != 2 || events[1].Subject != "teams.v1.session.changed" || events[1].Version != 3 {
			t.Errorf("told: %v", events)
		}
	})
	t.Run("no code is taken twice, nor one from before it, also when all come at once", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		_, _, ctx := givenSession(t, w, w.Volunteer(t))
		secret, _ := givenTOTP(ctx, t, w)
		early := codeNow(t, w, secret)
		if err := w.App.StepUp(ctx, app.Proof{TOTP: early}); !errors.Is(err, domain.ErrWrongFactor) {
			t.Errorf("the code of enrolment again: %v", err)
		}
		w.Clock.Leap(time.Minute)
		code := codeNow(t, w, secret)
		var taken atomic.Int64
		inParallel(4, 4, func() {
			if err := w.App.StepUp(ctx, app.Proof{TOTP: code}); err == nil {
				taken.Add(1)
			}
		})
		if taken.Load() != 1 {
			t.Errorf("taken %d times", taken.Load())
		}
	})
	t.Run("after five wrong codes none is looked at for a quarter of an hour", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		_, _, ctx := givenSession(t, w, w.Volunteer(t))
		secret, _ := givenTOTP(ctx, t, w)
		w.Clock.Leap(time.Minute)
		wrong := given.Wrong(codeNow(t, w, secret))
		for range 5 {
			if err := w.App.StepUp(ctx, app.Proof{TOTP: wrong}); !errors.Is(err, domain.ErrWrongFactor) {
				t.Fatal(err)
			}
		}
		if err := w.App.StepUp(ctx, app.Proof{TOTP: codeNow(t, w, secret)}); !errors.Is(err, domain.ErrFactorPause) {
			t.Errorf("the right one: %v", err)
		}
		w.Clock.Leap(15 * time.Minute)
		must(t, w.App.StepUp(ctx, app.Proof{TOTP: codeNow(t, w, secret)}))
	})
	t.Run("each recovery code works once, however it is typed", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		_, _, ctx := givenSession(t, w, w.Volunteer(t))
		_, recovery := givenTOTP(ctx, t, w)
		typed := " " + recovery[3][:4] + " " + recovery[3][5:]
		must(t, w.App.StepUp(ctx, app.Proof{Recovery: typed}))
		if err := w.App.StepUp(ctx, app.Proof{Recovery: recovery[3]}); !errors.Is(err, domain.ErrWrongFactor) {
			t.Errorf("a second time: %v", err)
		}
		fresh, err := w.App.NewRecoveryCodes(strongly(ctx))
		must(t, err)
		if err := w.App.StepUp(ctx, app.Proof{Recovery: recovery[4]}); !errors.Is(err, domain.ErrWrongFactor) {
			t.Errorf("an earlier batch: %v", err)
		}
		must(t, w.App.StepUp(ctx, app.Proof{Recovery: fresh[0]}))
	})
	t.Run("a further factor, and taking one away, need the first", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		_, _, ctx := givenSession(t, w, w.Volunteer(t))
		givenTOTP(ctx, t, w)
		_, err := w.App.StartPasskey(ctx)
		_, codes := w.App.NewRecoveryCodes(ctx)
		for what, err := range map[string]error{"a passkey": err, "new codes": codes, "removal": w.App.RemoveTOTP(ctx)} {
			if !errors.Is(err, auth.ErrSecondFactor) {
				t.Errorf("%s: %v", what, err)
			}
		}
		must(t, w.App.RemoveTOTP(strongly(ctx)))
	})
}

func TestPasskeys(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	_, _, ctx := givenSession(t, w, w.Volunteer(t))
	key := given.NewAuthenticator(t)
	options, err := w.App.StartPasskey(ctx)
	must(t, err)
	if _, err := w.App.FinishPasskey(ctx, "办公室电脑", key.Create(t, options)); err != nil {
		t.Fatal(err)
	}
	sign := func(k *given.Authenticator) error {
		options, err := w.App.StartStepUp(ctx)
		must(t, err)
		return w.App.StepUp(ctx, app.Proof{Passkey: k.Sign(t, options)})
	}
	must(t, sign(key))
	t.Run("another key does not open", func(t *testing.T) {
		if err := sign(given.NewAuthenticator(t)); !errors.Is(err, domain.ErrWrongFactor) {
			t.Error(err)
		}
	})
	t.Run("a signature counts once", func(t *testing.T) {
		options, err := w.App.StartStepUp(ctx)
		must(t, err)
		proof := app.Proof{Passkey: key.Sign(t, options)}
		must(t, w.App.StepUp(ctx, proof))
		if err := w.App.StepUp(ctx, proof); !errors.Is(err, domain.ErrWrongFactor) {
			t.Error(err)
		}
	})
	t.Run("a counter that did not move on tells of a copy: refused and recorded", func(t *testing.T) {
		key.Counter -= 2
		if err := sign(key); !errors.Is(err, domain.ErrWrongFactor) {
			t.Error(err)
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE act = 'passkey.copied'"); n != 1 {
			t.Errorf("%d lines in the audit", n)
		}
	})
	t.Run("a challenge is good for five minutes", func(t *testing.T) {
		options, err := w.App.StartStepUp(ctx)
		must(t, err)
		w.Clock.Leap(domain.ChallengeLife)
		key.Counter += 9
		if err := w.App.StepUp(ctx, app.Proof{Passkey: key.Sign(t, options)}); !errors.Is(err, domain.ErrWrongFactor) {
			t.Error(err)
		}
	})
}

func TestResetFactor(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	officer := w.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410621" })
	cookie, _, ctx := givenSession(t, w, officer)
	givenTOTP(ctx, t, w)
	admin := w.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "4106" })
	city := auth.Grant{Role: "administrator", RegionPath: "4106/"}
	weak := auth.With(t.Context(), auth.Principal{VolunteerID: admin.ID, Grants: []auth.Grant{city}})
	if err := w.App.ResetFactor(weak, officer.ID, "手机丢失"); !errors.Is(err, auth.ErrSecondFactor) {
		t.Errorf("without a second factor: %v", err)
	}
	if err := w.App.ResetFactor(given.As(t, admin, city), admin.ID, "手机丢失"); !errors.Is(err, domain.ErrOwnFactor) {
		t.Errorf("one's own: %v", err)
	}
	must(t, w.App.ResetFactor(given.As(t, admin, city), officer.ID, "手机丢失"))
	if _, err := w.App.LookUpSession(t.Context(), cookie); !errors.Is(err, domain.ErrNoSession) {
		t.Errorf("still signed in: %v", err)
	}
	if n := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE act = 'second_factor.reset' AND actor_id = $1 AND volunteer_id = $2", admin.ID, officer.ID); n != 1 {
		t.Errorf("%d lines in the audit", n)
	}
}

func TestChildCareNeedsAFactor(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team, v := w.Team(t), w.Volunteer(t)
	grant := auth.Grant{Role: "child_care", RegionPath: "4106/410621/"}
	ask := func(p auth.Principal) error {
		_, _, err := w.App.ListMembers(auth.With(t.Context(), p), team.ID, "", 10, "")
		return err
	}
	p := auth.Principal{VolunteerID: v.ID, Grants: []auth.Grant{grant}}
	if err := ask(p); !errors.Is(err, auth.ErrSecondFactor) {
		t.Errorf("without: %v", err)
	}
	p.Strong = true
	must(t, ask(p))
	p.Grants[0].RegionPath, p.Strong = "4106/410611/", false
	if err := ask(p); !errors.Is(err, domain.ErrNoTeam) {
		t.Errorf("elsewhere there is no such team: %v", err)
	}
}
