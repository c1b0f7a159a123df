package app_test

import (
	"sync"
	"testing"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestRebuildTotals(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	owner, err := postgres.Open(t.Context(), w.db.OwnerURL, 3)
	w.must(err)
	t.Cleanup(func() { _ = owner.Close() })
	rebuild := func(t *testing.T) app.Rebuilt {
		t.Helper()
		r, err := app.RebuildTotals(t.Context(), owner, 7)
		w.must(err)
		return r
	}

	t.Run("an empty ledger has no totals", func(t *testing.T) {
		if got := rebuild(t); got != (app.Rebuilt{}) {
			t.Errorf("rebuilt %+v, want nothing", got)
		}
	})

	t.Run("what went wrong in the totals is right again, and a service that starts on them agrees", func(t *testing.T) {
		for range 30 {
			who := id.New()
			w.credit(w.attendance(by(who, 60)), w.attendance(by(who, 45)))
		}
		for _, harm := range []string{
			"UPDATE totals SET minutes = minutes + 5 WHERE volunteer_id < (SELECT percentile_disc(0.3) WITHIN GROUP (ORDER BY volunteer_id) FROM totals)",
			"DELETE FROM totals WHERE volunteer_id > (SELECT percentile_disc(0.8) WITHIN GROUP (ORDER BY volunteer_id) FROM totals)",
		} {
			_, err := w.db.Owner(t).Exec(harm)
			w.must(err)
		}
		if c, err := w.CheckTotals(t.Context()); err != nil || c.WrongTotals == 0 {
			t.Fatalf("the check found nothing wrong with harmed totals: %+v, %v", c, err)
		}
		if got, want := rebuild(t), (app.Rebuilt{Lines: 60, Sums: 30}); got != want {
			t.Errorf("rebuilt %+v, want %+v", got, want)
		}
		fresh := w.replica()
		w.must(fresh.Load(t.Context()))
		w.count(fresh)
		w.agree(fresh, 60)
	})

	t.Run("lines credited meanwhile are in them once", func(t *testing.T) {
		var writers sync.WaitGroup
		stop := make(chan struct{})
		for range 4 {
			writers.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					events := []tasksv1.AttendanceConfirmed{w.attendance()}
					w.must(w.db.InTx(t.Context(), func(q postgres.Querier) error { return w.CreditHours(t.Context(), q, events) }))
				}
			})
		}
		for range 8 {
			rebuild(t)
		}
		close(stop)
		writers.Wait()
		w.count(w.App)
		w.agree(w.App, w.Position())
	})
}
