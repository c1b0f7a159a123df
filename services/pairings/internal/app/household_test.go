package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const (
	canarySituation = "金丝雀：去年做了手术，还要复查"
	canaryGoal      = "金丝雀：开春前把屋顶修好"
	canaryAidVisit  = "金丝雀：大门换了新锁"
)

// givenFamily is what a registration says, unless changes say otherwise; each of a town
// has papers of its own.
func (w *town) givenFamily(changes ...func(*domain.NewHousehold)) domain.NewHousehold {
	w.t.Helper()
	n := w.count(`SELECT count(*) FROM households`)
	family := domain.NewHousehold{RegionCode: village, HouseholdDetails: domain.HouseholdDetails{
		Kinds: []string{"cancer", "dibao_edge"},
		Family: domain.Family{
			Name: "张家", Phone: "13900005678", Address: canaryAddress, Situation: canarySituation,
			Members: []domain.FamilyMember{{Name: canaryName, Relation: "户主", IDNumber: fmt.Sprintf("41062119700301%04d", 2*n)}, {Name: "小孙", Relation: "孙子", IDNumber: fmt.Sprintf("41062120150301%04d", 2*n)}},
			Needs:   []domain.AidNeed{{Kind: "medical", Yuan: 3000}, {Kind: "housing", Measure: "屋顶漏雨，要修"}},
		},
	}}
	for _, change := range changes {
		change(&family)
	}
	return family
}

// family is one with everybody who has to do with it.
type family struct {
	id, aid          string
	keeper, approver auth.Principal
	helper           auth.Principal
}

// registers keeps a family whose case its registrar has.
func (w *town) registers() family {
	w.t.Helper()
	f := family{keeper: officer("coordinator", countyPath), approver: officer("administrator", countyPath), helper: auth.Principal{VolunteerID: id.New(), SessionID: id.New()}}
	w.knows(f.keeper, f.approver)
	w.must(w.SetPIN(w.as(f.helper), "2580"))
	done, err := w.RegisterHousehold(w.as(f.keeper), w.givenFamily())
	w.must(err)
	f.id = done.HouseholdID
	return f
}

func (w *town) familyConsents(f family) {
	w.t.Helper()
	_, err := w.RecordHouseholdConsent(w.as(f.keeper), f.id, domain.NewPaper{
		FormNumber: "B-" + f.id[len(f.id)-8:], GivenOn: w.today(), Form: domain.ConsentForm{Witness: "李梅", Archive: "3 号柜"},
	})
	w.must(err)
}

var aPlan = domain.AidPlan{Goal: canaryGoal, Steps: []string{"找匠人看屋顶", "申请补助"}}

// planned is a family whose plan waits for the approver.
func (w *town) planned() family {
	w.t.Helper()
	f := w.registers()
	w.familyConsents(f)
	var err error
	f.aid, err = w.OpenAidCase(w.as(f.keeper), app.NewAidCase{HouseholdID: f.id, HelperID: f.helper.VolunteerID})
	w.must(err)
	w.must(w.PlanAidCase(w.as(f.keeper), f.aid, aPlan))
	return f
}

// running is a family whose helper is at work.
func (w *town) running() family {
	w.t.Helper()
	f := w.planned()
	w.must(w.AnswerAidCase(w.as(f.helper), f.aid, true))
	w.must(w.DecideAidCase(w.as(f.approver), f.aid, true, ""))
	return f
}

func (w *town) aidState(f family) (state string) {
	w.t.Helper()
	w.must(w.db.Owner(w.t).Get(&state, `SELECT state || coalesce(' ' || ended_for, '') FROM aid_cases WHERE id = $1`, f.aid))
	return state
}

func (w *town) visited(f family, by auth.Principal) error {
	_, err := w.RecordAidVisit(w.as(by), f.aid, domain.NewAidVisit{Way: "visit", Outcome: "done", VisitedAt: w.clock.Now().Add(-time.Hour), Minutes: 45, Note: canaryAidVisit})
	return err
}

// Nobody is in two families, also when two officers register the same person at the same
// moment; which family it is is not said.
func TestRegisterHousehold(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	one, other := officer("coordinator", countyPath), officer("child_care", countyPath)

	t.Run("the list says no name, and needs no key", func(t *testing.T) {
		done, err := w.RegisterHousehold(w.as(one), w.givenFamily())
		w.must(err)
		listed, err := w.ListHouseholds(w.as(officer("administrator", cityPath)), 0)
		w.must(err)
		if len(listed) != 1 || listed[0].Number != done.Number || listed[0].Size != 2 || listed[0].Mine || w.count(`SELECT count(*) FROM openings`) != 0 {
			t.Errorf("%+v", listed)
		}
	})
	t.Run("of two who register the same people at once one wins", func(t *testing.T) {
		for round := range 5 {
			n := w.givenFamily()
			turned := n
			turned.Members = []domain.FamilyMember{n.Members[1], n.Members[0]}
			errs := make([]error, 2)
			var both sync.WaitGroup
			for i, as := range []auth.Principal{one, other} {
				both.Go(func() {
					_, errs[i] = w.RegisterHousehold(w.as(as), []domain.NewHousehold{n, turned}[i])
				})
			}
			both.Wait()
			if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), domain.ErrHouseholdTwice) {
				t.Errorf("round %d: %v, %v", round, errs[0], errs[1])
			}
		}
		if n := w.count(`SELECT count(*) FROM households`); n != 6 {
			t.Errorf("%d families", n)
		}
	})
	t.Run("a member cannot be put into a second family later", func(t *testing.T) {
		first := w.givenFamily()
		done, err := w.RegisterHousehold(w.as(one), first)
		w.must(err)
		second := w.givenFamily()
		_, err = w.RegisterHousehold(w.as(one), second)
		w.must(err)
		first.Members = append(first.Members, second.Members[0])
		w.refuses(domain.ErrHouseholdTwice, w.SetHousehold(w.as(one), done.HouseholdID, first.HouseholdDetails))
	})
	t.Run("what is wrong is refused with its field", func(t *testing.T) {
		for field, change := range map[string]func(*domain.NewHousehold){
			"name":                 func(n *domain.NewHousehold) { n.Name = "" },
			"phone":                func(n *domain.NewHousehold) { n.Phone = "没有" },
			"address":              func(n *domain.NewHousehold) { n.Address = " " },
			"members[0].id_number": func(n *domain.NewHousehold) { n.Members = []domain.FamilyMember{{Name: "张三", Relation: "户主"}} },
			"members[1].id_number": func(n *domain.NewHousehold) { n.Members[1].IDNumber = n.Members[0].IDNumber },
			"needs[0].measure":     func(n *domain.NewHousehold) { n.Needs = []domain.AidNeed{{Kind: "care"}} },
			"region_code":          func(n *domain.NewHousehold) { n.RegionCode = "410611" },
		} {
			_, err := w.RegisterHousehold(w.as(one), w.givenFamily(change))
			var known *apperr.Error
			if !errors.As(err, &known) || len(known.Fields) != 1 || known.Fields[0].Name != field {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

// Who reads a family's record, on what grounds, and what is written of it.
func TestOpenHousehold(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	f := w.planned()
	openings := func() int {
		return w.count(`SELECT count(*) FROM openings WHERE subject_id = $1 AND act = 'read'`, f.id)
	}
	another := officer("coordinator", countyPath)
	w.knows(another)

	t.Run("who has the case reads it, one line each", func(t *testing.T) {
		before := openings()
		got, err := w.OpenHousehold(w.as(f.keeper), f.id)
		w.must(err)
		if got.Family.Situation != canarySituation || got.Aid == nil || got.Aid.Plan.Goal != canaryGoal || !got.Consents[0].Good || openings()-before != 1 {
			t.Errorf("%+v", got)
		}
	})
	t.Run("who decides reads it while the plan waits", func(t *testing.T) {
		got, err := w.OpenHousehold(w.as(f.approver), f.id)
		w.must(err)
		if got.Ground.Basis != domain.BasisDecision || !got.Aid.MayApprove {
			t.Errorf("%+v", got.Ground)
		}
		w.must(w.AnswerAidCase(w.as(f.helper), f.aid, true))
		w.must(w.DecideAidCase(w.as(f.approver), f.aid, true, ""))
		_, err = w.OpenHousehold(w.as(f.approver), f.id)
		w.refuses(domain.ErrNoFamilyGround, err)
	})
	t.Run("nobody else does", func(t *testing.T) {
		before := openings()
		weak := f.keeper
		weak.Strong = false
		for name, who := range map[string]struct {
			as   auth.Principal
			want error
		}{
			"without a second factor":    {weak, auth.ErrSecondFactor},
			"who has not the case":       {another, domain.ErrNoFamilyGround},
			"of another county":          {officer("coordinator", otherPath), domain.ErrNoHousehold},
			"a viewer":                   {officer("viewer", cityPath), domain.ErrNoHousehold},
			"the helper, as an officer":  {auth.Principal{VolunteerID: f.helper.VolunteerID, Strong: true}, domain.ErrNoHousehold},
			"who lost the authority":     {auth.Principal{VolunteerID: f.keeper.VolunteerID, Strong: true}, domain.ErrNoHousehold},
			"nobody that is signed in":   {auth.Principal{}, auth.ErrSignedOut},
			"an officer for children of": {officer("child_care", countyPath), domain.ErrNoFamilyGround},
		} {
			if got, err := w.OpenHousehold(w.as(who.as), f.id); !errors.Is(err, who.want) || got.Family.Name != "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := openings() - before; n != 0 {
			t.Errorf("%d lines for readings that were refused", n)
		}
	})
	t.Run("a purpose about this family opens it, and no child; one about a region opens no family", func(t *testing.T) {
		childID, care := w.child(), officer("child_care", countyPath)
		w.knows(care)
		ask := func(as auth.Principal, query app.PurposeQuery) {
			query.Reason, query.Days = "走访前核对情况", 7
			purposeID, err := w.AskPurpose(w.as(as), query)
			w.must(err)
			w.must(w.DecidePurpose(w.as(officer("administrator", cityPath)), purposeID, true, ""))
		}
		ask(care, app.PurposeQuery{RegionCode: "410621"})
		_, err := w.OpenChild(w.as(care), childID)
		w.must(err)
		_, err = w.OpenHousehold(w.as(care), f.id)
		w.refuses(domain.ErrNoFamilyGround, err)

		ask(another, app.PurposeQuery{HouseholdID: f.id})
		got, err := w.OpenHousehold(w.as(another), f.id)
		w.must(err)
		if got.Ground.Basis != domain.BasisPurpose {
			t.Errorf("%+v", got.Ground)
		}
		fresh := officer("child_care", countyPath)
		ask(fresh, app.PurposeQuery{HouseholdID: f.id})
		_, err = w.OpenChild(w.as(fresh), childID)
		w.refuses(domain.ErrNoGround, err)
	})
	t.Run("who looked is answered", func(t *testing.T) {
		got, err := w.ListHouseholdOpenings(w.as(f.approver), f.id)
		w.must(err)
		seen := map[domain.Basis]bool{}
		for _, o := range got {
			seen[o.Basis] = true
		}
		if !seen[domain.BasisCase] || !seen[domain.BasisDecision] || !seen[domain.BasisPurpose] {
			t.Errorf("%+v", got)
		}
	})
	t.Run("the case goes to another, who reads it then", func(t *testing.T) {
		w.refuses(apperr.For("officer_id", domain.ErrNotKeeper), w.HandOverHousehold(w.as(f.keeper), f.id, f.approver.VolunteerID))
		w.refuses(domain.ErrNoCase, w.HandOverHousehold(w.as(another), f.id, another.VolunteerID))
		w.must(w.HandOverHousehold(w.as(f.keeper), f.id, another.VolunteerID))
		_, err := w.OpenHousehold(w.as(f.keeper), f.id)
		w.refuses(domain.ErrNoFamilyGround, err)
	})
}

// A helper sees the family only while the case runs, and each time is written down.
func TestHelper(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	f := w.planned()
	see := func() (app.HelpersFamily, error) { return w.OpenMyFamily(w.as(f.helper), f.aid) }

	_, err := see()
	w.refuses(domain.ErrAidState, err)
	mine, err := w.ListMyAidCases(w.as(f.helper))
	w.must(err)
	if len(mine) != 1 || mine[0].RegionName != "屯子镇码头村" {
		t.Errorf("%+v", mine)
	}
	w.refuses(domain.ErrAidAgreed, w.DecideAidCase(w.as(f.approver), f.aid, true, ""))
	w.must(w.AnswerAidCase(w.as(f.helper), f.aid, true))
	w.must(w.DecideAidCase(w.as(f.approver), f.aid, true, ""))
	w.must(w.ShutPairings(w.as(f.helper)))
	_, err = see()
	w.refuses(domain.ErrPINNeeded, err)
	w.refuses(domain.ErrPINNeeded, w.visited(f, f.helper))
	w.must(w.TypePIN(w.as(f.helper), "2580"))
	got, err := see()
	w.must(err)
	if got.Name != "张家" || got.Address != canaryAddress || len(got.Needs) != 2 || got.Plan.Goal != canaryGoal {
		t.Errorf("%+v", got)
	}
	if n := w.count(`SELECT count(*) FROM openings WHERE basis = 'helper' AND act = 'read' AND person_id = $1`, f.helper.VolunteerID); n != 1 {
		t.Errorf("%d lines", n)
	}
	_, err = w.OpenMyFamily(w.as(auth.Principal{VolunteerID: id.New()}), f.aid)
	w.refuses(domain.ErrNoAidCase, err)
	w.must(w.visited(f, f.helper))
	w.must(w.visited(f, f.keeper))
	w.refuses(domain.ErrNoAidCase, w.visited(f, auth.Principal{VolunteerID: id.New()}))
	w.refuses(domain.ErrNoAidCase, w.ClearHelperPIN(w.as(f.helper), f.aid)) // forgotten: who has the case lets her choose another
	w.must(w.ClearHelperPIN(w.as(f.keeper), f.aid))
	_, err = see()
	w.refuses(domain.ErrPINNeeded, err)
	w.must(w.SetPIN(w.as(f.helper), "8642"))
	if _, err := w.RecordAidVisit(w.as(f.helper), f.aid, domain.NewAidVisit{Way: "visit", Outcome: "nobody_home", VisitedAt: w.clock.Now()}); err != nil {
		t.Errorf("an attempt: %v", err)
	}
	if got, err := see(); err != nil || len(got.Visits) != 3 || got.Visits[2].Note != canaryAidVisit {
		t.Errorf("%+v, %v", got.Visits, err)
	}
	w.must(w.EndAidCase(w.as(f.keeper), f.aid, "goal_met"))
	_, err = see()
	w.refuses(domain.ErrAidState, err)
	w.refuses(domain.ErrAidOver, w.visited(f, f.helper))
	if w.told("aid.ended", f.helper.VolunteerID) != 1 || w.told("aid.asked", f.helper.VolunteerID) != 1 {
		t.Error("the helper was not told")
	}
}

// What the rules forbid the database refuses by itself, with a control beside each.
func TestAidGates(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	exec := func(statement string, args ...any) error {
		_, err := w.db.Owner(t).Exec(statement, args...)
		return err
	}
	const run = `UPDATE aid_cases SET state = 'running', state_at = $2, approved_by = $3, approved_at = $2, review_due_at = $2::timestamptz + interval '1 day' WHERE id = $1`
	now := w.clock.Now()

	t.Run("approval is another person's, also under another record", func(t *testing.T) {
		f, again := w.planned(), officer("coordinator", cityPath)
		w.must(w.AnswerAidCase(w.as(f.helper), f.aid, true))
		w.merges(again.VolunteerID, f.keeper.VolunteerID)
		w.refuses(domain.ErrAidPersons, w.DecideAidCase(w.as(again), f.aid, true, ""))
		w.refuses(domain.ErrAidPersons, w.DecideAidCase(w.as(f.keeper), f.aid, true, ""))
		for name, by := range map[string]string{"who registered": f.keeper.VolunteerID, "another record of hers": again.VolunteerID, "the helper": f.helper.VolunteerID} {
			if exec(run, f.aid, now, by) == nil {
				t.Errorf("approved by %s", name)
			}
		}
		w.must(exec(run, f.aid, now, f.approver.VolunteerID)) // control
	})
	t.Run("nothing runs without the helper's word, a plan or a consent", func(t *testing.T) {
		f := w.planned()
		if exec(run, f.aid, now, f.approver.VolunteerID) == nil {
			t.Error("it runs without the helper's word")
		}
		w.must(w.AnswerAidCase(w.as(f.helper), f.aid, true))
		w.must(exec(`UPDATE household_consents SET ends_at = $2 WHERE household_id = $1`, f.id, now.Add(time.Minute)))
		if exec(run, f.aid, now.Add(time.Hour), f.approver.VolunteerID) == nil {
			t.Error("it runs without a consent that is good")
		}
		w.must(exec(run, f.aid, now, f.approver.VolunteerID)) // control
	})
	t.Run("one family has one helper, also when two ask at once", func(t *testing.T) {
		f := w.registers()
		_, err := w.OpenAidCase(w.as(f.keeper), app.NewAidCase{HouseholdID: f.id, HelperID: id.New()})
		w.refuses(domain.ErrFamilyConsent, err)
		w.familyConsents(f)
		errs := make([]error, 8)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() {
				_, errs[i] = w.OpenAidCase(w.as(f.keeper), app.NewAidCase{HouseholdID: f.id, HelperID: id.New()})
			})
		}
		all.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !errors.Is(err, domain.ErrAidTwice) {
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d won", won)
		}
	})
	t.Run("who answers for a brigade is of it", func(t *testing.T) {
		f, brigade := w.registers(), id.New()
		w.familyConsents(f)
		n := app.NewAidCase{HouseholdID: f.id, HelperID: f.helper.VolunteerID, TeamID: brigade}
		_, err := w.OpenAidCase(w.as(f.keeper), n)
		w.refuses(domain.ErrAidTeam, err)
		w.inTx(func(q postgres.Querier) error {
			return w.LearnMemberships(t.Context(), q, []teamsv1.MembershipChanged{{MembershipID: id.New(), TeamID: brigade, VolunteerID: n.HelperID, Role: "leader", State: "active", Version: 1}})
		})
		_, err = w.OpenAidCase(w.as(f.keeper), n)
		w.must(err)
	})
	t.Run("a minor helps nobody", func(t *testing.T) {
		f := w.registers()
		w.familyConsents(f)
		young := id.New()
		w.inTx(func(q postgres.Querier) error {
			return w.LearnPeople(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: young, Minor: true, Version: 1}})
		})
		_, err := w.OpenAidCase(w.as(f.keeper), app.NewAidCase{HouseholdID: f.id, HelperID: young})
		w.refuses(domain.ErrAidHelper, err)
	})
	t.Run("a family is not closed under an open case, and its key not given to a helper of none", func(t *testing.T) {
		f := w.running()
		if exec(`UPDATE households SET state = 'consent_withdrawn' WHERE id = $1`, f.id) == nil {
			t.Error("closed under a case that runs")
		}
		const open = `SELECT open_vault(ARRAY[gen_random_uuid()], ARRAY[$1::uuid], $2, 'read', 'helper', $3, 'helper_page', $4)`
		w.must(exec(open, f.id, f.helper.VolunteerID, f.aid, now)) // control
		if exec(open, f.id, f.approver.VolunteerID, f.aid, now) == nil {
			t.Error("another person got the helper's key")
		}
		w.must(w.EndAidCase(w.as(f.keeper), f.aid, "moved"))
		if exec(open, f.id, f.helper.VolunteerID, f.aid, now) == nil {
			t.Error("the helper got the key after the end")
		}
	})
}

// The quarter's calendar, by the clock and through restarts.
func TestAidReviews(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	f := w.running() // on 24 November: the quarter ends in less than six weeks and is reviewed
	w.knows(officer("administrator", cityPath))
	at := func(year int, month time.Month, day int) {
		w.clock.SetTo(time.Date(year, month, day, 9, 0, 0, 0, clock.City))
		w.must(w.DoDuties(t.Context()))
		w.must(w.again().DoDuties(t.Context()))
	}
	told := func() [2]int {
		return [2]int{w.told("aid.review", f.keeper.VolunteerID), w.told("aid.review.late", f.keeper.VolunteerID)}
	}
	review := func() error {
		return w.ReviewAidCase(w.as(f.keeper), f.aid, app.NewAidReview{Result: "on_course", Note: "屋顶已经看过"})
	}

	w.refuses(domain.ErrAidEarly, review())
	at(2026, time.December, 10)
	if told() != [2]int{} {
		t.Errorf("early: %v", told())
	}
	for _, step := range []struct {
		year  int
		month time.Month
		day   int
		want  [2]int
	}{{2026, time.December, 18, [2]int{1, 0}}, {2027, time.January, 1, [2]int{2, 0}}, {2027, time.January, 20, [2]int{2, 1}}, {2027, time.March, 1, [2]int{2, 1}}} {
		if at(step.year, step.month, step.day); told() != step.want {
			t.Errorf("on %d-%d-%d: %v", step.year, step.month, step.day, told())
		}
	}
	if n := w.told("aid.review.late", f.approver.VolunteerID); n != 1 {
		t.Errorf("the administrator was told %d times", n)
	}
	w.must(review())
	var quarter string
	w.must(w.db.Owner(t).Get(&quarter, `SELECT quarter FROM aid_reviews`))
	due := w.count(`SELECT extract(month FROM review_due_at AT TIME ZONE 'Asia/Shanghai')::int FROM aid_cases WHERE id = $1`, f.aid)
	if quarter != "2026Q4" || due != 4 {
		t.Errorf("%s, due in month %d", quarter, due)
	}
	w.must(review()) // that of the first quarter, in its last month
	w.refuses(domain.ErrAidEarly, review())
}

// A withdrawal closes at once; time ends consents and erases; hours and lines stay.
func TestFamilyRetention(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	withdrawn, lapsed, never, held := w.running(), w.running(), w.registers(), w.registers()
	w.must(w.HoldHousehold(w.as(held.keeper), held.id, "等法院判决"))
	state := func(f family) (s string) {
		w.must(w.db.Owner(t).Get(&s, `SELECT state FROM households WHERE id = $1`, f.id))
		return s
	}

	w.must(w.WithdrawHouseholdConsent(w.as(withdrawn.keeper), withdrawn.id))
	if w.aidState(withdrawn) != "ended consent_withdrawn" {
		t.Error(w.aidState(withdrawn))
	}
	_, err := w.OpenMyFamily(w.as(withdrawn.helper), withdrawn.aid)
	w.refuses(domain.ErrAidState, err)
	_, err = w.OpenHousehold(w.as(withdrawn.approver), withdrawn.id)
	w.refuses(domain.ErrFamilyWithdrawn, err)
	if _, err := w.OpenHousehold(w.as(withdrawn.keeper), withdrawn.id); err != nil {
		t.Errorf("who carries it out: %v", err)
	}
	w.clock.SetTo(w.clock.Now().AddDate(0, 0, 91))
	w.must(w.DoDuties(t.Context()))
	if got := []string{state(withdrawn), state(lapsed), state(never), state(held)}; fmt.Sprint(got) != "[erased consented erased registered]" {
		t.Error(got)
	}
	_, err = w.OpenHousehold(w.as(withdrawn.keeper), withdrawn.id)
	w.refuses(domain.ErrErased, err)
	if n := w.count(`SELECT count(*) FROM household_papers WHERE household_id = $1`, never.id); n != 0 {
		t.Errorf("%d fingerprints of an erased family", n)
	}
	if got, err := w.ListHouseholdOpenings(w.as(withdrawn.approver), withdrawn.id); err != nil || len(got) == 0 {
		t.Errorf("who looked before: %v, %v", got, err)
	}
	w.clock.SetTo(w.clock.Now().AddDate(3, 0, 0))
	w.must(w.DoDuties(t.Context()))
	if w.aidState(lapsed) != "ended consent_ended" || state(lapsed) != "registered" {
		t.Errorf("%s, %s", w.aidState(lapsed), state(lapsed))
	}
}

// What is written of a family lies nowhere in the open.
func TestFamilyCanaries(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	f := w.running()
	w.must(w.visited(f, f.helper))
	dump := w.dump()
	for _, canary := range []string{canaryName, canaryAddress, canarySituation, canaryGoal, canaryAidVisit, "13900005678", "4106211970030", "张家"} {
		if bytes.Contains(dump, []byte(canary)) {
			t.Errorf("the dump says %s", canary)
		}
	}
	if !bytes.Contains(dump, []byte(f.id)) { // control
		t.Error("the dump is not of this database")
	}
	var bodies []string
	w.must(w.db.Owner(t).Select(&bodies, `SELECT body::text FROM outbox`))
	for _, body := range bodies {
		if bytes.Contains([]byte(body), []byte(f.id)) {
			t.Errorf("an event names the family: %s", body)
		}
	}
}
