package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// NamedRun is a run with names.
type NamedRun struct {
	domain.MatchingRun
	RegionName, ByName string
}

// ListMatchingRuns returns the newest runs of the regions in which the caller is a
// child-care officer.
func (a *App) ListMatchingRuns(ctx context.Context) ([]NamedRun, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var runs []domain.MatchingRun
	var regions map[string]string
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if runs, err = store.ListRuns(ctx, q, who.RegionsAs(childCare)); err != nil {
			return err
		}
		paths := make([]string, len(runs))
		for i, r := range runs {
			paths[i] = r.RegionPath
		}
		regions, err = store.RegionNames(ctx, q, paths)
		return err
	})
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(runs))
	for i, r := range runs {
		ids[i] = r.ByID
	}
	persons := a.people.Find(ctx, ids)
	named := make([]NamedRun, len(runs))
	for i, r := range runs {
		named[i] = NamedRun{MatchingRun: r, RegionName: regions[r.RegionPath], ByName: persons[r.ByID].FullName()}
	}
	return named, nil
}

// NamedPair is a pair as the desk shows it: the companion parent by name, the child by its
// record's number.
type NamedPair struct {
	store.PairView
	ChildRegion, CompanionRegion, CompanionName string
}

// pairsAtOnce bounds a page of pairs.
const pairsAtOnce = 100

// ListMatchedPairs returns pairs of a run after a place in it, for child-care officers of
// the run's region.
func (a *App) ListMatchedPairs(ctx context.Context, runID string, after int64) ([]NamedPair, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var pairs []store.PairView
	var regions map[string]string
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		run, err := store.FindRun(ctx, q, runID)
		if err != nil {
			return err
		}
		if !looksAfter(who, run.RegionPath) {
			return domain.ErrNoRun
		}
		if pairs, err = store.ListPairs(ctx, q, runID, after, pairsAtOnce); err != nil {
			return err
		}
		var paths []string
		for _, p := range pairs {
			paths = append(paths, p.ChildPath, p.CompanionPath)
		}
		regions, err = store.RegionNames(ctx, q, paths)
		return err
	})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range pairs {
		if p.VolunteerID != "" {
			ids = append(ids, p.VolunteerID)
		}
	}
	persons := a.people.Find(ctx, ids)
	named := make([]NamedPair, len(pairs))
	for i, p := range pairs {
		named[i] = NamedPair{PairView: p, ChildRegion: regions[p.ChildPath], CompanionRegion: regions[p.CompanionPath]}
		if p.VolunteerID != "" {
			named[i].CompanionName = persons[p.VolunteerID].FullName()
		}
	}
	return named, nil
}

// lockPair returns a pair, locked, to a child-care officer of its run's region with a
// second factor.
func (a *App) lockPair(ctx context.Context, q postgres.Querier, pairID string) (domain.MatchedPair, auth.Principal, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.MatchedPair{}, who, err
	}
	p, err := store.LockPair(ctx, q, pairID)
	if err != nil {
		return p, who, err
	}
	run, err := store.FindRun(ctx, q, p.RunID)
	if err != nil {
		return p, who, err
	}
	if !looksAfter(who, run.RegionPath) {
		return p, who, domain.ErrNoPair
	}
	return p, who, who.RequireStrong()
}

// AcceptPair proposes a pair as a pairing, under all the rules of ProposePairing, and
// returns the pairing's id. n says who supervises; whom it pairs is the pair's.
func (a *App) AcceptPair(ctx context.Context, pairID string, n domain.NewPairing) (pairingID string, err error) {
	var companionID string
	if err := a.db.InTx(ctx, func(q postgres.Querier) error { // her sex is asked for before the transaction
		p, _, err := a.lockPair(ctx, q, pairID)
		companionID = p.CompanionID
		return err
	}); err != nil {
		return "", err
	}
	sex := ""
	if companionID != "" {
		sex = a.sexOf(ctx, companionID)
	}
	now := a.clock.Now()
	return idempotency.Do(ctx, a.db, now, "acceptPair", []any{pairID, n}, func(q postgres.Querier) (string, error) {
		p, who, err := a.lockPair(ctx, q, pairID)
		if err != nil {
			return "", err
		}
		if _, err := p.Accept("", who.VolunteerID, now); err != nil {
			return "", err
		}
		n.ChildID, n.CompanionID = p.ChildID, p.CompanionID
		pairing, err := a.propose(ctx, q, n, sex)
		if err != nil {
			return "", err
		}
		if p, err = p.Accept(pairing.ID, who.VolunteerID, now); err != nil {
			return "", err
		}
		return pairing.ID, store.UpdatePairDecided(ctx, q, p)
	})
}

// RefusePair says no to a pair, with a reason: the two are not suggested again.
func (a *App) RefusePair(ctx context.Context, pairID, reason string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		p, who, err := a.lockPair(ctx, q, pairID)
		if err != nil {
			return err
		}
		if p, err = p.Refuse(reason, who.VolunteerID, a.clock.Now()); err != nil {
			return err
		}
		return store.UpdatePairDecided(ctx, q, p)
	})
}
