package app_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// officer is somebody who decides for the region.
func (w *town) officer(role, regionPath string) context.Context {
	return auth.With(w.t.Context(), auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: role, RegionPath: regionPath}}})
}

// clash credits two hours to somebody and then another team's attendance of
// which the second hour was at the same time.
func (w *town) clash(who string) tasksv1.AttendanceConfirmed {
	w.t.Helper()
	first := w.attendance(by(who, 120))
	second := w.attendance(by(who, 120), at(first.From.Add(time.Hour)), func(e *tasksv1.AttendanceConfirmed) {
		e.TeamID, e.RegionPath, e.TaskTitle = w.other, "4106/410621/", "慰问老人"
	})
	w.credit(first)
	w.credit(second)
	return second
}

func (w *town) total(who string) int {
	w.t.Helper()
	s, err := w.MySummary(w.as(who))
	w.must(err)
	return s.Total
}

func TestHeldCredits(t *testing.T) {
	t.Parallel()
	t.Run("the same time counts once; the second is held, told, and seen by the person and the office", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me := id.New()
		w.teams.add(people.Person{VolunteerID: me, Name: "王秀英"})
		second := w.clash(me)
		w.credit(second, second) // told again
		w.agree(w.App, 1)
		if got := w.total(me); got != 120 {
			t.Errorf("%d minutes count", got)
		}
		cuts, held, err := w.MyUncounted(w.as(me))
		w.must(err)
		if len(cuts) != 0 || len(held) != 1 || held[0].Entry.SourceID != second.AttendanceID || held[0].State != domain.HeldOpen {
			t.Fatalf("MyUncounted = %+v, %+v", cuts, held)
		}
		views, err := w.ListHeld(w.officer("coordinator", "4106/410621/"))
		w.must(err)
		if len(views) != 1 || views[0].Volunteer != "王秀英" || views[0].Other.Minutes != 120 || views[0].OtherTeam != "桂鹤社区巾帼志愿服务队" || !views[0].MayDecide {
			t.Fatalf("ListHeld = %+v", views)
		}
		var told int
		w.must(w.db.Owner(t).Get(&told, "SELECT count(*) FROM outbox WHERE subject = 'hours.v1.credit.held'"))
		if told != 1 {
			t.Errorf("told %d times", told)
		}
		for _, ctx := range []context.Context{w.officer("coordinator", "4106/410611/"), w.officer("viewer", "4106/"), w.as(me)} {
			if views, err := w.ListHeld(ctx); err != nil || len(views) != 0 {
				t.Errorf("another sees %+v, %v", views, err)
			}
		}
	})
	t.Run("is credited for the time that is free, once, by another person", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me := id.New()
		second := w.clash(me)
		officer := w.officer("administrator", "4106/")
		views, err := w.ListHeld(officer)
		w.must(err)
		free := app.HeldDecision{From: second.From.Add(time.Hour), To: second.To, Reason: "两边队长都核对过"}
		all := app.HeldDecision{From: second.From, To: second.To, Reason: "都记"}
		for name, c := range map[string]struct {
			as   context.Context
			d    app.HeldDecision
			want error
		}{
			"one's own":            {w.asWith(me, "administrator", "4106/"), free, domain.ErrHeldOwn},
			"confirmed by oneself": {w.asWith(w.leader, "coordinator", "4106/410621/"), free, domain.ErrHeldOwn},
			"another county's":     {w.officer("coordinator", "4106/410611/"), free, store.ErrNoHeld},
			"a viewer's":           {w.officer("viewer", "4106/"), free, store.ErrNoHeld},
			"time that is taken":   {officer, all, store.ErrOverlap},
			"more than there was":  {officer, app.HeldDecision{From: second.From, To: second.To.Add(time.Hour), Reason: "多记"}, domain.ErrHeldTime},
			"no reason":            {officer, app.HeldDecision{From: free.From, To: free.To, Reason: " "}, domain.ErrHeldReason},
		} {
			if err := w.DecideHeld(c.as, views[0].Entry.ID, c.d); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.must(w.DecideHeld(officer, views[0].Entry.ID, free))
		if err := w.DecideHeld(officer, views[0].Entry.ID, app.HeldDecision{Reason: "再来"}); !errors.Is(err, domain.ErrHeldDecided) {
			t.Errorf("decided twice: %v", err)
		}
		w.credit(second) // told again
		w.agree(w.App, 2)
		if got := w.total(me); got != 180 {
			t.Errorf("%d minutes count", got)
		}
		_, held, err := w.MyUncounted(w.as(me))
		w.must(err)
		if len(held) != 0 {
			t.Errorf("still held: %+v", held)
		}
	})
	t.Run("of which something was upheld while it waited, it is asked about once it is a line", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		second := w.clash(id.New())
		w.inTx(func(q postgres.Querier) error {
			return w.AskAboutAnomalies(t.Context(), q, []tasksv1.AnomalyDecided{{
				AnomalyID: id.New(), Rule: "overlap", State: "upheld", VolunteerID: second.VolunteerID, AttendanceIDs: []string{second.AttendanceID}, DecidedBy: id.New(), Version: 2,
			}})
		})
		officer := w.officer("administrator", "4106/")
		views, err := w.ListHeld(officer)
		w.must(err)
		w.must(w.DecideHeld(officer, views[0].Entry.ID, app.HeldDecision{From: second.From.Add(time.Hour), To: second.To, Reason: "核对过"}))
		var asked int
		w.must(w.db.Owner(t).Get(&asked, "SELECT count(*) FROM corrections WHERE asked_as = 'anomaly' AND entry_id = $1", views[0].Entry.ID))
		if asked != 1 {
			t.Errorf("asked %d times", asked)
		}
	})
	t.Run("is closed with a reason that the person reads", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me := id.New()
		w.clash(me)
		officer := w.officer("coordinator", "4106/410621/")
		views, err := w.ListHeld(officer)
		w.must(err)
		w.must(w.DecideHeld(officer, views[0].Entry.ID, app.HeldDecision{Reason: "当时在另一场"}))
		var told []string
		w.must(w.db.Owner(t).Select(&told, "SELECT body::jsonb->>'kind' FROM outbox WHERE subject = 'hours.v1.notice.due' AND body::jsonb->>'volunteer_id' = $1 ORDER BY tx, id", me))
		if diff := cmp.Diff([]string{"credit.held", "credit.decided"}, told); diff != "" {
			t.Error(diff)
		}
		w.agree(w.App, 1)
		_, held, err := w.MyUncounted(w.as(me))
		w.must(err)
		if len(held) != 1 || held[0].State != domain.HeldClosed || held[0].Reason != "当时在另一场" {
			t.Errorf("MyUncounted = %+v", held)
		}
	})
	t.Run("two records of one person are one person", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		one, two := id.New(), id.New()
		w.inTx(func(q postgres.Querier) error {
			return w.LearnVolunteers(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: one, MergedInto: two, Version: 2}})
		})
		w.credit(w.attendance(by(one, 120)))
		w.credit(w.attendance(by(two, 120)))
		w.agree(w.App, 1)
	})
	t.Run("the database refuses it too", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		w.credit(w.attendance(by(w.other, 120)))
		_, err := w.db.Owner(t).Exec(`INSERT INTO credited_intervals (entry_id, volunteer_id, during)
			SELECT gen_random_uuid(), volunteer_id, tstzrange(upper(during) - interval '1 second', upper(during) + interval '1 hour') FROM credited_intervals`)
		if !postgres.Violated(err, "credited_intervals_overlap") {
			t.Errorf("error = %v", err)
		}
	})
}

// asWith is the volunteer who is also an officer.
func (w *town) asWith(volunteerID, role, regionPath string) context.Context {
	return auth.With(w.t.Context(), auth.Principal{VolunteerID: volunteerID, Grants: []auth.Grant{{Role: role, RegionPath: regionPath}}})
}

// Twenty people, eight who credit at once: nobody is credited for a minute
// twice, nothing is lost, and nobody waits for another in a circle.
func TestOverlapRace(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	persons := make([]string, 20)
	for i := range persons {
		persons[i] = id.New()
	}
	const writers, batches, size = 8, 8, 15
	var all sync.WaitGroup
	for n := range writers {
		random := rand.New(rand.NewPCG(7, uint64(n)))
		all.Go(func() {
			for range batches {
				events := make([]tasksv1.AttendanceConfirmed, size)
				for i := range events {
					from := w.clock.Now().Add(-time.Duration(random.IntN(5000)) * time.Minute)
					events[i] = w.attendance(by(persons[random.IntN(len(persons))], 1+random.IntN(120)), at(from))
				}
				if err := w.db.InTx(t.Context(), func(q postgres.Querier) error { return w.CreditHours(t.Context(), q, events) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	var found struct {
		Lines    int `db:"lines"`
		Others   int `db:"others"`
		Overlaps int `db:"overlaps"`
	}
	w.must(w.db.Owner(t).Get(&found, `SELECT
		(SELECT count(*) FROM entries) AS lines,
		(SELECT count(*) FROM held_credits) + (SELECT count(*) FROM cuts WHERE credited = 0) AS others,
		(SELECT count(*) FROM entries a JOIN entries b ON a.volunteer_id = b.volunteer_id AND a.id < b.id AND a.started_at < b.ended_at AND b.started_at < a.ended_at) AS overlaps`))
	if found.Overlaps != 0 || found.Lines+found.Others != writers*batches*size || found.Lines == 0 || found.Others == 0 {
		t.Errorf("%+v of %d attempts", found, writers*batches*size)
	}
	w.count(w.App)
	w.agree(w.App, int64(found.Lines))
}

func TestDayCaps(t *testing.T) {
	t.Parallel()
	t.Run("are set by the city, count from their day on, and cut what is over them", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		me := id.New()
		today := domain.DayOf(w.clock.Now())
		city := w.officer("administrator", "4106/")
		w.credit(w.attendance(by(me, 120)))
		w.must(w.SetDayCap(city, domain.DayCap{ValidFrom: today, Minutes: 180, Reason: "市妇联2026年第3号通知"}))
		w.must(w.SetDayCap(city, domain.DayCap{ValidFrom: today, ProgrammeID: w.programme, Minutes: 1440, Reason: "本项目不另设"}))
		cut := w.attendance(by(me, 120))
		gone := w.attendance(by(me, 120))
		w.credit(cut)
		w.credit(gone)
		w.credit(gone, cut) // told again
		w.agree(w.App, 2)
		if got := w.total(me); got != 180 {
			t.Errorf("%d minutes count", got)
		}
		cuts, _, err := w.MyUncounted(w.as(me))
		w.must(err)
		if len(cuts) != 2 || cuts[0].Rule != domain.CutDay || cuts[0].Cap != 180 || cuts[0].Credited+cuts[1].Credited != 60 {
			t.Errorf("MyUncounted = %+v", cuts)
		}
		caps, err := w.ListDayCaps(w.officer("viewer", "4106/410611/"))
		w.must(err)
		if len(caps.Caps) != 2 || caps.MaySet || caps.Caps[0].ProgrammeName != "保护淇河" {
			t.Errorf("ListDayCaps = %+v", caps)
		}
	})
	t.Run("nobody else sets them, and not for what has been", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		today := domain.DayOf(w.clock.Now())
		city := w.officer("administrator", "4106/")
		for name, c := range map[string]struct {
			as  context.Context
			cap domain.DayCap
		}{
			"a county":          {w.officer("administrator", "4106/410611/"), domain.DayCap{ValidFrom: today, Minutes: 60, Reason: "试"}},
			"a volunteer":       {w.as(id.New()), domain.DayCap{ValidFrom: today, Minutes: 60, Reason: "试"}},
			"yesterday":         {city, domain.DayCap{ValidFrom: today - 1, Minutes: 60, Reason: "试"}},
			"more than a day":   {city, domain.DayCap{ValidFrom: today, Minutes: 1441, Reason: "试"}},
			"no grounds":        {city, domain.DayCap{ValidFrom: today, Minutes: 60, Reason: " "}},
			"no such programme": {city, domain.DayCap{ValidFrom: today, ProgrammeID: id.New(), Minutes: 60, Reason: "试"}},
		} {
			if err := w.SetDayCap(c.as, c.cap); err == nil {
				t.Errorf("%s: set", name)
			}
		}
	})
}
