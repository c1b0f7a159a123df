package api_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func init() {
	maps.Copy(rights, map[string][]int{
		"setOffers":        {409, 409, 409, 409, 409}, // all of them have left
		"runMatching":      {422, 422, 422, 201, 422},
		"listMatchingRuns": {200, 200, 200, 200, 200}, // for most of them none
		"listMatchedPairs": {404, 404, 404, 200, 404},
		"acceptPair":       {404, 404, 404, 201, 404},
		"refusePair":       {404, 404, 404, 204, 404},
	})
}

var townships int

// suggested is a run over a township of its own, in which one child waits, its pair, and a
// brigade in which the companion parent is.
func (s *site) suggested(t testing.TB, county string, as auth.Principal) (runID, pairID, teamID string) {
	t.Helper()
	townships++
	code := fmt.Sprintf("%s%03d", county, townships)
	s.must(s.db.InTx(t.Context(), func(q postgres.Querier) error {
		return s.app.LearnRegions(t.Context(), q, []teamsv1.RegionChanged{{Code: code, Name: "某镇", Path: "4106/" + county + "/" + code + "/", Version: 1}})
	}))
	s.approvedCompanion(t, county)
	childID := s.waitingChild(t, code, as)
	ctx := auth.With(t.Context(), as)
	runID, err := s.app.RunMatching(ctx, app.MatchingQuery{RegionCode: code, RelaxSex: true})
	s.must(err)
	pairs, err := s.app.ListMatchedPairs(ctx, runID, 0)
	s.must(err)
	if len(pairs) != 1 || pairs[0].ChildID != childID || pairs[0].CompanionID == "" {
		t.Fatalf("%+v", pairs)
	}
	teamID = id.New()
	s.must(s.db.InTx(t.Context(), func(q postgres.Querier) error {
		return s.app.LearnMemberships(t.Context(), q, []teamsv1.MembershipChanged{{
			MembershipID: id.New(), TeamID: teamID, VolunteerID: pairs[0].VolunteerID, Role: "member", State: "active", Version: 1,
		}})
	}))
	return runID, pairs[0].ID, teamID
}

// matchingExamples has a good request for each operation of matching.
func matchingExamples(s *site) map[string]apitest.Operation {
	run, _, _ := s.suggested(s.t, "410621", mine)
	foreignRun, foreignPair, _ := s.suggested(s.t, "410611", other)
	one, two := careOf("4106/410621/"), careOf("4106/410621/")
	s.knowsOfficers("410621", one, two)
	pair := func(t testing.TB) map[string]string {
		_, pairID, _ := s.suggested(t, "410621", mine)
		return map[string]string{"pair_id": pairID}
	}
	return map[string]apitest.Operation{
		"setOffers": {Good: func(t testing.TB) apitest.Request {
			who := auth.Principal{VolunteerID: id.New()}
			s.companion(t, "410621", who)
			return apitest.Request{As: who, Body: map[string]any{"offers": []string{"study", "company"}}}
		}},
		"runMatching": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Body: map[string]any{"region_code": "410621", "relax_sex": false}}
		}},
		"listMatchingRuns": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"listMatchedPairs": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: map[string]string{"run_id": run}}
		}, Foreign: map[string]string{"run_id": foreignRun}},
		"acceptPair": {Good: func(t testing.TB) apitest.Request {
			_, pairID, teamID := s.suggested(t, "410621", mine)
			return apitest.Request{As: mine, Path: map[string]string{"pair_id": pairID}, Body: map[string]any{
				"supervisor_id": one.VolunteerID, "deputy_id": two.VolunteerID, "team_id": teamID, "sex_reason": "family_agrees",
			}}
		}, Foreign: map[string]string{"pair_id": foreignPair, "supervisor_id": other.VolunteerID, "deputy_id": other.VolunteerID, "team_id": id.New()}},
		"refusePair": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: pair(t), Body: map[string]any{"reason": "too_far"}}
		}, Foreign: map[string]string{"pair_id": foreignPair}},
	}
}
