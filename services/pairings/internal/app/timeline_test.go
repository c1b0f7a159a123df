package app_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Four years of one city on one clock: what was granted ends, who is silent is told, papers
// run out, consents end, records are erased. Before each instant nothing of it has happened,
// at the instant it has, and it never happens again; the service is started anew each
// time, twice, as two replicas are. The control is the minute before.
func TestCalendar(t *testing.T) {
	t.Parallel()
	w := newTown(t) // noon of Tuesday, 24 November 2026
	began := w.clock.Now()
	b := w.bonded()
	_, err := w.db.Owner(t).Exec(`UPDATE pairings SET due_at = $1`, began) // the clock has looked at nothing yet
	w.must(err)
	township, county, city, admin := officer("child_care", countyPath+"410621100/"), officer("child_care", countyPath), officer("child_care", cityPath), officer("administrator", countyPath)
	w.knows(township, county, city, admin, b.companion.desk)

	// What ends within days: an hour's emergency, a list, a purpose of a week.
	looked := w.child()
	acting, asking := officer("child_care", countyPath), officer("child_care", countyPath)
	w.must(w.OpenInEmergency(w.as(acting), looked, "孩子发高烧，要马上联系"))
	exportID, err := w.AskChildExport(w.as(asking), app.ExportQuery{RegionCode: "410621", Reason: "民政局核对名单"})
	w.must(err)
	purposeID, err := w.AskPurpose(w.as(asking), app.PurposeQuery{RegionCode: "410621", Reason: "寒假前核对联系方式", Days: 7})
	w.must(err)
	w.must(w.DecidePurpose(w.as(admin), purposeID, true, ""))
	// What is erased after 30 and after 90 days, and what is held.
	never, held, refused := w.child(), "", ""
	held, keeper := w.theCase()
	w.must(w.HoldChild(w.as(keeper), held, "等法院的判决"))
	refused, mine := w.theCase()
	no := yes(w.link(refused, mine))
	no.Answer = app.Refuse
	w.must(w.AnswerConsentLink(t.Context(), no))

	closed := func(err, over error) int {
		switch {
		case err == nil:
			return 0
		case errors.Is(err, over):
			return 1
		}
		t.Fatal(err)
		return -1
	}
	opens := func(who auth.Principal, childID string) func() int {
		return func() int {
			_, err := w.OpenChild(w.as(who), childID)
			return closed(err, domain.ErrNoGround)
		}
	}
	told := func(who string, kinds ...string) func() int {
		return func() (n int) {
			for _, kind := range kinds {
				n += w.count(`SELECT count(*) FROM outbox WHERE body::jsonb->>'kind' = $1 AND body::jsonb->>'volunteer_id' = $2 AND coalesce(body::jsonb->'words'->>'duty', 'call') = 'call'`, kind, who)
			}
			return n
		}
	}
	silent := func(who auth.Principal) func() int {
		return told(who.VolunteerID, "contact.silent", "contact.silent.late")
	}
	erasedIs := func(childID string) func() int {
		return func() int {
			return w.count(`SELECT count(*) FROM data_keys k JOIN children c ON c.id = k.subject_id WHERE c.id = $1 AND k.destroyed_at IS NOT NULL AND c.state = 'erased'`, childID)
		}
	}
	first := func(n int, f func() int) func() int { return func() int { return min(f(), n) } }
	after := func(n int, f func() int) func() int { return func() int { return max(f()-n, 0) } }
	ending := told(b.companion.VolunteerID, "companion.ending")
	at := func(year int, month time.Month, day, hour int) time.Time {
		return time.Date(year, month, day, hour, 0, 0, 0, clock.City)
	}
	// within returns the instant that a row has, which is what the rules say, but for what
	// the setting up took.
	within := func(rule time.Time, query string, args ...any) (instant time.Time) {
		w.must(w.db.Owner(t).Get(&instant, query, args...))
		if late := instant.Sub(rule); late < 0 || late > 10*time.Minute {
			t.Errorf("%s: %s, want %s", query, instant.In(clock.City), rule)
		}
		return instant
	}
	type event struct {
		name string
		at   time.Time
		n    func() int // of it so far
		want int
	}
	events := []event{
		{"an emergency is over", within(began.Add(time.Hour), `SELECT ends_at FROM purposes WHERE emergency`), opens(acting, looked), 1},
		{"a list is over", within(began.AddDate(0, 0, 1), `SELECT ends_at FROM child_exports`), func() int {
			_, _, err := w.TakeChildExport(w.as(asking), exportID)
			return closed(err, domain.ErrExportOver)
		}, 1},
		{"a purpose is over", within(began.AddDate(0, 0, 7), `SELECT ends_at FROM purposes WHERE id = $1`, purposeID), opens(asking, b.ChildID), 1},
		{"the companion parent hears of her silence", at(2026, 12, 1, 9), told(b.companion.VolunteerID, "contact.overdue"), 1},
		{"her leader does", at(2026, 12, 3, 9), silent(b.leader), 1},
		{"the township does", at(2026, 12, 7, 9), silent(township), 1},
		{"the county does", at(2026, 12, 14, 9), silent(county), 1},
		{"a refused referral is erased", within(began.AddDate(0, 0, 30), `SELECT erase_at FROM children WHERE id = $1`, refused), erasedIs(refused), 1},
		{"the city hears of the silence", at(2026, 12, 30, 9), silent(city), 1},
		{"a trial is to be reviewed", within(at(2027, 2, 24, 12), `SELECT trial_ends_at FROM pairings`).AddDate(0, 0, -14), first(1, told(b.supervisor.VolunteerID, "pairing.review")), 1},
		{"a referral without consent is erased", within(began.AddDate(0, 0, 90), `SELECT erase_at FROM children WHERE id = $1`, never), erasedIs(never), 1},
		{"a trial has to be reviewed", within(at(2027, 2, 24, 12), `SELECT trial_ends_at FROM pairings`), after(1, told(b.supervisor.VolunteerID, "pairing.review")), 1},
		{"her papers end in a month", at(2027, 10, 25, 0), first(2, ending), 2},
		{"her papers end in a week", at(2027, 11, 17, 0), after(2, ending), 2},
		{"her papers are over", at(2027, 11, 24, 0), told(b.companion.VolunteerID, "companion.suspended"), 1},
		{"the guardian's consent is over", within(began.AddDate(3, 0, 0), `SELECT ends_at FROM consents WHERE child_id = $1`, b.ChildID), told(b.companion.VolunteerID, "pairing.closed"), 1},
	}
	restarts := 0
	moveTo := func(when time.Time) {
		w.clock.SetTo(when)
		for range 2 {
			w.App = w.again()
			w.must(w.DoDuties(t.Context()))
			restarts++
		}
	}
	slices.SortFunc(events, func(a, b event) int { return a.at.Compare(b.at) })
	var past []event
	comes := func(e event) {
		moveTo(e.at.Add(-time.Minute))
		if n := e.n(); n > 0 {
			t.Errorf("a minute before: %s (%d)", e.name, n)
		}
		moveTo(e.at)
		past = append(past, e)
		for _, p := range past {
			if n := p.n(); n != p.want {
				t.Errorf("%s: %d, want %d, when %s", p.name, n, p.want, e.name)
			}
		}
	}
	for _, e := range events {
		comes(e)
	}
	comes(event{
		"the record goes with it", within(began.AddDate(3, 0, 90), `SELECT erase_at FROM children WHERE id = $1`, b.ChildID), erasedIs(b.ChildID), 1,
	})
	if got := w.state(held); got != domain.ChildReferred {
		t.Errorf("what is held is %s", got)
	}
	t.Logf("%d events at their instants, once each, through %d starts of the service", len(past), restarts)
}
