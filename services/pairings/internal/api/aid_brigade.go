package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
)

// ListHelperTeams is GET /households/{household_id}/helpers/{volunteer_id}/teams.
func (h handlers) ListHelperTeams(ctx context.Context, r gen.ListHelperTeamsRequestObject) (gen.ListHelperTeamsResponseObject, error) {
	teams, err := h.app.ListHelperTeams(ctx, r.HouseholdID, r.VolunteerID)
	if err != nil {
		return nil, err
	}
	list := gen.HelperTeamList{Items: make([]gen.HelperTeam, len(teams))}
	for i, t := range teams {
		list.Items[i] = gen.HelperTeam{TeamID: t.TeamID, Name: t.Name}
	}
	return gen.ListHelperTeams200JSONResponse(list), nil
}

// ListBrigadeAidCases is GET /aid-cases/of-brigades.
func (h handlers) ListBrigadeAidCases(ctx context.Context, _ gen.ListBrigadeAidCasesRequestObject) (gen.ListBrigadeAidCasesResponseObject, error) {
	cases, err := h.app.ListBrigadeAidCases(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.BrigadeAidCaseList{Items: make([]gen.BrigadeAidCase, len(cases))}
	for i, c := range cases {
		visits := make([]app.ReadVisit, len(c.Visits))
		for j, v := range c.Visits {
			visits[j] = app.ReadVisit{AidVisit: v}
		}
		list.Items[i] = gen.BrigadeAidCase{AidCaseID: c.ID, TeamName: c.TeamName, RegionName: c.RegionName, HelperName: c.HelperName, Visits: visitsOf(visits)}
	}
	return gen.ListBrigadeAidCases200JSONResponse(list), nil
}

// CountTeamAid is GET /teams/{team_id}/aid.
func (h handlers) CountTeamAid(ctx context.Context, r gen.CountTeamAidRequestObject) (gen.CountTeamAidResponseObject, error) {
	t, err := h.app.CountTeamAid(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	return gen.CountTeamAid200JSONResponse{Asked: t.Asked, Running: t.Running, Visits: t.Visits, Waiting: t.Waiting}, nil
}
