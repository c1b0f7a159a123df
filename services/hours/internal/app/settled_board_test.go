package app_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// settled returns the city's board of all time of what is settled, as the replica has it.
func (w *town) settled(a *app.App, subject boards.Subject) (page app.BoardPage) {
	w.t.Helper()
	body, err := a.Board(w.as(w.leader), app.BoardQuery{Subject: subject, Scope: "region:4106", Period: "all", Settled: true},
		func(p app.BoardPage) ([]byte, error) { return json.Marshal(p) })
	w.must(err)
	w.must(json.Unmarshal(body, &page))
	return page
}

func TestSettlingAtMidnight(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.credit(w.attendance()) // on the 24th, for seven days
	minutes := func(a *app.App) int64 { return w.settled(a, boards.Teams).Minutes }
	if got := minutes(w.App); got != 0 {
		t.Errorf("%d minutes are settled on the day of posting", got)
	}
	midnight := time.Date(2026, time.December, 1, 0, 0, 0, 0, clock.City)
	w.clock.SetTo(midnight.Add(-2 * time.Second)) // two: Shifted runs on
	before := w.replica()
	w.must(before.Load(t.Context()))
	w.count(before)
	for name, a := range map[string]*app.App{"running": w.App, "restarted": before} {
		if got := minutes(a); got != 0 {
			t.Errorf("%s, before midnight %d minutes are settled", name, got)
		}
	}
	w.clock.SetTo(midnight)
	after := w.replica()
	w.must(after.Load(t.Context()))
	w.count(after)
	for name, a := range map[string]*app.App{"running": w.App, "restarted before": before, "restarted after": after} {
		if p := w.settled(a, boards.Teams); p.Minutes != 120 || p.Position != 1 || p.Day != domain.DayOf(midnight) {
			t.Errorf("%s, at midnight the board of what is settled is %+v", name, p)
		}
	}
}

// TestSettledBoards lets three weeks pass with lines, questions about them and
// reversals, and compares what the boards say is settled with a plain sum, every
// day, in a replica that runs on and in others that start in between.
func TestSettledBoards(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := rand.New(rand.NewPCG(1, 2))
	var people [6]string
	for i := range people {
		people[i] = id.New()
	}
	held := map[string]domain.Entry{} // by question
	restarted := w.replica()
	w.must(restarted.Load(t.Context()))
	for day := range 21 {
		var events []tasksv1.AttendanceConfirmed
		for range 1 + r.IntN(4) {
			events = append(events, w.attendance(by(people[r.IntN(len(people))], 30*(1+r.IntN(4))), func(e *tasksv1.AttendanceConfirmed) {
				if r.IntN(3) == 0 {
					e.TeamID, e.RegionPath = w.other, "4106/410621/"
				}
			}))
		}
		w.inTx(func(q postgres.Querier) error { return w.CreditHours(t.Context(), q, events) })
		w.question(r, people[r.IntN(len(people))], held)
		if day%7 == 3 {
			restarted = w.replica()
			w.must(restarted.Load(t.Context()))
		}
		w.count(w.App)
		w.count(restarted)
		for _, a := range []*app.App{w.App, restarted} {
			w.comparesWithSum(a, boards.Volunteers, "volunteer_id")
			w.comparesWithSum(a, boards.Teams, "team_id")
		}
		if x, y := w.settled(w.App, boards.Volunteers), w.settled(restarted, boards.Volunteers); x.At != y.At {
			t.Errorf("two replicas have counted %+v and %+v", x.At, y.At)
		}
		w.clock.Leap(24 * time.Hour)
	}
	for _, a := range []*app.App{w.App, restarted} {
		if c, err := a.CheckTotals(t.Context()); err != nil || !c.OK() {
			t.Errorf("CheckTotals = %+v, %v", c, err)
		}
	}
	var kinds []string
	w.must(w.db.Owner(t).Select(&kinds, "SELECT DISTINCT reason FROM settling_changes ORDER BY reason"))
	if diff := cmp.Diff([]string{"dismissed", "held", "reversed"}, kinds); diff != "" {
		t.Errorf("the weeks had not everything in it: %s", diff)
	}
}

// question asks about the person's newest line, and decides some that were asked before.
func (w *town) question(r *rand.Rand, volunteerID string, held map[string]domain.Entry) {
	w.t.Helper()
	now := w.clock.Now()
	lines, _, err := w.MyEntries(w.as(volunteerID), "", 1)
	w.must(err)
	w.inTx(func(q postgres.Querier) error {
		if len(lines) == 1 && lines[0].Kind == domain.Service {
			asked := id.New()
			if c, ok := lines[0].Hold(asked, now); ok && !isHeld(held, lines[0].ID) {
				held[asked] = lines[0].Entry
				w.must(store.InsertSettlingChanges(w.t.Context(), q, c))
			}
		}
		for asked, e := range held {
			switch r.IntN(6) {
			case 0:
				delete(held, asked)
				w.must(store.InsertSettlingChanges(w.t.Context(), q, e.LetGo(asked, now)))
			case 1:
				delete(held, asked)
				undo := e
				undo.ID, undo.Kind, undo.Minutes, undo.SourceKind, undo.SourceID = id.New(), domain.Reversal, -e.Minutes, "entry", e.ID
				undo.RecordedAt, undo.SettlesOn = now, max(e.SettlesOn, domain.DayOf(now))
				written, err := store.InsertEntries(w.t.Context(), q, []domain.Entry{undo})
				w.must(err)
				if len(written) == 0 {
					continue
				}
				w.must(store.AddTotals(w.t.Context(), q, domain.AddUp(written)))
				w.must(store.InsertSettlingChanges(w.t.Context(), q, e.GiveWay(undo, asked, now)))
			}
		}
		return nil
	})
}

func isHeld(held map[string]domain.Entry, entryID string) bool {
	for _, e := range held {
		if e.ID == entryID {
			return true
		}
	}
	return false
}

func (w *town) comparesWithSum(a *app.App, subject boards.Subject, column string) {
	w.t.Helper()
	today := domain.DayOf(w.clock.Now()).String()
	var rows []struct {
		ID      string `db:"id"`
		Minutes int    `db:"minutes"`
	}
	w.must(w.db.Owner(w.t).Select(&rows, `
		SELECT id, sum(minutes) AS minutes
		FROM (
			SELECT `+column+` AS id, minutes FROM entries WHERE settles_on <= $1
			UNION ALL
			SELECT `+column+`, c.minutes FROM settling_changes c JOIN entries e ON e.id = c.entry_id WHERE effective_on <= $1
		) AS settled
		GROUP BY id
		HAVING sum(minutes) > 0`, today))
	want, got := map[string]int{}, map[string]int{}
	for _, r := range rows {
		want[r.ID] = r.Minutes
	}
	for _, r := range w.settled(a, subject).Rows {
		got[r.ID] = r.Minutes
	}
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("settled on %s by %s: %s", today, column, diff)
	}
}
