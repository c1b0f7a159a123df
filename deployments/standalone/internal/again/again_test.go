package again_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/again"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

func TestMain(m *testing.M) { os.Exit(citytest.Main(m)) }

const books = `SELECT (SELECT sum(minutes) FROM entries) || ' ' || (SELECT sum(minutes) FROM totals) || ' ' || (SELECT count(*) FROM entries)`

// Ten attendances are told; hours loses what it knows of one programme, and its inbox.
// Told again, the programme is back and no hour counts twice.
func TestWish(t *testing.T) {
	t.Parallel()
	data := citytest.Folder(t)
	r := citytest.Run(t, city.Options{Data: data})
	s, err := site.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	empty := citytest.Ask(t, s, "hours", books)
	attend(t, s, 10)
	wait.Until(t, "ten lines in the ledger", func() bool {
		return citytest.Ask(t, s, "hours", `SELECT count(*) FROM entries WHERE source_kind = 'attendance' AND minutes = 61`) == "10"
	})
	before := citytest.Ask(t, s, "hours", books)
	if before == empty {
		t.Fatal("nothing was credited: there is nothing to count twice")
	}

	everything := again.Wish{Service: "tasks"}
	counted, err := everything.Count(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	var meant int64
	for _, c := range counted {
		meant += c.Events
	}
	at := sequence(t, r)
	if n := tell(t, s, everything); int64(n) != meant || meant < 11 {
		t.Errorf("%d events asked for, %d were meant", n, meant)
	}
	if now := sequence(t, r); now < at+uint64(meant) { //nolint:gosec // some
		t.Errorf("the stream went from %d to %d: they were not told again", at, now)
	}
	settle(t, s, before)

	citytest.Change(t, s, "hours", `CREATE TABLE aside AS SELECT * FROM known WHERE kind = 'programme' AND id = '`+newProgramme+`'; DELETE FROM known WHERE id = '`+newProgramme+`'`)
	known := `SELECT count(*) FROM known WHERE kind = 'programme' AND id = '` + newProgramme + `'`
	if tell(t, s, everything); citytest.Ask(t, s, "hours", known) != "0" {
		t.Error("control: what is in the inbox is dropped, and so it cannot bring back what the event made")
	}
	forgetting := everything
	forgetting.Forget = "hours-from-tasks"
	tell(t, s, forgetting)
	wait.Until(t, "the programme to be known again", func() bool { return citytest.Ask(t, s, "hours", known) == "1" })
	settle(t, s, before)

	t.Run("one aggregate, one subject, a stretch of the outbox", func(t *testing.T) {
		for name, choice := range map[string]outbox.Choice{
			"aggregate": {Aggregate: "programme/" + newProgramme},
			"subject":   {Subject: tasksv1.AttendanceConfirmed{}.Subject()},
			"stretch":   {From: counted[0].From, To: counted[0].From},
			"later":     {Since: time.Now().Add(time.Hour)},
		} {
			found, err := again.Wish{Service: "tasks", Choice: choice}.Count(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			n := int64(0)
			for _, c := range found {
				n += c.Events
			}
			if want := map[string]int64{"aggregate": 1, "subject": 10, "stretch": 1, "later": 0}[name]; n != want {
				t.Errorf("%s: %d events, not %d", name, n, want)
			}
		}
	})
	t.Run("an unknown listener is refused", func(t *testing.T) {
		wrong := again.Wish{Service: "tasks", Forget: "hours-from-teams"}
		if _, err := wrong.Count(t.Context(), s); !errors.Is(err, again.ErrConsumer) {
			t.Errorf("%v", err)
		}
	})
	t.Run("what did not arrive is found and told", func(t *testing.T) {
		citytest.Change(t, s, "tasks", `UPDATE outbox SET stored_at = now() - interval '5 minutes'`)
		if lost, err := again.Missing(t.Context(), s, "tasks"); err != nil || len(lost) > 0 {
			t.Fatalf("control: nothing is lost: %v, %v", lost, err)
		}
		citytest.Change(t, s, "hours", `DELETE FROM inbox WHERE consumer = 'hours-from-tasks'`)
		lost, err := again.Missing(t.Context(), s, "tasks")
		if err != nil || len(lost) < 11 {
			t.Fatalf("lost: %v, %v", lost, err)
		}
		tell(t, s, again.Wish{Service: "tasks", Choice: outbox.Choice{Events: lost}})
		wait.Until(t, "all to have arrived", func() bool {
			lost, err := again.Missing(t.Context(), s, "tasks")
			return err == nil && len(lost) == 0
		})
		settle(t, s, before)
	})
}

var newProgramme = id.New()

// attend lets tasks tell of n attendances in a programme that is new.
func attend(t *testing.T, s *site.Site, n int) {
	t.Helper()
	db, err := s.Open(t.Context(), "tasks")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	team, person := citytest.Ask(t, s, "tasks", `SELECT min(team_id::text) FROM known_teams`), id.New()
	events := []outbox.Event{tasksv1.ProgrammeChanged{ProgrammeID: newProgramme, Name: "淇河夜巡", Version: 1}}
	from := time.Now().Add(-100 * time.Hour).UTC().Truncate(time.Hour)
	for i := range n {
		at := from.Add(time.Duration(i) * 9 * time.Hour)
		events = append(events, tasksv1.AttendanceConfirmed{
			AttendanceID: id.New(), TaskTitle: "淇河夜巡", TeamID: team, RegionPath: "4106/", ReportingUnit: "淇滨区", ProgrammeID: newProgramme,
			VolunteerID: person, Verification: "A", From: at, To: at.Add(61 * time.Minute), Minutes: 61,
			ConfirmedBy: id.New(), ConfirmedAt: at.Add(3 * time.Hour), Version: 1,
		})
	}
	if err := db.InTx(t.Context(), func(q postgres.Querier) error { return outbox.Append(t.Context(), q, time.Now(), events...) }); err != nil {
		t.Fatal(err)
	}
}

// tell asks, and waits until it was told and everybody has had time to hear it.
func tell(t *testing.T, s *site.Site, w again.Wish) int {
	t.Helper()
	n, err := w.Ask(t.Context(), s, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := again.Await(ctx, s, w.Service, func(int64) {}); err != nil {
		t.Fatal(err)
	}
	return n
}

// settle wants the books to be as they were, and to stay so while a marker that is told
// last comes through.
func settle(t *testing.T, s *site.Site, want string) {
	t.Helper()
	db, err := s.Open(t.Context(), "tasks")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	marker := tasksv1.ProgrammeChanged{ProgrammeID: id.New(), Name: id.New(), Version: 1}
	if err := db.InTx(t.Context(), func(q postgres.Querier) error { return outbox.Append(t.Context(), q, time.Now(), marker) }); err != nil {
		t.Fatal(err)
	}
	wait.Until(t, "what was told last to arrive", func() bool {
		return citytest.Ask(t, s, "hours", `SELECT count(*) FROM known WHERE id = '`+marker.ProgrammeID+`'`) == "1"
	})
	if now := citytest.Ask(t, s, "hours", books); now != want {
		t.Errorf("the books were %s and are %s", want, now)
	}
	citytest.Change(t, s, "tasks", `DELETE FROM outbox WHERE body->>'programme_id' = '`+marker.ProgrammeID+`'`)
}

// sequence is the newest number of tasks' stream.
func sequence(t *testing.T, r *city.Running) uint64 {
	t.Helper()
	b, err := bus.Connect(t.Context(), r.NATSURL(), t.Name(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	state, err := b.StreamState(t.Context(), tasksv1.Stream)
	if err != nil {
		t.Fatal(err)
	}
	return state.LastSequence
}
