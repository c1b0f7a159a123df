package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Hub shows the sums of a province's cities side by side. It has no ledger and knows nobody.
type Hub struct {
	db     *postgres.DB
	clock  clock.Clock
	cities map[string]string // names by code
}

// NewHub returns a hub of these cities, names by code.
func NewHub(db *postgres.DB, c clock.Clock, cities map[string]string) *Hub {
	return &Hub{db: db, clock: c, cities: cities}
}

// Self returns the name of the hub's database.
func (h *Hub) Self(ctx context.Context) (id string, err error) {
	err = h.db.Read(ctx, func(q postgres.Querier) error { id, err = store.FindHubSelf(ctx, q); return err })
	return id, err
}

// LearnTotals keeps what was heard from a city. That it is this city is known from where it came from.
func (h *Hub) LearnTotals(ctx context.Context, q postgres.Querier, city string, events []hoursv1.TotalsCounted) error {
	for _, e := range events {
		f := domain.HubFigures{City: city, CountedAt: e.CountedAt, CellFigures: domain.CellFigures{
			Period: e.Period, Region: e.Region, Name: e.Name, City: e.City, Hidden: e.Hidden, Version: e.Version,
			Figures: domain.Figures{Minutes: e.Minutes, Services: e.Services, People: e.People, Teams: e.Teams},
		}}
		if now := h.clock.Now(); f.CountedAt.After(now) { // a city's clock that is ahead keeps it from being silent for so long
			f.CountedAt = now
		}
		if err := f.Check(); err != nil {
			return err
		}
		if err := store.UpsertHubTotal(ctx, q, f); err != nil {
			return err
		}
	}
	return nil
}

// HubBoard is the cities of a province in a period.
type HubBoard struct {
	Period string
	Now    time.Time
	Whole  domain.Figures // people are added up: who served in two cities is in both
	Cities []domain.HubRow
}

// Board returns the cities in this-month, this-year, all, or a month or year by its name.
func (h *Hub) Board(ctx context.Context, period string) (b HubBoard, err error) {
	b.Now = h.clock.Now()
	p, err := domain.ParsePeriod(period, domain.DayOf(b.Now))
	if err != nil || p.Kind == domain.Week || p.Kind == domain.Quarter {
		return b, apperr.For("period", domain.ErrPeriod)
	}
	b.Period = p.String()
	err = h.db.Read(ctx, func(q postgres.Querier) error {
		figures, err := store.ListHubTotals(ctx, q, b.Period)
		if err != nil {
			return err
		}
		heard, err := store.ListHeard(ctx, q)
		b.Whole, b.Cities = domain.HubBoard(figures, h.cities, heard, b.Now)
		return err
	})
	return b, err
}
