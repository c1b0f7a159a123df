package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

// OpenAidCase is POST /households/{household_id}/aid-cases.
func (h handlers) OpenAidCase(ctx context.Context, r gen.OpenAidCaseRequestObject) (gen.OpenAidCaseResponseObject, error) {
	aidCaseID, err := h.app.OpenAidCase(ctx, app.NewAidCase{HouseholdID: r.HouseholdID, HelperID: r.Body.HelperID, TeamID: r.Body.TeamID})
	if err != nil {
		return nil, err
	}
	return gen.OpenAidCase201JSONResponse{AidCaseID: aidCaseID}, nil
}

// ListAidCases is GET /aid-cases.
func (h handlers) ListAidCases(ctx context.Context, r gen.ListAidCasesRequestObject) (gen.ListAidCasesResponseObject, error) {
	cases, next, err := h.app.ListAidCases(ctx, app.ListQuery{After: r.Params.After, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	list := listedAid(cases)
	list.Next = next
	for i, c := range cases {
		list.Items[i].HouseholdID = c.HouseholdID
	}
	return gen.ListAidCases200JSONResponse(list), nil
}

// ListMyAidCases is GET /aid-cases/mine.
func (h handlers) ListMyAidCases(ctx context.Context, _ gen.ListMyAidCasesRequestObject) (gen.ListMyAidCasesResponseObject, error) {
	cases, err := h.app.ListMyAidCases(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListMyAidCases200JSONResponse(listedAid(cases)), nil
}

func listedAid(cases []app.ListedAidCase) gen.AidCaseList {
	list := gen.AidCaseList{Items: make([]gen.ListedAidCase, len(cases))}
	for i, c := range cases {
		list.Items[i] = gen.ListedAidCase{
			AidCaseID: c.ID, HouseholdNumber: c.Number, RegionName: c.RegionName, HelperName: c.HelperName, State: gen.AidState(c.State), StateAt: c.StateAt,
			Agreed: !c.AgreedAt.IsZero(), ReviewDueAt: c.ReviewDueAt, EndedFor: c.EndedFor,
		}
	}
	return list
}

func aidView(v app.AidView) gen.AidView {
	view := gen.AidView{
		AidCaseID: v.ID, State: gen.AidState(v.State), HelperName: v.HelperName, ByBrigade: v.TeamID != "", TeamName: v.TeamName, Agreed: !v.AgreedAt.IsZero(), MayApprove: v.MayApprove,
		RefusedFor: v.RefusedFor, ReviewDueAt: v.ReviewDueAt, EndedFor: v.EndedFor, Plan: planOf(v.Plan), Visits: visitsOf(v.Visits),
		Reviews: make([]gen.AidReview, len(v.Reviews)),
	}
	if v.State == domain.AidRunning {
		view.Quarter = v.Quarter()
	}
	for i, r := range v.Reviews {
		view.Reviews[i] = gen.AidReview{Quarter: r.Quarter, Result: gen.ReviewResult(r.Result), Note: r.Note, ByName: r.ByName, ReviewedAt: r.ReviewedAt}
	}
	return view
}

func planOf(p domain.AidPlan) gen.AidPlan {
	return gen.AidPlan{Goal: p.Goal, Steps: append([]string{}, p.Steps...)}
}

func visitsOf(visits []app.ReadVisit) []gen.AidVisit {
	all := make([]gen.AidVisit, len(visits))
	for i, v := range visits {
		all[i] = gen.AidVisit{
			Way: gen.VisitWay(v.Way), Outcome: gen.VisitOutcome(v.Outcome), VisitedAt: v.VisitedAt, Minutes: v.Minutes, Note: v.Note, ByName: v.ByName,
			State: gen.VisitState(v.State), Reason: gen.ContactReason(v.Reason), Reference: v.Reference,
		}
	}
	return all
}

// AnswerAidCase is PUT /aid-cases/{aid_case_id}/answer.
func (h handlers) AnswerAidCase(ctx context.Context, r gen.AnswerAidCaseRequestObject) (gen.AnswerAidCaseResponseObject, error) {
	if err := h.app.AnswerAidCase(ctx, r.AidCaseID, r.Body.Agreed); err != nil {
		return nil, err
	}
	return gen.AnswerAidCase204Response{}, nil
}

// OpenMyFamily is GET /aid-cases/{aid_case_id}/family.
func (h handlers) OpenMyFamily(ctx context.Context, r gen.OpenMyFamilyRequestObject) (gen.OpenMyFamilyResponseObject, error) {
	f, err := h.app.OpenMyFamily(ctx, r.AidCaseID)
	if err != nil {
		return nil, err
	}
	return gen.OpenMyFamily200JSONResponse{
		AidCaseID: f.ID, RegionName: f.RegionName, Name: f.Name, Address: f.Address, Needs: needsOf(f.Needs), Plan: planOf(f.Plan), Visits: visitsOf(f.Visits),
	}, nil
}

// PlanAidCase is PUT /aid-cases/{aid_case_id}/plan.
func (h handlers) PlanAidCase(ctx context.Context, r gen.PlanAidCaseRequestObject) (gen.PlanAidCaseResponseObject, error) {
	if err := h.app.PlanAidCase(ctx, r.AidCaseID, domain.AidPlan{Goal: r.Body.Goal, Steps: r.Body.Steps}); err != nil {
		return nil, err
	}
	return gen.PlanAidCase204Response{}, nil
}

// DecideAidCase is PUT /aid-cases/{aid_case_id}/decision.
func (h handlers) DecideAidCase(ctx context.Context, r gen.DecideAidCaseRequestObject) (gen.DecideAidCaseResponseObject, error) {
	if err := h.app.DecideAidCase(ctx, r.AidCaseID, r.Body.Approved, string(r.Body.Reason)); err != nil {
		return nil, err
	}
	return gen.DecideAidCase204Response{}, nil
}

// RecordAidVisit is POST /aid-cases/{aid_case_id}/visits.
func (h handlers) RecordAidVisit(ctx context.Context, r gen.RecordAidVisitRequestObject) (gen.RecordAidVisitResponseObject, error) {
	visitID, err := h.app.RecordAidVisit(ctx, r.AidCaseID, domain.NewAidVisit{
		Way: string(r.Body.Way), Outcome: string(r.Body.Outcome), VisitedAt: r.Body.VisitedAt, Minutes: r.Body.Minutes, Note: r.Body.Note,
	})
	if err != nil {
		return nil, err
	}
	return gen.RecordAidVisit201JSONResponse{VisitID: visitID}, nil
}

// ReviewAidCase is POST /aid-cases/{aid_case_id}/reviews.
func (h handlers) ReviewAidCase(ctx context.Context, r gen.ReviewAidCaseRequestObject) (gen.ReviewAidCaseResponseObject, error) {
	if err := h.app.ReviewAidCase(ctx, r.AidCaseID, app.NewAidReview{Result: string(r.Body.Result), Note: r.Body.Note}); err != nil {
		return nil, err
	}
	return gen.ReviewAidCase204Response{}, nil
}

// EndAidCase is PUT /aid-cases/{aid_case_id}/end.
func (h handlers) EndAidCase(ctx context.Context, r gen.EndAidCaseRequestObject) (gen.EndAidCaseResponseObject, error) {
	if err := h.app.EndAidCase(ctx, r.AidCaseID, string(r.Body.Reason)); err != nil {
		return nil, err
	}
	return gen.EndAidCase204Response{}, nil
}

// ClearHelperPin is DELETE /aid-cases/{aid_case_id}/pin.
func (h handlers) ClearHelperPin(ctx context.Context, r gen.ClearHelperPinRequestObject) (gen.ClearHelperPinResponseObject, error) {
	if err := h.app.ClearHelperPIN(ctx, r.AidCaseID); err != nil {
		return nil, err
	}
	return gen.ClearHelperPin204Response{}, nil
}
