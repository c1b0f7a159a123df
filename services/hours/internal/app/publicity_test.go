package app_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
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

func TestPublicitySettings(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	today := domain.DayOf(w.clock.Now())
	city, county := w.coordinator("4106/"), w.coordinator("4106/410611/")
	set := func(ctx context.Context, code string, from domain.Day, days int) error {
		return w.SetPublicity(ctx, code, domain.PublicitySetting{ValidFrom: from, Days: days, Reason: "会议决定"})
	}
	settles := func() domain.Day {
		t.Helper()
		e := w.attendance()
		w.credit(e)
		lines, _, err := w.MyEntries(w.as(e.VolunteerID), "", 1)
		w.must(err)
		return lines[0].SettlesOn
	}
	if got := settles(); got != today+7 {
		t.Errorf("where nothing is set, a line settles on %s, want %s", got, today+7)
	}
	w.must(set(city, "4106", today, 5))
	if got := settles(); got != today+5 {
		t.Errorf("with the city's five days it settles on %s, want %s", got, today+5)
	}
	w.must(set(county, "410611", today+1, 3))
	if got := settles(); got != today+5 {
		t.Errorf("before the county's setting begins it settles on %s, want %s", got, today+5)
	}
	w.clock.Leap(24 * time.Hour)
	if got := settles(); got != today+4 {
		t.Errorf("with the county's three days it settles on %s, want %s", got, today+4)
	}
	var kept []string
	w.must(w.db.Owner(t).Select(&kept, "SELECT (settles_on - DATE '2026-11-24')::text FROM entries ORDER BY seq"))
	if diff := cmp.Diff([]string{"7", "5", "5", "4"}, kept); diff != "" {
		t.Errorf("what was posted before did not keep its day: %s", diff)
	}
	p, err := w.RegionPublicity(county, "410611")
	w.must(err)
	if p.Days != 3 || !p.MaySet || len(p.Settings) != 2 || p.Settings[1].RegionName != "鹤壁市" {
		t.Errorf("RegionPublicity = %+v", p)
	}
	if len(p.Teams) != 1 || p.Teams[0].Lines != 4 || p.Teams[0].Minutes != 480 || p.Teams[0].First != today+4 || p.Teams[0].Last != today+7 {
		t.Errorf("teams in publicity = %+v", p.Teams)
	}
	for name, c := range map[string]struct {
		as   context.Context
		code string
		from domain.Day
		days int
		want apperr.Kind
	}{
		"eight days":                {city, "4106", today + 9, 8, apperr.Invalid},
		"two days":                  {city, "4106", today + 9, 2, apperr.Invalid},
		"a day that has passed":     {city, "4106", today, 5, apperr.Invalid},
		"an officer who only looks": {w.as(w.leader, "4106/"), "4106", today + 9, 5, apperr.Forbidden},
		"another county's officer":  {county, "410621", today + 9, 5, apperr.NotFound},
		"a county for the city":     {county, "4106", today + 9, 5, apperr.NotFound},
		"a volunteer":               {w.as(w.leader), "4106", today + 9, 5, apperr.NotFound},
	} {
		if err := set(c.as, c.code, c.from, c.days); apperr.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func (w *town) coordinator(regionPath string) context.Context {
	return auth.With(w.t.Context(), auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "coordinator", RegionPath: regionPath}}})
}

func TestTeamPublicity(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	shy, open, child := id.New(), id.New(), id.New()
	w.teams.add(people.Person{VolunteerID: shy, Name: "王秀英", Version: 1})
	w.teams.add(people.Person{VolunteerID: open, Name: "李桂英", BoardConsent: true, Version: 1})
	w.teams.add(people.Person{VolunteerID: child, Name: "赵小雨", BoardConsent: true, Minor: true, Version: 1})
	w.credit(w.attendance(by(shy, 60)), w.attendance(by(id.New(), 90), func(e *tasksv1.AttendanceConfirmed) { e.TeamID = w.other }))
	w.clock.Leap(24 * time.Hour)
	w.credit(w.attendance(by(open, 60)))
	w.credit(w.attendance(by(child, 60)))

	type line struct {
		Name      string
		Mine      bool
		SettlesOn string
	}
	list := func(ctx context.Context) (lines []line) {
		t.Helper()
		p, err := w.TeamPublicity(ctx, w.team, "", 10)
		w.must(err)
		for _, l := range p.Lines {
			lines = append(lines, line{l.Name, l.Mine, l.SettlesOn.String()})
		}
		return lines
	}
	anybody := []line{{"赵**", false, "2026-12-02"}, {"李桂英", false, "2026-12-02"}, {"王**", false, "2026-12-01"}}
	if diff := cmp.Diff(anybody, list(t.Context())); diff != "" {
		t.Errorf("what anybody sees: %s", diff)
	}
	anybody[2].Mine = true
	if diff := cmp.Diff(anybody, list(w.as(shy))); diff != "" {
		t.Errorf("what she sees whose line it is: %s", diff)
	}
	first, err := w.TeamPublicity(t.Context(), w.team, "", 2)
	w.must(err)
	rest, err := w.TeamPublicity(t.Context(), w.team, first.Next, 2)
	w.must(err)
	if len(first.Lines) != 2 || len(rest.Lines) != 1 || rest.Next != "" {
		t.Errorf("in pages of two: %+v, then %+v", first, rest)
	}
	w.clock.SetTo(time.Date(2026, time.December, 1, 0, 0, 0, 0, clock.City))
	if got := list(t.Context()); len(got) != 2 {
		t.Errorf("on the day on which the first settles: %+v", got)
	}
	for teamID, after := range map[string]string{id.New(): "", w.team: "first"} {
		if _, err := w.TeamPublicity(t.Context(), teamID, after, 2); apperr.KindOf(err) == "" {
			t.Errorf("TeamPublicity(%s, %q) succeeded", teamID, after)
		}
	}
}

func TestMySettling(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	me := id.New()
	w.credit(w.attendance(by(me, 60)))
	w.clock.Leap(8 * 24 * time.Hour)
	w.credit(w.attendance(by(me, 30)))
	w.credit(w.attendance(by(me, 45)))
	lines, _, err := w.MyEntries(w.as(me), "", 10)
	w.must(err)
	held, _ := lines[0].Hold(id.New(), w.clock.Now())
	undo := lines[1].Entry
	undo.ID, undo.Kind, undo.Minutes, undo.SourceKind, undo.SourceID = id.New(), domain.Reversal, -30, "entry", lines[1].ID
	undo.RecordedAt = w.clock.Now()
	w.inTx(func(q postgres.Querier) error {
		w.must(store.InsertSettlingChanges(t.Context(), q, held))
		written, err := store.InsertEntries(t.Context(), q, []domain.Entry{undo})
		w.must(err)
		return store.AddTotals(t.Context(), q, domain.AddUp(written))
	})
	lines, _, err = w.MyEntries(w.as(me), "", 10)
	w.must(err)
	var got []domain.Settling
	for _, l := range lines {
		got = append(got, l.Settling)
	}
	if diff := cmp.Diff([]domain.Settling{domain.InPublicity, domain.InQuestion, domain.TakenBack, domain.HasSettled}, got); diff != "" {
		t.Error(diff)
	}
	s, err := w.MySummary(w.as(me))
	w.must(err)
	if s.Total != 105 || s.Settled != 60 {
		t.Errorf("MySummary = %+v, want 105 minutes of which 60 are settled", s)
	}
}
