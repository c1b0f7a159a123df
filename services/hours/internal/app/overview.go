package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// Overview is how much was done in a region and all below it.
type Overview struct {
	Region   domain.Known
	Position int64
	Today    Compared   // minutes given today; before: the whole of yesterday
	Month    Compared   // minutes given this month; before: last month until the same day
	People   Compared   // volunteers who gave some this month
	Services Compared   // 人次 this month
	Teams    Compared   // teams for which some were given this month
	Until    domain.Day // of last month: the last day that is compared with
}

// Compared is a figure beside the same one a period earlier, at the same point
// of it: a month that is half over is no comparison with a whole one.
type Compared struct{ Value, Previous int64 }

// MonthMinutes is what was given in a month.
type MonthMinutes struct {
	Month   string // 2026-11
	Minutes int64
}

// months is how many of them are shown: this one and those before.
const months = 12

// Overview returns the figures of a region. They are sums of boards, and kept
// up to date with them. It returns NotFound unless the person who asks is an
// officer of that region or of one above it.
func (a *App) Overview(ctx context.Context, code string) (Overview, error) {
	region, err := a.authorizeOverview(ctx, code)
	if err != nil {
		return Overview{}, err
	}
	today := domain.DayOf(a.clock.Now())
	scope := boards.Scope{Kind: boards.Region, ID: code}
	day := domain.PeriodOf(domain.OneDay, today)
	month := domain.PeriodOf(domain.Month, today)
	before, _ := month.SoFar(today)
	_, after := before.Days()
	keys := []boards.Key{
		{Subject: boards.Teams, Scope: scope, Period: day},
		{Subject: boards.Teams, Scope: scope, Period: day.Before()},
		{Subject: boards.Volunteers, Scope: scope, Period: month},
		{Subject: boards.Teams, Scope: scope, Period: month},
		{Subject: boards.Volunteers, Scope: scope, Period: before},
		{Subject: boards.Teams, Scope: scope, Period: before},
	}
	position, f := a.boards.Figures(keys...)
	current, earlier := f[3], f[5]
	return Overview{
		Region: region, Position: position,
		Today:    Compared{f[0].Minutes, f[1].Minutes},
		Month:    Compared{current.Minutes, earlier.Minutes},
		People:   Compared{f[2].Subjects, f[4].Subjects},
		Services: Compared{current.Services, earlier.Services},
		Teams:    Compared{current.Subjects, earlier.Subjects},
		Until:    after - 1,
	}, nil
}

// lastMonths returns the month of the day and those before, oldest first.
func lastMonths(day domain.Day) []domain.Period {
	periods := make([]domain.Period, months)
	for i := range periods {
		periods[i] = domain.Period{Kind: domain.Month, Start: day.FirstOfMonth(i - months + 1)}
	}
	return periods
}

func monthName(p domain.Period) string { return p.Start.Date().Format("2006-01") }
