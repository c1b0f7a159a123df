package api_test

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func init() {
	maps.Copy(rights, map[string][]int{
		"listHouseholds":           {200, 200, 200, 200, 200},
		"registerHousehold":        {422, 201, 422, 201, 422},
		"openHousehold":            {404, 403, 403, 403, 404}, // it takes the case, as all that changes a record
		"setHousehold":             {404, 403, 403, 403, 404},
		"handOverHousehold":        {404, 403, 204, 403, 404},
		"listHouseholdOfficers":    {404, 200, 200, 200, 404},
		"listHouseholdOpenings":    {404, 200, 200, 200, 404},
		"holdHousehold":            {404, 403, 403, 403, 404},
		"recordHouseholdConsent":   {404, 403, 403, 403, 404},
		"withdrawHouseholdConsent": {404, 403, 403, 403, 404},
		"openAidCase":              {404, 403, 403, 403, 404},

		"listAidCases":          {200, 200, 200, 200, 200},
		"listMyAidCases":        {200, 200, 200, 200, 200},
		"answerAidCase":         {404, 404, 404, 404, 404}, // the helper's
		"openMyFamily":          {404, 404, 404, 404, 404},
		"planAidCase":           {404, 403, 403, 403, 404},
		"decideAidCase":         {404, 204, 204, 204, 404},
		"recordAidVisit":        {404, 403, 403, 403, 404},
		"listBrigadeAidCases":   {200, 200, 200, 200, 200},
		"listHelperTeams":       {404, 200, 200, 200, 404},
		"countTeamAid":          {404, 404, 404, 404, 404}, // for who leads it
		"listAidVisitsToDecide": {200, 200, 200, 200, 200},
		"findAidVisits":         {200, 200, 200, 200, 200}, // each their own regions'
		"decideAidVisits":       {404, 204, 204, 204, 404},

		"reviewAidCase":  {404, 403, 403, 403, 404},
		"endAidCase":     {404, 403, 403, 403, 404},
		"clearHelperPin": {404, 403, 403, 403, 404},
	})
}

// Helpers whom teams know.
var helping, helpingToo = auth.Principal{VolunteerID: id.New(), SessionID: id.New()}, auth.Principal{VolunteerID: id.New()}

// aidVisit has the helper of a running case record a visit.
func (s *site) aidVisit(t testing.TB, aidCaseID string) string {
	t.Helper()
	_ = s.app.SetPIN(auth.With(t.Context(), helping), "2580") // another example may have cleared it
	visitID, err := s.app.RecordAidVisit(auth.With(t.Context(), helping), aidCaseID, domain.NewAidVisit{
		Way: "errand", Outcome: "done", VisitedAt: s.app.Now().Add(-time.Hour), Minutes: 20, Note: "取了药",
	})
	s.must(err)
	return visitID
}

// household registers a family in a county, with a consent.
func (s *site) household(t testing.TB, county string, by auth.Principal) string {
	t.Helper()
	ctx := auth.With(t.Context(), by)
	done, err := s.app.RegisterHousehold(ctx, domain.NewHousehold{RegionCode: county, HouseholdDetails: s.familyDetails()})
	s.must(err)
	_, err = s.app.RecordHouseholdConsent(ctx, done.HouseholdID, domain.NewPaper{
		FormNumber: "H" + done.HouseholdID[28:], GivenOn: "2026-11-20", Form: domain.ConsentForm{Witness: "李梅", Archive: "3 号柜"},
	})
	s.must(err)
	return done.HouseholdID
}

var familyPapers int

func (s *site) familyDetails() domain.HouseholdDetails {
	familyPapers++
	return domain.HouseholdDetails{Kinds: []string{"dibao"}, Family: domain.Family{
		Name: "张家", Phone: "13900001234", Address: "三组", Situation: "一人有病", Members: []domain.FamilyMember{{Name: "张三", Relation: "户主", IDNumber: fmt.Sprintf("41062119600901%04d", familyPapers)}},
	}}
}

// aid opens a case; planned, it waits, and running, it runs.
func (s *site) aid(t testing.TB, county string, by auth.Principal, to domain.AidState) string {
	t.Helper()
	ctx := auth.With(t.Context(), by)
	aidCaseID, err := s.app.OpenAidCase(ctx, app.NewAidCase{HouseholdID: s.household(t, county, by), HelperID: helping.VolunteerID})
	s.must(err)
	if to == domain.AidOpened {
		return aidCaseID
	}
	s.must(s.app.AnswerAidCase(auth.With(t.Context(), helping), aidCaseID, true))
	s.must(s.app.PlanAidCase(ctx, aidCaseID, domain.AidPlan{Goal: "修屋顶", Steps: []string{"看屋顶"}}))
	if to == domain.AidRunning {
		s.must(s.app.DecideAidCase(auth.With(t.Context(), careOf("4106/")), aidCaseID, true, ""))
	}
	return aidCaseID
}

// householdExamples are those of families and of who helps them.
func (s *site) householdExamples(successor auth.Principal) map[string]apitest.Operation {
	held := s.household(s.t, "410621", mine)
	foreign := map[string]string{"household_id": s.household(s.t, "410611", other)}
	foreignAid := map[string]string{"aid_case_id": s.aid(s.t, "410611", other, domain.AidRunning)}
	running := s.aid(s.t, "410621", mine, domain.AidRunning)
	s.must(s.app.SetPIN(auth.With(s.t.Context(), helping), examplePIN))
	brigade := id.New()
	s.must(s.db.InTx(s.t.Context(), func(q postgres.Querier) error {
		return s.app.LearnMemberships(s.t.Context(), q, []teamsv1.MembershipChanged{{MembershipID: id.New(), TeamID: brigade, VolunteerID: helping.VolunteerID, Role: "leader", State: "active", Version: 1}})
	}))
	theirs, err := s.app.OpenAidCase(auth.With(s.t.Context(), mine), app.NewAidCase{HouseholdID: s.household(s.t, "410621", mine), HelperID: helpingToo.VolunteerID})
	s.must(err)
	notHers := map[string]string{"aid_case_id": theirs}
	details := func() map[string]any {
		d := s.familyDetails()
		return map[string]any{
			"kinds": d.Kinds, "name": d.Name, "phone": d.Phone, "address": d.Address, "situation": d.Situation,
			"members": []any{map[string]any{"name": "张三", "relation": "户主", "id_number": d.Members[0].IDNumber}},
			"needs":   []any{map[string]any{"kind": "medical", "yuan": 3000}, map[string]any{"kind": "housing", "measure": "修屋顶"}},
		}
	}
	put := func(body any) func(testing.TB) apitest.Request {
		return func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: map[string]string{"household_id": held}, Body: body}
		}
	}
	fresh := func(t testing.TB) map[string]string {
		return map[string]string{"household_id": s.household(t, "410621", mine)}
	}
	at := func(t testing.TB, state domain.AidState) map[string]string {
		return map[string]string{"aid_case_id": s.aid(t, "410621", mine, state)}
	}
	forms := 0
	return map[string]apitest.Operation{
		"listHouseholds": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"registerHousehold": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Body: with(map[string]any{"region_code": "410621"}, details())}
		}},
		"openHousehold": {Good: put(nil), Foreign: foreign},
		"setHousehold": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: fresh(t), Body: details()}
		}, Foreign: foreign},
		"handOverHousehold": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: fresh(t), Body: map[string]any{"officer_id": successor.VolunteerID}}
		}, Foreign: map[string]string{"household_id": foreign["household_id"], "officer_id": other.VolunteerID}},
		"listHouseholdOfficers": {Good: put(nil), Foreign: foreign},
		"listHouseholdOpenings": {Good: put(nil), Foreign: foreign},
		"holdHousehold":         {Good: put(map[string]any{"reason": "等法院的判决"}), Foreign: foreign},
		"recordHouseholdConsent": {Good: func(t testing.TB) apitest.Request {
			forms++
			return put(map[string]any{"form_number": fmt.Sprintf("F-%d", forms), "given_on": "2026-11-20", "witness": "李梅", "archive": "3 号柜"})(t)
		}, Foreign: foreign},
		"withdrawHouseholdConsent": {Good: func(t testing.TB) apitest.Request { return apitest.Request{As: mine, Path: fresh(t)} }, Foreign: foreign},
		"openAidCase": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: fresh(t), Body: map[string]any{"helper_id": helping.VolunteerID, "team_id": brigade}}
		}, Foreign: map[string]string{"household_id": foreign["household_id"], "helper_id": id.New(), "team_id": id.New()}},

		"listAidCases":   {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"listMyAidCases": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: helping} }},
		"answerAidCase": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: helping, Path: at(t, domain.AidOpened), Body: map[string]any{"agreed": true}}
		}, Foreign: notHers},
		"openMyFamily": {Good: func(t testing.TB) apitest.Request {
			s.typesPIN(t, helping)
			return apitest.Request{As: helping, Path: map[string]string{"aid_case_id": running}}
		}, Foreign: notHers},
		"planAidCase": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: at(t, domain.AidOpened), Body: map[string]any{"goal": "修屋顶", "steps": []string{"看屋顶", "申请补助"}}}
		}, Foreign: foreignAid},
		"decideAidCase": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: careOf("4106/410621/"), Path: at(t, domain.AidPlanned), Body: map[string]any{"approved": true}}
		}, Also: []func(testing.TB) apitest.Request{func(t testing.TB) apitest.Request {
			return apitest.Request{As: careOf("4106/410621/"), Path: at(t, domain.AidPlanned), Body: map[string]any{"approved": false, "reason": "plan_unclear"}}
		}}, Foreign: foreignAid},
		"recordAidVisit": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: map[string]string{"aid_case_id": running}, Body: map[string]any{
				"way": "visit", "outcome": "done", "visited_at": s.app.Now().Add(-time.Hour).Format(time.RFC3339), "minutes": 45, "note": "送了药",
			}}
		}, Foreign: foreignAid},
		"listBrigadeAidCases": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: helpingToo} }},
		"listHelperTeams": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: map[string]string{"household_id": fresh(t)["household_id"], "volunteer_id": helping.VolunteerID}}
		}, Foreign: map[string]string{"household_id": foreign["household_id"], "volunteer_id": id.New()}},
		"countTeamAid": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: helping, Path: map[string]string{"team_id": brigade}}
		}, Foreign: map[string]string{"team_id": id.New()}},
		"listAidVisitsToDecide": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"findAidVisits": {Good: func(t testing.TB) apitest.Request {
			visitID := s.aidVisit(t, running)
			s.must(s.app.DecideAidVisits(auth.With(t.Context(), mine), []app.AidVisitDecision{{VisitID: visitID, Counts: true}}))
			var reference string
			s.must(s.db.Owner(t).Get(&reference, `SELECT reference FROM aid_visits WHERE id = $1`, visitID))
			return apitest.Request{As: mine, Path: map[string]string{"reference": reference}}
		}},
		"decideAidVisits": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Body: map[string]any{"decisions": []map[string]any{{"visit_id": s.aidVisit(t, running), "counts": false, "reason": "twice"}}}}
		}, Foreign: map[string]string{"decisions[0].visit_id": s.aidVisit(s.t, foreignAid["aid_case_id"])}},
		"reviewAidCase": {Good: func(t testing.TB) apitest.Request {
			path := at(t, domain.AidRunning)
			_, err := s.db.Owner(t).Exec(`UPDATE aid_cases SET review_due_at = '2026-12-01T00:00:00+08:00' WHERE id = $1`, path["aid_case_id"])
			s.must(err)
			return apitest.Request{As: mine, Path: path, Body: map[string]any{"result": "on_course", "note": "屋顶已经看过"}}
		}, Foreign: foreignAid},
		"clearHelperPin": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine, Path: notHers} }, Foreign: foreignAid},
		"endAidCase": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: at(t, domain.AidRunning), Body: map[string]any{"reason": "goal_met"}}
		}, Foreign: foreignAid},
	}
}
