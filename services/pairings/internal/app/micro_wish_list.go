package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// PublicWishes is what everybody sees: wishes that wait, and how many there are and were,
// with no number that is small, nor one that can be counted back from others.
type PublicWishes struct {
	Items              []domain.MicroWish
	Next               string // where the next page starts; empty after the last
	Waiting, Fulfilled []domain.Cell
}

// ListPublicWishes returns what everybody sees, without sign-in. Where a wish is from is
// not told.
func (a *App) ListPublicWishes(ctx context.Context, query ListQuery) (p PublicWishes, err error) {
	page, err := query.page()
	if err != nil {
		return p, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if p.Items, err = store.ListPublicWishes(ctx, q, page); err != nil {
			return err
		}
		p.Items, p.Next = cut(p.Items, query.Limit, func(w domain.MicroWish) string { return w.ID })
		if p.Waiting, err = publicCells(ctx, q, domain.WishPublished); err != nil {
			return err
		}
		p.Fulfilled, err = publicCells(ctx, q, domain.WishFulfilled)
		return err
	})
	return p, err
}

// publicCells counts wishes by county and puts names to what may be shown.
func publicCells(ctx context.Context, q postgres.Querier, state domain.WishState) ([]domain.Cell, error) {
	counts, err := store.CountWishes(ctx, q, state)
	if err != nil {
		return nil, err
	}
	cells := domain.PublicCells(counts)
	var paths []string
	for _, c := range cells {
		paths = append(paths, c.Name)
	}
	names, err := store.RegionNames(ctx, q, paths)
	for i, c := range cells {
		cells[i].Name = names[c.Name]
	}
	return cells, err
}

// NamedWish is a wish as an officer's list shows it.
type NamedWish struct {
	domain.MicroWish
	RegionName, ClaimedByName string
	MayDecide                 bool
}

// ListWishes returns a page of the wishes of the caller's regions: those that wait for another
// officer's eyes first.
func (a *App) ListWishes(ctx context.Context, query ListQuery) (named []NamedWish, next string, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	page, err := query.page()
	if err != nil {
		return nil, "", err
	}
	named, err = a.nameWishes(ctx, who, func(q postgres.Querier) (wishes []domain.MicroWish, err error) {
		wishes, err = store.ListWishesBelow(ctx, q, who.RegionsAs(coordinator, childCare, administrator), page)
		wishes, next = cut(wishes, query.Limit, func(w domain.MicroWish) string { return w.ID })
		return wishes, err
	})
	return named, next, err
}

// ListMyWishes returns the wishes that the caller has claimed.
func (a *App) ListMyWishes(ctx context.Context) (wishes []domain.MicroWish, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		wishes, err = store.ListMyWishes(ctx, q, who.VolunteerID)
		return err
	})
	return wishes, err
}

func (a *App) nameWishes(ctx context.Context, who auth.Principal, list func(q postgres.Querier) ([]domain.MicroWish, error)) (named []NamedWish, err error) {
	if err := a.db.Read(ctx, func(q postgres.Querier) error {
		wishes, err := list(q)
		if err != nil {
			return err
		}
		paths := make([]string, len(wishes))
		for i, w := range wishes {
			paths[i] = w.RegionPath
		}
		names, err := store.RegionNames(ctx, q, paths)
		for _, w := range wishes {
			named = append(named, NamedWish{MicroWish: w, RegionName: names[w.RegionPath], MayDecide: w.State == domain.WishDrafted && w.DraftedBy != who.VolunteerID})
		}
		return err
	}); err != nil {
		return nil, err
	}
	var ids []string
	for _, w := range named {
		if w.ClaimedBy != "" {
			ids = append(ids, w.ClaimedBy)
		}
	}
	persons := a.people.Find(ctx, ids)
	for i, w := range named {
		if w.ClaimedBy != "" {
			named[i].ClaimedByName = persons[w.ClaimedBy].FullName()
		}
	}
	return named, nil
}
