package app

import (
	"context"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Parts says into what figures are broken down.
type Parts string

// The parts.
const (
	ByRegion Parts = "region"
	ByUnit   Parts = "unit"
	ByTeam   Parts = "team"
)

// FiguresQuery asks for the figures of a region as the API writes it.
type FiguresQuery struct {
	Region  string
	Direct  bool   // only what was given in none of the divisions below it
	Unit    string // only of this reporting unit; by team then
	By      Parts
	Period  string // as domain.ParsePeriod reads it
	Settled bool
}

// RegionFigures is what a region gave, and each of its parts.
type RegionFigures struct {
	boards.At
	Region       domain.Known
	Above        []domain.Known // the divisions in which it lies, the city first
	By           Parts          // a region without divisions below it is shown by team
	Period       string
	Whole        domain.Figures
	Before       domain.Figures
	BeforePeriod string // what Before is of: as many days of the period before; empty: there is none
	Months       []MonthFigures
	Rows         []FiguresRow // the most minutes first
}

// MonthFigures is what was given in a month.
type MonthFigures struct {
	Month string // 2026-11
	domain.Figures
}

// FiguresRow is one part: a division, a reporting unit or a brigade.
type FiguresRow struct {
	ID     string // the division's code, the unit's name, the team's id
	Name   string
	Detail string
	domain.Figures
}

// RegionFigures returns the figures of a region, to officers of it or of one
// above it; else NotFound. Divisions and brigades are answered from memory, as of
// the position; units by one sum over the ledger, since the boards do not know them.
func (a *App) RegionFigures(ctx context.Context, query FiguresQuery) (RegionFigures, error) {
	region, err := a.authorizeOverview(ctx, query.Region)
	if err != nil {
		return RegionFigures{}, err
	}
	today := domain.DayOf(a.clock.Now())
	period, err := domain.ParsePeriod(query.Period, today)
	if err != nil {
		return RegionFigures{}, apperr.For("period", domain.ErrPeriod)
	}
	a.boards.Turn(today)
	f := RegionFigures{Region: region, Above: a.above(region), By: query.By, Period: period.String()}
	if query.Unit != "" || query.By == ByUnit {
		return a.unitFigures(ctx, query, period, f)
	}
	question := boards.Question{Region: query.Region, Direct: query.Direct, ByTeam: query.By == ByTeam, Settled: query.Settled, Period: period, Months: lastMonths(today)}
	before, ok := period.SoFar(today)
	if ok {
		question.Before, f.BeforePeriod = before, before.String()
	}
	answer := a.boards.Breakdown(question)
	if query.By == ByRegion && !slices.ContainsFunc(answer.Parts, func(p boards.Part) bool { return p.ID != query.Region }) {
		f.By, question.ByTeam = ByTeam, true // nothing lies below
		answer = a.boards.Breakdown(question)
	}
	f.At, f.Whole, f.Before = answer.At, answer.Whole, answer.Before
	for i, m := range answer.Months {
		f.Months = append(f.Months, MonthFigures{monthName(question.Months[i]), m})
	}
	for _, p := range answer.Parts {
		f.Rows = append(f.Rows, a.figuresRow(f.By, p.ID, p.Figures))
	}
	f.sort()
	return f, nil
}

func (a *App) above(region domain.Known) (divisions []domain.Known) {
	codes := strings.Split(strings.Trim(region.RegionPath, "/"), "/")
	for _, code := range codes[:len(codes)-1] {
		if d, ok := a.names.find(domain.Region, code); ok {
			divisions = append(divisions, d)
		}
	}
	return divisions
}

// unitFigures adds what the reporting units gave, or the brigades of one.
func (a *App) unitFigures(ctx context.Context, query FiguresQuery, period domain.Period, f RegionFigures) (RegionFigures, error) {
	question := store.UnitQuestion{RegionPath: f.Region.RegionPath, Unit: query.Unit}
	question.From, question.Until = period.Dates()
	f.Position = a.boards.Position()
	if query.Settled {
		f.Day = domain.DayOf(a.clock.Now())
		question.SettledOn = f.Day
	}
	if query.Unit != "" {
		f.By = ByTeam
	}
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		units, err := store.ListUnitFigures(ctx, q, question)
		for _, u := range units {
			if u.Whole {
				f.Whole = u.Figures
			} else if u.Figures != (domain.Figures{}) {
				f.Rows = append(f.Rows, a.figuresRow(f.By, u.ID, u.Figures))
			}
		}
		return err
	})
	f.sort()
	return f, err
}

func (a *App) figuresRow(by Parts, id string, figures domain.Figures) FiguresRow {
	row := FiguresRow{ID: id, Name: id, Figures: figures}
	switch by {
	case ByRegion:
		row.Name = a.names.name(domain.Region, id)
	case ByTeam:
		row.Name, row.Detail = a.names.name(domain.Team, id), a.names.teamDetail(id)
	}
	return row
}

func (f *RegionFigures) sort() {
	slices.SortFunc(f.Rows, func(x, y FiguresRow) int {
		switch {
		case x.Minutes != y.Minutes:
			return int(y.Minutes - x.Minutes)
		case x.ID < y.ID:
			return -1
		}
		return 1
	})
}
