package api

import (
	"context"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

// ApplyAsCompanion is POST /companions.
func (h handlers) ApplyAsCompanion(ctx context.Context, r gen.ApplyAsCompanionRequestObject) (gen.ApplyAsCompanionResponseObject, error) {
	companionID, err := h.app.ApplyAsCompanion(ctx, app.Application{RegionCode: r.Body.RegionCode, About: r.Body.About})
	if err != nil {
		return nil, err
	}
	return gen.ApplyAsCompanion201JSONResponse{CompanionID: companionID}, nil
}

// GetMyCompanion is GET /companions/mine.
func (h handlers) GetMyCompanion(ctx context.Context, _ gen.GetMyCompanionRequestObject) (gen.GetMyCompanionResponseObject, error) {
	m, err := h.app.GetMyCompanion(ctx)
	if err != nil {
		return nil, err
	}
	return gen.GetMyCompanion200JSONResponse{
		Minor: m.Minor, CompanionID: m.ID, State: gen.CompanionState(m.State), StateSince: m.StateSince, Reason: m.Reason, RegionName: m.RegionName, AppliedAt: m.AppliedAt,
		Offers: m.Offers, Gates: h.gatesOf(m.Gates), Interviews: m.Interviews, OffenceAsked: m.OffenceAsked,
		Code: gen.ConductCode{Version: m.Code.Version, Zh: m.Code.ZH, En: m.Code.EN},
	}, nil
}

func (h handlers) gatesOf(gates domain.Gates) []gen.Gate {
	now := h.app.Now()
	all := make([]gen.Gate, len(gates))
	for i, g := range gates {
		all[i] = gen.Gate{Name: gen.GateName(g.Name), Good: g.Good(now), GoodUntil: g.GoodUntil}
	}
	return all
}

// SignConduct is PUT /companions/mine/signature.
func (h handlers) SignConduct(ctx context.Context, r gen.SignConductRequestObject) (gen.SignConductResponseObject, error) {
	if err := h.app.SignConduct(ctx, r.Body.Version); err != nil {
		return nil, err
	}
	return gen.SignConduct204Response{}, nil
}

// LeaveCompanions is PUT /companions/mine/leaving.
func (h handlers) LeaveCompanions(ctx context.Context, r gen.LeaveCompanionsRequestObject) (gen.LeaveCompanionsResponseObject, error) {
	if err := h.app.LeaveCompanions(ctx, string(r.Body.Reason)); err != nil {
		return nil, err
	}
	return gen.LeaveCompanions204Response{}, nil
}

// ListCompanions is GET /companions.
func (h handlers) ListCompanions(ctx context.Context, r gen.ListCompanionsRequestObject) (gen.ListCompanionsResponseObject, error) {
	page, err := h.app.ListCompanions(ctx, app.ListQuery{Part: string(r.Params.Part), After: r.Params.After, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	c := page.Counts
	list := gen.CompanionList{
		Items: make([]gen.ListedCompanion, len(page.Items)), Next: page.Next,
		Counts: gen.CompanionCounts{Due: c["due"], Ending: c["ending"], Approved: c["approved"], Over: c["over"]},
	}
	for i, c := range page.Items {
		list.Items[i] = h.companionOf(c)
	}
	return gen.ListCompanions200JSONResponse(list), nil
}

func (h handlers) companionOf(c app.ListedCompanion) gen.ListedCompanion {
	return gen.ListedCompanion{
		CompanionID: c.ID, VolunteerID: c.VolunteerID, Name: c.Name, RegionName: c.RegionName, State: gen.CompanionState(c.State), StateSince: c.StateSince,
		Reason: c.Reason, AppliedAt: c.AppliedAt, Gates: h.gatesOf(c.Gates), Interviews: c.Interviews, OffenceAsked: c.OffenceAsked,
		EndsFirst: c.EndsFirst, Reads: c.Reads, MayApprove: c.MayApprove,
	}
}

// OpenCompanion is GET /companions/{companion_id}.
func (h handlers) OpenCompanion(ctx context.Context, r gen.OpenCompanionRequestObject) (gen.OpenCompanionResponseObject, error) {
	o, err := h.app.OpenCompanion(ctx, r.CompanionID)
	if err != nil {
		return nil, err
	}
	evidence := make([]gen.Evidence, len(o.Evidence))
	for i, e := range o.Evidence {
		evidence[i] = gen.Evidence{
			Kind: gen.EvidenceKind(e.Kind), ByName: e.ByName, Passed: e.Passed, HeldOn: openapi_types.Date{Time: e.HeldOn}, GoodUntil: e.GoodUntil,
			CodeVersion: e.CodeVersion, Note: e.Note, Archive: e.Archive,
		}
	}
	return gen.OpenCompanion200JSONResponse{Listed: h.companionOf(o.ListedCompanion), About: o.About, Evidence: evidence}, nil
}

// AskOffenceCheck is PUT /companions/{companion_id}/offence-check.
func (h handlers) AskOffenceCheck(ctx context.Context, r gen.AskOffenceCheckRequestObject) (gen.AskOffenceCheckResponseObject, error) {
	if err := h.app.AskOffenceCheck(ctx, r.CompanionID); err != nil {
		return nil, err
	}
	return gen.AskOffenceCheck204Response{}, nil
}

// RecordEvidence is POST /companions/{companion_id}/evidence.
func (h handlers) RecordEvidence(ctx context.Context, r gen.RecordEvidenceRequestObject) (gen.RecordEvidenceResponseObject, error) {
	evidenceID, err := h.app.RecordEvidence(ctx, r.CompanionID, domain.NewEvidence{
		Kind: string(r.Body.Kind), Passed: r.Body.Passed, HeldOn: r.Body.HeldOn.Format(time.DateOnly),
		EvidenceNote: domain.EvidenceNote{Note: r.Body.Note, Archive: r.Body.Archive},
	})
	if err != nil {
		return nil, err
	}
	return gen.RecordEvidence201JSONResponse{EvidenceID: evidenceID}, nil
}

// DecideCompanion is PUT /companions/{companion_id}/decision.
func (h handlers) DecideCompanion(ctx context.Context, r gen.DecideCompanionRequestObject) (gen.DecideCompanionResponseObject, error) {
	if err := h.app.DecideCompanion(ctx, r.CompanionID, r.Body.Approved, string(r.Body.Reason)); err != nil {
		return nil, err
	}
	return gen.DecideCompanion204Response{}, nil
}
