package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// PurposeQuery is what AskPurpose is given.
type PurposeQuery struct {
	RegionCode  string // whose children; empty when one child or family is meant
	ChildID     string // the only one; empty: all of the region
	HouseholdID string // a family instead
	Reason      string // what for, without anybody's name
	Days        int    // for how long, 1 to 31
}

// AskPurpose asks that another officer lets the caller, a child-care officer of the
// region, read records there that are not her cases; of a family also a coordinator. It
// returns the request's id.
func (a *App) AskPurpose(ctx context.Context, query PurposeQuery) (purposeID string, err error) {
	return idempotency.Do(ctx, a.db, a.clock.Now(), "askPurpose", query, func(q postgres.Querier) (string, error) {
		who, err := auth.From(ctx)
		if err != nil {
			return "", err
		}
		if query.HouseholdID != "" {
			return a.askFamilyPurpose(ctx, q, who, query)
		}
		path, err := a.pathOfPurpose(ctx, q, who, query)
		if err != nil {
			return "", err
		}
		p, err := domain.NewPurpose(path, query.ChildID, query.Reason, query.Days, who.VolunteerID, a.clock.Now())
		if err != nil {
			return "", err
		}
		return p.ID, store.InsertPurpose(ctx, q, p)
	})
}

func (a *App) askFamilyPurpose(ctx context.Context, q postgres.Querier, who auth.Principal, query PurposeQuery) (string, error) {
	h, err := store.FindHousehold(ctx, q, query.HouseholdID)
	if err == nil && !keeps(who, h.RegionPath) {
		err = domain.ErrNoHousehold
	}
	if err != nil {
		return "", err
	}
	p, err := domain.NewFamilyPurpose(h, query.Reason, query.Days, who.VolunteerID, a.clock.Now())
	if err != nil {
		return "", err
	}
	return p.ID, store.InsertPurpose(ctx, q, p)
}

// pathOfPurpose returns the region whose children are meant.
func (a *App) pathOfPurpose(ctx context.Context, q postgres.Querier, who auth.Principal, query PurposeQuery) (string, error) {
	if query.ChildID != "" {
		c, err := store.FindChild(ctx, q, query.ChildID)
		if err == nil && !looksAfter(who, c.RegionPath) {
			err = domain.ErrNoChild
		}
		return c.RegionPath, err
	}
	region, ok, err := store.FindRegion(ctx, q, query.RegionCode)
	if err == nil && (!ok || !looksAfter(who, region.Path)) {
		err = apperr.For("region_code", errNoRegion)
	}
	return region.Path, err
}

// DecidePurpose says yes or no to a request. It is for another child-care officer or
// an administrator of the region, about a family also for a coordinator, with a second
// factor: to others it returns NotFound, to who asked domain.ErrPurposeOwn.
func (a *App) DecidePurpose(ctx context.Context, purposeID string, approved bool, answer string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		who, err := auth.From(ctx)
		if err != nil {
			return err
		}
		p, err := store.LockPurpose(ctx, q, purposeID)
		if err != nil {
			return err
		}
		if !supervises(who, p.RegionPath) && (p.HouseholdID == "" || !seesFamilies(who, p.RegionPath)) {
			return domain.ErrNoPurpose
		}
		if err := who.RequireStrong(); err != nil {
			return err
		}
		if p, err = p.Decide(approved, answer, who.VolunteerID, a.clock.Now()); err != nil {
			return err
		}
		return store.UpdatePurposeDecided(ctx, q, p)
	})
}

// toldOfEmergencies is how many others are told at once that a record was opened in
// an emergency.
const toldOfEmergencies = 2

// OpenInEmergency lets the caller, a child-care officer of the region with a second
// factor, read one child's record for an hour. At least two others who are in charge
// are told in the same moment; when there are not so many, all there are.
func (a *App) OpenInEmergency(ctx context.Context, childID, reason string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		who, err := auth.From(ctx)
		if err != nil {
			return err
		}
		c, err := store.FindChild(ctx, q, childID)
		if err != nil {
			return err
		}
		if !looksAfter(who, c.RegionPath) {
			return domain.ErrNoChild
		}
		if err := who.RequireStrong(); err != nil {
			return err
		}
		p, err := domain.NewEmergency(c, reason, who.VolunteerID, a.clock.Now())
		if err != nil {
			return err
		}
		if err := store.InsertPurpose(ctx, q, p); err != nil {
			return err
		}
		return a.tellOfEmergency(ctx, q, p)
	})
}

func (a *App) tellOfEmergency(ctx context.Context, q postgres.Querier, p domain.Purpose) error {
	inCharge, err := store.ListOfficers(ctx, q, p.RegionPath, []string{childCare, administrator}, p.AskedAt)
	if err != nil {
		return err
	}
	if inCharge, err = store.OtherPersons(ctx, q, inCharge, p.OfficerID); err != nil { // her other record is no other
		return err
	}
	others := firstWithout(inCharge, toldOfEmergencies)
	words := map[string]string{"by": p.OfficerID, "reason": p.Reason}
	return outbox.Append(ctx, q, p.AskedAt, news(pairingsv1.NoticeVaultBroken, subject{"purpose", p.ID}, p.AskedAt, words, others...)...)
}

// NamedPurpose is a purpose with the names that belong to it.
type NamedPurpose struct {
	domain.Purpose
	OfficerName, RegionName, DecidedByName string
	Good                                   bool
	MayDecide                              bool
}

// ListPurposes returns a page of the purposes of the regions in which the caller is a
// child-care officer or administrator, for a coordinator those about families, those
// that wait first.
func (a *App) ListPurposes(ctx context.Context, query ListQuery) (named []NamedPurpose, next string, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	page, err := query.page()
	if err != nil {
		return nil, "", err
	}
	var purposes []domain.Purpose
	var regions map[string]string
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if purposes, err = store.ListPurposes(ctx, q, who.RegionsAs(childCare, administrator), who.RegionsAs(coordinator), page); err != nil {
			return err
		}
		purposes, next = cut(purposes, query.Limit, func(p domain.Purpose) string { return p.ID })
		paths := make([]string, len(purposes))
		for i, p := range purposes {
			paths[i] = p.RegionPath
		}
		regions, err = store.RegionNames(ctx, q, paths)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	ids := make([]string, 0, 2*len(purposes))
	for _, p := range purposes {
		ids = append(ids, p.OfficerID)
		if p.DecidedBy != "" {
			ids = append(ids, p.DecidedBy)
		}
	}
	persons := a.people.Find(ctx, ids)
	now := a.clock.Now()
	named = make([]NamedPurpose, len(purposes))
	for i, p := range purposes {
		named[i] = NamedPurpose{
			Purpose: p, OfficerName: persons[p.OfficerID].FullName(), RegionName: regions[p.RegionPath], Good: p.Good(now),
			MayDecide: !p.Emergency && p.DecidedBy == "" && p.OfficerID != who.VolunteerID,
		}
		if p.DecidedBy != "" {
			named[i].DecidedByName = persons[p.DecidedBy].FullName()
		}
	}
	return named, next, nil
}
