package api

import (
	"context"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// SubmitTeam is POST /teams/{team_id}/submit.
func (h *api) SubmitTeam(ctx context.Context, r gen.SubmitTeamRequestObject) (gen.SubmitTeamResponseObject, error) {
	v, err := h.app.SubmitTeam(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	return gen.SubmitTeam200JSONResponse(encodeTeam(v)), nil
}

// ApproveTeam is POST /teams/{team_id}/approve.
func (h *api) ApproveTeam(ctx context.Context, r gen.ApproveTeamRequestObject) (gen.ApproveTeamResponseObject, error) {
	v, err := h.app.ApproveTeam(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	return gen.ApproveTeam200JSONResponse(encodeTeam(v)), nil
}

// ReturnTeam is POST /teams/{team_id}/return.
func (h *api) ReturnTeam(ctx context.Context, r gen.ReturnTeamRequestObject) (gen.ReturnTeamResponseObject, error) {
	v, err := h.app.ReturnTeam(ctx, r.TeamID, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.ReturnTeam200JSONResponse(encodeTeam(v)), nil
}

// SuspendTeam is POST /teams/{team_id}/suspend.
func (h *api) SuspendTeam(ctx context.Context, r gen.SuspendTeamRequestObject) (gen.SuspendTeamResponseObject, error) {
	v, err := h.app.SuspendTeam(ctx, r.TeamID, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.SuspendTeam200JSONResponse(encodeTeam(v)), nil
}

// ResumeTeam is POST /teams/{team_id}/resume.
func (h *api) ResumeTeam(ctx context.Context, r gen.ResumeTeamRequestObject) (gen.ResumeTeamResponseObject, error) {
	v, err := h.app.ResumeTeam(ctx, r.TeamID, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.ResumeTeam200JSONResponse(encodeTeam(v)), nil
}

// DissolveTeam is POST /teams/{team_id}/dissolve.
func (h *api) DissolveTeam(ctx context.Context, r gen.DissolveTeamRequestObject) (gen.DissolveTeamResponseObject, error) {
	v, err := h.app.DissolveTeam(ctx, r.TeamID, r.Body.SuccessorID, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.DissolveTeam200JSONResponse(encodeTeam(v)), nil
}

// PutTeamLeader is PUT /teams/{team_id}/leader.
func (h *api) PutTeamLeader(ctx context.Context, r gen.PutTeamLeaderRequestObject) (gen.PutTeamLeaderResponseObject, error) {
	v, err := h.app.AppointLeader(ctx, r.TeamID, r.Body.VolunteerID, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.PutTeamLeader200JSONResponse(encodeTeam(v)), nil
}

// CreateHandover is POST /teams/{team_id}/handover.
func (h *api) CreateHandover(ctx context.Context, r gen.CreateHandoverRequestObject) (gen.CreateHandoverResponseObject, error) {
	v, err := h.app.HandOver(ctx, r.TeamID, r.Body.VolunteerID)
	if err != nil {
		return nil, err
	}
	return gen.CreateHandover201JSONResponse(encodeTeam(v)), nil
}

// DeleteHandover is DELETE /teams/{team_id}/handover.
func (h *api) DeleteHandover(ctx context.Context, r gen.DeleteHandoverRequestObject) (gen.DeleteHandoverResponseObject, error) {
	v, err := h.app.WithdrawHandover(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	return gen.DeleteHandover200JSONResponse(encodeTeam(v)), nil
}

// AcceptHandover is POST /teams/{team_id}/handover/accept.
func (h *api) AcceptHandover(ctx context.Context, r gen.AcceptHandoverRequestObject) (gen.AcceptHandoverResponseObject, error) {
	v, err := h.app.AcceptHandover(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	return gen.AcceptHandover200JSONResponse(encodeTeam(v)), nil
}

// DeclineHandover is POST /teams/{team_id}/handover/decline.
func (h *api) DeclineHandover(ctx context.Context, r gen.DeclineHandoverRequestObject) (gen.DeclineHandoverResponseObject, error) {
	if err := h.app.DeclineHandover(ctx, r.TeamID); err != nil {
		return nil, err
	}
	return gen.DeclineHandover204Response{}, nil
}

// ApproveTeams is POST /team-approvals.
func (h *api) ApproveTeams(ctx context.Context, r gen.ApproveTeamsRequestObject) (gen.ApproveTeamsResponseObject, error) {
	done, err := h.app.ApproveTeams(ctx, app.Batch{TeamIDs: r.Body.TeamIds, RegionCode: r.Body.RegionCode})
	if err != nil {
		return nil, err
	}
	refused := make([]gen.RefusedApproval, len(done.Refused))
	for i, one := range done.Refused {
		refused[i] = gen.RefusedApproval{TeamID: one.TeamID, Name: one.Name, Code: one.Code}
	}
	return gen.ApproveTeams200JSONResponse{Approved: done.Approved, More: done.More, Refused: refused}, nil
}

// ListTeamCategories is GET /team-categories.
func (h *api) ListTeamCategories(ctx context.Context, _ gen.ListTeamCategoriesRequestObject) (gen.ListTeamCategoriesResponseObject, error) {
	categories, err := h.app.ListTeamCategories(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListTeamCategories200JSONResponse(encodeCategories(categories)), nil
}

// PutTeamCategory is PUT /team-categories/{code}.
func (h *api) PutTeamCategory(ctx context.Context, r gen.PutTeamCategoryRequestObject) (gen.PutTeamCategoryResponseObject, error) {
	categories, err := h.app.PutTeamCategory(ctx, r.Code, r.Body.Name, r.Body.Retired)
	if err != nil {
		return nil, err
	}
	return gen.PutTeamCategory200JSONResponse(encodeCategories(categories)), nil
}

func encodeCategories(categories []domain.TeamCategory) gen.TeamCategories {
	out := gen.TeamCategories{Items: make([]gen.TeamCategory, len(categories))}
	for i, c := range categories {
		out.Items[i] = gen.TeamCategory{Code: c.Code, Name: c.Name}
		if !c.RetiredOn.IsZero() {
			out.Items[i].RetiredOn = openapi_types.Date{Time: c.RetiredOn}
		}
	}
	return out
}
