package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// GetPublicity is GET /publicity.
func (h handlers) GetPublicity(ctx context.Context, r gen.GetPublicityRequestObject) (gen.GetPublicityResponseObject, error) {
	p, err := h.app.RegionPublicity(ctx, r.Params.Region)
	if err != nil {
		return nil, err
	}
	answer := gen.GetPublicity200JSONResponse{
		RegionCode: p.Region.ID, RegionName: p.Region.Name, Today: p.Today.String(), Days: p.Days, MaySet: p.MaySet,
		Settings: []gen.PublicitySetting{}, Teams: []gen.TeamInPublicity{},
	}
	for _, s := range p.Settings {
		answer.Settings = append(answer.Settings, gen.PublicitySetting{
			RegionName: s.RegionName, ValidFrom: s.ValidFrom.String(), Days: s.Days, Reason: s.Reason, SetAt: s.SetAt,
		})
	}
	for _, t := range p.Teams {
		answer.Teams = append(answer.Teams, gen.TeamInPublicity{
			TeamID: t.TeamID, TeamName: t.Name, Detail: t.Region, Lines: t.Lines, Minutes: t.Minutes, FirstUntil: (t.First - 1).String(), LastUntil: (t.Last - 1).String(),
		})
	}
	return answer, nil
}

// ListTeamPublicity is GET /teams/{team_id}/publicity.
func (h handlers) ListTeamPublicity(ctx context.Context, r gen.ListTeamPublicityRequestObject) (gen.ListTeamPublicityResponseObject, error) {
	p, err := h.app.TeamPublicity(ctx, r.TeamID, r.Params.After, limitOf(r.Params.Limit))
	if err != nil {
		return nil, err
	}
	page := gen.ListTeamPublicity200JSONResponse{TeamName: p.Team.Name, Items: []gen.PublicLine{}, Next: p.Next}
	for _, l := range p.Lines {
		if !l.Timed() {
			l.Kind = domain.Import // also what took its place: history stands apart
		}
		page.Items = append(page.Items, gen.PublicLine{
			EntryID: l.ID, Name: l.Name, Mine: l.Mine, Title: l.Title, Kind: gen.PublicLineKind(l.Kind), Minutes: l.Minutes,
			Day: l.Day().String(), OpenUntil: (l.SettlesOn - 1).String(),
		})
	}
	return page, nil
}

// SetPublicity is POST /publicity/settings.
func (h handlers) SetPublicity(ctx context.Context, r gen.SetPublicityRequestObject) (gen.SetPublicityResponseObject, error) {
	from, ok := domain.ParseDay(r.Body.ValidFrom)
	if !ok {
		return nil, apperr.For("valid_from", domain.ErrPublicityFrom)
	}
	if err := h.app.SetPublicity(ctx, r.Body.RegionCode, domain.PublicitySetting{ValidFrom: from, Days: r.Body.Days, Reason: r.Body.Reason}); err != nil {
		return nil, err
	}
	return gen.SetPublicity204Response{}, nil
}
