package domain

import (
	"cmp"
	"slices"
)

// LeastCell is the smallest number of people of whom a figure leaves the city by itself.
const LeastCell = 5

// CellFigures are what a city tells a hub of a region in a period.
type CellFigures struct {
	Period string // as Period writes it
	Region string // code
	Name   string
	City   bool
	Hidden bool // all figures are zero
	Figures
	Version int64
}

// Census is what a city gave in a period, as a whole and by division. Whoever served in
// none of the divisions is in the whole alone.
type Census struct {
	Period Period
	Whole  Figures
	Parts  map[string]Figures // by the division's code; the city's own code for what was given in none
}

// CellsOf returns what may be told of all months, years and all time of the city. A region with fewer
// than LeastCell people in a period is hidden. Since what is hidden is still in the
// city's figure, the difference of the city and all that is shown would be that small cell again: then the
// smallest of the others is hidden with it. For the same reason a year's minutes and services are the
// sum of the months that are told, and not of all: else the hidden month would be their difference.
func CellsOf(city string, censuses []Census) []CellFigures {
	var cells []CellFigures
	told := map[string]map[string]Figures{} // by longer period and region: the months that are told
	for _, c := range censuses {
		if c.Period.Kind != Month {
			continue
		}
		for _, cell := range c.cells(city) {
			cells = append(cells, cell)
			for _, longer := range []Period{PeriodOf(Year, c.Period.Start), {Kind: AllTime}} {
				p := longer.String()
				if told[p] == nil {
					told[p] = map[string]Figures{}
				}
				f := told[p][cell.Region]
				f.Minutes, f.Services = f.Minutes+cell.Minutes, f.Services+cell.Services
				told[p][cell.Region] = f
			}
		}
	}
	for _, c := range censuses {
		if c.Period.Kind == Month {
			continue
		}
		for _, cell := range c.cells(city) {
			if !cell.Hidden {
				months := told[cell.Period][cell.Region]
				cell.Minutes, cell.Services = months.Minutes, months.Services
			}
			cells = append(cells, cell)
		}
	}
	return cells
}

// cells returns the city and its divisions, small ones hidden.
func (c Census) cells(city string) []CellFigures {
	whole := c.cell(city, c.Whole)
	whole.City = true
	cells := []CellFigures{whole}
	small := c.Parts[city] != (Figures{}) && c.Parts[city].People < LeastCell
	for region, f := range c.Parts {
		if region == city {
			continue
		}
		cell := c.cell(region, f)
		small = small || cell.Hidden
		cells = append(cells, cell)
	}
	slices.SortFunc(cells[1:], func(x, y CellFigures) int {
		return cmp.Or(cmp.Compare(x.People, y.People), cmp.Compare(x.Region, y.Region))
	})
	for i := 1; i < len(cells) && small; i++ {
		if !cells[i].Hidden {
			small = false // one that is large enough stands with the small ones now
			cells[i] = CellFigures{Period: cells[i].Period, Region: cells[i].Region, Hidden: true}
		}
	}
	return cells
}

func (c Census) cell(region string, f Figures) CellFigures {
	if f.People < LeastCell {
		return CellFigures{Period: c.Period.String(), Region: region, Hidden: true}
	}
	return CellFigures{Period: c.Period.String(), Region: region, Figures: f}
}
