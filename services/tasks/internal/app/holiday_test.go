package app_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestHolidays(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	city := auth.With(t.Context(), auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "administrator", RegionPath: "4106/"}}})
	list := []domain.Holiday{{Day: "2027-01-01", Name: "元旦"}, {Day: "2027-01-03", Name: "元旦", Works: true}}
	_, err := w.SetHolidays(city, 2027, append([]domain.Holiday{{Day: "2027-05-01", Name: "写错了"}}, list...))
	w.must(err)
	_, err = w.SetHolidays(city, 2027, list)
	w.must(err)
	got, err := w.ListHolidays(w.as(id.New()))
	w.must(err)
	if diff := cmp.Diff(list, got); diff != "" {
		t.Errorf("the second list did not replace the first: %s", diff)
	}
	if _, err := w.SetHolidays(city, 2027, []domain.Holiday{{Day: "2026-10-01", Name: "国庆节"}}); codeOf(err) != "holiday_day" {
		t.Errorf("a day of another year: %v", err)
	}
	if _, err := w.SetHolidays(w.coordinator("4106/"), 2027, list); !errors.Is(err, domain.ErrNoAdministrator) {
		t.Errorf("a coordinator: %v", err)
	}
}
