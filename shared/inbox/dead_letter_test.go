package inbox_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

func TestDeadLetter(t *testing.T) {
	t.Parallel()
	t.Run("one poisonous event in 1000 ends as one dead letter, and a redrive counts it once", func(t *testing.T) {
		t.Parallel()
		db, b := givenDB(t), givenBus(t)
		var mended atomic.Bool
		r := inbox.NewReceiver(db.DB, "hours-from-tasks")
		inbox.On(r, func(ctx context.Context, q postgres.Querier, events []credited) error {
			if !mended.Load() && slices.ContainsFunc(events, func(e credited) bool { return e.Who == "poison" }) {
				return errors.New("this one \x00 I cannot stomach")
			}
			return credit(ctx, q, events)
		})
		poison := publish(t, b, 1000, 437)
		begun := time.Now()
		consume(t, b, r)
		wait.Until(t, "the other 999", func() bool { return totals(t, db).Minutes["li"] == 999 })
		took := time.Since(begun)
		if took > wait.Allowed(5*time.Second) {
			t.Errorf("the other 999 took %s, want at most 5s", took)
		}
		wait.Until(t, "the dead letter", func() bool { return len(letters(t, db)) > 0 })

		want := letter{
			EventID: poison, Subject: "test.v1.minutes.credited", Body: `{"who":"poison","minutes":1}`,
			Error: "this one � I cannot stomach", Attempts: 6,
		}
		got := letters(t, db)
		letterID := got[0].ID
		got[0].ID = ""
		if diff := cmp.Diff([]letter{want}, got); diff != "" {
			t.Error(diff)
		}
		if err := r.Redrive(t.Context(), letterID); err == nil {
			t.Error("Redrive succeeded before the cause was mended")
		}
		mended.Store(true)
		for range 2 {
			if err := r.Redrive(t.Context(), letterID); err != nil {
				t.Error(err)
			}
		}
		if got := totals(t, db).Minutes["poison"]; got != 1 {
			t.Errorf("the redriven event counts %d, want 1", got)
		}
		if got := letters(t, db); len(got) != 0 {
			t.Errorf("still to be looked at: %+v", got)
		}
		chaos.Promise(t, "A6", "a poisonous event delays nobody and is kept", "1 of 1000: 6 attempts, 1 dead letter, the other 999 applied within %s; redriven, it counts once", took.Round(time.Millisecond))
	})
	t.Run("control: a fault that is taken for an absent database holds up its whole batch", func(t *testing.T) {
		t.Parallel()
		db, b := givenDB(t), givenBus(t)
		tried := make(chan bool, 1000)
		r := inbox.NewReceiver(db.DB, "hours-from-tasks")
		inbox.On(r, func(ctx context.Context, q postgres.Querier, events []credited) error {
			if slices.ContainsFunc(events, func(e credited) bool { return e.Who == "poison" }) {
				tried <- true
				return fmt.Errorf("%w: so it seems", bus.ErrRetryLater)
			}
			return credit(ctx, q, events)
		})
		publish(t, b, 1000, 437)
		consume(t, b, r)
		for range 4 {
			<-tried
		}
		applied := totals(t, db).Minutes["li"]
		if applied >= 999 {
			t.Errorf("%d events were applied: the test above proves nothing", applied)
		}
		chaos.Promise(t, "A6", "control: its fault taken for an absent database", "after 4 attempts %d of the other 999 are applied", applied)
	})
}

func TestAskedAgain(t *testing.T) {
	t.Parallel()
	db, b := givenDB(t), givenBus(t)
	var mended atomic.Bool
	r := inbox.NewReceiver(db.DB, "hours-from-tasks")
	inbox.On(r, func(ctx context.Context, q postgres.Querier, events []credited) error {
		if !mended.Load() {
			panic("nobody thought of this")
		}
		return credit(ctx, q, events)
	})
	publish(t, b, 1, 0)
	consume(t, b, r)
	wait.Until(t, "the dead letter", func() bool { return len(letters(t, db)) > 0 })
	ask := func() {
		t.Helper()
		if _, err := db.Owner(t).ExecContext(t.Context(), `UPDATE dead_letters SET asked_at = now(), error = 'old'`); err != nil {
			t.Fatal(err)
		}
		if err := r.RedriveAsked(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.RedriveAsked(t.Context()); err != nil || letters(t, db)[0].Attempts != 6 {
		t.Errorf("nobody asked: %v, %+v", err, letters(t, db))
	}
	ask()
	if got := letters(t, db); len(got) != 1 || got[0].Attempts != 7 || got[0].Error != "panic: nobody thought of this" {
		t.Errorf("what fails again says why: %+v", got)
	}
	if err := r.RedriveAsked(t.Context()); err != nil || letters(t, db)[0].Attempts != 7 {
		t.Errorf("it is asked for once: %v, %+v", err, letters(t, db))
	}
	mended.Store(true)
	ask()
	ask() // an operator who is in doubt asks twice
	if got := totals(t, db).Minutes["poison"]; got != 1 || len(letters(t, db)) != 0 {
		t.Errorf("counted %d times, still to be looked at: %+v", got, letters(t, db))
	}
}

type letter struct {
	ID       string
	EventID  string `db:"event_id"`
	Subject  string
	Body     string
	Error    string
	Attempts int
}

// letters returns the dead letters that were not redriven.
func letters(t testing.TB, db *pgtest.DB) (all []letter) {
	t.Helper()
	err := db.Read(t.Context(), func(q postgres.Querier) error {
		return sqlx.SelectContext(t.Context(), q, &all, `
			SELECT id, event_id, subject, convert_from(body, 'UTF8') AS body, error, attempts
			FROM dead_letters WHERE redriven_at IS NULL`)
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func givenBus(t testing.TB) *bus.Bus {
	t.Helper()
	b, err := bus.Connect(t.Context(), bustest.Start(t), t.Name(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	if err := b.EnsureStream(t.Context(), "TEST"); err != nil {
		t.Fatal(err)
	}
	return b
}

// publish publishes n events, and returns the id of the one that is poisonous.
func publish(t testing.TB, b *bus.Bus, n, poison int) string {
	t.Helper()
	msgs := make([]bus.Message, n)
	for i := range msgs {
		who := "li"
		if i == poison {
			who = "poison"
		}
		msgs[i] = bus.Message{
			ID: id.New(), Subject: credited{}.Subject(), OccurredAt: time.Now(),
			Data: fmt.Appendf(nil, `{"who":%q,"minutes":1}`, who),
		}
	}
	if _, err := b.Publish(t.Context(), "TEST", msgs); err != nil {
		t.Fatal(err)
	}
	return msgs[poison].ID
}

// consume feeds the receiver until the test ends, with short delays after a fault.
func consume(t testing.TB, b *bus.Bus, r *inbox.Receiver) {
	t.Helper()
	s := r.Subscription("TEST")
	s.Delays = slices.Repeat([]time.Duration{20 * time.Millisecond}, 5)
	ctx, cancel := context.WithCancel(context.Background())
	stopped := make(chan struct{})
	go func() { defer close(stopped); _ = b.Consume(ctx, s) }()
	t.Cleanup(func() { cancel(); <-stopped })
}
