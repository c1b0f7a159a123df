package app_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

// readingRoom is the phone of these tests.
func readingRoom(ctx context.Context) context.Context {
	return app.InBrowser(ctx, "the reading room's phone")
}

// enter signs somebody in there by a text code.
func enter(t *testing.T, w *given.World, v domain.Volunteer) (context.Context, app.LiveSession) {
	t.Helper()
	ctx := readingRoom(t.Context())
	_, err := w.App.AskCode(ctx, string(v.Phone), here)
	must(t, err)
	w.App.Wait()
	texts := w.Phones.Messages(v.Phone)
	_, secret, err := w.App.SignIn(ctx, string(v.Phone), given.CodeIn(texts[len(texts)-1]))
	must(t, err)
	return inSession(t, w, secret)
}

func inSession(t *testing.T, w *given.World, secret string) (context.Context, app.LiveSession) {
	t.Helper()
	live, err := w.App.LookUpSession(t.Context(), secret)
	must(t, err)
	return readingRoom(auth.With(t.Context(), auth.Principal{VolunteerID: live.VolunteerID, SessionID: live.SessionID, Shared: live.Shared})), live
}

// keep signs somebody in and keeps them on the phone.
func keep(t *testing.T, w *given.World, v domain.Volunteer, pin string) (context.Context, app.LiveSession) {
	t.Helper()
	ctx, _ := enter(t, w, v)
	secret, err := w.App.KeepOnPhone(ctx, pin)
	must(t, err)
	return inSession(t, w, secret)
}

func TestSharedPhone(t *testing.T) {
	t.Parallel()
	t.Run("two people take turns with a name and a PIN, and one acts at a time", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		one, two := w.Volunteer(t), w.Volunteer(t, func(v *domain.Volunteer) { v.Name = "李秀英" })
		keep(t, w, one, "2580")
		if got := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE act = 'shared_phone.declared'"); got != 1 {
			t.Errorf("declared %d times", got)
		}
		ctx, second := keep(t, w, two, "147258")
		if !second.Shared || !second.ExpiresAt.Equal(given.Day.Add(12*time.Hour)) {
			t.Errorf("session: %+v", second)
		}
		phone, err := w.App.SharedPhone(ctx)
		must(t, err)
		if !phone.Shared || !phone.Kept || len(phone.People) != 2 || phone.People[1].Name != "李秀英" {
			t.Errorf("phone: %+v", phone)
		}
		me, secret, err := w.App.SwitchPerson(ctx, one.ID, "２５８０")
		if err != nil || me.Volunteer.ID != one.ID {
			t.Fatal(me, err)
		}
		_, third := inSession(t, w, secret)
		if !third.Shared || third.VolunteerID != one.ID {
			t.Errorf("session: %+v", third)
		}
		if got := given.Value[int](t, w, "SELECT count(*) FROM sessions WHERE revoked_at IS NULL"); got != 1 {
			t.Errorf("%d sessions count, want one", got)
		}
	})
	t.Run("of people who switch at once one acts", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		people := []domain.Volunteer{w.Volunteer(t), w.Volunteer(t), w.Volunteer(t)}
		for _, v := range people {
			keep(t, w, v, "2580")
		}
		var next atomic.Int64
		inParallel(8, 8, func() {
			if _, _, err := w.App.SwitchPerson(readingRoom(context.Background()), people[next.Add(1)%3].ID, "2580"); err != nil {
				t.Error(err)
			}
		})
		if got := given.Value[int](t, w, "SELECT count(*) FROM sessions WHERE revoked_at IS NULL"); got != 1 {
			t.Errorf("%d sessions count, want one", got)
		}
	})
	t.Run("a PIN is good on its phone only, and for its person only", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v, other := w.Volunteer(t), w.Volunteer(t)
		keep(t, w, v, "2580")
		for name, ctx := range map[string]context.Context{"another phone": app.InBrowser(t.Context(), "another"), "no browser": t.Context()} {
			if _, _, err := w.App.SwitchPerson(ctx, v.ID, "2580"); !errors.Is(err, domain.ErrNotOnPhone) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, _, err := w.App.SwitchPerson(readingRoom(t.Context()), other.ID, "2580"); !errors.Is(err, domain.ErrNotOnPhone) {
			t.Errorf("somebody else: %v", err)
		}
		if phone, err := w.App.SharedPhone(t.Context()); err != nil || phone.Shared || len(phone.People) > 0 {
			t.Errorf("elsewhere it shows %+v, %v", phone, err)
		}
	})
	t.Run("the last to leave ends the sharing", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		first, _ := keep(t, w, w.Volunteer(t), "2580")
		second, _ := keep(t, w, w.Volunteer(t), "2580")
		must(t, w.App.LeavePhone(first))
		if err := w.App.LeavePhone(first); !errors.Is(err, domain.ErrNotOnPhone) {
			t.Errorf("left twice: %v", err)
		}
		must(t, w.App.LeavePhone(second))
		if got := given.Value[int](t, w, "SELECT count(*) FROM shared_phones"); got != 0 {
			t.Errorf("%d phones are left", got)
		}
	})
	t.Run("a person whose record became part of another, or who is gone, is on no phone", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		keep(t, w, v, "2580")
		must(t, w.App.ErasePerson(given.As(t, w.Volunteer(t), auth.Grant{Role: "administrator", RegionPath: "4106/"}), v.ID, "书面申请"))
		if _, _, err := w.App.SwitchPerson(readingRoom(t.Context()), v.ID, "2580"); !errors.Is(err, domain.ErrNotOnPhone) {
			t.Error(err)
		}
	})
}

func TestPINUnderAttack(t *testing.T) {
	t.Parallel()
	t.Run("of 100 wrong tries at once five are looked at, and lock it until a sign-in by code", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		elsewhere := w.Code(t, v.Phone)
		w.Clock.Leap(time.Minute)
		keep(t, w, v, "2580")
		var again, locked atomic.Int64
		inParallel(100, 100, func() {
			switch _, _, err := w.App.SwitchPerson(readingRoom(context.Background()), v.ID, "2581"); {
			case errors.Is(err, domain.ErrWrongPIN):
				again.Add(1)
			case errors.Is(err, domain.ErrPINLocked):
				locked.Add(1)
			default:
				t.Error(err)
			}
		})
		// The fifth is looked at too, and answers that it is locked.
		if again.Load() != 4 || locked.Load() != 96 || given.Value[int](t, w, "SELECT wrong FROM shared_phone_people") != 5 {
			t.Errorf("%d may try again, %d locked", again.Load(), locked.Load())
		}
		if _, _, err := w.App.SwitchPerson(readingRoom(t.Context()), v.ID, "2580"); !errors.Is(err, domain.ErrPINLocked) {
			t.Errorf("the right one: %v", err)
		}
		if _, _, err := w.App.SignIn(t.Context(), string(v.Phone), elsewhere); err != nil {
			t.Errorf("she cannot sign in elsewhere: %v", err)
		}
		w.Clock.Leap(time.Hour)
		enter(t, w, v)
		if _, _, err := w.App.SwitchPerson(readingRoom(t.Context()), v.ID, "2580"); err != nil {
			t.Errorf("after a sign-in by code: %v", err)
		}
	})
	t.Run("a right try forgets the wrong ones before it", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		keep(t, w, v, "2580")
		for range 3 {
			for range 4 {
				if _, _, err := w.App.SwitchPerson(readingRoom(t.Context()), v.ID, "2581"); !errors.Is(err, domain.ErrWrongPIN) {
					t.Fatal(err)
				}
			}
			if _, _, err := w.App.SwitchPerson(readingRoom(t.Context()), v.ID, "2580"); err != nil {
				t.Fatal(err)
			}
		}
	})
	t.Run("a PIN that everybody would try first is refused", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		ctx, _ := enter(t, w, w.Volunteer(t))
		for _, pin := range []string{"", "123", "1234567", "1234", "000000", "4321", "7890", "abcd", "+123"} {
			if _, err := w.App.KeepOnPhone(ctx, pin); !errors.Is(err, domain.ErrPIN) {
				t.Errorf("%q: %v", pin, err)
			}
		}
	})
}

func TestPINIsNotEnough(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	v := w.Volunteer(t)
	w.Grant(t, v)
	byCode, full := keep(t, w, v, "2580")
	if len(full.Grants) != 1 {
		t.Fatalf("by code: %+v", full)
	}
	_, secret, err := w.App.SwitchPerson(byCode, v.ID, "2580")
	must(t, err)
	ctx, live := inSession(t, w, secret)

	t.Run("for an officer's authority", func(t *testing.T) {
		if diff := cmp.Diff(0, len(live.Grants)); diff != "" {
			t.Error(diff)
		}
		me, err := w.App.Me(ctx)
		if err != nil || len(me.Grants) != 0 {
			t.Errorf("%+v, %v", me.Grants, err)
		}
	})
	t.Run("to enrol a second factor in another's name", func(t *testing.T) {
		made, err := w.App.StartTOTP(ctx)
		must(t, err)
		if _, err := w.App.ConfirmTOTP(ctx, codeNow(t, w, made.Secret)); !errors.Is(err, domain.ErrPINOnly) {
			t.Error(err)
		}
		if got := given.Value[int](t, w, "SELECT count(*) FROM totp_secrets WHERE confirmed_at IS NOT NULL"); got != 0 {
			t.Errorf("%d enrolled", got)
		}
	})
	t.Run("to choose another PIN, or to end the sharing", func(t *testing.T) {
		if _, err := w.App.KeepOnPhone(ctx, "3690"); !errors.Is(err, domain.ErrPINOnly) {
			t.Error(err)
		}
		if err := w.App.EndSharing(ctx); !errors.Is(err, domain.ErrPINOnly) {
			t.Error(err)
		}
	})
}

func TestCodesAreOfABrowser(t *testing.T) {
	t.Parallel()
	t.Run("guesses elsewhere use up nobody's code", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		mine, theirs := app.InBrowser(t.Context(), "mine"), app.InBrowser(t.Context(), "theirs")
		_, err := w.App.AskCode(mine, string(v.Phone), here)
		must(t, err)
		w.App.Wait()
		code := given.CodeIn(w.Phones.Messages(v.Phone)[0])
		for range 6 {
			if _, _, err := w.App.SignIn(theirs, string(v.Phone), code); !errors.Is(err, domain.ErrCodeSpent) {
				t.Fatalf("elsewhere the right code: %v", err)
			}
		}
		w.Clock.Leap(time.Minute)
		if _, err := w.App.AskCode(theirs, string(v.Phone), here); err != nil { // a newer one, elsewhere
			t.Fatal(err)
		}
		if _, _, err := w.App.SignIn(mine, string(v.Phone), code); err != nil {
			t.Errorf("where it was asked for: %v", err)
		}
	})
	t.Run("whoever knows a number cannot keep its owner from a code where she was signed in", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		enter(t, w, v)
		w.Clock.Leap(2 * time.Hour)
		var refused error
		for range 10 { // each in a browser of its own
			w.Clock.Leap(5 * time.Minute)
			_, refused = w.App.AskCode(app.InBrowser(t.Context(), "fresh "+w.Clock.Now().String()), string(v.Phone), "192.0.2.77")
		}
		if refused == nil {
			t.Fatal("the number's codes are not used up: this shows nothing")
		}
		if _, err := w.App.AskCode(app.InBrowser(t.Context(), "new phone"), string(v.Phone), "192.0.2.78"); err == nil {
			t.Error("an unknown browser has codes of its own: a number can be flooded with messages")
		}
		enter(t, w, v)
	})
}
