package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// GetFigures is GET /figures.
func (h handlers) GetFigures(ctx context.Context, r gen.GetFiguresRequestObject) (gen.GetFiguresResponseObject, error) {
	p := r.Params
	f, err := h.app.RegionFigures(ctx, app.FiguresQuery{
		Region: p.Region, Direct: p.Within == gen.WithinOwn, Unit: p.Unit, By: app.Parts(p.By), Period: p.Period, Settled: p.Basis == gen.FiguresSettled,
	})
	if err != nil {
		return nil, err
	}
	answer := gen.GetFigures200JSONResponse{
		RegionCode: f.Region.ID, RegionName: f.Region.Name, By: gen.RegionFiguresBy(f.By), Period: f.Period, Position: f.Position,
		Above: []gen.RegionName{}, Whole: sumsOf(f.Whole), BeforePeriod: f.BeforePeriod, Months: []gen.MonthSums{}, Rows: []gen.FiguresRow{},
	}
	if f.BeforePeriod != "" {
		answer.Before = sumsOf(f.Before)
	}
	for _, above := range f.Above {
		answer.Above = append(answer.Above, gen.RegionName{Code: above.ID, Name: above.Name})
	}
	if f.Day != 0 {
		answer.SettledOn = f.Day.String()
	}
	for _, m := range f.Months {
		answer.Months = append(answer.Months, gen.MonthSums{Month: m.Month, Sums: sumsOf(m.Figures)})
	}
	for _, row := range f.Rows {
		answer.Rows = append(answer.Rows, gen.FiguresRow{ID: row.ID, Name: row.Name, Detail: row.Detail, Sums: sumsOf(row.Figures)})
	}
	return answer, nil
}

func sumsOf(f domain.Figures) gen.Sums {
	return gen.Sums{Minutes: f.Minutes, Services: f.Services, People: f.People, Teams: f.Teams}
}

// ListTeamEntries is GET /teams/{team_id}/entries.
func (h handlers) ListTeamEntries(ctx context.Context, r gen.ListTeamEntriesRequestObject) (gen.ListTeamEntriesResponseObject, error) {
	p := r.Params
	page, err := h.app.TeamLines(ctx, app.TeamLinesQuery{TeamID: r.TeamID, VolunteerID: p.Volunteer, Period: p.Period, After: p.After, Limit: limitOf(p.Limit)})
	if err != nil {
		return nil, err
	}
	answer := gen.ListTeamEntries200JSONResponse{TeamID: r.TeamID, TeamName: page.Team.Name, Detail: page.Detail, Items: []gen.TeamEntry{}, Next: page.Next}
	for _, l := range page.Lines {
		answer.Items = append(answer.Items, gen.TeamEntry{VolunteerID: l.VolunteerID, Person: l.Person, Entry: entryOf(l.MyEntry)})
	}
	return answer, nil
}

// GetTeamHours is GET /teams/{team_id}/hours.
func (h handlers) GetTeamHours(ctx context.Context, r gen.GetTeamHoursRequestObject) (gen.GetTeamHoursResponseObject, error) {
	t, err := h.app.TeamHours(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	answer := gen.GetTeamHours200JSONResponse{
		TeamID: r.TeamID, TeamName: t.Team.Name, Detail: t.Detail, Position: t.Position, Month: teamSums(t.Month), Year: teamSums(t.Year),
		OpenLines: t.Open.Lines, OpenMinutes: t.Open.Minutes, Questions: t.Questions, Members: []gen.MemberHours{},
	}
	if t.Open.Lines > 0 {
		answer.OpenUntil = (t.Open.Last - 1).String()
	}
	for _, m := range t.Members {
		answer.Members = append(answer.Members, gen.MemberHours{VolunteerID: m.VolunteerID, Name: m.Name, MonthMinutes: m.Month, YearMinutes: m.Year})
	}
	return answer, nil
}

func teamSums(f boards.Figure) gen.TeamSums {
	return gen.TeamSums{Minutes: f.Minutes, Services: f.Services, People: f.Subjects}
}
