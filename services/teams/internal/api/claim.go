package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// CreateTeamClaimLink is POST /teams/{team_id}/claim-links.
func (h *api) CreateTeamClaimLink(ctx context.Context, r gen.CreateTeamClaimLinkRequestObject) (gen.CreateTeamClaimLinkResponseObject, error) {
	made, err := h.app.CreateTeamClaimLink(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	return gen.CreateTeamClaimLink201JSONResponse(encodeClaimLink(made)), nil
}

// CreateClaimLink is POST /volunteers/{volunteer_id}/claim-links.
func (h *api) CreateClaimLink(ctx context.Context, r gen.CreateClaimLinkRequestObject) (gen.CreateClaimLinkResponseObject, error) {
	made, err := h.app.CreateClaimLink(ctx, r.VolunteerID)
	if err != nil {
		return nil, err
	}
	return gen.CreateClaimLink201JSONResponse(encodeClaimLink(made)), nil
}

// OpenClaimLink is POST /claim-links/open.
func (h *api) OpenClaimLink(ctx context.Context, r gen.OpenClaimLinkRequestObject) (gen.OpenClaimLinkResponseObject, error) {
	open, err := h.app.OpenClaimLink(ctx, r.Body.Secret)
	if err != nil {
		return nil, err
	}
	out := gen.OpenClaimLink200JSONResponse{
		TeamName: open.TeamName, FaceToFace: open.FaceToFace, ExpiresAt: open.ExpiresAt,
		People: make([]gen.ClaimablePerson, len(open.People)),
	}
	for i, v := range open.People {
		out.People[i] = gen.ClaimablePerson{VolunteerID: v.ID, MaskedName: domain.MaskedName(v.Name), AsksDigits: v.HasDigits()}
	}
	return out, nil
}

// ClaimVolunteer is POST /claim-links/claim.
func (h *api) ClaimVolunteer(ctx context.Context, r gen.ClaimVolunteerRequestObject) (gen.ClaimVolunteerResponseObject, error) {
	me, secret, err := h.app.Claim(ctx, app.Claimant{Secret: r.Body.Secret, VolunteerID: r.Body.VolunteerID, Digits: r.Body.Digits})
	if err != nil {
		return nil, err
	}
	return gen.ClaimVolunteer201JSONResponse{
		Body:    encodeMe(me),
		Headers: gen.ClaimVolunteer201ResponseHeaders{QiheSession: secret},
	}, nil
}

func encodeClaimLink(made app.NewLink) gen.ClaimLink {
	return gen.ClaimLink{
		ClaimLinkID: made.Link.ID, Path: "/claim/" + made.Secret, Name: made.Name,
		FaceToFace: made.Link.FaceToFace, ExpiresAt: made.Link.ExpiresAt,
	}
}
