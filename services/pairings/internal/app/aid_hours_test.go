package app_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// joins puts volunteers into a brigade.
func (w *town) joins(teamID, role string, volunteerIDs ...string) {
	w.t.Helper()
	w.inTx(func(q postgres.Querier) error {
		if err := w.LearnTeams(w.t.Context(), q, []teamsv1.TeamChanged{{TeamID: teamID, Name: "桂鹤", RegionPath: countyPath, ReportingUnit: "浚县", State: "active", Version: 1}}); err != nil {
			return err
		}
		var events []teamsv1.MembershipChanged
		for _, one := range volunteerIDs {
			events = append(events, teamsv1.MembershipChanged{MembershipID: id.New(), TeamID: teamID, VolunteerID: one, Role: role, State: "active", Version: 1})
		}
		return w.LearnMemberships(w.t.Context(), q, events)
	})
}

// visits has the helper record a visit so many hours ago, and returns its id.
func (w *town) visits(f family, by auth.Principal, hoursAgo int) string {
	w.t.Helper()
	visitID, err := w.RecordAidVisit(w.as(by), f.aid, domain.NewAidVisit{
		Way: "visit", Outcome: "done", VisitedAt: w.clock.Now().Add(-time.Duration(hoursAgo) * time.Hour), Minutes: 45, Note: canaryAidVisit,
	})
	w.must(err)
	return visitID
}

func counts(visitIDs ...string) (all []app.AidVisitDecision) {
	for _, one := range visitIDs {
		all = append(all, app.AidVisitDecision{VisitID: one, Counts: true})
	}
	return all
}

// A helper's visit becomes hours when another person confirms it; nothing of the family
// leaves with it, and the desk finds the visit again.
func TestDecideAidVisits(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	f := w.running()
	programme, team := id.New(), id.New()
	w.inTx(func(q postgres.Querier) error {
		return w.LearnProgrammes(t.Context(), q, []tasksv1.ProgrammeChanged{{ProgrammeID: programme, Name: "爱心助困一帮一", Version: 1}, {ProgrammeID: id.New(), Name: "留守儿童代理家长", Version: 1}})
	})

	var visit string
	t.Run("what she did waits for who has the case, without a note; attempts and the officer's own do not", func(t *testing.T) {
		visit = w.visits(f, f.helper, 5)
		_, err := w.RecordAidVisit(w.as(f.helper), f.aid, domain.NewAidVisit{Way: "call", Outcome: "no_answer", VisitedAt: w.clock.Now()})
		w.must(err)
		w.visits(f, f.keeper, 3)
		before := w.count(`SELECT count(*) FROM openings`)
		waiting, err := w.ListAidVisitsToDecide(w.as(f.keeper))
		w.must(err)
		if len(waiting) != 1 || waiting[0].ID != visit || waiting[0].HouseholdID != f.id || waiting[0].Number == 0 || waiting[0].ByName != "王秀英" || w.count(`SELECT count(*) FROM openings`) != before {
			t.Fatalf("%+v", waiting)
		}
		if got := w.toDos(f.keeper)[domain.ToDoAidVisits]; got.Count != 1 {
			t.Errorf("on her first page: %+v", got)
		}
		for name, who := range map[string]auth.Principal{"the helper": f.helper, "who only approved": f.approver, "another county": officer("coordinator", otherPath)} {
			if got, err := w.ListAidVisitsToDecide(w.as(who)); err != nil || len(got) != 0 {
				t.Errorf("%s: %d, %v", name, len(got), err)
			}
			if got := w.toDos(who)[domain.ToDoAidVisits]; got.Count != 0 {
				t.Errorf("%s: on the first page: %+v", name, got)
			}
		}
	})
	t.Run("without a brigade there is no place for hours, and nothing is decided", func(t *testing.T) {
		w.refuses(domain.ErrAidNoBrigade, w.DecideAidVisits(w.as(f.keeper), counts(visit)))
		w.joins(team, "member", f.helper.VolunteerID)
	})
	t.Run("nobody confirms their own, nor in another county; not counting needs a word", func(t *testing.T) {
		both := f.helper
		both.Grants = f.keeper.Grants
		w.refuses(domain.ErrAidVisitOwn, w.DecideAidVisits(w.as(both), counts(visit)))
		w.refuses(domain.ErrNoAidVisit, w.DecideAidVisits(w.as(f.helper), counts(visit)))
		w.refuses(domain.ErrNoAidVisit, w.DecideAidVisits(w.as(officer("coordinator", otherPath)), counts(visit)))
		if err := w.DecideAidVisits(w.as(f.keeper), []app.AidVisitDecision{{VisitID: visit, Reason: "because"}}); apperr.KindOf(err) != apperr.Invalid {
			t.Error(err)
		}
	})
	t.Run("all or none; hours hear of it by a reference that says nothing else", func(t *testing.T) {
		w.refuses(domain.ErrNoAidVisit, w.DecideAidVisits(w.as(f.keeper), counts(visit, id.New())))
		if n := len(w.toHours()); n != 0 {
			t.Fatalf("%d told", n)
		}
		w.must(w.DecideAidVisits(w.as(f.keeper), counts(visit)))
		told := w.toHours()
		if len(told) != 1 {
			t.Fatalf("%d told", len(told))
		}
		e := told[0]
		if e.Line != "aid" || e.ProgrammeID != programme || e.TeamID != team || e.ReportingUnit != "浚县" || e.RegionPath != "4106/410621/410621100/" || e.Minutes != 45 ||
			e.Verification != "D" || e.ConfirmedBy != f.keeper.VolunteerID || e.VolunteerID != f.helper.VolunteerID || e.To.Sub(e.From) != 45*time.Minute {
			t.Errorf("%+v", e)
		}
		body, err := json.Marshal(e)
		w.must(err)
		for name, secret := range map[string]string{"the family": f.id, "the case": f.aid, "the visit": visit, "the village": village} {
			if bytes.Contains(body, []byte(secret)) {
				t.Errorf("the event names %s", name)
			}
		}
		w.refuses(domain.ErrAidVisitDecided, w.DecideAidVisits(w.as(f.keeper), counts(visit)))
	})
	t.Run("the desk finds the visit by the line's source or its beginning, others nothing", func(t *testing.T) {
		reference := w.toHours()[0].Reference
		for _, asked := range []string{reference, reference[:8]} {
			found, err := w.FindAidVisits(w.as(f.approver), asked)
			w.must(err)
			if len(found) != 1 || found[0].ID != visit || found[0].HouseholdID != f.id || found[0].DecidedByName != "王秀英" {
				t.Errorf("%s: %+v", asked, found)
			}
		}
		for name, who := range map[string]auth.Principal{"the helper": f.helper, "another county": officer("administrator", otherPath)} {
			if found, err := w.FindAidVisits(w.as(who), reference); err != nil || len(found) != 0 {
				t.Errorf("%s: %d, %v", name, len(found), err)
			}
		}
		if mine, err := w.OpenMyFamily(w.as(f.helper), f.aid); err != nil || len(mine.Visits) != 3 {
			t.Errorf("%+v, %v", mine.Visits, err)
		}
	})
	t.Run("what does not count is told to the helper with a word, and hours hear nothing", func(t *testing.T) {
		again := w.visits(f, f.helper, 7)
		w.must(w.DecideAidVisits(w.as(f.keeper), []app.AidVisitDecision{{VisitID: again, Reason: "twice"}}))
		if got := w.told("aid.visit.refused", f.helper.VolunteerID); got != 1 || len(w.toHours()) != 1 {
			t.Errorf("told %d times, %d to hours", got, len(w.toHours()))
		}
	})
	t.Run("what has not been over by now is refused", func(t *testing.T) {
		_, err := w.RecordAidVisit(w.as(f.helper), f.aid, domain.NewAidVisit{Way: "visit", Outcome: "done", VisitedAt: w.clock.Now().Add(-time.Hour), Minutes: 120, Note: "x"})
		w.refuses(domain.ErrAidVisitLong, err)
	})
	t.Run("the database itself keeps what was recorded and compares persons", func(t *testing.T) {
		open := w.visits(f, f.helper, 9)
		owner := w.db.Owner(t)
		const confirm = `UPDATE aid_visits SET state = 'confirmed', decided_by = $2, decided_at = now(), reference = gen_random_uuid() WHERE id = $1`
		for name, try := range map[string]func() error{
			"one's own": func() error { _, err := owner.Exec(confirm, open, f.helper.VolunteerID); return err },
			"other minutes": func() error {
				_, err := owner.Exec(`UPDATE aid_visits SET minutes = 400 WHERE id = $1`, open)
				return err
			},
			"the officer's own as hours": func() error {
				_, err := owner.Exec(`INSERT INTO aid_visits (id, aid_case_id, by_id, way, outcome, visited_at, minutes, sealed, recorded_at, state)
					SELECT gen_random_uuid(), aid_case_id, $2, way, outcome, visited_at, minutes, '', recorded_at, 'open' FROM aid_visits WHERE id = $1`, open, f.keeper.VolunteerID)
				return err
			},
		} {
			if try() == nil {
				t.Errorf("%s was taken", name)
			}
		}
		if _, err := owner.Exec(confirm, open, f.keeper.VolunteerID); err != nil { // control
			t.Error(err)
		}
		w.must(w.EndAidCase(w.as(f.keeper), f.aid, "goal_met"))
	})
	t.Run("where who has the case helps herself, another officer confirms, also after the end", func(t *testing.T) {
		own := w.registers()
		w.familyConsents(own)
		own.helper = own.keeper
		own.helper.SessionID = id.New()
		w.must(w.SetPIN(w.as(own.helper), "2580"))
		var err error
		own.aid, err = w.OpenAidCase(w.as(own.keeper), app.NewAidCase{HouseholdID: own.id, HelperID: own.helper.VolunteerID})
		w.must(err)
		w.must(w.PlanAidCase(w.as(own.keeper), own.aid, aPlan))
		w.must(w.AnswerAidCase(w.as(own.helper), own.aid, true))
		w.must(w.DecideAidCase(w.as(own.approver), own.aid, true, ""))
		w.joins(team, "member", own.helper.VolunteerID)
		hers := w.visits(own, own.helper, 2)
		w.must(w.EndAidCase(w.as(own.keeper), own.aid, "moved"))
		waiting, err := w.ListAidVisitsToDecide(w.as(own.approver))
		w.must(err)
		if len(waiting) != 1 || waiting[0].ID != hers {
			t.Fatalf("%+v", waiting)
		}
		before := len(w.toHours())
		w.must(w.DecideAidVisits(w.as(own.approver), counts(hers)))
		if len(w.toHours()) != before+1 {
			t.Error("not told")
		}
	})
}
