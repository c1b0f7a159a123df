package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// TakeChild makes the caller, a child-care officer of the region with a second
// factor, the one who has the case, if nobody has it: what another has is handed
// over, or reading it would need nobody's word. Twice changes nothing. It returns
// domain.ErrCaseHeld when somebody else has it.
func (a *App) TakeChild(ctx context.Context, childID string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		who, err := auth.From(ctx)
		if err != nil {
			return err
		}
		c, err := store.LockChild(ctx, q, childID)
		if err != nil {
			return err
		}
		if !looksAfter(who, c.RegionPath) {
			return domain.ErrNoChild
		}
		if err := who.RequireStrong(); err != nil {
			return err
		}
		if c.OfficerID == who.VolunteerID {
			return nil
		}
		if c.OfficerID != "" {
			return domain.ErrCaseHeld
		}
		return a.giveCase(ctx, q, c, who.VolunteerID)
	})
}

// HandOver gives a case to another child-care officer of its region. It is for who
// has the case, and for an administrator of the region, with a second factor; nobody
// gives one to themself (domain.ErrCaseOwn), nor to who is no child-care officer
// there (domain.ErrNotInCare).
func (a *App) HandOver(ctx context.Context, childID, toID string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, err := a.lockToHandOver(ctx, q, childID, toID)
		if err != nil {
			return err
		}
		inCare, err := store.ListOfficers(ctx, q, c.RegionPath, []string{childCare}, a.clock.Now())
		if err != nil {
			return err
		}
		if !slices.Contains(inCare, toID) {
			return apperr.For("officer_id", domain.ErrNotInCare)
		}
		if c.OfficerID == toID {
			return nil
		}
		return a.giveCase(ctx, q, c, toID)
	})
}

func (a *App) lockToHandOver(ctx context.Context, q postgres.Querier, childID, toID string) (domain.Child, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.Child{}, err
	}
	c, err := store.LockChild(ctx, q, childID)
	if err != nil {
		return c, err
	}
	switch {
	case !supervises(who, c.RegionPath):
		return c, domain.ErrNoChild
	case !who.Strong:
		return c, auth.ErrSecondFactor
	case c.OfficerID != who.VolunteerID && !who.Holds(administrator, c.RegionPath):
		return c, domain.ErrNoCase
	}
	return c, notToSelf(ctx, q, who, c.OfficerID, toID)
}

// notToSelf returns domain.ErrCaseOwn when somebody gives a case that another has to
// themself, under whichever record.
func notToSelf(ctx context.Context, q postgres.Querier, who auth.Principal, fromID, toID string) error {
	if fromID == who.VolunteerID {
		return nil
	}
	own, err := store.SamePerson(ctx, q, who.VolunteerID, toID)
	if err == nil && own && fromID != toID {
		err = domain.ErrCaseOwn
	}
	return err
}

func (a *App) giveCase(ctx context.Context, q postgres.Querier, c domain.Child, toID string) error {
	c.OfficerID, c.Version = toID, c.Version+1
	return store.UpdateChildOfficer(ctx, q, c)
}

// CareOfficer is somebody to whom a case can be handed over.
type CareOfficer struct {
	VolunteerID, Name string
	Holds             bool // has the case
}

// ListCareOfficers returns the child-care officers of a child's region, those of the
// nearest region first, for who may hand the case over or look at its openings.
func (a *App) ListCareOfficers(ctx context.Context, childID string) ([]CareOfficer, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var c domain.Child
	var ids []string
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		if c, err = store.FindChild(ctx, q, childID); err != nil {
			return err
		}
		if !supervises(who, c.RegionPath) {
			return domain.ErrNoChild
		}
		ids, err = store.ListOfficers(ctx, q, c.RegionPath, []string{childCare}, a.clock.Now())
		return err
	})
	if err != nil {
		return nil, err
	}
	persons := a.people.Find(ctx, ids)
	officers := make([]CareOfficer, len(ids))
	for i, one := range ids {
		officers[i] = CareOfficer{VolunteerID: one, Name: persons[one].FullName(), Holds: one == c.OfficerID}
	}
	return officers, nil
}
