package domain

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// SilentAfter is how long nothing may be heard of a city, which tells something every ten
// minutes, before a hub says so.
const SilentAfter = 30 * time.Minute

// HubFigures is what a hub knows of a region of a city.
type HubFigures struct {
	City string // code
	CellFigures
	CountedAt time.Time
}

// Check refuses what no city tells: a hub does not trust that all of them run what they should.
func (f HubFigures) Check() error {
	if f.Period == "" || f.Region == "" || f.Version <= 0 || f.CountedAt.IsZero() {
		return errors.New("a figure without period, region, time or version")
	}
	if _, ok := written(f.Period); !ok && f.Period != string(AllTime) {
		return fmt.Errorf("%q is no period", f.Period)
	}
	if f.Hidden != (f.Figures == Figures{}) || !f.Hidden && f.People < LeastCell {
		return fmt.Errorf("%s %s: %d people stand apart", f.Period, f.Region, f.People)
	}
	return nil
}

// HubRow is a city or a division on a hub's board.
type HubRow struct {
	Code, Name string
	Figures
	Heard  time.Time // of a city: as of when its figures are; zero: it was never heard
	Silent bool
	Parts  []HubRow // its divisions that are told apart
}

// HubBoard sorts figures of one period by city, the most minutes first. names are the cities that
// belong to the hub by code, also those that were never heard; heard is when each was last.
func HubBoard(figures []HubFigures, names map[string]string, heard map[string]time.Time, now time.Time) (whole Figures, cities []HubRow) {
	rows := map[string]*HubRow{}
	for code, name := range names {
		rows[code] = &HubRow{Code: code, Name: name, Heard: heard[code], Silent: now.Sub(heard[code]) > SilentAfter}
	}
	for _, f := range figures {
		row, ok := rows[f.City]
		if !ok || f.Hidden {
			continue
		}
		if f.CellFigures.City {
			row.Figures = f.Figures
			whole.Minutes, whole.Services, whole.People, whole.Teams = whole.Minutes+f.Minutes, whole.Services+f.Services, whole.People+f.People, whole.Teams+f.Teams
			continue
		}
		row.Parts = append(row.Parts, HubRow{Code: f.Region, Name: f.Name, Figures: f.Figures})
	}
	order := func(x, y HubRow) int { return cmp.Or(cmp.Compare(y.Minutes, x.Minutes), cmp.Compare(x.Code, y.Code)) }
	for _, row := range rows {
		slices.SortFunc(row.Parts, order)
		cities = append(cities, *row)
	}
	slices.SortFunc(cities, order)
	return whole, cities
}
