package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/matching"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// What one run takes at most: some 100 MB and some seconds.
const (
	matchChildren = 3000
	matchPlaces   = 6000
)

// MatchingQuery is what RunMatching is given.
type MatchingQuery struct {
	RegionCode string
	RelaxSex   bool // a wish for a woman or a man counts, but is no must
}

// RunMatching looks at all children who wait in a region and all companion parents who have
// room, finds the best set of pairs, has it proved, and keeps it for officers to decide
// pair by pair. It is for child-care officers of the region with a second factor, and
// returns the run's id. It reads no record: numbers, places, years and words of short lists.
func (a *App) RunMatching(ctx context.Context, query MatchingQuery) (runID string, err error) {
	m, err := a.whoWaits(ctx, query)
	if err != nil {
		return "", err
	}
	ids := make([]string, len(m.candidates))
	for i, c := range m.candidates {
		ids[i] = c.VolunteerID
	}
	persons := a.people.Find(ctx, ids)
	for i, c := range m.candidates {
		m.candidates[i].Sex = persons[c.VolunteerID].Sex
	}
	select { // a run takes a processor and much room: one at a time
	case a.matching <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	run, pairs, err := m.solve(a.clock.Now())
	<-a.matching
	if err != nil {
		return "", err
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "runMatching", query, func(q postgres.Querier) (string, error) {
		return run.ID, store.InsertRun(ctx, q, run, pairs)
	})
}

// match is who waits and who has room.
type match struct {
	run        domain.MatchingRun
	children   []domain.Child
	candidates []domain.Candidate
	pasts      map[store.ChildAndCompanion]domain.Past
}

func (a *App) whoWaits(ctx context.Context, query MatchingQuery) (m match, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return m, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		region, ok, err := store.FindRegion(ctx, q, query.RegionCode)
		if err != nil {
			return err
		}
		if !ok || !looksAfter(who, region.Path) {
			return apperr.For("region_code", errNoRegion)
		}
		if err := who.RequireStrong(); err != nil {
			return err
		}
		rules, err := store.FindPairingRules(ctx, q, a.clock.Now())
		if err != nil {
			return err
		}
		m.run = domain.MatchingRun{ID: id.New(), RegionPath: region.Path, RelaxSex: query.RelaxSex, ByID: who.VolunteerID, At: a.clock.Now()}
		if m.children, err = store.ListWaiting(ctx, q, region.Path, matchChildren+1); err != nil {
			return err
		}
		if m.candidates, err = store.ListCandidates(ctx, q, region.Path, rules.MostOpen, matchPlaces+1); err != nil {
			return err
		}
		m.pasts, err = store.ListPasts(ctx, q, region.Path)
		return err
	})
	for _, c := range m.candidates {
		m.run.Places += c.Free
	}
	m.run.Children = len(m.children)
	if err == nil && (m.run.Children > matchChildren || m.run.Places > matchPlaces) {
		err = apperr.For("region_code", domain.ErrMatchingBig)
	}
	return m, err
}

// place is room for one child at a candidate: her nth child more.
type place struct{ candidate, nth int }

// solve finds the best set of pairs, those who get somebody first, the best pair before the
// others.
func (m match) solve(now time.Time) (domain.MatchingRun, []domain.MatchedPair, error) {
	began := time.Now()
	var places []place
	for i, c := range m.candidates {
		for nth := range c.Free {
			places = append(places, place{i, nth})
		}
	}
	cost := make([]int32, len(m.children)*len(places))
	for row, child := range m.children {
		for column, p := range places {
			c, _, ok := m.weigh(child, p)
			if !ok {
				c = matching.Never
			}
			cost[row*len(places)+column] = c
		}
	}
	best := matching.Solve(len(m.children), len(places), cost)
	if err := best.Proved(len(m.children), len(places), cost); err != nil {
		return m.run, nil, err
	}
	m.run.Pairs, m.run.Total, m.run.Millis = best.Pairs, best.Total, int(time.Since(began).Milliseconds())
	pairs := make([]domain.MatchedPair, len(m.children))
	for row, child := range m.children {
		if column := best.Place[row]; column >= 0 {
			c, reasons, _ := m.weigh(child, places[column])
			pairs[row] = domain.NewMatchedPair(m.run.ID, child.ID, m.candidates[places[column].candidate].CompanionID, c, reasons)
		} else {
			pairs[row] = domain.NewMatchedPair(m.run.ID, child.ID, "", 0, []string{m.whyNobody(child)})
		}
	}
	slices.SortStableFunc(pairs, func(one, other domain.MatchedPair) int {
		return cmp.Or(cmp.Compare(btoi(one.CompanionID == ""), btoi(other.CompanionID == "")), cmp.Compare(one.Cost, other.Cost))
	})
	return m.run, pairs, nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (m match) weigh(child domain.Child, p place) (int32, []string, bool) {
	c := m.candidates[p.candidate]
	return domain.Weigh(child, c, p.nth, m.pasts[store.ChildAndCompanion{ChildID: child.ID, CompanionID: c.CompanionID}], m.run.RelaxSex)
}

// whyNobody is the word for why a child has nobody.
func (m match) whyNobody(child domain.Child) string {
	if len(m.candidates) == 0 {
		return domain.NoneFree
	}
	why := domain.NoneOfSex
	for i := range m.candidates {
		_, words, ok := m.weigh(child, place{i, 0})
		if ok {
			return domain.NoneLeft
		}
		if words[0] == domain.NoneRefused {
			why = domain.NoneRefused
		}
	}
	return why
}
