package api_test

import (
	"maps"
	"testing"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func init() {
	maps.Copy(rights, map[string][]int{
		"applyAsCompanion":      {201, 201, 201, 201, 201}, // officers are volunteers too
		"getMyCompanion":        {200, 200, 200, 200, 200},
		"leaveCompanions":       {204, 204, 204, 204, 204},
		"signConduct":           {409, 409, 409, 409, 409}, // what all of them have left
		"listCompanions":        {200, 200, 200, 200, 200},
		"openCompanion":         {404, 404, 404, 200, 404},
		"listCompanionOpenings": {404, 404, 200, 200, 404},
		"askOffenceCheck":       {404, 404, 404, 204, 404},
		"recordEvidence":        {404, 201, 201, 201, 404},
		"decideCompanion":       {404, 404, 404, 204, 404},
	})
}

// companion lets somebody apply in a county.
func (s *site) companion(t testing.TB, county string, who auth.Principal) string {
	t.Helper()
	companionID, err := s.app.ApplyAsCompanion(auth.With(t.Context(), who), app.Application{RegionCode: county, About: "想陪孩子读书"})
	s.must(err)
	return companionID
}

// companionExamples has a good request for each operation on companion parents.
func companionExamples(s *site) map[string]apitest.Operation {
	someone := func() auth.Principal { return auth.Principal{VolunteerID: id.New()} }
	fresh := func(t testing.TB) map[string]string {
		return map[string]string{"companion_id": s.companion(t, "410621", someone())}
	}
	foreign := map[string]string{"companion_id": s.companion(s.t, "410611", someone())}
	applied := func(t testing.TB) auth.Principal {
		who := someone()
		s.companion(t, "410621", who)
		return who
	}
	return map[string]apitest.Operation{
		"applyAsCompanion": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: someone(), Body: map[string]any{"region_code": "410621", "about": "退休了，想陪孩子写作业"}}
		}},
		"getMyCompanion": {Good: func(t testing.TB) apitest.Request { return apitest.Request{As: applied(t)} }, Also: []func(testing.TB) apitest.Request{
			func(testing.TB) apitest.Request { return apitest.Request{As: someone()} },
		}},
		"leaveCompanions": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: applied(t), Body: map[string]any{"reason": "moved"}}
		}},
		"signConduct": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: applied(t), Body: map[string]any{"version": 1}}
		}},
		"listCompanions":        {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"openCompanion":         {Good: func(t testing.TB) apitest.Request { return apitest.Request{As: mine, Path: fresh(t)} }, Foreign: foreign},
		"listCompanionOpenings": {Good: func(t testing.TB) apitest.Request { return apitest.Request{As: mine, Path: fresh(t)} }, Foreign: foreign},
		"askOffenceCheck": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: fresh(t)}
		}, Foreign: foreign},
		"recordEvidence": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: fresh(t), Body: map[string]any{"kind": "interview", "passed": true, "held_on": "2026-11-23", "note": "有耐心，家人支持"}}
		}, Foreign: foreign},
		"decideCompanion": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: fresh(t), Body: map[string]any{"approved": false, "reason": "no_child_waits"}}
		}, Foreign: foreign},
	}
}
