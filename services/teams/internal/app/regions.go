package app

import (
	"context"
	"strings"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// RegionView is a division and the way to it: 浚县 · 善堂镇 · 东街村.
type RegionView struct {
	domain.Region
	Place string
}

// FindRegion returns a division, one that became part of another too, or
// domain.ErrNoRegion. Whoever is signed in may know it.
func (a *App) FindRegion(ctx context.Context, code string) (RegionView, error) {
	if _, err := auth.From(ctx); err != nil {
		return RegionView{}, err
	}
	var view RegionView
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		region, err := store.FindRegion(ctx, q, code)
		if err != nil {
			return err
		}
		view, err = regionView(ctx, q, region)
		return err
	})
	return view, err
}

// SearchRegions returns up to limit divisions whose name holds what was typed,
// in characters or in initials of its pinyin, the likeliest first.
func (a *App) SearchRegions(ctx context.Context, typed string, limit int) ([]RegionView, error) {
	if _, err := auth.From(ctx); err != nil {
		return nil, err
	}
	query := pinyin.Parse(typed)
	if query.Empty() {
		return nil, nil
	}
	var views []RegionView
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		found, err := store.SearchRegions(ctx, q, query, limit)
		if err != nil {
			return err
		}
		views, err = regionViews(ctx, q, found)
		return err
	})
	return views, err
}

func regionView(ctx context.Context, q postgres.Querier, region domain.Region) (RegionView, error) {
	views, err := regionViews(ctx, q, []domain.Region{region})
	if err != nil {
		return RegionView{}, err
	}
	return views[0], nil
}

func regionViews(ctx context.Context, q postgres.Querier, regions []domain.Region) ([]RegionView, error) {
	var codes []string
	for _, r := range regions {
		codes = append(codes, codesOf(r)...)
	}
	names, err := store.NameRegions(ctx, q, codes)
	if err != nil {
		return nil, err
	}
	return convert(regions, func(r domain.Region) RegionView {
		return RegionView{Region: r, Place: domain.Place(convert(codesOf(r), func(code string) string { return names[code] }))}
	}), nil
}

// codesOf returns the codes on the way to a division, its own the last.
func codesOf(r domain.Region) []string { return strings.Split(strings.TrimSuffix(r.Path, "/"), "/") }

// PrepareRegions gives divisions that were there before they could be searched
// what they are found by: a migration knows no pinyin. It is called at the
// start, costs nothing when there are none, and may run in several replicas.
func (a *App) PrepareRegions(ctx context.Context) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		if err := store.LockRegions(ctx, q); err != nil {
			return err
		}
		_, err := store.FillRegions(ctx, q)
		return err
	})
}
