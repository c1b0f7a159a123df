package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// What the vault is opened for at a family's; consents are whatConsent.
const (
	whatFamily     = "family"      // the record
	whatAidPlan    = "aid_plan"    // what is going to be done
	whatAidVisit   = "aid_visit"   // a visit is written down
	whatAidReview  = "aid_review"  // a quarter's review is
	whatHelperPage = "helper_page" // what the helper sees
)

func familyPlace(householdID string) vault.Place {
	return vault.Place{Table: "households", Column: "sealed", Row: householdID}
}

func familyFormPlace(consentID string) vault.Place {
	return vault.Place{Table: "household_consents", Column: "sealed", Row: consentID}
}

// Registered is what a registration returns: how the record is called from now on.
type Registered struct {
	HouseholdID string
	Number      int
}

// RegisterHousehold keeps a family in hardship. Who they are is sealed under a key of
// their own. It returns domain.ErrHouseholdTwice when one of them is registered in a
// family already, also at this very moment; in which is not said.
func (a *App) RegisterHousehold(ctx context.Context, n domain.NewHousehold) (Registered, error) {
	now := a.clock.Now()
	return idempotency.Do(ctx, a.db, now, "registerHousehold", n, func(q postgres.Querier) (Registered, error) {
		region, who, err := authorizeFamily(ctx, q, n.RegionCode)
		if err != nil {
			return Registered{}, err
		}
		h, family, err := n.Register(region, who.VolunteerID, now)
		if err != nil {
			return Registered{}, err
		}
		key, err := a.newKey(ctx, q, domain.KindHousehold, h.ID)
		if err != nil {
			return Registered{}, err
		}
		if h.Sealed, err = sealJSON(key, familyPlace(h.ID), family); err != nil {
			return Registered{}, err
		}
		number, err := store.InsertHousehold(ctx, q, h)
		if err != nil {
			return Registered{}, err
		}
		return Registered{h.ID, number}, store.ReplacePapers(ctx, q, h.ID, a.papersOf(family))
	})
}

// papersOf are the fingerprints of a family's ID numbers. They are of another sort than
// children's: nobody sees from them which child is of which family.
func (a *App) papersOf(family domain.Family) (indexes [][]byte) {
	for _, number := range family.Papers() {
		indexes = append(indexes, a.vault.BlindIndex("household.id_number", number))
	}
	return indexes
}

// SetHousehold writes a family's record anew, for who has the case.
func (a *App) SetHousehold(ctx context.Context, householdID string, d domain.HouseholdDetails) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		h, _, err := a.lockFamily(ctx, q, householdID)
		if err != nil {
			return err
		}
		if d, err = d.Checked(); err != nil {
			return err
		}
		key, err := a.openOne(ctx, q, domain.Write, ofCase, whatFamily, h.ID)
		if err != nil {
			return err
		}
		if h.Sealed, err = sealJSON(key, familyPlace(h.ID), d.Family); err != nil {
			return err
		}
		h.Kinds, h.Size, h.Version = d.Kinds, len(d.Members), h.Version+1
		if err := store.UpdateHousehold(ctx, q, h); err != nil {
			return err
		}
		return store.ReplacePapers(ctx, q, h.ID, a.papersOf(d.Family))
	})
}

// HandOverHousehold gives a family's case to another coordinator or child-care officer
// of its region. It is for who has it and for administrators, with a second factor;
// nobody gives one to themself.
func (a *App) HandOverHousehold(ctx context.Context, householdID, toID string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		who, err := auth.From(ctx)
		if err != nil {
			return err
		}
		h, err := store.LockHousehold(ctx, q, householdID)
		switch {
		case err != nil:
			return err
		case !seesFamilies(who, h.RegionPath):
			return domain.ErrNoHousehold
		case !who.Strong:
			return auth.ErrSecondFactor
		case h.OfficerID != who.VolunteerID && !who.Holds(administrator, h.RegionPath):
			return domain.ErrNoCase
		}
		if err := notToSelf(ctx, q, who, h.OfficerID, toID); err != nil {
			return err
		}
		inCharge, err := store.ListOfficers(ctx, q, h.RegionPath, keepers, a.clock.Now())
		if err != nil {
			return err
		}
		if !slices.Contains(inCharge, toID) {
			return apperr.For("officer_id", domain.ErrNotKeeper)
		}
		h.OfficerID, h.Version = toID, h.Version+1
		return store.UpdateHousehold(ctx, q, h)
	})
}

// ListHouseholdOfficers returns to whom a family's case can be handed over, the nearest
// first, for who sees that the family is there.
func (a *App) ListHouseholdOfficers(ctx context.Context, householdID string) ([]CareOfficer, error) {
	var h domain.Household
	var ids []string
	err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		if h, err = a.seenFamily(ctx, q, householdID); err != nil {
			return err
		}
		ids, err = store.ListOfficers(ctx, q, h.RegionPath, keepers, a.clock.Now())
		return err
	})
	if err != nil {
		return nil, err
	}
	persons := a.people.Find(ctx, ids)
	officers := make([]CareOfficer, len(ids))
	for i, one := range ids {
		officers[i] = CareOfficer{VolunteerID: one, Name: persons[one].FullName(), Holds: one == h.OfficerID}
	}
	return officers, nil
}

// seenFamily returns a family's row, without what is sealed, to who sees that it is there.
func (a *App) seenFamily(ctx context.Context, q postgres.Querier, householdID string) (domain.Household, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.Household{}, err
	}
	h, err := store.FindHousehold(ctx, q, householdID)
	if err == nil && !seesFamilies(who, h.RegionPath) {
		err = domain.ErrNoHousehold
	}
	return h, err
}

// ListHouseholdOpenings returns who opened a family's record and on what grounds,
// newest first, also after it was erased.
func (a *App) ListHouseholdOpenings(ctx context.Context, householdID string) ([]NamedOpening, error) {
	var openings []domain.Opening
	reasons := map[string]string{}
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		if _, err := a.seenFamily(ctx, q, householdID); err != nil {
			return err
		}
		var err error
		if openings, err = store.ListOpenings(ctx, q, householdID, openingsAtOnce); err != nil {
			return err
		}
		reasons, err = store.PurposeReasons(ctx, q, householdID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.nameOpenings(ctx, openings, reasons), nil
}

// HoldHousehold keeps a record from being erased by the clock, with a reason without
// anybody's name; an empty one lets go. It is for who has the case.
func (a *App) HoldHousehold(ctx context.Context, householdID, reason string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		h, who, err := a.lockFamily(ctx, q, householdID)
		if err != nil {
			return err
		}
		if h, err = h.Hold(reason, who.VolunteerID); err != nil {
			return err
		}
		return store.UpdateHousehold(ctx, q, h)
	})
}

// RecordHouseholdConsent keeps a numbered paper form that the family signed, for who has
// the case, and returns its id. From now on somebody may help.
func (a *App) RecordHouseholdConsent(ctx context.Context, householdID string, n domain.NewPaper) (consentID string, err error) {
	now := a.clock.Now()
	return idempotency.Do(ctx, a.db, now, "recordHouseholdConsent", []any{householdID, n}, func(q postgres.Querier) (string, error) {
		h, who, err := a.lockFamily(ctx, q, householdID)
		if err != nil {
			return "", err
		}
		c, form, err := n.RecordFor(h.ID, who.VolunteerID, now)
		if err != nil {
			return "", err
		}
		key, err := a.openOne(ctx, q, domain.Write, ofCase, whatConsent, h.ID)
		if err != nil {
			return "", err
		}
		if c.Sealed, err = sealJSON(key, familyFormPlace(c.ID), form); err != nil {
			return "", err
		}
		if err := store.InsertHouseholdConsent(ctx, q, c); err != nil {
			return "", err
		}
		return c.ID, store.UpdateHousehold(ctx, q, h.Settle(true, now))
	})
}

// WithdrawHouseholdConsent writes down that a family took its consent back, for who has
// the case. Whoever helps stops at once, and nobody else reads the record any more.
func (a *App) WithdrawHouseholdConsent(ctx context.Context, householdID string) error {
	now := a.clock.Now()
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		h, who, err := a.lockFamily(ctx, q, householdID)
		if err != nil {
			return err
		}
		ended, err := store.WithdrawHouseholdConsents(ctx, q, h.ID, who.VolunteerID, now)
		if err != nil {
			return err
		}
		if ended == 0 {
			return domain.ErrNotConsented
		}
		if err := a.endAidOf(ctx, q, h, "consent_withdrawn", who.VolunteerID); err != nil {
			return err
		}
		if err := withdrawWishesOf(ctx, q, h.ID, now); err != nil {
			return err
		}
		return store.UpdateHousehold(ctx, q, h.Withdraw(now))
	})
}
