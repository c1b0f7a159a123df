package app

import (
	"context"
	"strconv"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListHolidays returns the holidays and 调休 days from the beginning of this year on.
func (a *App) ListHolidays(ctx context.Context) (days []domain.Holiday, err error) {
	err = a.read(ctx, func(q postgres.Querier, _ crew) error {
		days, err = store.ListHolidays(ctx, q, domain.DayOf(a.clock.Now())[:4]+"-01-01")
		return err
	})
	return days, err
}

// SetHolidays puts a year's list in the place of the one before. It is for
// administrators of the city; others get ErrNoAdministrator.
func (a *App) SetHolidays(ctx context.Context, year int, days []domain.Holiday) ([]domain.Holiday, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	if !p.AdministersCity() {
		return nil, domain.ErrNoAdministrator
	}
	type request struct {
		Year int
		Days []domain.Holiday
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "set_holidays", request{year, days}, func(q postgres.Querier) ([]domain.Holiday, error) {
		if err := domain.CheckHolidays(year, days); err != nil {
			return nil, err
		}
		if err := store.ReplaceHolidays(ctx, q, year, days, p.VolunteerID, a.clock.Now()); err != nil {
			return nil, err
		}
		return store.ListHolidays(ctx, q, strconv.Itoa(year)+"-01-01")
	})
}
