package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// keepers are who may have the case of a family.
var keepers = []string{coordinator, childCare}

// seesFamilies reports whether somebody sees that there are families, and decides on
// plans.
func seesFamilies(who auth.Principal, regionPath string) bool {
	return keeps(who, regionPath) || who.Holds(administrator, regionPath)
}

func keeps(who auth.Principal, regionPath string) bool {
	return who.Holds(coordinator, regionPath) || looksAfter(who, regionPath)
}

// authorizeFamily returns the region if the person who asks may register a family there.
func authorizeFamily(ctx context.Context, q postgres.Querier, code string) (domain.KnownRegion, auth.Principal, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.KnownRegion{}, who, err
	}
	region, ok, err := store.FindRegion(ctx, q, code)
	if err == nil && (!ok || !keeps(who, region.Path)) {
		err = apperr.For("region_code", errNoRegion)
	}
	return region, who, err
}

// familyGround returns why the person who asks may read a family's record now.
func (a *App) familyGround(ctx context.Context, q postgres.Querier, h domain.Household) (domain.Ground, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.Ground{}, err
	}
	if !seesFamilies(who, h.RegionPath) {
		return domain.Ground{}, domain.ErrNoHousehold
	}
	if err := who.RequireStrong(); err != nil {
		return domain.Ground{}, err
	}
	if h.OfficerID == who.VolunteerID && keeps(who, h.RegionPath) {
		return ofCase, nil
	}
	if h.State == domain.HouseholdWithdrawn {
		return domain.Ground{}, domain.ErrFamilyWithdrawn
	}
	purposes, err := store.ListFamilyPurposesFor(ctx, q, who.VolunteerID, h.ID, a.clock.Now())
	if err != nil {
		return domain.Ground{}, err
	}
	if len(purposes) > 0 {
		return purposes[0].Ground(), nil
	}
	cases, err := store.ListAidCasesOf(ctx, q, []string{h.ID})
	if err != nil {
		return domain.Ground{}, err
	}
	for _, c := range cases {
		if c.State == domain.AidPlanned {
			return domain.Ground{Basis: domain.BasisDecision, BasisID: c.ID}, nil
		}
	}
	return domain.Ground{}, domain.ErrNoFamilyGround
}

// lockFamily returns a family, locked, to who has its case and proved it with a second
// factor.
func (a *App) lockFamily(ctx context.Context, q postgres.Querier, householdID string) (domain.Household, auth.Principal, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.Household{}, who, err
	}
	h, err := store.LockHousehold(ctx, q, householdID)
	switch {
	case err != nil:
		return h, who, err
	case !seesFamilies(who, h.RegionPath):
		return h, who, domain.ErrNoHousehold
	case !who.Strong:
		return h, who, auth.ErrSecondFactor
	case h.OfficerID != who.VolunteerID || !keeps(who, h.RegionPath):
		return h, who, domain.ErrNoCase
	case h.State == domain.HouseholdErased:
		return h, who, domain.ErrErased
	}
	return h, who, nil
}

// lockAid returns a case and its family, both locked, to who has the family's case.
func (a *App) lockAid(ctx context.Context, q postgres.Querier, aidCaseID string) (domain.AidCase, domain.Household, auth.Principal, error) {
	found, err := store.FindAidCase(ctx, q, aidCaseID)
	if err != nil {
		return found, domain.Household{}, auth.Principal{}, err
	}
	h, who, err := a.lockFamily(ctx, q, found.HouseholdID)
	if err == domain.ErrNoHousehold { //nolint:errorlint // it is this very error
		err = domain.ErrNoAidCase
	}
	if err != nil {
		return found, h, who, err
	}
	c, err := store.LockAidCase(ctx, q, aidCaseID)
	return c, h, who, err
}

// lockMyAid returns a case and its family, both locked, to its helper. To others there
// is none.
func (a *App) lockMyAid(ctx context.Context, q postgres.Querier, aidCaseID string) (domain.AidCase, domain.Household, auth.Principal, error) {
	return a.lockAidOf(ctx, q, aidCaseID, func(who auth.Principal, c domain.AidCase) (bool, error) {
		return store.SamePerson(ctx, q, who.VolunteerID, c.HelperID)
	})
}

// lockBrigadesAid returns a case and its family, both locked, to who is of the brigade
// that helps there. To others there is none.
func (a *App) lockBrigadesAid(ctx context.Context, q postgres.Querier, aidCaseID string) (domain.AidCase, domain.Household, auth.Principal, error) {
	return a.lockAidOf(ctx, q, aidCaseID, func(who auth.Principal, c domain.AidCase) (bool, error) {
		return store.OfBrigade(ctx, q, who.VolunteerID, c.TeamID)
	})
}

// lockAidOf returns a case and its family, both locked, to whom has a part in it.
func (a *App) lockAidOf(ctx context.Context, q postgres.Querier, aidCaseID string, has func(who auth.Principal, c domain.AidCase) (bool, error)) (domain.AidCase, domain.Household, auth.Principal, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.AidCase{}, domain.Household{}, who, err
	}
	found, err := store.FindAidCase(ctx, q, aidCaseID)
	if err != nil {
		return found, domain.Household{}, who, err
	}
	part, err := has(who, found)
	if err == nil && !part {
		err = domain.ErrNoAidCase
	}
	if err != nil {
		return found, domain.Household{}, who, err
	}
	h, err := store.LockHousehold(ctx, q, found.HouseholdID)
	if err != nil {
		return found, h, who, err
	}
	c, err := store.LockAidCase(ctx, q, aidCaseID)
	return c, h, who, err
}
