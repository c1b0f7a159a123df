package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var (
	errNoCityAdministrator = apperr.New(apperr.Forbidden, "no_city_administrator", "只有市级管理员可以这样做。", "Only administrators of the city can do this.")
	errNoProgramme         = apperr.New(apperr.NotFound, "no_such_programme", "没有这个项目。", "There is no such programme.")
)

// DayCapView is a cap with names.
type DayCapView struct {
	domain.DayCap
	ProgrammeName string // empty: of all programmes together
	SetByName     string
}

// DayCaps is all that was ever set, and whether the reader may add to it.
type DayCaps struct {
	Today  domain.Day
	MaySet bool
	Caps   []DayCapView
}

// ListDayCaps is for every officer; others get Forbidden.
func (a *App) ListDayCaps(ctx context.Context) (DayCaps, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return DayCaps{}, err
	}
	if len(who.Grants) == 0 {
		return DayCaps{}, errNotDeciding
	}
	c := DayCaps{Today: domain.DayOf(a.clock.Now()), MaySet: who.AdministersCity()}
	var caps domain.Caps
	if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		caps, err = store.ListDayCaps(ctx, q)
		return err
	}); err != nil {
		return DayCaps{}, err
	}
	ids := make([]string, len(caps))
	for i, cp := range caps {
		ids[i] = cp.SetBy
	}
	persons := a.people.Find(ctx, ids)
	for _, cp := range caps {
		view := DayCapView{DayCap: cp, SetByName: persons[cp.SetBy].FullName()}
		if cp.ProgrammeID != "" {
			view.ProgrammeName = a.names.name(domain.Programme, cp.ProgrammeID)
		}
		c.Caps = append(c.Caps, view)
	}
	return c, nil
}

// SetDayCap sets how much counts of one person's day, from a day on. It is for
// administrators of the city; others get Forbidden.
func (a *App) SetDayCap(ctx context.Context, c domain.DayCap) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	if !who.AdministersCity() {
		return errNoCityAdministrator
	}
	if _, known := a.names.find(domain.Programme, c.ProgrammeID); c.ProgrammeID != "" && !known {
		return apperr.For("programme_id", errNoProgramme)
	}
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), "set_day_cap", c, func(q postgres.Querier) (struct{}, error) {
		set, err := domain.NewDayCap(c, who.VolunteerID, a.clock.Now())
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, store.InsertDayCap(ctx, q, set)
	})
	return err
}
