package app

import (
	"context"
	"reflect"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// drawWall draws the wall of a region for into.day. What was before saves asking
// for the last activities again while the ledger is the same.
func (a *App) drawWall(ctx context.Context, into, before *drawnWall, region domain.Known) error {
	scope := boards.Scope{Kind: boards.Region, ID: region.ID}
	day, month := domain.PeriodOf(domain.OneDay, into.day), domain.PeriodOf(domain.Month, into.day)
	position, f := a.boards.Figures(
		boards.Key{Subject: boards.Volunteers, Scope: scope, Period: day}, boards.Key{Subject: boards.Teams, Scope: scope, Period: day},
		boards.Key{Subject: boards.Volunteers, Scope: scope, Period: month}, boards.Key{Subject: boards.Teams, Scope: scope, Period: month},
	)
	w := Wall{
		Region: region, Position: position,
		Today: Given{f[0].Minutes, f[0].Subjects, f[1].Subjects},
		Month: Given{f[2].Minutes, f[2].Subjects, f[3].Subjects},
	}
	_, w.Areas = a.areas(region, month)
	if a.mayShow(boards.Region, region, into.day) == nil {
		w.Boards = a.wallBoards(ctx, scope, month, domain.PeriodOf(domain.Week, into.day))
	}
	if before != nil && before.position == position {
		w.Recent = before.wall.Recent
	} else if err := a.db.Read(ctx, func(q postgres.Querier) error {
		lines, err := store.ListRecentService(ctx, q, region.RegionPath)
		w.Recent = a.activities(lines)
		return err
	}); err != nil {
		return err
	}
	into.position, into.wall = position, w
	return nil
}

// wallBoards returns the boards that take turns, without those on which nobody is.
func (a *App) wallBoards(ctx context.Context, scope boards.Scope, periods ...domain.Period) (turning []WallBoard) {
	for _, subject := range []boards.Subject{boards.Teams, boards.Volunteers, boards.Programmes} {
		for _, period := range periods {
			page := a.boards.Page(boards.Key{Subject: subject, Scope: scope, Period: period}, wallRows)
			if len(page.Rows) == 0 {
				continue
			}
			turning = append(turning, WallBoard{Subject: subject, Period: period.String(), Rows: a.withNames(ctx, page.Rows, subject)})
		}
	}
	return turning
}

// activities puts lines of one activity together: it was done by so many.
func (a *App) activities(lines []store.RecentService) []Activity {
	type activity struct{ team, title string }
	at := map[activity]int{}
	var all []Activity
	for _, line := range lines {
		key := activity{line.TeamID, line.Title}
		i, seen := at[key]
		if !seen {
			if len(all) == wallRecent {
				continue
			}
			i, at[key] = len(all), len(all)
			all = append(all, Activity{Team: a.names.name(domain.Team, line.TeamID), Title: line.Title, At: line.RecordedAt.UTC()})
		}
		all[i].Minutes += line.Minutes
		all[i].People++
	}
	return all
}

// same reports whether two walls show the same.
func (w Wall) same(as Wall) bool { return reflect.DeepEqual(w, as) }
