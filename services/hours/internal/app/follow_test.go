package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// An older transaction is still open while a younger one has committed its
// lines: the moment at which boards are lost or counted twice by whoever is
// not careful.
func TestLoadBesideAnOpenTransaction(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		load func(*app.App, context.Context) error
		want int64
	}{
		"every line is counted once":                                       {(*app.App).Load, 2},
		"the control, without taking back what is early, counts one twice": {(*app.App).LoadCarelessly, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			replica := w.replica()
			w.inTx(func(older postgres.Querier) error {
				if err := w.CreditHours(t.Context(), older, []tasksv1.AttendanceConfirmed{w.attendance()}); err != nil {
					return err
				}
				w.inTx(func(younger postgres.Querier) error {
					return w.CreditHours(t.Context(), younger, []tasksv1.AttendanceConfirmed{w.attendance()})
				})
				return c.load(replica, t.Context())
			})
			wait.Until(t, "the lines to be counted", func() bool {
				w.must(replica.CatchUp(t.Context()))
				return replica.Position() >= c.want
			})
			if got := replica.Position(); got != c.want {
				t.Errorf("%d lines are counted, want %d", got, c.want)
			}
			if c.want == 2 {
				w.agree(replica, 2)
			}
		})
	}
}

func TestReplicas(t *testing.T) {
	t.Parallel()
	const writers, batches, lines = 4, 25, 4

	t.Run("started while lines arrive, all end at the same sums, and agree at every position between", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		persons := make([]tasksv1.AttendanceConfirmed, 10) // few people: many ties and many meetings in totals
		for i := range persons {
			persons[i] = w.attendance()
		}
		var writing sync.WaitGroup
		for n := range writers {
			writing.Go(func() {
				for b := range batches {
					batch := make([]tasksv1.AttendanceConfirmed, lines)
					for i := range batch {
						batch[i] = w.attendance(by(persons[(n+b+i)%10].VolunteerID, 30*(1+(n*b)%4)))
					}
					if err := w.db.InTx(t.Context(), func(q postgres.Querier) error { return w.CreditHours(t.Context(), q, batch) }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		var mu sync.Mutex
		seen := map[int64]string{} // page by position
		var reading sync.WaitGroup
		for range 4 {
			reading.Go(func() {
				replica := w.replica()
				if err := replica.Load(t.Context()); err != nil {
					t.Error(err)
					return
				}
				for replica.Position() < writers*batches*lines {
					if err := replica.CatchUpBy(t.Context(), 7); err != nil {
						t.Error(err)
						return
					}
					text, page := w.draw(replica)
					mu.Lock()
					if other, ok := seen[page.Position]; ok && other != text {
						t.Errorf("at position %d two replicas differ: %s", page.Position, cmp.Diff(other, text))
					}
					seen[page.Position] = text
					mu.Unlock()
				}
				w.agree(replica, writers*batches*lines)
			})
		}
		writing.Wait()
		reading.Wait()
		w.count(w.App)
		w.agree(w.App, writers*batches*lines)
		if len(seen) < 20 {
			t.Errorf("only %d positions were compared", len(seen))
		}
	})
}

// draw returns the city's board of the week as the replica has it, as text and decoded.
func (w *town) draw(a *app.App) (text string, page app.BoardPage) {
	body, err := a.Board(w.as(w.leader), app.BoardQuery{Subject: boards.Volunteers, Scope: "region:4106", Period: "this-week"},
		func(p app.BoardPage) ([]byte, error) { return json.Marshal(p) })
	if err == nil {
		err = json.Unmarshal(body, &page)
	}
	if err != nil {
		w.t.Error(err)
	}
	return string(body), page
}

// A dump restored into a new cluster holds lines whose transaction numbers
// that cluster has not reached yet.
func TestRestoredLedger(t *testing.T) {
	t.Parallel()
	t.Run("is counted from the start, once, and goes on", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		w.credit(w.attendance(), w.attendance(), w.attendance())
		owner := w.db.Owner(t)
		for _, step := range []string{
			"ALTER TABLE entries DISABLE TRIGGER entries_are_for_ever",
			"UPDATE entries SET tx = '9000000000000000'",
			"ALTER TABLE entries ENABLE TRIGGER entries_are_for_ever",
		} {
			if _, err := owner.Exec(step); err != nil {
				t.Fatal(err)
			}
		}
		restored := w.replica()
		w.must(restored.Load(t.Context()))
		w.agree(restored, 3)
		w.credit(w.attendance())
		w.count(restored)
		w.agree(restored, 4)
	})
}

func TestFollow(t *testing.T) {
	t.Parallel()
	t.Run("shows on the board what another process has committed", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		elsewhere, err := postgres.Open(t.Context(), w.db.URL, 2)
		w.must(err)
		defer func() { _ = elsewhere.Close() }()
		ctx, stop := context.WithCancel(t.Context())
		followed := make(chan error, 1)
		go func() { followed <- w.Follow(ctx) }()

		w.must(elsewhere.InTx(t.Context(), func(q postgres.Querier) error {
			return w.CreditHours(t.Context(), q, []tasksv1.AttendanceConfirmed{w.attendance()})
		}))
		wait.Until(t, "the line to be counted", func() bool { return w.Position() == 1 })
		stop()
		if err := <-followed; err != nil {
			t.Error(fmt.Errorf("Follow after its end: %w", err))
		}
	})
}
