package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errCategories = apperr.New(apperr.Forbidden, "categories_are_the_citys", "队伍类别由市妇联的管理员维护，请联系他们修改。", "Categories are kept by the city's administrators; please ask one of them.")

// cityCode is the division that lists of the whole city belong to.
const cityCode = "4106"

// ListTeamCategories returns all sorts of brigades, retired ones too.
func (a *App) ListTeamCategories(ctx context.Context) (categories []domain.TeamCategory, err error) {
	if _, err := auth.From(ctx); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		categories, err = store.ListTeamCategories(ctx, q)
		return err
	})
	return categories, err
}

// PutTeamCategory adds a sort of brigade, renames it, retires it or takes it
// back into use: for administrators of the city.
func (a *App) PutTeamCategory(ctx context.Context, code, name string, retired bool) ([]domain.TeamCategory, error) {
	request := [3]any{code, name, retired}
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "putTeamCategory", request, func(q postgres.Querier) (struct{}, error) {
		_, err := a.regionFor(ctx, q, changeCategories, cityCode)
		if errors.Is(err, domain.ErrNoRegion) {
			err = errCategories
		}
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.putTeamCategory(ctx, q, code, name, retired)
	})
	if err != nil {
		return nil, err
	}
	return a.ListTeamCategories(ctx)
}

func (a *App) putTeamCategory(ctx context.Context, q postgres.Querier, code, name string, retired bool) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	category, err := store.LockTeamCategory(ctx, q, code)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	changed, err := category.Change(name, retired, now.In(clock.City))
	if err != nil || !changed {
		return err
	}
	if err := store.UpsertTeamCategory(ctx, q, category); err != nil {
		return err
	}
	return store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "team_category.changed", "team_category", code, now))
}
