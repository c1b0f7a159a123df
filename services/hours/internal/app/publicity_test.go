package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestSettledTotals(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	me, other := id.New(), id.New()
	service := w.attendance(by(me, 60))
	training := w.attendance(by(me, 30), func(e *tasksv1.AttendanceConfirmed) { e.Kind = "training" })
	w.credit(service, training, w.attendance(by(other, 90)))
	today := domain.DayOf(w.clock.Now())
	w.clock.Leap(48 * time.Hour)
	w.credit(w.attendance(by(me, 45)))

	settled := func(on domain.Day) (s map[domain.Account]int) {
		t.Helper()
		w.inTx(func(q postgres.Querier) (err error) {
			s, err = store.SettledTotals(t.Context(), q, []string{me}, on)
			return err
		})
		return s
	}
	want := func(on domain.Day, service, training int) {
		t.Helper()
		sums := map[domain.Account]int{}
		if service > 0 {
			sums[domain.ServiceAccount] = service
		}
		if training > 0 {
			sums[domain.TrainingAccount] = training
		}
		if diff := cmp.Diff(sums, settled(on)); diff != "" {
			t.Errorf("settled on %s: %s", on, diff)
		}
	}
	want(today, 0, 0)
	want(today+6, 0, 0)
	want(today+7, 60, 30)
	want(today+8, 60, 30)
	want(today+9, 105, 30)

	lines, _, err := w.MyEntries(w.as(me), "", 10)
	w.must(err)
	newest := lines[0].Entry
	question := id.New()
	held, ok := newest.Hold(question, w.clock.Now())
	if !ok {
		t.Fatal("a line in its days of publicity was not held")
	}
	w.inTx(func(q postgres.Querier) error { return store.InsertSettlingChanges(t.Context(), q, held) })
	want(today+9, 60, 30)
	want(today+30, 60, 30)
	w.clock.Leap(10 * 24 * time.Hour) // today+12, when it would have settled
	let := newest.LetGo(question, w.clock.Now())
	w.inTx(func(q postgres.Querier) error { return store.InsertSettlingChanges(t.Context(), q, let) })
	want(today+11, 60, 30)
	want(today+12, 105, 30)

	t.Run("a question lets its line go once", func(t *testing.T) {
		again := newest.GiveWay(newest, question, w.clock.Now())
		err := w.db.InTx(t.Context(), func(q postgres.Querier) error { return store.InsertSettlingChanges(t.Context(), q, again) })
		if !postgres.Violated(err, "settling_changes_let_go_idx") {
			t.Errorf("error = %v, want a violation of settling_changes_let_go_idx", err)
		}
	})
	t.Run("a change is never changed, not even by the owner", func(t *testing.T) {
		for _, statement := range []string{"UPDATE settling_changes SET minutes = 1", "DELETE FROM settling_changes", "TRUNCATE settling_changes"} {
			if _, err := w.db.Owner(t).Exec(statement); err == nil || !strings.Contains(err.Error(), "never changed") {
				t.Errorf("%s: error = %v, want that of the trigger", statement, err)
			}
		}
	})
}
