package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// ListTeams is GET /teams.
func (h *api) ListTeams(ctx context.Context, r gen.ListTeamsRequestObject) (gen.ListTeamsResponseObject, error) {
	search := app.TeamSearch{
		Words: r.Params.Q, Region: r.Params.Region, State: domain.TeamState(r.Params.State), Category: r.Params.Category,
		Leaderless: r.Params.Leaderless == gen.Only, After: r.Params.After, Limit: pageLength(r.Params.Limit),
	}
	views, next, err := h.app.ListTeams(ctx, search)
	if err != nil {
		return nil, err
	}
	items := make([]gen.Team, len(views))
	for i, v := range views {
		items[i] = encodeTeam(v)
	}
	return gen.ListTeams200JSONResponse{Items: items, Next: next}, nil
}

// CreateTeam is POST /teams.
func (h *api) CreateTeam(ctx context.Context, r gen.CreateTeamRequestObject) (gen.CreateTeamResponseObject, error) {
	v, err := h.app.FoundTeam(ctx, decodeDetails(*r.Body))
	if err != nil {
		return nil, err
	}
	return gen.CreateTeam201JSONResponse(encodeTeam(v)), nil
}

// GetTeam is GET /teams/{team_id}.
func (h *api) GetTeam(ctx context.Context, r gen.GetTeamRequestObject) (gen.GetTeamResponseObject, error) {
	v, err := h.app.FindTeam(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	return gen.GetTeam200JSONResponse(encodeTeam(v)), nil
}

// PutTeam is PUT /teams/{team_id}.
func (h *api) PutTeam(ctx context.Context, r gen.PutTeamRequestObject) (gen.PutTeamResponseObject, error) {
	v, err := h.app.EditTeam(ctx, r.TeamID, decodeDetails(*r.Body))
	if err != nil {
		return nil, err
	}
	return gen.PutTeam200JSONResponse(encodeTeam(v)), nil
}

// PutTeamDescription is PUT /teams/{team_id}/description.
func (h *api) PutTeamDescription(ctx context.Context, r gen.PutTeamDescriptionRequestObject) (gen.PutTeamDescriptionResponseObject, error) {
	v, err := h.app.DescribeTeam(ctx, r.TeamID, r.Body.Description)
	if err != nil {
		return nil, err
	}
	return gen.PutTeamDescription200JSONResponse(encodeTeam(v)), nil
}

// GetMyTeams is GET /me/teams.
func (h *api) GetMyTeams(ctx context.Context, _ gen.GetMyTeamsRequestObject) (gen.GetMyTeamsResponseObject, error) {
	mine, err := h.app.MyTeams(ctx)
	if err != nil {
		return nil, err
	}
	out := gen.GetMyTeams200JSONResponse{Founding: make([]gen.FoundingTeam, len(mine.Founding)), Offered: make([]gen.TeamRef, len(mine.Offered))}
	for i, t := range mine.Founding {
		out.Founding[i] = gen.FoundingTeam{TeamID: t.ID, Name: t.Name, State: gen.TeamState(t.State), Reason: t.StateReason}
	}
	for i, t := range mine.Offered {
		out.Offered[i] = gen.TeamRef{TeamID: t.ID, Name: t.Name}
	}
	return out, nil
}

// ListTeamHistory is GET /teams/{team_id}/history.
func (h *api) ListTeamHistory(ctx context.Context, r gen.ListTeamHistoryRequestObject) (gen.ListTeamHistoryResponseObject, error) {
	acts, next, err := h.app.TeamHistory(ctx, r.TeamID, pageLength(r.Params.Limit), r.Params.After)
	if err != nil {
		return nil, err
	}
	items := make([]gen.PastAct, len(acts))
	for i, a := range acts {
		items[i] = gen.PastAct{RecordID: a.ID, At: a.At.UTC(), Act: a.Act, Words: encodeWords(domain.ActWords(a.Act)), ActorName: a.ActorName.String, Reason: a.Reason}
	}
	return gen.ListTeamHistory200JSONResponse{Items: items, Next: next}, nil
}

func decodeDetails(d gen.TeamDetails) domain.TeamDetails {
	return domain.TeamDetails{
		Name: d.Name, RegionCode: d.RegionCode, ReportingUnit: d.ReportingUnit, Category: d.Category, Description: d.Description,
	}
}

func encodeTeam(v app.TeamView) gen.Team {
	t := v.Team
	out := gen.Team{
		TeamID: t.ID, Name: t.Name, RegionCode: t.RegionCode, RegionName: t.RegionName, ReportingUnit: t.ReportingUnit,
		Category: t.Category, CategoryName: v.CategoryName, Description: t.Description,
		State: gen.TeamState(t.State), StateReason: t.StateReason, StateSince: t.StateSince,
		MemberCount: v.Members, Imported: t.Imported, Headcount: t.Headcount, FoundedAt: t.FoundedAt,
		Leaderless: v.Leaderless, MyRole: gen.MembershipRole(v.Role), May: make([]gen.TeamMay, len(v.May)),
	}
	for i, act := range v.May {
		out.May[i] = gen.TeamMay(act)
	}
	if v.LeaderName != "" {
		out.Leader = gen.TeamPerson{VolunteerID: v.LeaderID, Name: v.LeaderName}
	}
	if t.SuccessorID != "" {
		out.Successor = gen.TeamRef{TeamID: t.SuccessorID, Name: v.SuccessorName}
	}
	if v.Handover != nil {
		out.Handover = gen.OpenHandover{
			To:         gen.TeamPerson{VolunteerID: v.Handover.ToID, Name: v.HeirName},
			ProposedAt: v.Handover.ProposedAt, OfferedToMe: v.Offered,
		}
	}
	return out
}
