package app

import (
	"cmp"
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// How the figures of a report are counted
//
// All cells of a report are counted in one pass: what their spans of days have in
// common is read once, in the region's part of the ledger, and each fact is added
// to every figure to which it belongs. It makes no difference whether a report is
// shown before its cut-off day, frozen on it, or worked out again years later:
// the place says how far everything is counted.
//
// What there is now, the boards have in memory, as far as they have counted. Only
// what they do not know is read then: reporting units, how lines were proved, and
// what is no line. What is frozen and signed is always read from the ledger.

// live is a place that counts all there is.
func (a *App) live() domain.ReportPlace {
	return domain.ReportPlace{WithoutLimits: true, SettledOn: domain.DayOf(a.clock.Now())}
}

// filterOf returns what a binding of a period's report narrows to.
func (a *App) filterOf(f domain.ReportForm, v domain.FormVersion, b domain.Binding, p domain.Period) domain.Filter {
	filter := domain.Filter{ProgrammeID: b.ProgrammeID, RegionPath: f.RegionPath, ReportingUnit: b.Unit, Verification: b.Verification}
	if b.RegionCode != "" {
		region, ok := a.names.find(domain.Region, b.RegionCode)
		if filter.RegionPath = region.RegionPath; !ok {
			filter.RegionPath = "-" // was checked when it was bound; counts nothing rather than everything
		}
	}
	filter.From, filter.Until = v.Span(b, p)
	return filter
}

// countReport returns the figures of a period's report. q is a snapshot.
func (a *App) countReport(ctx context.Context, q postgres.Querier, f domain.ReportForm, v domain.FormVersion, p domain.Period, place domain.ReportPlace) ([]domain.Figure, error) {
	var figures []domain.Figure
	var tallies []*domain.Tally
	for _, b := range v.Bindings {
		if b.Text != "" {
			continue
		}
		indicator, _ := domain.FindIndicator(b.Indicator)
		figures = append(figures, domain.Figure{Sheet: b.Sheet, Cell: b.Cell})
		tallies = append(tallies, domain.NewTally(indicator, a.filterOf(f, v, b, p)))
	}
	rest := tallies
	if place.WithoutLimits {
		rest = a.takeFromBoards(tallies, place.SettledOn)
	}
	if err := a.tally(ctx, q, f.RegionPath, place, rest); err != nil {
		return nil, err
	}
	for i := range figures {
		figures[i].Value = tallies[i].Value()
	}
	return figures, nil
}

// takeFromBoards counts what the boards know, as settled on the day, and returns
// the other figures.
func (a *App) takeFromBoards(tallies []*domain.Tally, settledOn domain.Day) (rest []*domain.Tally) {
	var parts []boards.Narrowed
	asked := map[boards.Narrowed][]*domain.Tally{} // cells often ask for hours, people and brigades of one part
	for _, t := range tallies {
		if !t.FromSums() {
			rest = append(rest, t)
			continue
		}
		part := boards.Narrowed{
			RegionPath: t.Filter.RegionPath, ProgrammeID: t.Filter.ProgrammeID, Account: t.Indicator.Account, From: t.Filter.From, Until: t.Filter.Until,
		}
		if t.Indicator.Kind == domain.SettledFacts {
			part.SettledOn = settledOn
		}
		if asked[part] == nil {
			parts = append(parts, part)
		}
		asked[part] = append(asked[part], t)
	}
	for i, figures := range a.boards.Count(parts) {
		for _, t := range asked[parts[i]] {
			t.Take(figures)
		}
	}
	return rest
}

// tally adds every fact to the figures to which it belongs.
func (a *App) tally(ctx context.Context, q postgres.Querier, regionPath string, place domain.ReportPlace, tallies []*domain.Tally) error {
	if err := allowLongRead(ctx, q); err != nil { // a year of a large city takes longer than a request may
		return err
	}
	byKind := map[domain.FactKind][]*domain.Tally{}
	for _, t := range tallies {
		byKind[t.Indicator.Kind] = append(byKind[t.Indicator.Kind], t)
	}
	survivors := a.boards.Merged()
	for kind, some := range byKind {
		add := func(x domain.Fact) {
			if survivor, ok := survivors[x.PersonID]; ok {
				x.PersonID = survivor
			}
			for _, t := range some {
				t.Add(x)
			}
		}
		if err := eachFact(ctx, q, kind, spansOf(regionPath, some), place, add); err != nil {
			return err
		}
	}
	return nil
}

func eachFact(ctx context.Context, q postgres.Querier, kind domain.FactKind, spans []domain.Filter, place domain.ReportPlace, add func(domain.Fact)) error {
	switch kind {
	case domain.ActivityFacts:
		return store.EachActivityFact(ctx, q, place, add)
	case domain.BrigadeFacts:
		return store.EachBrigadeFact(ctx, q, place, add)
	}
	read := store.EachLineFact
	if kind == domain.SettledFacts {
		read = store.EachSettledFact
	}
	for _, span := range spans {
		if err := read(ctx, q, span, place, add); err != nil {
			return err
		}
	}
	return nil
}

// spansOf returns the days that the figures ask for, each day once.
func spansOf(regionPath string, tallies []*domain.Tally) (spans []domain.Filter) {
	all := slices.Clone(tallies)
	slices.SortFunc(all, func(x, y *domain.Tally) int { return cmp.Compare(x.Filter.From, y.Filter.From) })
	for _, t := range all {
		if n := len(spans); n > 0 && t.Filter.From <= spans[n-1].Until {
			spans[n-1].Until = max(spans[n-1].Until, t.Filter.Until)
			continue
		}
		spans = append(spans, domain.Filter{RegionPath: regionPath, From: t.Filter.From, Until: t.Filter.Until})
	}
	return spans
}
