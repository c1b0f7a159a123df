package api

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
)

// ListStaffGrants is GET /staff-grants.
func (h *api) ListStaffGrants(ctx context.Context, r gen.ListStaffGrantsRequestObject) (gen.ListStaffGrantsResponseObject, error) {
	lines, next, err := h.app.ListGrants(ctx, r.Params.Region, r.Params.State == "over", pageLength(r.Params.Limit), r.Params.After)
	if err != nil {
		return nil, err
	}
	items := make([]gen.StaffGrant, len(lines))
	for i, line := range lines {
		items[i] = h.encodeGrant(line)
	}
	return gen.ListStaffGrants200JSONResponse{Items: items, Next: next}, nil
}

// CreateStaffGrant is POST /staff-grants.
func (h *api) CreateStaffGrant(ctx context.Context, r gen.CreateStaffGrantRequestObject) (gen.CreateStaffGrantResponseObject, error) {
	line, err := h.app.GiveGrant(ctx, app.NewGrant{
		VolunteerID: r.Body.VolunteerID, Role: string(r.Body.Role), RegionCode: r.Body.RegionCode,
		From: r.Body.From, Until: r.Body.Until, Reason: r.Body.Reason,
	})
	if err != nil {
		return nil, err
	}
	return gen.CreateStaffGrant201JSONResponse(h.encodeGrant(line)), nil
}

// WithdrawStaffGrant is POST /staff-grants/{grant_id}/withdraw.
func (h *api) WithdrawStaffGrant(ctx context.Context, r gen.WithdrawStaffGrantRequestObject) (gen.WithdrawStaffGrantResponseObject, error) {
	line, err := h.app.WithdrawGrant(ctx, r.GrantID, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.WithdrawStaffGrant200JSONResponse(h.encodeGrant(line)), nil
}

// FindGrantCandidate is POST /grant-candidates/find.
func (h *api) FindGrantCandidate(ctx context.Context, r gen.FindGrantCandidateRequestObject) (gen.FindGrantCandidateResponseObject, error) {
	v, err := h.app.FindCandidate(ctx, r.Body.Typed)
	if err != nil {
		return nil, err
	}
	return gen.FindGrantCandidate200JSONResponse{VolunteerID: v.ID, Name: v.Name, Number: v.Number, PhoneMasked: v.Phone.Masked()}, nil
}

func (h *api) encodeGrant(g app.GrantLine) gen.StaffGrant {
	return gen.StaffGrant{
		GrantID: g.ID, VolunteerID: g.VolunteerID, Name: g.Name, Number: g.Number, Role: gen.StaffRole(g.Role),
		RegionCode: g.RegionCode, RegionName: g.RegionName, RegionPath: g.RegionPath,
		From: g.From, Until: g.Until, Reason: g.Reason, GivenByName: g.GrantedByName,
		EndedAt: g.EndedAt, EndedByName: g.EndedByName, EndReason: g.EndReason, State: grantState(g, h.app.Now()),
	}
}

func grantState(g app.GrantLine, now time.Time) gen.StaffGrantState {
	switch {
	case !g.EndedAt.IsZero():
		return "withdrawn"
	case g.Over(now):
		return "expired"
	case now.Before(g.From):
		return "coming"
	default:
		return "active"
	}
}
