package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
)

// AskPurpose is POST /purposes.
func (h handlers) AskPurpose(ctx context.Context, r gen.AskPurposeRequestObject) (gen.AskPurposeResponseObject, error) {
	purposeID, err := h.app.AskPurpose(ctx, app.PurposeQuery{
		RegionCode: r.Body.RegionCode, ChildID: r.Body.ChildID, HouseholdID: r.Body.HouseholdID, Reason: r.Body.Reason, Days: r.Body.Days,
	})
	if err != nil {
		return nil, err
	}
	return gen.AskPurpose201JSONResponse{PurposeID: purposeID}, nil
}

// ListPurposes is GET /purposes.
func (h handlers) ListPurposes(ctx context.Context, r gen.ListPurposesRequestObject) (gen.ListPurposesResponseObject, error) {
	purposes, next, err := h.app.ListPurposes(ctx, app.ListQuery{After: r.Params.After, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	list := gen.PurposeList{Items: make([]gen.Purpose, len(purposes)), Next: next}
	for i, p := range purposes {
		list.Items[i] = gen.Purpose{
			PurposeID: p.ID, OfficerName: p.OfficerName, Emergency: p.Emergency, RegionName: p.RegionName, OneChild: p.ChildID != "", OneFamily: p.HouseholdID != "", Reason: p.Reason,
			AskedAt: p.AskedAt, EndsAt: p.EndsAt, Decided: p.DecidedBy != "", Approved: p.Approved, Answer: p.Answer,
			DecidedBy: p.DecidedByName, DecidedAt: p.DecidedAt, Good: p.Good, MayDecide: p.MayDecide,
		}
	}
	return gen.ListPurposes200JSONResponse(list), nil
}

// DecidePurpose is PUT /purposes/{purpose_id}/decision.
func (h handlers) DecidePurpose(ctx context.Context, r gen.DecidePurposeRequestObject) (gen.DecidePurposeResponseObject, error) {
	if err := h.app.DecidePurpose(ctx, r.PurposeID, r.Body.Approved, r.Body.Answer); err != nil {
		return nil, err
	}
	return gen.DecidePurpose204Response{}, nil
}

// OpenInEmergency is POST /children/{child_id}/emergencies.
func (h handlers) OpenInEmergency(ctx context.Context, r gen.OpenInEmergencyRequestObject) (gen.OpenInEmergencyResponseObject, error) {
	if err := h.app.OpenInEmergency(ctx, r.ChildID, r.Body.Reason); err != nil {
		return nil, err
	}
	return gen.OpenInEmergency204Response{}, nil
}

// GetLogCheckpoint is GET /log/checkpoint.
func (h handlers) GetLogCheckpoint(ctx context.Context, _ gen.GetLogCheckpointRequestObject) (gen.GetLogCheckpointResponseObject, error) {
	c, err := h.app.LastCheckpoint(ctx)
	if err != nil {
		return nil, err
	}
	return gen.GetLogCheckpoint200JSONResponse{Note: c.Note, SignedAt: c.SignedAt, Keys: h.app.PublicKeys()}, nil
}
