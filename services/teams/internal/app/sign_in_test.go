package app_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	t.Run("the right code begins a session of 180 days, once", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		code := w.Code(t, v.Phone)
		me, secret, err := w.App.SignIn(t.Context(), string(v.Phone), code)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(v, me.Volunteer); diff != "" {
			t.Error(diff)
		}
		live, err := w.App.LookUpSession(t.Context(), secret)
		if err != nil || live.VolunteerID != v.ID || !live.ExpiresAt.Equal(given.Day.AddDate(0, 0, 180)) {
			t.Errorf("got %+v, %v", live, err)
		}
		if _, _, err := w.App.SignIn(t.Context(), string(v.Phone), code); !errors.Is(err, domain.ErrCodeSpent) {
			t.Errorf("the code worked twice: %v", err)
		}
		if got := w.Outbox(t); len(got) != 0 {
			t.Errorf("a sign-in is told to others: %v", got)
		}
	})
	t.Run("only the newest code counts", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		old := w.Code(t, v.Phone)
		w.Clock.Leap(time.Minute)
		newest := w.Code(t, v.Phone)
		if old != newest { // once in a million they are the same
			if _, _, err := w.App.SignIn(t.Context(), string(v.Phone), old); !errors.Is(err, domain.ErrWrongCode) {
				t.Errorf("the old code: %v", err)
			}
		}
		if _, _, err := w.App.SignIn(t.Context(), string(v.Phone), newest); err != nil {
			t.Errorf("the newest code: %v", err)
		}
	})
	t.Run("a code is no longer good after five minutes", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		code := w.Code(t, v.Phone)
		w.Clock.Leap(5 * time.Minute)
		if _, _, err := w.App.SignIn(t.Context(), string(v.Phone), code); !errors.Is(err, domain.ErrCodeSpent) {
			t.Error(err)
		}
	})
	t.Run("a code is good for its own number only", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v, other := w.Volunteer(t), w.Volunteer(t)
		code, others := w.Code(t, v.Phone), w.Code(t, other.Phone)
		if code != others {
			if _, _, err := w.App.SignIn(t.Context(), string(other.Phone), code); !errors.Is(err, domain.ErrWrongCode) {
				t.Error(err)
			}
		}
	})
	t.Run("guesses answer the same for a number that nobody has", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		wrong := given.Wrong(w.Code(t, v.Phone))
		if _, err := w.App.AskCode(t.Context(), "13900000000", here); err != nil {
			t.Fatal(err)
		}
		for _, guess := range []int{1, 2, 3, 4, 5, 6} {
			_, _, known := w.App.SignIn(t.Context(), string(v.Phone), wrong)
			_, _, unknown := w.App.SignIn(t.Context(), "13900000000", wrong)
			if known == nil || unknown == nil || known.Error() != unknown.Error() {
				t.Errorf("guess %d: %v and %v", guess, known, unknown)
			}
		}
	})
	t.Run("signing in again leaves the session that the browser had", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		_, old, err := w.App.SignIn(t.Context(), string(v.Phone), w.Code(t, v.Phone))
		if err != nil {
			t.Fatal(err)
		}
		live, err := w.App.LookUpSession(t.Context(), old)
		if err != nil {
			t.Fatal(err)
		}
		ctx := auth.With(t.Context(), auth.Principal{VolunteerID: v.ID, SessionID: live.SessionID})
		_, fresh, err := w.App.SignIn(ctx, string(v.Phone), w.Code(t, v.Phone))
		if err != nil || fresh == old {
			t.Fatal(fresh, err)
		}
		if _, err := w.App.LookUpSession(t.Context(), old); !errors.Is(err, domain.ErrNoSession) {
			t.Errorf("the old session still counts: %v", err)
		}
		if got := w.Outbox(t); len(got) != 1 || got[0].Subject != "teams.v1.session.revoked" || got[0].Version != 2 {
			t.Errorf("outbox: %v", got)
		}
	})
}

func TestSignInUnderAttack(t *testing.T) {
	t.Parallel()
	t.Run("of 10,000 parallel guesses at one code five are evaluated", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		wrong := given.Wrong(w.Code(t, v.Phone))
		start := time.Now()
		var retry, spent atomic.Int64
		inParallel(10_000, 256, func() {
			switch _, _, err := w.App.SignIn(context.Background(), string(v.Phone), wrong); {
			case errors.Is(err, domain.ErrWrongCode):
				retry.Add(1)
			case errors.Is(err, domain.ErrCodeSpent):
				spent.Add(1)
			default:
				t.Error(err)
			}
		})
		t.Logf("took %s", time.Since(start))
		// The fifth is evaluated too, and answers that the code is spent.
		if retry.Load() != 4 || spent.Load() != 9_996 || given.Value[int](t, w, "SELECT guesses FROM sign_in_codes") != 5 {
			t.Errorf("%d may try again, %d spent", retry.Load(), spent.Load())
		}
	})
	t.Run("of 100 parallel right guesses one begins a session", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		code := w.Code(t, v.Phone)
		var in atomic.Int64
		inParallel(100, 100, func() {
			switch _, _, err := w.App.SignIn(context.Background(), string(v.Phone), code); {
			case err == nil:
				in.Add(1)
			case !errors.Is(err, domain.ErrCodeSpent):
				t.Error(err)
			}
		})
		if sessions := given.Value[int](t, w, "SELECT count(*) FROM sessions"); in.Load() != 1 || sessions != 1 {
			t.Errorf("%d got in, %d sessions", in.Load(), sessions)
		}
	})
	t.Run("control: without the row's lock more than one would get in", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		w.Code(t, v.Phone)
		var in, lookers atomic.Int64
		var looked sync.WaitGroup // by two, before either goes on: so both see an unused code
		looked.Add(2)
		inParallel(16, 16, func() {
			err := w.DB.InTx(context.Background(), func(q postgres.Querier) error {
				var unused bool
				err := q.QueryRowxContext(context.Background(), "SELECT used_at IS NULL FROM sign_in_codes").Scan(&unused)
				if lookers.Add(1) <= 2 {
					looked.Done()
				}
				looked.Wait()
				if err != nil || !unused {
					return err
				}
				in.Add(1)
				_, err = q.ExecContext(context.Background(), "UPDATE sign_in_codes SET used_at = $1", given.Day)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
		if in.Load() < 2 {
			t.Errorf("only %d got in: the test above shows nothing", in.Load())
		}
	})
}

// inParallel calls f n times from so many goroutines.
func inParallel(n, goroutines int, f func()) {
	var wg sync.WaitGroup
	work := make(chan struct{}, n)
	for range n {
		work <- struct{}{}
	}
	close(work)
	for range goroutines {
		wg.Go(func() {
			for range work {
				f()
			}
		})
	}
	wg.Wait()
}
