package app_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
)

const (
	here      = "192.0.2.1"
	elsewhere = "192.0.2.2"
)

func TestAskCode(t *testing.T) {
	t.Parallel()
	t.Run("a known number gets the code, an unknown one the same answer and nothing else", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		known, err := w.App.AskCode(t.Context(), string(v.Phone), here)
		if err != nil {
			t.Fatal(err)
		}
		unknown, err := w.App.AskCode(t.Context(), "13900000000", elsewhere)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(known, unknown); diff != "" {
			t.Errorf("the answers differ: %s", diff)
		}
		if diff := cmp.Diff(app.AskedCode{ExpiresIn: 5 * time.Minute, RetryIn: time.Minute}, known); diff != "" {
			t.Error(diff)
		}
		w.App.Wait()
		texts := w.Phones.Messages(v.Phone)
		if len(texts) != 1 || !strings.HasPrefix(texts[0], "【淇河】验证码 ") || !strings.HasSuffix(texts[0], "，5 分钟内有效。不要告诉别人。") || w.Phones.Count() != 1 {
			t.Errorf("got %q; %d in all", texts, w.Phones.Count())
		}
	})
	t.Run("neither number nor address can be read in the database", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		if _, err := w.App.AskCode(idempotency.WithKey(t.Context(), id.New()), string(v.Phone), here); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"sign_in_codes", "volunteers", "idempotency_keys", "outbox"} {
			for _, canary := range []string{string(v.Phone), here} {
				const query = " x WHERE x::text LIKE '%' || $1 || '%' OR x::text LIKE '%' || $2 || '%'"
				if n := given.Value[int](t, w, "SELECT count(*) FROM "+table+query, canary, fmt.Sprintf("%x", canary)); n != 0 {
					t.Errorf("%s holds %s", table, canary)
				}
			}
		}
	})
	t.Run("a repeated request gets the same answer and no second message", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		ctx := idempotency.WithKey(t.Context(), id.New())
		first, err := w.App.AskCode(ctx, string(v.Phone), here)
		if err != nil {
			t.Fatal(err)
		}
		w.Clock.Leap(time.Second)
		second, err := w.App.AskCode(ctx, string(v.Phone), here)
		if err != nil {
			t.Fatal(err)
		}
		w.App.Wait()
		if diff := cmp.Diff(first, second); diff != "" || w.Phones.Count() != 1 {
			t.Errorf("%d messages; %s", w.Phones.Count(), diff)
		}
		if _, err := w.App.AskCode(ctx, "13900000000", here); !errors.Is(err, idempotency.ErrKeyReused) {
			t.Errorf("the key works for another number: %v", err)
		}
	})
	t.Run("what is no number is refused", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		if _, err := w.App.AskCode(t.Context(), "0392-3312345", here); !errors.Is(err, domain.ErrPhone) {
			t.Error(err)
		}
	})
}

func TestAskCodeLimits(t *testing.T) {
	t.Parallel()
	t.Run("one number gets three codes in ten minutes and five in an hour, known or not", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		for i, phone := range []string{string(v.Phone), "13900000000"} {
			w.Clock.Leap(2 * time.Hour)
			var got []string
			for minute := range 70 {
				asked, err := w.App.AskCode(t.Context(), phone, fmt.Sprintf("192.0.2.%d", 100*i+minute/5))
				if err == nil {
					got = append(got, fmt.Sprintf("minute %d: next in %s", minute, asked.RetryIn))
				} else if apperr.KindOf(err) != apperr.TooMany {
					t.Fatal(err)
				}
				w.Clock.Leap(time.Minute)
			}
			want := []string{
				"minute 0: next in 1m0s", "minute 1: next in 1m0s", "minute 2: next in 8m0s",
				"minute 10: next in 1m0s", "minute 11: next in 49m0s",
				"minute 60: next in 1m0s", "minute 61: next in 1m0s", "minute 62: next in 8m0s",
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", phone, diff)
			}
		}
	})
	t.Run("500 numbers in a row from one address cause ten messages an hour", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		for range 20 {
			w.Volunteer(t)
		}
		refused := 0
		for n := range 500 {
			_, err := w.App.AskCode(t.Context(), fmt.Sprintf("138%08d", n+1), here)
			if apperr.KindOf(err) == apperr.TooMany {
				refused++
			}
		}
		w.App.Wait()
		if w.Phones.Count() != 10 || refused != 490 {
			t.Errorf("%d messages, %d refused", w.Phones.Count(), refused)
		}
		w.Clock.Leap(time.Hour)
		if _, err := w.App.AskCode(t.Context(), "13800000011", here); err != nil {
			t.Errorf("an hour later: %v", err)
		}
	})
	t.Run("requests at the same instant do not get around the limits", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		var allowed atomic.Int64
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() {
				_, err := w.App.AskCode(context.Background(), string(v.Phone), fmt.Sprintf("192.0.2.%d", i%6))
				if err == nil {
					allowed.Add(1)
				} else if apperr.KindOf(err) != apperr.TooMany {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		w.App.Wait()
		if allowed.Load() != 3 || w.Phones.Count() != 3 {
			t.Errorf("%d allowed, %d messages", allowed.Load(), w.Phones.Count())
		}
	})
	t.Run("when the day's messages are spent nobody gets one, and nobody learns who would have", func(t *testing.T) {
		t.Parallel()
		w := given.New(t, func(p *app.Parts) { p.Limits.PerDay = 2 })
		for range 3 {
			w.Volunteer(t)
		}
		for n := range 2 {
			if _, err := w.App.AskCode(t.Context(), fmt.Sprintf("138%08d", n+1), here); err != nil {
				t.Fatal(err)
			}
		}
		_, known := w.App.AskCode(t.Context(), "13800000003", here)
		_, unknown := w.App.AskCode(t.Context(), "13900000000", here)
		if apperr.KindOf(known) != apperr.TooMany || !cmp.Equal(known.Error(), unknown.Error()) {
			t.Errorf("got %v and %v", known, unknown)
		}
		w.Clock.Leap(24 * time.Hour)
		if _, err := w.App.AskCode(t.Context(), "13800000003", here); err != nil {
			t.Errorf("a day later: %v", err)
		}
	})
}
