package app_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
)

const canarySeen = "金丝雀胳膊上有淤青"

// raises sends what somebody saw, as a phone does, and returns the concern's id.
func (w *town) raises(by auth.Principal, changes ...func(map[string]any)) string {
	w.t.Helper()
	told := map[string]any{"situation": "injuries", "text": canarySeen, "about": canaryName, "place": "码头村", "region_code": village, "danger": false, "phone": canaryPhone}
	for _, change := range changes {
		change(told)
	}
	messageID := id.Random()
	number, err := w.SendSealed(w.as(by), messageID, w.seals(by, messageID, "concern", w.clock.Now(), told))
	w.must(err)
	var concernID string
	w.must(w.db.Owner(w.t).Get(&concernID, `SELECT id FROM concerns WHERE number = $1::int`, number))
	return concernID
}

func (w *town) reports(concernID string, by auth.Principal) error {
	_, err := w.ActOnConcern(w.as(by), concernID, domain.NewStep{
		Kind: domain.StepReported, Authority: "police", ToldAt: w.clock.Now(), StepNote: domain.StepNote{Contact: "屯子派出所 李警官", Receipt: "A4106-88"},
	})
	return err
}

// From the button to the end: taken, read, reported, closed by another.
func TestConcern(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	raiser := auth.Principal{VolunteerID: id.New()}
	mine, colleague := officer("child_care", countyPath), officer("child_care", cityPath)
	w.knows(mine, colleague)
	concernID := w.raises(raiser)

	t.Run("the nearest officer is told at once, and nobody above yet", func(t *testing.T) {
		if near, far := w.told("concern.raised", mine.VolunteerID), w.told("concern.raised", colleague.VolunteerID); near != 1 || far != 0 {
			t.Errorf("%d and %d", near, far)
		}
	})
	t.Run("in the open stands the township, and nothing of what was seen, of whom or by whom", func(t *testing.T) {
		dump := w.dump()
		for _, canary := range []string{canarySeen, canaryName, canaryPhone, "injuries", raiser.VolunteerID} {
			if bytes.Contains(dump, []byte(canary)) {
				t.Errorf("the dump says %s", canary)
			}
		}
		if !bytes.Contains(dump, []byte(concernID)) || w.count(`SELECT count(*) FROM concerns WHERE region_path = '4106/410621/410621100/'`) != 1 { // the control
			t.Error("the dump is not of this database, or the village stands in the open")
		}
	})
	t.Run("for everybody else there is none, whatever else they are in charge of", func(t *testing.T) {
		weak := mine
		weak.Strong = false
		for name, c := range map[string]struct {
			who  auth.Principal
			want error
		}{
			"who raised it": {raiser, domain.ErrNoConcern}, "a brigade's leader": {auth.Principal{VolunteerID: id.New(), Strong: true}, domain.ErrNoConcern},
			"a coordinator": {officer("coordinator", countyPath), domain.ErrNoConcern}, "an administrator": {officer("administrator", cityPath), domain.ErrNoConcern},
			"a viewer": {officer("viewer", cityPath), domain.ErrNoConcern}, "an officer of another county": {officer("child_care", otherPath), domain.ErrNoConcern},
			"without a second factor": {weak, auth.ErrSecondFactor},
		} {
			ctx := w.as(c.who)
			_, openErr := w.OpenConcern(ctx, concernID)
			_, printErr := w.PrintConcern(ctx, concernID)
			_, actErr := w.ActOnConcern(ctx, concernID, domain.NewStep{Kind: domain.StepNoted, StepNote: domain.StepNote{Note: "x"}})
			_, showErr := w.ShowReporter(ctx, concernID, "需要向她核实细节")
			for act, err := range map[string]error{
				"open": openErr, "print": printErr, "act": actErr, "show": showErr, "take": w.TakeConcern(ctx, concernID),
				"child": w.SetConcernChild(ctx, concernID, 1), "close": w.CloseConcern(ctx, concernID, "mistaken", "x"),
			} {
				if !errors.Is(err, c.want) {
					t.Errorf("%s may %s: %v", name, act, err)
				}
			}
			if listed, err := w.ListConcerns(ctx, app.ListQuery{Limit: 50}); err == nil && (len(listed.Items) > 0 || len(listed.Counts) > 0) {
				t.Errorf("%s sees a list", name)
			}
		}
		if n := w.count(`SELECT count(*) FROM openings WHERE subject_id = $1`, concernID); n != 0 {
			t.Errorf("%d openings", n)
		}
	})
	t.Run("who did not take it writes nothing; who did, does, and the report ends the timer", func(t *testing.T) {
		w.refuses(domain.ErrConcernNotMine, w.reports(concernID, mine))
		w.must(w.TakeConcern(w.as(mine), concernID))
		w.must(w.TakeConcern(w.as(mine), concernID))
		w.refuses(domain.ErrConcernHeld, w.TakeConcern(w.as(colleague), concernID))
		w.refuses(domain.ErrConcernUntold, w.CloseConcern(w.as(colleague), concernID, "in_care", "民政已经接走"))
		w.must(w.reports(concernID, mine))
		w.clock.SetTo(w.clock.Now().AddDate(0, 0, 3))
		w.must(w.DoDuties(t.Context()))
		if n := w.told("concern.overdue", mine.VolunteerID); n != 0 {
			t.Errorf("told %d times after the report", n)
		}
	})
	t.Run("it reads in full, a line each time", func(t *testing.T) {
		before := w.count(`SELECT count(*) FROM openings WHERE subject_id = $1 AND basis = 'concern' AND act = 'read'`, concernID)
		o, err := w.OpenConcern(w.as(colleague), concernID)
		w.must(err)
		if o.Told.Text != canarySeen || o.Told.Situation != "injuries" || o.HandlerName != "王秀英" || len(o.Steps) != 2 || o.Steps[1].Receipt != "A4106-88" {
			t.Errorf("%+v", o)
		}
		pdf, err := w.PrintConcern(w.as(mine), concernID)
		w.must(err)
		if !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Errorf("%q", pdf[:min(len(pdf), 10)])
		}
		if n := w.count(`SELECT count(*) FROM openings WHERE subject_id = $1 AND basis = 'concern' AND act = 'read'`, concernID); n != before+2 {
			t.Errorf("%d lines more", n-before)
		}
	})
	t.Run("who raised it is shown to who has it only, with a reason, and others hear of that", func(t *testing.T) {
		_, err := w.ShowReporter(w.as(colleague), concernID, "需要向她核实细节")
		w.refuses(domain.ErrConcernNotMine, err)
		if _, err := w.ShowReporter(w.as(mine), concernID, "想知道"); apperr.KindOf(err) != apperr.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		reporter, err := w.ShowReporter(w.as(mine), concernID, "需要向她核实细节")
		w.must(err)
		if reporter != (app.ShownReporter{Name: "王秀英", Phone: canaryPhone}) {
			t.Errorf("%+v", reporter)
		}
		if w.told("concern.reporter", colleague.VolunteerID) != 1 || w.count(`SELECT count(*) FROM openings WHERE what = 'reporter'`) != 1 ||
			w.count(`SELECT count(*) FROM concern_steps WHERE kind = 'reporter_shown'`) != 1 {
			t.Error("it was not written down")
		}
	})
	t.Run("another person closes it, and then it stays as it is", func(t *testing.T) {
		w.refuses(domain.ErrConcernPersons, w.CloseConcern(w.as(mine), concernID, "in_care", "民政已经接走"))
		double := officer("child_care", countyPath)
		w.merges(double.VolunteerID, mine.VolunteerID)
		w.refuses(domain.ErrConcernPersons, w.CloseConcern(w.as(double), concernID, "in_care", "民政已经接走"))
		w.must(w.CloseConcern(w.as(colleague), concernID, "in_care", "民政已经接走"))
		w.refuses(domain.ErrConcernOver, w.CloseConcern(w.as(colleague), concernID, "in_care", "再来一次"))
		w.refuses(domain.ErrConcernOver, w.reports(concernID, mine))
		w.refuses(domain.ErrConcernOver, w.TakeConcern(w.as(mine), concernID))
	})
}

// What was closed is read for three years, and by nobody any more from then on; what is
// open stays, however old.
func TestConcernRetention(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	mine, colleague := officer("child_care", countyPath), officer("child_care", cityPath)
	w.knows(mine, colleague)
	open, closed := w.raises(auth.Principal{VolunteerID: id.New()}), w.raises(auth.Principal{VolunteerID: id.New()})
	for _, concernID := range []string{open, closed} {
		w.must(w.TakeConcern(w.as(mine), concernID))
		w.must(w.reports(concernID, mine))
	}
	w.must(w.CloseConcern(w.as(colleague), closed, "in_care", "民政已经接走"))
	end := w.clock.Now().AddDate(3, 0, 0)

	w.clock.SetTo(end.Add(-time.Minute))
	w.must(w.again().DoDuties(t.Context()))
	_, err := w.OpenConcern(w.as(colleague), closed)
	w.must(err)

	w.clock.SetTo(end.Add(time.Minute))
	w.must(w.again().DoDuties(t.Context()))
	_, err = w.OpenConcern(w.as(colleague), closed)
	w.refuses(domain.ErrErased, err)
	if _, err := w.OpenConcern(w.as(colleague), open); err != nil {
		t.Errorf("an open one: %v", err)
	}
	if n := w.count(`SELECT count(*) FROM data_keys WHERE kind IN ('concern', 'reporter') AND destroyed_at IS NOT NULL`); n != 2 {
		t.Errorf("%d keys destroyed, want that of the concern and that of who raised it", n)
	}
	w.must(w.again().DoDuties(t.Context()))
}

// A concern that nobody reports climbs by the clock, through restarts, each rung told once.
func TestConcernTimeline(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	near, far, admin := officer("child_care", countyPath), officer("child_care", cityPath), officer("administrator", cityPath)
	w.knows(near, far, admin)
	began := w.clock.Now()
	concernID := w.raises(auth.Principal{VolunteerID: id.New()}, func(told map[string]any) { told["danger"] = true })
	at := func(minutes int) [3]int {
		w.clock.SetTo(began.Add(time.Duration(minutes) * time.Minute))
		w.must(w.DoDuties(t.Context()))
		w.must(w.again().DoDuties(t.Context())) // how far it has climbed is in the row
		return [3]int{w.told("concern.overdue", near.VolunteerID), w.told("concern.overdue", far.VolunteerID), w.told("concern.overdue", admin.VolunteerID)}
	}
	for _, step := range []struct {
		minutes int
		want    [3]int
	}{{9, [3]int{0, 0, 0}}, {11, [3]int{1, 1, 0}}, {29, [3]int{1, 1, 0}}, {31, [3]int{2, 2, 0}}, {300, [3]int{3, 3, 0}}, {301, [3]int{3, 3, 0}}} {
		if diff := cmp.Diff(step.want, at(step.minutes)); diff != "" {
			t.Errorf("after %d minutes: %s", step.minutes, diff)
		}
	}
	t.Run("overdue, another officer takes it over from who let it lie", func(t *testing.T) {
		w.must(w.TakeConcern(w.as(near), concernID))
		w.must(w.TakeConcern(w.as(far), concernID))
		w.refuses(domain.ErrConcernNotMine, w.reports(concernID, near))
		w.must(w.reports(concernID, far))
		if got := at(3000); got != [3]int{3, 3, 0} {
			t.Errorf("after the report: %v", got)
		}
	})
	t.Run("where there is no child-care officer the administrators hear it", func(t *testing.T) {
		w := newTown(t)
		w.knows(admin)
		w.raises(auth.Principal{VolunteerID: id.New()})
		if n := w.told("concern.nobody", admin.VolunteerID); n != 1 {
			t.Error(n)
		}
	})
	t.Run("nothing is refused for its form", func(t *testing.T) {
		before := w.count(`SELECT count(*) FROM concerns`)
		messageID, her := id.Random(), auth.Principal{VolunteerID: id.New()}
		_, err := w.SendSealed(w.as(her), messageID, w.seals(her, messageID, "concern", time.Time{}, "帮帮他"))
		w.must(err)
		w.raises(her, func(told map[string]any) { told["situation"], told["region_code"] = "nonsense", "999" })
		if n := w.count(`SELECT count(*) FROM concerns`) - before; n != 2 {
			t.Error(n)
		}
		if n := w.count(`SELECT count(*) FROM concerns WHERE region_path = '4106/'`); n != 2 {
			t.Errorf("%d for the whole city", n)
		}
	})
}

// The duty to report does not end with the guardian's consent, and she does not learn of it.
func TestConcernAfterWithdrawal(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	childID, caseOfficer := w.theCase()
	secret := w.link(childID, caseOfficer)
	w.must(w.AnswerConsentLink(t.Context(), yes(secret)))
	withdrawal := yes(secret)
	withdrawal.Answer = app.Withdraw
	w.must(w.AnswerConsentLink(t.Context(), withdrawal))
	mine, colleague := officer("child_care", countyPath), officer("child_care", cityPath)
	w.knows(mine, colleague)
	concernID := w.raises(auth.Principal{VolunteerID: id.New()})
	w.must(w.TakeConcern(w.as(mine), concernID))

	t.Run("the record is closed to her as to all others", func(t *testing.T) {
		_, err := w.OpenChild(w.as(mine), childID)
		w.refuses(domain.ErrWithdrawn, err)
	})
	t.Run("who has the concern names the record and reads what the authority must know", func(t *testing.T) {
		if err := w.SetConcernChild(w.as(mine), concernID, 999); apperr.KindOf(err) != apperr.Invalid {
			t.Errorf("an unknown number: %v", err)
		}
		number := w.count(`SELECT number FROM children WHERE id = $1`, childID)
		w.must(w.SetConcernChild(w.as(mine), concernID, number))
		if n := w.told("concern.child", colleague.VolunteerID); n != 1 || w.told("concern.child", mine.VolunteerID) != 0 {
			t.Errorf("another officer is told %d times that the record was opened", n)
		}
		o, err := w.OpenConcern(w.as(mine), concernID)
		w.must(err)
		if o.Child == nil || o.Child.Person.Name != canaryName || o.Child.Circle.Guardian.Phone != canaryPhone {
			t.Errorf("%+v", o.Child)
		}
		o, err = w.OpenConcern(w.as(colleague), concernID)
		w.must(err)
		if o.Child != nil {
			t.Error("who does not have it reads the record")
		}
		if n := w.count(`SELECT count(*) FROM openings WHERE subject_id = $1 AND basis = 'concern' AND basis_id = $2`, childID, concernID); n != 1 {
			t.Errorf("%d lines", n)
		}
	})
	t.Run("neither the guardian nor an administrator learns of it by who read; a child-care officer does", func(t *testing.T) {
		sees := func(openings []app.NamedOpening, err error) (n int) {
			w.must(err)
			for _, o := range openings {
				if o.Basis == domain.BasisConcern {
					n++
				}
			}
			return n
		}
		v, err := w.OpenConsentLink(t.Context(), app.Guardian{Secret: secret, Digits: "1234"})
		if n := sees(v.Openings, err); n != 0 || len(v.Openings) == 0 {
			t.Errorf("the guardian sees %d of %d", n, len(v.Openings))
		}
		if n := sees(w.ListOpenings(w.as(officer("administrator", countyPath)), childID)); n != 0 {
			t.Errorf("an administrator sees %d", n)
		}
		if n := sees(w.ListOpenings(w.as(colleague), childID)); n != 1 {
			t.Errorf("a child-care officer sees %d", n)
		}
	})
	t.Run("the database hands out no key on a concern that is another's, or over, or none", func(t *testing.T) {
		opens := func(person, basisID string) error {
			_, err := w.db.Owner(t).Exec(`SELECT * FROM open_vault(ARRAY[gen_random_uuid()], ARRAY[$1::uuid], $2, 'read', 'concern', $3, 'concern', now())`, childID, person, basisID)
			return err
		}
		w.must(opens(mine.VolunteerID, concernID)) // the control
		for name, err := range map[string]error{"another's": opens(colleague.VolunteerID, concernID), "none": opens(mine.VolunteerID, id.New())} {
			if err == nil {
				t.Errorf("%s: it did", name)
			}
		}
		w.must(w.reports(concernID, mine))
		w.must(w.CloseConcern(w.as(colleague), concernID, "in_care", "民政已经接走"))
		if opens(mine.VolunteerID, concernID) == nil {
			t.Error("over: it did")
		}
	})
}

// The gates, against the database itself.
func TestConcernGates(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	mine, colleague := officer("child_care", countyPath), officer("child_care", countyPath)
	concernID := w.raises(auth.Principal{VolunteerID: id.New()})
	w.must(w.TakeConcern(w.as(mine), concernID))
	do := func(query string, args ...any) error {
		_, err := w.db.Owner(t).Exec(query, args...)
		return err
	}
	refused := func(name string, err error) {
		t.Helper()
		if err == nil {
			t.Errorf("%s: it did", name)
		}
	}
	refused("reported without a line", do(`UPDATE concerns SET state = 'reported', reported_at = now() WHERE id = $1`, concernID))
	refused("closed without a report", do(`UPDATE concerns SET state = 'closed', closed_by = $2, closed_at = now(), outcome = 'in_care' WHERE id = $1`, concernID, colleague.VolunteerID))
	w.must(w.reports(concernID, mine))
	refused("closed by who has it", do(`UPDATE concerns SET state = 'closed', closed_by = handler_id, closed_at = now(), outcome = 'in_care' WHERE id = $1`, concernID))
	refused("a line changed", do(`UPDATE concern_steps SET by_id = $1`, colleague.VolunteerID))
	refused("a line removed", do(`DELETE FROM concern_steps`))
	w.must(do(`UPDATE concerns SET state = 'closed', closed_by = $2, closed_at = now(), outcome = 'in_care' WHERE id = $1`, concernID, colleague.VolunteerID)) // the control
	refused("opened again", do(`UPDATE concerns SET state = 'reported', closed_by = NULL, closed_at = NULL, outcome = NULL WHERE id = $1`, concernID))
}

func TestHelpNumbers(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	her := w.applies() // of the county
	numbers, err := w.ListHelpNumbers(w.as(her.Principal))
	w.must(err)
	if len(numbers) != 5 || numbers[0].Phone != "110" {
		t.Errorf("%+v", numbers)
	}
	local := []domain.HelpNumber{{Phone: "0392-5520000", ZH: "浚县未成年人保护站", EN: "Xunxian station"}}
	if err := w.SetHelpNumbers(w.as(officer("child_care", otherPath)), "410621", local); apperr.KindOf(err) == "" {
		t.Error("an officer of another county set them")
	}
	w.must(w.SetHelpNumbers(w.as(officer("child_care", countyPath)), "410621", local))
	numbers, err = w.ListHelpNumbers(w.as(her.Principal))
	w.must(err)
	if diff := cmp.Diff(local, numbers); diff != "" {
		t.Error(diff)
	}
	numbers, err = w.ListHelpNumbers(w.as(auth.Principal{VolunteerID: id.New()})) // elsewhere all is as it was
	w.must(err)
	if len(numbers) != 5 {
		t.Errorf("%+v", numbers)
	}
}
