package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// AddRegion adds a township below a county or a village below a township, for
// an administrator of that one. It returns domain.ErrRegionTaken for a code that is there.
func (a *App) AddRegion(ctx context.Context, parentCode, code, name, reason string) (RegionView, error) {
	return a.changeRegion(ctx, "createRegion", parentCode, reason, []string{code, name}, func(q postgres.Querier, parent domain.Region) (domain.Region, error) {
		r, err := domain.NewRegion(parent, code, name)
		if err != nil {
			return domain.Region{}, err
		}
		return r, store.InsertRegions(ctx, q, []domain.Region{r})
	})
}

// RenameRegion gives a township or village another name.
func (a *App) RenameRegion(ctx context.Context, code, name, reason string) (RegionView, error) {
	return a.changeRegion(ctx, "renameRegion", code, reason, []string{name}, func(q postgres.Querier, r domain.Region) (domain.Region, error) {
		changed, err := r.Rename(name)
		if err != nil || !changed {
			return r, err
		}
		return r, store.UpdateRegion(ctx, q, r)
	})
}

// MoveRegion hangs a township or village, with all below it, below another
// county or township. Everything that tells a path tells its new one.
func (a *App) MoveRegion(ctx context.Context, code, parentCode, reason string) (RegionView, error) {
	return a.changeRegion(ctx, "moveRegion", code, reason, []string{parentCode}, func(q postgres.Querier, r domain.Region) (domain.Region, error) {
		parent, err := a.regionFor(ctx, q, changeRegions, parentCode)
		if err != nil {
			return domain.Region{}, err
		}
		if err := r.MayMoveTo(parent); err != nil {
			return domain.Region{}, err
		}
		moved, err := store.MoveRegion(ctx, q, r, parent)
		if err != nil {
			return domain.Region{}, err
		}
		return moved[0], a.tellNewPaths(ctx, q, moved, nil, moved[0].Code)
	})
}

// MergeRegion makes a township or village part of another of its level: what
// is below it, its people and its brigades belong there from now on. Its code
// stays in old lines of the ledger, so the division stays readable. Authority
// over it and open offices in it must be settled before.
func (a *App) MergeRegion(ctx context.Context, code, intoCode, reason string) (RegionView, error) {
	return a.changeRegion(ctx, "mergeRegion", code, reason, []string{intoCode}, func(q postgres.Querier, r domain.Region) (domain.Region, error) {
		into, err := a.regionFor(ctx, q, changeRegions, intoCode)
		if err != nil {
			return domain.Region{}, err
		}
		if err := r.MayMergeInto(into); err != nil {
			return domain.Region{}, err
		}
		if err := a.settled(ctx, q, r); err != nil {
			return domain.Region{}, err
		}
		moved, err := store.MoveChildren(ctx, q, r, into)
		if err != nil {
			return domain.Region{}, err
		}
		teams, err := store.MoveHomes(ctx, q, r.Code, into.Code)
		if err != nil {
			return domain.Region{}, err
		}
		r.MergedInto = into.Code
		r.Version++
		if err := store.UpdateRegion(ctx, q, r); err != nil {
			return domain.Region{}, err
		}
		return r, a.tellNewPaths(ctx, q, moved, teams, r.Code)
	})
}

// settled returns domain.ErrRegionInUse while somebody has authority over the
// region itself, or an office there is open.
func (a *App) settled(ctx context.Context, q postgres.Querier, r domain.Region) error {
	if err := store.LockAdministration(ctx, q); err != nil {
		return err
	}
	granted, err := store.AnyGrantOver(ctx, q, r.Code, a.clock.Now())
	if err != nil {
		return err
	}
	office, err := store.AnyOfficeAt(ctx, q, r.Code)
	if err != nil {
		return err
	}
	if granted || office {
		return domain.ErrRegionInUse
	}
	return nil
}

// tellNewPaths tells the new path of everything in the divisions that were moved:
// of the divisions but the one called by, which its caller tells of, of
// brigades, those with these ids too, of authority and of offices.
func (a *App) tellNewPaths(ctx context.Context, q postgres.Querier, moved []domain.Region, teamIDs []string, by string) error {
	codes := make([]string, len(moved))
	var events []outbox.Event
	for i, r := range moved {
		codes[i] = r.Code
		if r.Code != by {
			events = append(events, regionChanged(r))
		}
	}
	teams, err := store.RaiseTeamsAt(ctx, q, codes, teamIDs)
	if err != nil {
		return err
	}
	grants, err := store.RaiseGrantsAt(ctx, q, codes)
	if err != nil {
		return err
	}
	offices, err := store.RaiseOfficesAt(ctx, q, codes)
	if err != nil {
		return err
	}
	for _, t := range teams {
		events = append(events, teamChanged(t))
	}
	for _, g := range grants {
		events = append(events, grantChanged(g))
	}
	for _, o := range offices {
		events = append(events, officeChanged(o))
	}
	return tellAll(ctx, q, a.clock.Now(), events)
}

// changeRegion lets an administrator change the tree at a division: one change
// at a time, recorded with its reason, and told when anything is another.
func (a *App) changeRegion(ctx context.Context, operation, code, reason string, more []string, change func(postgres.Querier, domain.Region) (domain.Region, error)) (RegionView, error) {
	request := append([]string{code, reason}, more...)
	changed, err := idempotency.Do(ctx, a.db, a.clock.Now(), operation, request, func(q postgres.Querier) (string, error) {
		if err := store.LockRegions(ctx, q); err != nil {
			return "", err
		}
		before, err := a.regionFor(ctx, q, changeRegions, code)
		if err != nil {
			return "", err
		}
		r, err := change(q, before)
		if err != nil || r == before {
			return r.Code, err
		}
		p, err := auth.From(ctx)
		if err != nil {
			return "", err
		}
		record := domain.NewRecord(p.VolunteerID, regionActs[operation], "region", r.Code, a.clock.Now()).Because(reason)
		if err := store.InsertRecord(ctx, q, record); err != nil {
			return "", err
		}
		return r.Code, outbox.Append(ctx, q, a.clock.Now(), regionChanged(r))
	})
	if err != nil {
		return RegionView{}, err
	}
	return a.FindRegion(ctx, changed)
}

// regionActs says how each operation is called in the audit.
var regionActs = map[string]string{
	"createRegion": "region.added", "renameRegion": "region.renamed", "moveRegion": "region.moved", "mergeRegion": "region.merged",
}
