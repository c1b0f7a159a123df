package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// What a city tells a hub (ADR 93). Once a minute one replica counts its boards in memory and tells
// what differs from what it told before: crediting hours costs nothing more. A hub that hears nothing cannot know whether nothing
// happened, so the city's figure of all time is told every ten minutes in any case, and
// all figures once a day: that fills a hub that has lost its database or its stream.
const (
	tellTotalsEvery = time.Minute
	tellAliveEvery  = 10 * time.Minute
	tellWholeEvery  = 24 * time.Hour
)

// SetCell says which region this installation is to a hub, by its code. Without it a
// hub is told nothing. Call it before DoDuties.
func (a *App) SetCell(code string) { a.cell = code }

// tellTotals tells a hub what has changed, when it is time.
func (a *App) tellTotals(ctx context.Context) error {
	if a.cell == "" {
		return nil
	}
	var last store.CellRound
	now := a.clock.Now()
	if err := a.db.Read(ctx, func(q postgres.Querier) (err error) { last, err = store.FindCellRound(ctx, q); return err }); err != nil {
		return err
	}
	if now.Before(last.ToldAt.Add(tellTotalsEvery)) {
		return nil
	}
	position, censuses := a.boards.Census(a.cell) // before anything is held
	cells := domain.CellsOf(a.cell, censuses)
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		round, err := store.LockCellRound(ctx, q)
		if err != nil || round != last || position < round.Position { // another replica was faster, or has counted more
			return err
		}
		before, err := store.ListCellTotals(ctx, q)
		if err != nil {
			return err
		}
		whole := !now.Before(round.WholeAt.Add(tellWholeEvery))
		news := a.cellNews(before, cells, now, whole)
		if err := store.UpsertCellTotals(ctx, q, news); err != nil {
			return err
		}
		round.ToldAt, round.Position = now, position
		if whole {
			round.WholeAt = now
		}
		if err := store.UpdateCellRound(ctx, q, round); err != nil {
			return err
		}
		return outbox.Append(ctx, q, now, totalsCounted(news, now)...)
	})
}

// cellNews returns what is to be told of the cells, with its new version: whatever differs from
// before, what is not there any more, and the sign of life. whole: everything.
func (a *App) cellNews(before, cells []domain.CellFigures, now time.Time, whole bool) (news []domain.CellFigures) {
	type key struct{ period, region string }
	told, all := map[key]domain.CellFigures{}, string(domain.AllTime)
	for _, c := range before {
		c.City = c.Region == a.cell
		told[key{c.Period, c.Region}] = c
	}
	cells = append(cells, domain.CellFigures{Period: all, Region: a.cell, City: true, Hidden: true}) // unless there is one with hours
	seen := map[key]bool{}
	for _, c := range cells {
		k := key{c.Period, c.Region}
		if seen[k] {
			continue
		}
		seen[k] = true
		was, ok := told[k]
		delete(told, k)
		c.Name, c.Version = a.names.name(domain.Region, c.Region), was.Version
		alive := k == key{all, a.cell} && now.UnixMilli() >= was.Version+tellAliveEvery.Milliseconds()
		if whole || alive || c != was && (ok || !c.Hidden) { // what was never shown needs no hiding
			news = append(news, c)
		}
	}
	for _, c := range told {
		if whole || !c.Hidden {
			news = append(news, domain.CellFigures{Period: c.Period, Region: c.Region, Name: c.Name, City: c.City, Hidden: true, Version: c.Version})
		}
	}
	for i := range news {
		news[i].Version = max(news[i].Version+1, now.UnixMilli())
	}
	return news
}

func totalsCounted(cells []domain.CellFigures, now time.Time) []outbox.Event {
	events := make([]outbox.Event, len(cells))
	for i, c := range cells {
		events[i] = hoursv1.TotalsCounted{
			Period: c.Period, Region: c.Region, Name: c.Name, City: c.City, Hidden: c.Hidden,
			Minutes: c.Minutes, Services: c.Services, People: c.People, Teams: c.Teams,
			CountedAt: now, Version: c.Version,
		}
	}
	return events
}
