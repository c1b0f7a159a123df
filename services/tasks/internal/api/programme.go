package api

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// ListProgrammes is GET /programmes.
func (h *api) ListProgrammes(ctx context.Context, _ gen.ListProgrammesRequestObject) (gen.ListProgrammesResponseObject, error) {
	programmes, err := h.app.ListProgrammes(ctx)
	if err != nil {
		return nil, err
	}
	all := gen.ProgrammeList{Items: []gen.Programme{}}
	for _, p := range programmes {
		all.Items = append(all.Items, gen.Programme{ProgrammeID: p.ID, Name: p.Name, Retired: p.Retired, Setting: settingOf(p.Setting)})
	}
	return gen.ListProgrammes200JSONResponse(all), nil
}

// AddProgramme is POST /programmes.
func (h *api) AddProgramme(ctx context.Context, r gen.AddProgrammeRequestObject) (gen.AddProgrammeResponseObject, error) {
	if err := h.app.ChangeProgramme(ctx, "", r.Body.Name, false, r.Body.Reason); err != nil {
		return nil, err
	}
	return gen.AddProgramme204Response{}, nil
}

// ChangeProgramme is PUT /programmes/{programme_id}.
func (h *api) ChangeProgramme(ctx context.Context, r gen.ChangeProgrammeRequestObject) (gen.ChangeProgrammeResponseObject, error) {
	if err := h.app.ChangeProgramme(ctx, r.ProgrammeID, r.Body.Name, r.Body.Retired, r.Body.Reason); err != nil {
		return nil, err
	}
	return gen.ChangeProgramme204Response{}, nil
}

// ListProgrammeSettings is GET /programmes/{programme_id}/settings.
func (h *api) ListProgrammeSettings(ctx context.Context, r gen.ListProgrammeSettingsRequestObject) (gen.ListProgrammeSettingsResponseObject, error) {
	settings, err := h.app.ListSettings(ctx, r.ProgrammeID)
	if err != nil {
		return nil, err
	}
	return gen.ListProgrammeSettings200JSONResponse(settingsOf(settings)), nil
}

// SetProgramme is POST /programmes/{programme_id}/settings.
func (h *api) SetProgramme(ctx context.Context, r gen.SetProgrammeRequestObject) (gen.SetProgrammeResponseObject, error) {
	b := r.Body
	settings, err := h.app.SetProgramme(ctx, domain.Setting{
		ProgrammeID: r.ProgrammeID, ValidFrom: b.ValidFrom, Needs: b.Needs, DayCap: b.DayCap, Rounding: b.Rounding,
		Risky: b.Risky, RiskNote: b.RiskNote, MeetEvery: b.MeetEvery, CallEvery: b.CallEvery, Reason: b.Reason,
	})
	if err != nil {
		return nil, err
	}
	return gen.SetProgramme200JSONResponse(settingsOf(settings)), nil
}

// ListCampaigns is GET /campaigns.
func (h *api) ListCampaigns(ctx context.Context, _ gen.ListCampaignsRequestObject) (gen.ListCampaignsResponseObject, error) {
	campaigns, err := h.app.ListCampaigns(ctx)
	if err != nil {
		return nil, err
	}
	all := gen.CampaignList{Items: []gen.Campaign{}}
	for _, c := range campaigns {
		all.Items = append(all.Items, h.campaignOf(ctx, c))
	}
	return gen.ListCampaigns200JSONResponse(all), nil
}

// CreateCampaign is POST /campaigns.
func (h *api) CreateCampaign(ctx context.Context, r gen.CreateCampaignRequestObject) (gen.CreateCampaignResponseObject, error) {
	b := r.Body
	c, err := h.app.CreateCampaign(ctx, domain.Campaign{
		RegionPath: b.RegionPath, ProgrammeID: b.ProgrammeID, Name: b.Name, Call: b.Call,
		Template: domain.Template{Title: b.Title, Description: b.Description, Risks: b.Risks, Bring: b.Bring}, FirstDay: b.FirstDay, LastDay: b.LastDay,
	})
	if err != nil {
		return nil, err
	}
	return gen.CreateCampaign201JSONResponse(h.campaignOf(ctx, c)), nil
}

// EndCampaign is POST /campaigns/{campaign_id}/end.
func (h *api) EndCampaign(ctx context.Context, r gen.EndCampaignRequestObject) (gen.EndCampaignResponseObject, error) {
	c, err := h.app.EndCampaign(ctx, r.CampaignID)
	if err != nil {
		return nil, err
	}
	return gen.EndCampaign200JSONResponse(h.campaignOf(ctx, c)), nil
}

func settingsOf(settings []domain.Setting) gen.ProgrammeSettingList {
	all := gen.ProgrammeSettingList{Items: []gen.ProgrammeSetting{}}
	for _, s := range settings {
		all.Items = append(all.Items, settingOf(s))
	}
	return all
}

func settingOf(s domain.Setting) gen.ProgrammeSetting {
	return gen.ProgrammeSetting{
		ValidFrom: s.ValidFrom, Needs: list(s.Needs), DayCap: s.DayCap, Rounding: s.Rounding, Risky: s.Risky, RiskNote: s.RiskNote,
		MeetEvery: s.MeetEvery, CallEvery: s.CallEvery, Reason: s.Reason, SetAt: s.SetAt,
	}
}

func (h *api) campaignOf(ctx context.Context, c domain.Campaign) gen.Campaign {
	goingOn := c.EndedAt.IsZero() && c.LastDay >= h.clock.Now().In(clock.City).Format(time.DateOnly)
	return gen.Campaign{
		CampaignID: c.ID, RegionPath: c.RegionPath, ProgrammeID: c.ProgrammeID, ProgrammeName: c.ProgrammeName, Name: c.Name, Call: c.Call,
		Title: c.Template.Title, Description: c.Template.Description, Risks: c.Template.Risks, Bring: c.Template.Bring,
		FirstDay: c.FirstDay, LastDay: c.LastDay, TakenUp: c.TakenUp, GoingOn: goingOn, MayEnd: goingOn && app.MayCampaign(ctx, c.RegionPath),
	}
}

// list is a list that is never null.
func list(items []string) []string { return append([]string{}, items...) }
