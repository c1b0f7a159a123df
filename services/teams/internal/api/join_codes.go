package api

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// ListJoinCodes is GET /teams/{team_id}/join-codes.
func (h *api) ListJoinCodes(ctx context.Context, r gen.ListJoinCodesRequestObject) (gen.ListJoinCodesResponseObject, error) {
	codes, err := h.app.ListJoinCodes(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	items := make([]gen.JoinCode, len(codes))
	for i, c := range codes {
		items[i] = encodeJoinCode(c)
	}
	return gen.ListJoinCodes200JSONResponse{Items: items}, nil
}

// CreateJoinCode is POST /teams/{team_id}/join-codes.
func (h *api) CreateJoinCode(ctx context.Context, r gen.CreateJoinCodeRequestObject) (gen.CreateJoinCodeResponseObject, error) {
	made, err := h.app.MakeJoinCode(ctx, r.TeamID, time.Duration(r.Body.Hours)*time.Hour)
	return gen.CreateJoinCode201JSONResponse(encodeJoinCode(made)), err
}

// DeleteJoinCode is DELETE /teams/{team_id}/join-codes/{join_code_id}.
func (h *api) DeleteJoinCode(ctx context.Context, r gen.DeleteJoinCodeRequestObject) (gen.DeleteJoinCodeResponseObject, error) {
	return gen.DeleteJoinCode204Response{}, h.app.WithdrawJoinCode(ctx, r.TeamID, r.JoinCodeID)
}

// OpenJoinCode is POST /join-codes/open.
func (h *api) OpenJoinCode(ctx context.Context, r gen.OpenJoinCodeRequestObject) (gen.OpenJoinCodeResponseObject, error) {
	opened, err := h.app.OpenJoinCode(ctx, r.Body.Code)
	return gen.OpenJoinCode200JSONResponse{
		TeamID: opened.TeamID, TeamName: opened.TeamName, ExpiresAt: opened.ExpiresAt, Counts: opened.Counts,
		Member: opened.Mine == domain.MembershipActive,
	}, err
}

// UseJoinCode is POST /join-codes/use.
func (h *api) UseJoinCode(ctx context.Context, r gen.UseJoinCodeRequestObject) (gen.UseJoinCodeResponseObject, error) {
	done, err := h.app.UseJoinCode(ctx, r.Body.Code)
	return gen.UseJoinCode200JSONResponse(encodeSettled(done)), err
}

func encodeJoinCode(c app.GivenCode) gen.JoinCode {
	return gen.JoinCode{JoinCodeID: c.Code.ID, Code: c.Text, CreatedAt: c.Code.CreatedAt, ExpiresAt: c.Code.ExpiresAt, Uses: c.Code.Uses}
}
