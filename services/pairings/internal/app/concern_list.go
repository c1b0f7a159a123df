package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListedConcern is a concern as the desk's list shows it: nothing says of whom.
type ListedConcern struct {
	domain.Concern
	RegionName, HandlerName string
	Mine, MayTake, MayClose bool
}

// ConcernPage is a page of concerns.
type ConcernPage struct {
	Items  []ListedConcern
	Next   string         // empty after the last
	Counts map[string]int // of all pages, by state
}

// ListConcerns returns a page of the concerns of the regions in which the caller is a
// child-care officer, with a second factor, those of which no authority knows first. To
// who is none it returns none.
func (a *App) ListConcerns(ctx context.Context, query ListQuery) (page ConcernPage, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return page, err
	}
	asked, err := query.page()
	if err != nil {
		return page, err
	}
	paths := who.RegionsAs(childCare)
	if len(paths) == 0 {
		return page, nil
	}
	if err := who.RequireStrong(); err != nil {
		return page, err
	}
	var concerns []domain.Concern
	var regions map[string]string
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if concerns, err = store.ListConcerns(ctx, q, paths, asked); err != nil {
			return err
		}
		concerns, page.Next = cut(concerns, query.Limit, func(c domain.Concern) string { return c.ID })
		if page.Counts, err = store.CountConcerns(ctx, q, paths); err != nil {
			return err
		}
		paths := make([]string, len(concerns))
		for i, c := range concerns {
			paths[i] = c.RegionPath
		}
		regions, err = store.RegionNames(ctx, q, paths)
		return err
	})
	if err != nil {
		return ConcernPage{}, err
	}
	var ids []string
	for _, c := range concerns {
		if c.HandlerID != "" {
			ids = append(ids, c.HandlerID)
		}
	}
	persons := a.people.Find(ctx, ids)
	page.Items = make([]ListedConcern, len(concerns))
	for i, c := range concerns {
		page.Items[i] = listedConcern(c, regions[c.RegionPath], who)
		if c.HandlerID != "" {
			page.Items[i].HandlerName = persons[c.HandlerID].FullName()
		}
	}
	return page, nil
}

func listedConcern(c domain.Concern, region string, who auth.Principal) ListedConcern {
	open := c.State != domain.ConcernClosed
	mine := c.HandlerID == who.VolunteerID
	return ListedConcern{
		Concern: c, RegionName: region, Mine: mine,
		MayTake:  open && !mine && (c.HandlerID == "" || c.Overdue()),
		MayClose: open && !mine && c.HandlerID != "",
	}
}
