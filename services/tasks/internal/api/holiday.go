package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
)

// ListHolidays is GET /holidays.
func (h *api) ListHolidays(ctx context.Context, _ gen.ListHolidaysRequestObject) (gen.ListHolidaysResponseObject, error) {
	days, err := h.app.ListHolidays(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListHolidays200JSONResponse(holidaysOf(days)), nil
}

// SetHolidays is PUT /holidays/{year}.
func (h *api) SetHolidays(ctx context.Context, r gen.SetHolidaysRequestObject) (gen.SetHolidaysResponseObject, error) {
	var days []domain.Holiday
	for _, d := range r.Body.Items {
		days = append(days, domain.Holiday{Day: d.Day, Name: d.Name, Works: d.Works})
	}
	kept, err := h.app.SetHolidays(ctx, r.Year, days)
	if err != nil {
		return nil, err
	}
	return gen.SetHolidays200JSONResponse(holidaysOf(kept)), nil
}

func holidaysOf(days []domain.Holiday) gen.HolidayList {
	all := gen.HolidayList{Items: []gen.Holiday{}}
	for _, d := range days {
		all.Items = append(all.Items, gen.Holiday{Day: d.Day, Name: d.Name, Works: d.Works})
	}
	return all
}
