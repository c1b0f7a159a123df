package app_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/services/teams/internal/sms"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// gateway is what phones receive, and a gateway that can fail.
type gateway struct {
	given.Phones
	down bool
	seen func()
}

func (g *gateway) Send(ctx context.Context, phone string, m sms.Message) error {
	if g.seen != nil {
		g.seen()
	}
	if g.down {
		return errors.New("gateway down")
	}
	return g.Phones.Send(ctx, phone, m)
}

// evening is a world that begins at 20:00 on a Monday in Hebi.
type evening struct {
	*given.World
	gateway *gateway
	parts   app.Parts
	log     *strings.Builder
}

func newEvening(t *testing.T, mods ...func(*app.Parts)) *evening {
	t.Helper()
	e := &evening{gateway: &gateway{}, log: &strings.Builder{}}
	e.World = given.New(t, append([]func(*app.Parts){func(p *app.Parts) {
		p.Messages, p.Log = e.gateway, slog.New(slog.NewTextHandler(e.log, nil))
	}}, append(mods, func(p *app.Parts) { e.parts = *p })...)...)
	return e
}

// tell tells somebody, now, that what begins then is cancelled.
func (e *evening) tell(t *testing.T, v domain.Volunteer, taskID string, starts time.Time) {
	t.Helper()
	n := domain.NewNotice(domain.NoticeTaskCancelled, v.ID, "task", taskID,
		domain.Words{"task": "护河", "task_id": taskID, "start": starts.Format(time.RFC3339)}, e.Clock.Now())
	e.InTx(t, func(q postgres.Querier) error { return app.Notify(e.App, t.Context(), q, n) })
}

func (e *evening) grant(t *testing.T, v domain.Volunteer, kind domain.NoticeKind) {
	t.Helper()
	words := domain.Words{"region": "浚县", "grant": "viewer"}
	if kind == domain.NoticeNewDevice {
		words = domain.Words{"at": e.Clock.Now().Format(time.RFC3339)}
	}
	n := domain.NewNotice(kind, v.ID, "grant", id.New(), words, e.Clock.Now())
	e.InTx(t, func(q postgres.Querier) error { return app.Notify(e.App, t.Context(), q, n) })
}

// until lets time pass until then, sending what is due each minute, and returns
// when messages reached the phone.
func (e *evening) until(t *testing.T, then time.Time, v domain.Volunteer) (times []string) {
	t.Helper()
	for had := len(e.gateway.Messages(v.Phone)); e.Clock.Now().Before(then); e.Clock.Leap(time.Minute) {
		if err := e.App.SendTexts(t.Context()); err != nil {
			t.Fatal(err)
		}
		for now := len(e.gateway.Messages(v.Phone)); had < now; had++ {
			times = append(times, e.Clock.Now().In(clock.City).Format("Mon 15:04"))
		}
	}
	return times
}

// on returns an hour of that week in Hebi; Monday is 23.
func on(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, clock.City)
}

func TestSendTexts(t *testing.T) {
	t.Parallel()
	t.Run("through a night: early shifts at once, the rest in the morning", func(t *testing.T) {
		t.Parallel()
		e := newEvening(t)
		early, late, officer := e.Volunteer(t), e.Volunteer(t), e.Volunteer(t)
		e.Clock.Leap(90 * time.Minute) // 21:30
		e.tell(t, early, id.New(), on(24, 6, 30))
		e.tell(t, late, id.New(), on(24, 14, 0))
		e.grant(t, officer, domain.NoticeGrantGiven)
		got := map[string][]string{"early": e.until(t, on(23, 22, 0), early)}
		before := e.gateway.Count()
		got["late"] = e.until(t, on(24, 8, 0), late)
		want := map[string][]string{"early": {"Mon 21:30"}, "late": {"Tue 07:00"}}
		if diff := cmp.Diff(want, got); diff != "" || before != 1 || e.gateway.Count() != 3 {
			t.Errorf("%d, then %d messages: %s", before, e.gateway.Count(), diff)
		}
	})
	t.Run("what waits survives a restart, and is sent once", func(t *testing.T) {
		t.Parallel()
		e := newEvening(t)
		v := e.Volunteer(t)
		e.Clock.Leap(2 * time.Hour)
		e.tell(t, v, id.New(), on(24, 15, 0))
		e.until(t, on(24, 3, 0), v)
		e.App = app.New(e.parts) // another process on the same database
		if diff := cmp.Diff([]string{"Tue 07:00"}, e.until(t, on(24, 9, 0), v)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a program stopped in the middle of sending tries again a minute later", func(t *testing.T) {
		t.Parallel()
		e := newEvening(t)
		v := e.Volunteer(t)
		e.tell(t, v, id.New(), on(24, 6, 0))
		ctx, stop := context.WithCancel(t.Context())
		e.gateway.down, e.gateway.seen = true, stop
		if err := e.App.SendTexts(ctx); !errors.Is(err, context.Canceled) {
			t.Fatalf("it goes on: %v", err)
		}
		e.gateway.down, e.gateway.seen = false, nil
		e.App = app.New(e.parts)
		if diff := cmp.Diff([]string{"Mon 20:01"}, e.until(t, on(23, 21, 0), v)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a gateway that is down is tried again, then given up, and the log names no phone", func(t *testing.T) {
		t.Parallel()
		e := newEvening(t)
		v := e.Volunteer(t)
		e.gateway.down = true
		tries := 0
		e.gateway.seen = func() { tries++ }
		e.tell(t, v, id.New(), on(24, 6, 0))
		e.until(t, on(23, 23, 0), v)
		if tries != domain.MaxTextAttempts || given.Value[int](t, e.World, "SELECT count(*) FROM text_messages WHERE dropped_at IS NOT NULL") != 1 {
			t.Errorf("%d tries", tries)
		}
		if log := e.log.String(); !strings.Contains(log, "text message given up") || strings.Contains(log, string(v.Phone)) {
			t.Error(log)
		}
	})
	t.Run("newer news of a thing takes the place of what still waits", func(t *testing.T) {
		t.Parallel()
		e := newEvening(t)
		v, task := e.Volunteer(t), id.New()
		e.Clock.Leap(2 * time.Hour)
		e.tell(t, v, task, on(24, 15, 0))
		e.tell(t, v, task, on(24, 16, 0))
		e.until(t, on(24, 8, 0), v)
		if got := e.gateway.Messages(v.Phone); len(got) != 1 || !strings.Contains(got[0], "16:00") {
			t.Error(got)
		}
	})
	t.Run("the day's budget holds, and what is over it goes out the day after", func(t *testing.T) {
		t.Parallel()
		e := newEvening(t, func(p *app.Parts) { p.Limits.TextsPerDay = 2 })
		v := e.Volunteer(t)
		for range 3 {
			e.grant(t, v, domain.NoticeGrantGiven)
		}
		if diff := cmp.Diff([]string{"Mon 20:00", "Mon 20:00", "Tue 20:00"}, e.until(t, on(24, 20, 30), v)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("nobody without a phone, who switched it off, or whose device is no officer's gets one", func(t *testing.T) {
		t.Parallel()
		e := newEvening(t)
		silent := e.Volunteer(t, func(v *domain.Volunteer) { v.Phone = "" })
		off, plain, officer := e.Volunteer(t), e.Volunteer(t), e.Volunteer(t)
		e.Grant(t, officer)
		if _, err := e.App.SetNoticePreferences(given.As(t, off), domain.NoticePreferences{NoText: []domain.NoticeKind{domain.NoticeGrantGiven}}); err != nil {
			t.Fatal(err)
		}
		e.grant(t, silent, domain.NoticeGrantGiven)
		e.grant(t, off, domain.NoticeGrantGiven)
		e.grant(t, plain, domain.NoticeNewDevice)
		e.grant(t, officer, domain.NoticeNewDevice)
		e.until(t, on(23, 20, 30), officer)
		if got := e.gateway.Messages(officer.Phone); len(got) != 1 || e.gateway.Count() != 1 {
			t.Errorf("%d messages, %q", e.gateway.Count(), got)
		}
	})
	t.Run("two replicas send each message once", func(t *testing.T) {
		t.Parallel()
		e := newEvening(t)
		var people []domain.Volunteer
		for range 50 {
			v := e.Volunteer(t)
			people = append(people, v)
			e.grant(t, v, domain.NoticeGrantGiven)
		}
		failed := make(chan error)
		for range 2 {
			go func() { failed <- app.New(e.parts).SendTexts(context.Background()) }()
		}
		if err := errors.Join(<-failed, <-failed); err != nil {
			t.Fatal(err)
		}
		for _, v := range people {
			if got := e.gateway.Messages(v.Phone); len(got) != 1 {
				t.Error(fmt.Sprint(got))
			}
		}
	})
}
