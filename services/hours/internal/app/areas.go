package app

import (
	"cmp"
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// Area is what was given this month in a part of a region.
type Area struct {
	Code    string
	Above   string // code of the part in which it lies; empty for a part of the region itself
	Name    string
	Minutes int64
}

// Areas returns what was given this month in the parts of a region, and in their
// parts: of a city its counties and townships, in the order of their codes. It is
// for officers of that region or of one above it; to others it returns NotFound.
func (a *App) Areas(ctx context.Context, code string) ([]Area, error) {
	region, err := a.authorizeOverview(ctx, code)
	if err != nil {
		return nil, err
	}
	_, areas := a.areas(region, domain.PeriodOf(domain.Month, domain.DayOf(a.clock.Now())))
	return areas, nil
}

// areas returns the parts of a region with their sums, all as of one position.
func (a *App) areas(region domain.Known, period domain.Period) (position int64, areas []Area) {
	var keys []boards.Key
	add := func(parts []domain.Known, above string) {
		for _, part := range parts {
			areas = append(areas, Area{Code: part.ID, Above: above, Name: part.Name})
			keys = append(keys, boards.Key{Subject: boards.Teams, Scope: boards.Scope{Kind: boards.Region, ID: part.ID}, Period: period})
		}
	}
	parts := a.names.partsOf(region)
	add(parts, "")
	for _, part := range parts {
		if len(part.ID) < villageCode-3 { // villages within a county would be too many to tell apart
			add(a.names.partsOf(part), part.ID)
		}
	}
	position, figures := a.boards.Figures(keys...)
	for i, f := range figures {
		areas[i].Minutes = f.Minutes
	}
	return position, areas
}

// villageCode is the length of a village's code; a township's has three figures less.
const villageCode = 12

// partsOf returns the regions directly below one, in the order of their codes.
func (n *names) partsOf(region domain.Known) []domain.Known {
	n.mu.RLock()
	defer n.mu.RUnlock()
	var parts []domain.Known
	for id, k := range n.known {
		if id.kind == domain.Region && k.RegionPath == region.RegionPath+k.ID+"/" {
			parts = append(parts, k)
		}
	}
	slices.SortFunc(parts, func(x, y domain.Known) int { return cmp.Compare(x.ID, y.ID) })
	return parts
}
