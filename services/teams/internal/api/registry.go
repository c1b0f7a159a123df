package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// defaultLimit is the length of a page when the reader names none.
const defaultLimit = 50

// pageLength returns the length of a page that a reader asked for, or the usual one.
func pageLength(limit int) int {
	if limit == 0 {
		return defaultLimit
	}
	return limit
}

// ListRegions is GET /regions.
func (h *api) ListRegions(ctx context.Context, r gen.ListRegionsRequestObject) (gen.ListRegionsResponseObject, error) {
	regions, err := h.app.ListRegions(ctx, r.Params.Parent)
	if err != nil {
		return nil, err
	}
	items := make([]gen.Region, len(regions))
	for i, region := range regions {
		items[i] = gen.Region{Code: region.Code, Name: region.Name, Path: region.Path, Level: gen.RegionLevel(region.Level)}
	}
	return gen.ListRegions200JSONResponse{Items: items}, nil
}

// ListMembers is GET /teams/{team_id}/members.
func (h *api) ListMembers(ctx context.Context, r gen.ListMembersRequestObject) (gen.ListMembersResponseObject, error) {
	members, next, err := h.app.ListMembers(ctx, r.TeamID, "", pageLength(r.Params.Limit), r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListMembers200JSONResponse(encodeMembers(members, next)), nil
}

// SearchMembers is POST /teams/{team_id}/members/search.
func (h *api) SearchMembers(ctx context.Context, r gen.SearchMembersRequestObject) (gen.SearchMembersResponseObject, error) {
	members, next, err := h.app.ListMembers(ctx, r.TeamID, r.Body.Q, pageLength(r.Body.Limit), r.Body.After)
	if err != nil {
		return nil, err
	}
	return gen.SearchMembers200JSONResponse(encodeMembers(members, next)), nil
}

func encodeMembers(members []app.Member, next string) gen.MemberPage {
	items := make([]gen.Member, len(members))
	for i, m := range members {
		items[i] = gen.Member{
			MembershipID: m.MembershipID,
			VolunteerID:  m.Volunteer.ID,
			Name:         m.Volunteer.Name,
			Number:       m.Volunteer.Number,
			Role:         gen.MembershipRole(m.Role),
			PhoneMasked:  m.Volunteer.Phone.Masked(),
			Unclaimed:    m.Volunteer.State == domain.VolunteerUnclaimed,
			Since:        m.Since,
		}
	}
	return gen.MemberPage{Items: items, Next: next}
}
