package app_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const canaryNote = "金丝雀：面谈时说起自己的童年"

// applicant is somebody who has applied in the village, with what is known of them.
type applicant struct {
	auth.Principal
	id       string // of the application
	training string
	desk     auth.Principal // has asked for the check
	views    []auth.Principal
}

// applies lets somebody apply.
func (w *town) applies() applicant {
	w.t.Helper()
	p := applicant{
		Principal: auth.Principal{VolunteerID: id.New()}, training: id.New(), desk: officer("child_care", countyPath),
		views: []auth.Principal{officer("coordinator", countyPath), officer("administrator", countyPath)},
	}
	var err error
	p.id, err = w.ApplyAsCompanion(w.as(p.Principal), app.Application{RegionCode: village, About: "退休教师，想陪孩子写作业。"})
	w.must(err)
	return p
}

func (w *town) trained(p applicant, state string, version int64) {
	w.t.Helper()
	w.inTx(func(q postgres.Querier) error {
		return w.LearnTrainings(w.t.Context(), q, []teamsv1.QualificationChanged{{
			QualificationID: p.training, VolunteerID: p.VolunteerID, Kind: "companion_training", State: state,
			From: w.clock.Now().AddDate(0, 0, -7), Until: w.clock.Now().AddDate(3, 0, 0), Version: version,
		}})
	})
}

func (w *town) today() string { return w.clock.Now().In(clock.City).Format(time.DateOnly) }

func (w *town) checked(p applicant) {
	w.t.Helper()
	w.must(w.AskOffenceCheck(w.as(p.desk), p.id))
	_, err := w.RecordEvidence(w.as(p.desk), p.id, domain.NewEvidence{Kind: "offence", Passed: true, HeldOn: w.today(), EvidenceNote: domain.EvidenceNote{Archive: "浚县妇联档案柜 3"}})
	w.must(err)
}

func (w *town) interviewed(p applicant, by auth.Principal, passed bool) error {
	w.t.Helper()
	_, err := w.RecordEvidence(w.as(by), p.id, domain.NewEvidence{Kind: "interview", Passed: passed, HeldOn: w.today(), EvidenceNote: domain.EvidenceNote{Note: canaryNote}})
	return err
}

// ready is an applicant with everything but an approval.
func (w *town) ready() applicant {
	w.t.Helper()
	p := w.applies()
	w.trained(p, "confirmed", 1)
	w.must(w.SignConduct(w.as(p.Principal), 1))
	w.checked(p)
	for _, by := range p.views {
		w.must(w.interviewed(p, by, true))
	}
	return p
}

func (w *town) approved() applicant {
	w.t.Helper()
	p := w.ready()
	w.must(w.DecideCompanion(w.as(p.desk), p.id, true, ""))
	return p
}

func (w *town) stateOf(p applicant) (state string) {
	w.t.Helper()
	w.must(w.db.Owner(w.t).Get(&state, `SELECT state FROM companions WHERE id = $1`, p.id))
	return state
}

func (w *town) refuses(want, err error) {
	w.t.Helper()
	if !errors.Is(err, want) {
		w.t.Errorf("got %v, want %v", err, want)
	}
}

// told returns how often a kind of notice was told to somebody.
func (w *town) told(kind, volunteerID string) int {
	return w.count(`SELECT count(*) FROM outbox WHERE body::jsonb->>'kind' = $1 AND body::jsonb->>'volunteer_id' = $2`, kind, volunteerID)
}

func TestCompanionGates(t *testing.T) {
	t.Parallel()
	w := newTown(t)

	t.Run("nobody is approved before the last thing is there", func(t *testing.T) {
		p := w.applies()
		steps := []func(){
			func() { w.trained(p, "confirmed", 1) },
			func() { w.must(w.SignConduct(w.as(p.Principal), 1)) },
			func() { w.checked(p) },
			func() { w.must(w.interviewed(p, p.views[0], true)) },
			func() { w.must(w.interviewed(p, p.views[1], true)) },
		}
		for _, step := range steps {
			w.refuses(domain.ErrGatesOpen, w.DecideCompanion(w.as(p.desk), p.id, true, ""))
			step()
		}
		w.must(w.DecideCompanion(w.as(p.desk), p.id, true, ""))
		if got := w.told("companion.approved", p.VolunteerID); got != 1 || w.stateOf(p) != "approved" {
			t.Errorf("%s, told %d times", w.stateOf(p), got)
		}
	})
	t.Run("one interviewer twice is one, also under another record", func(t *testing.T) {
		p, second := w.applies(), officer("administrator", countyPath)
		w.trained(p, "confirmed", 1)
		w.must(w.SignConduct(w.as(p.Principal), 1))
		w.checked(p)
		w.must(w.interviewed(p, p.views[0], true))
		w.must(w.interviewed(p, p.views[0], true))
		w.must(w.interviewed(p, second, true))
		w.merges(second.VolunteerID, p.views[0].VolunteerID)
		w.refuses(domain.ErrGatesOpen, w.DecideCompanion(w.as(p.desk), p.id, true, ""))
		w.must(w.interviewed(p, p.views[1], false))
		w.refuses(domain.ErrGatesOpen, w.DecideCompanion(w.as(p.desk), p.id, true, "")) // one says no
		w.must(w.interviewed(p, p.views[1], true))
		w.must(w.DecideCompanion(w.as(p.desk), p.id, true, ""))
	})
	t.Run("neither the applicant nor an interviewer approves, also under another record", func(t *testing.T) {
		p := w.ready()
		own, other := officer("child_care", cityPath), officer("child_care", cityPath)
		w.must(w.interviewed(p, other, true))
		w.refuses(domain.ErrCompanionPersons, w.DecideCompanion(w.as(other), p.id, true, ""))
		again := officer("child_care", cityPath)
		w.merges(again.VolunteerID, other.VolunteerID)
		w.refuses(domain.ErrCompanionPersons, w.DecideCompanion(w.as(again), p.id, true, ""))
		w.merges(own.VolunteerID, p.VolunteerID)
		w.refuses(domain.ErrCompanionOwn, w.DecideCompanion(w.as(own), p.id, true, ""))
		w.refuses(domain.ErrCompanionOwn, w.interviewed(p, own, true))
		w.must(w.DecideCompanion(w.as(p.desk), p.id, true, ""))
		w.refuses(domain.ErrEvidencePersons, w.interviewed(p, p.desk, true)) // who approved does not interview
	})
	t.Run("the database itself refuses", func(t *testing.T) {
		p, ready := w.applies(), w.ready()
		now := w.clock.Now()
		const approve = `UPDATE companions SET state = 'approved', state_since = $2, approved_by = $3, approved_at = $2 WHERE id = $1`
		for name, args := range map[string][]any{
			"anything missing": {p.id, now, p.desk.VolunteerID}, "an interviewer": {ready.id, now, ready.views[0].VolunteerID},
			"the applicant": {ready.id, now, ready.VolunteerID}, "a check that is over": {ready.id, now.AddDate(1, 0, 1), ready.desk.VolunteerID},
		} {
			if _, err := w.db.Owner(t).Exec(approve, args...); err == nil {
				t.Errorf("approved with %s", name)
			}
		}
		if _, err := w.db.Owner(t).Exec(approve, ready.id, now, ready.desk.VolunteerID); err != nil { // control
			t.Errorf("and with nothing wrong: %v", err)
		}
	})
	t.Run("a merge afterwards that makes approver and interviewer one suspends", func(t *testing.T) {
		p := w.approved()
		w.merges(p.views[0].VolunteerID, p.desk.VolunteerID)
		w.must(w.DoDuties(t.Context()))
		if got := w.stateOf(p); got != "suspended" {
			t.Error(got)
		}
	})
}

// merges says that two records are one person's.
func (w *town) merges(gone, stays string) {
	w.t.Helper()
	w.inTx(func(q postgres.Querier) error {
		return w.LearnPeople(w.t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: gone, MergedInto: stays, Version: 2}})
	})
}

// A companion parent through two years: reminded twice, suspended by the clock while
// nothing runs, back when the check is there again, each told once.
func TestCompanionTimeline(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	p := w.approved()
	w.knows(p.desk)
	began := w.clock.Now()
	at := func(months, days int) {
		w.clock.SetTo(began.AddDate(0, months, days))
		w.must(w.DoDuties(t.Context()))
		w.must(w.again().DoDuties(t.Context())) // what is due is in the rows, not in memory
	}
	type line struct {
		State                                     string
		Ending, EndingDesk, Suspended, Reinstated int
	}
	now := func() line {
		return line{
			w.stateOf(p), w.told("companion.ending", p.VolunteerID), w.told("companion.ending.desk", p.desk.VolunteerID),
			w.told("companion.suspended", p.VolunteerID), w.told("companion.approved", p.VolunteerID) - 1,
		}
	}
	is := func(when string, want line) {
		t.Helper()
		if diff := cmp.Diff(want, now()); diff != "" {
			t.Errorf("%s: %s", when, diff)
		}
	}
	at(10, 0)
	is("ten months later", line{"approved", 0, 0, 0, 0})
	at(12, -30)
	is("thirty days before", line{"approved", 2, 1, 0, 0}) // code and check; the identity is noted anew by itself
	at(12, -7)
	is("a week before", line{"approved", 4, 2, 0, 0})
	at(12, -1)
	is("the day before", line{"approved", 4, 2, 0, 0})
	at(12, 0)
	is("the day after the last good one", line{"suspended", 4, 2, 1, 0})
	w.must(w.SignConduct(w.as(p.Principal), 1))
	is("with the code signed the check is missing", line{"suspended", 4, 2, 1, 0})
	w.checked(p)
	is("and with the check renewed", line{"approved", 4, 2, 1, 1})
	w.trained(p, "withdrawn", 2)
	at(12, 1)
	is("with the training withdrawn", line{"suspended", 4, 2, 2, 1})
	w.trained(p, "confirmed", 3)
	at(12, 2)
	is("and given again", line{"approved", 4, 2, 2, 2})
	w.must(w.LeaveCompanions(w.as(p.Principal), "moved"))
	at(40, 0)
	is("who has left is left alone", line{"left", 4, 2, 2, 2})
	again, err := w.ApplyAsCompanion(w.as(p.Principal), app.Application{RegionCode: village, About: "又回来了。"})
	if err != nil || again == p.id {
		t.Errorf("applying again: %v", err)
	}
	if n := w.count(`SELECT count(DISTINCT version) - count(*) FROM companions`); n != 0 {
		t.Error("versions do not go on")
	}
}

func TestCompanionReading(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	p := w.ready()

	t.Run("the record is for child-care officers of the region with a second factor, each reading a line", func(t *testing.T) {
		weak := p.desk
		weak.Strong = false
		for name, c := range map[string]struct {
			who  auth.Principal
			want error
		}{
			"without a second factor": {weak, auth.ErrSecondFactor}, "a coordinator": {p.views[0], domain.ErrNoCompanion}, "an administrator": {p.views[1], domain.ErrNoCompanion},
			"one of another county": {officer("child_care", otherPath), domain.ErrNoCompanion}, "the applicant": {p.Principal, domain.ErrNoCompanion},
		} {
			if _, err := w.OpenCompanion(w.as(c.who), p.id); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		before := w.count(`SELECT count(*) FROM openings WHERE act = 'read'`)
		o, err := w.OpenCompanion(w.as(p.desk), p.id)
		w.must(err)
		if o.Evidence[0].Note != canaryNote || o.About == "" || w.count(`SELECT count(*) FROM openings WHERE act = 'read'`) != before+1 {
			t.Errorf("%+v", o)
		}
	})
	t.Run("the applicant sees where they stand and no note", func(t *testing.T) {
		mine, err := w.GetMyCompanion(w.as(p.Principal))
		w.must(err)
		if mine.State != domain.CompanionApplied || mine.Gates.FirstOpen(w.clock.Now()) != "" || mine.Interviews != 2 {
			t.Errorf("%+v", mine)
		}
	})
	t.Run("nothing of it lies in the open", func(t *testing.T) {
		dump := w.dump()
		for _, canary := range []string{canaryNote, "退休教师", "浚县妇联档案柜"} {
			if bytes.Contains(dump, []byte(canary)) {
				t.Errorf("the dump says %s", canary)
			}
		}
		if !bytes.Contains(dump, []byte(p.id)) { // control
			t.Error("the dump is not of this database")
		}
	})
	t.Run("a minor does not apply, and one person applies once", func(t *testing.T) {
		_, err := w.ApplyAsCompanion(w.as(p.Principal), app.Application{RegionCode: village, About: "再来一次"})
		w.refuses(domain.ErrCompanionTwice, err)
		other := auth.Principal{VolunteerID: id.New()}
		w.merges(other.VolunteerID, p.VolunteerID)
		_, err = w.ApplyAsCompanion(w.as(other), app.Application{RegionCode: village, About: "另一份记录"})
		w.refuses(domain.ErrCompanionTwice, err)
		minor := auth.Principal{VolunteerID: id.New()}
		w.inTx(func(q postgres.Querier) error {
			return w.LearnPeople(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: minor.VolunteerID, Minor: true, Version: 1}})
		})
		_, err = w.ApplyAsCompanion(w.as(minor), app.Application{RegionCode: village, About: "我十六岁"})
		w.refuses(domain.ErrCompanionMinor, err)
	})
	t.Run("whose account is erased has left, and the key is gone", func(t *testing.T) {
		w.inTx(func(q postgres.Querier) error {
			return w.LearnPeople(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: p.VolunteerID, Erased: true, Version: 9}})
		})
		w.must(w.DoDuties(t.Context()))
		_, err := w.OpenCompanion(w.as(p.desk), p.id)
		w.refuses(domain.ErrErased, err)
		if got := w.stateOf(p); got != "left" {
			t.Error(got)
		}
	})
}
