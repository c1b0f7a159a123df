package app_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// ladder is how often each rung has heard of a pairing's calls.
type ladder struct{ Volunteer, Leader, Supervisor, Township, County, City int }

func (w *town) ladderOf(b bond, township, county, city auth.Principal) ladder {
	w.t.Helper()
	heard := func(who auth.Principal, kinds ...string) (n int) {
		for _, kind := range kinds {
			n += w.count(`SELECT count(*) FROM outbox WHERE body::jsonb->>'kind' = $1 AND body::jsonb->>'volunteer_id' = $2 AND body::jsonb->'words'->>'duty' = 'call'`, kind, who.VolunteerID)
		}
		return n
	}
	silent := []string{"contact.silent", "contact.silent.late"}
	return ladder{
		heard(b.companion.Principal, "contact.overdue"), heard(b.leader, silent...), heard(b.supervisor, silent...),
		heard(township, silent...), heard(county, silent...), heard(city, silent...),
	}
}

// A silence through its rungs, each told once whatever is restarted; a call ends it, a
// pause stops it, and what came due while nothing ran is told by its highest rung.
func TestSilence(t *testing.T) {
	t.Parallel()
	w := newTown(t) // Tuesday, 24 November 2026
	b := w.bonded()
	township, county, city := officer("child_care", countyPath+"410621100/"), officer("child_care", countyPath), officer("child_care", cityPath)
	w.knows(township, county, city)
	day := func(month time.Month, d, hour int) time.Time {
		return time.Date(2026, month, d, hour, 0, 0, 0, clock.City)
	}
	at := func(when time.Time) {
		w.clock.SetTo(when)
		w.must(w.DoDuties(t.Context()))
		w.must(w.again().DoDuties(t.Context())) // what was told is in the rows, not in memory
	}
	is := func(when string, want ladder) {
		t.Helper()
		if diff := cmp.Diff(want, w.ladderOf(b, township, county, city)); diff != "" {
			t.Errorf("%s: %s", when, diff)
		}
	}
	at(day(11, 30, 8))
	is("the first week owes a call, and nobody is told at once", ladder{})
	at(day(12, 1, 8))
	is("not at night", ladder{})
	at(day(12, 1, 9))
	is("a day after", ladder{Volunteer: 1})
	at(day(12, 3, 10))
	is("three days after", ladder{Volunteer: 1, Leader: 1, Supervisor: 1})
	at(day(12, 6, 23))
	is("in between nothing", ladder{Volunteer: 1, Leader: 1, Supervisor: 1})
	at(day(12, 7, 9))
	is("a week after", ladder{Volunteer: 1, Leader: 1, Supervisor: 1, Township: 1})

	overdue, err := w.ListOverdueContacts(w.as(county))
	w.must(err)
	if len(overdue) != 1 || overdue[0].Highest() != domain.RungTownship || overdue[0].VolunteerName == "" {
		t.Errorf("overdue %+v", overdue)
	}
	if other, err := w.ListOverdueContacts(w.as(officer("child_care", otherPath))); err != nil || len(other) != 0 {
		t.Errorf("another county sees %+v, %v", other, err)
	}

	w.records(b, call, attempt)
	at(day(12, 7, 10))
	if overdue, _ = w.ListOverdueContacts(w.as(county)); len(overdue) != 1 {
		t.Error("an attempt ended the silence")
	}
	w.records(b, call)
	at(day(12, 7, 11))
	if overdue, _ = w.ListOverdueContacts(w.as(county)); len(overdue) != 0 {
		t.Errorf("after a call: %+v", overdue)
	}
	at(day(12, 20, 12))
	is("a call ends it until the next week is over", ladder{Volunteer: 1, Leader: 1, Supervisor: 1, Township: 1})

	w.becomes(&b, func(p domain.Pairing) domain.Pairing { // the week of the 14th has passed, a call is overdue since Monday
		paused, err := p.Pause("child_away", b.supervisor.VolunteerID, day(12, 21, 8))
		w.must(err)
		return paused
	})
	at(day(12, 31, 12))
	is("a pause stops it", ladder{Volunteer: 1, Leader: 1, Supervisor: 1, Township: 1})
	w.clock.SetTo(day(12, 31, 12))
	w.becomes(&b, func(p domain.Pairing) domain.Pairing {
		goes, err := p.Resume(w.clock.Now())
		w.must(err)
		return goes
	})
	at(day(12, 31, 13))
	is("it goes on where it stood", ladder{Volunteer: 1, Leader: 1, Supervisor: 1, Township: 1})
	at(time.Date(2027, 1, 2, 9, 0, 0, 0, clock.City))
	is("the day after, pauses not counted", ladder{Volunteer: 2, Leader: 1, Supervisor: 1, Township: 1})

	at(time.Date(2027, 1, 30, 12, 0, 0, 0, clock.City)) // nothing ran for four weeks
	is("of several the highest is told", ladder{Volunteer: 2, Leader: 1, Supervisor: 1, Township: 1, County: 1})
	if n := w.count(`SELECT count(*) FROM outbox WHERE body::jsonb->>'kind' = 'contact.silent.late' AND body::jsonb->'words'->>'skipped' = '2' AND body::jsonb->'words'->>'duty' = 'call'`); n != 1 {
		t.Errorf("%d say what was passed over", n)
	}
	if n := w.count(`SELECT count(*) FROM silence_rungs WHERE passed_over AND duty = 'call'`); n != 2 {
		t.Errorf("%d rungs passed over", n)
	}

	if _, err := w.db.Owner(t).Exec(`DELETE FROM silence_rungs; UPDATE contact_watch SET look_at = now() - interval '9 years'`); err != nil { // control: without the rows they are told again
		t.Fatal(err)
	}
	w.must(w.DoDuties(t.Context()))
	if got := w.ladderOf(b, township, county, city); got.County != 2 {
		t.Errorf("the rows are not what keeps it at once: %+v", got)
	}
	w.becomes(&b, func(p domain.Pairing) domain.Pairing { return p.End("moved", b.supervisor.VolunteerID, w.clock.Now()) })
	w.must(w.DoDuties(t.Context()))
	if overdue, _ = w.ListOverdueContacts(w.as(county)); len(overdue) != 0 {
		t.Errorf("who has ended owes nothing: %+v", overdue)
	}
}

func TestNobodyOnARung(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	b := w.bonded()
	city := officer("administrator", cityPath)
	w.knows(city)
	w.clock.SetTo(time.Date(2026, 12, 7, 9, 30, 0, 0, clock.City)) // the rung of the township, where nobody is; and of the county are only coordinators
	w.must(w.DoDuties(t.Context()))
	if n := w.count(`SELECT count(*) FROM outbox WHERE body::jsonb->>'kind' = 'contact.silent.late' AND body::jsonb->>'volunteer_id' IN ($1, $2)`, b.supervisor.VolunteerID, b.deputy.VolunteerID); n != 2 {
		t.Errorf("%d of the next rung above were told", n)
	}
	if n := w.told("contact.overdue", b.companion.VolunteerID); n != 1 {
		t.Errorf("the volunteer was told %d times", n)
	}
}
