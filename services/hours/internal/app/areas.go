package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

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

// areas returns the parts of a region with their sums, all as of one position:
// one board for each level of parts, however many they are.
func (a *App) areas(region domain.Known, period domain.Period) (position int64, areas []Area) {
	level := strings.Count(region.RegionPath, "/") // of the parts: the city's own is 0
	var keys []boards.Key
	add := func(level int) {
		if subject, ok := boards.AreasAt(level); ok {
			keys = append(keys, boards.Key{Subject: subject, Scope: boards.Scope{Kind: boards.Region, ID: region.ID}, Period: period})
		}
	}
	add(level)
	for _, part := range a.names.partsOf(region) {
		areas = append(areas, Area{Code: part.ID, Name: part.Name})
	}
	if level == 1 { // villages within a county would be too many to tell apart
		add(level + 1)
		for _, part := range areas {
			county, _ := a.names.find(domain.Region, part.Code)
			for _, below := range a.names.partsOf(county) {
				areas = append(areas, Area{Code: below.ID, Above: part.Code, Name: below.Name})
			}
		}
	}
	position, given := a.boards.Given(keys...)
	for i := range areas {
		for _, minutes := range given {
			areas[i].Minutes += minutes[areas[i].Code] // on one board only
		}
	}
	return position, areas
}

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
