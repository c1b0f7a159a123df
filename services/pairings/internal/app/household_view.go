package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// ListedHousehold is a family as a list shows it: nothing says who they are.
type ListedHousehold struct {
	domain.Household
	RegionName string
	Mine       bool            // the reader has the case
	Aid        *domain.AidCase // the newest; nil: nobody has helped yet
}

// ListHouseholds returns the families in the caller's regions, newest number first, from
// below the number given (0: from the first), fifty at most.
func (a *App) ListHouseholds(ctx context.Context, before int) (listed []ListedHousehold, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		households, err := store.ListHouseholds(ctx, q, who.RegionsAs(coordinator, childCare, administrator), before, childrenAtOnce)
		if err != nil {
			return err
		}
		listed, err = listHouseholds(ctx, q, households, who)
		return err
	})
	return listed, err
}

func listHouseholds(ctx context.Context, q postgres.Querier, households []domain.Household, who auth.Principal) ([]ListedHousehold, error) {
	ids, paths := make([]string, len(households)), make([]string, len(households))
	for i, h := range households {
		ids[i], paths[i] = h.ID, h.RegionPath
	}
	names, err := store.RegionNames(ctx, q, paths)
	if err != nil {
		return nil, err
	}
	cases, err := store.ListAidCasesOf(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	newest := map[string]*domain.AidCase{}
	for i, c := range cases {
		if newest[c.HouseholdID] == nil {
			newest[c.HouseholdID] = &cases[i]
		}
	}
	listed := make([]ListedHousehold, len(households))
	for i, h := range households {
		listed[i] = ListedHousehold{Household: h, RegionName: names[h.RegionPath], Mine: h.OfficerID == who.VolunteerID, Aid: newest[h.ID]}
	}
	return listed, nil
}

// OpenedHousehold is a family's record as who has grounds reads it.
type OpenedHousehold struct {
	ListedHousehold
	Family   domain.Family
	Ground   domain.Ground // why the reader may
	Consents []FamilyConsent
	Aid      *AidView // the newest case; nil: nobody has helped yet
}

// FamilyConsent is a family's consent with what its form says.
type FamilyConsent struct {
	domain.HouseholdConsent
	domain.ConsentForm
	Good           bool
	RecordedByName string
}

// AidView is a case with what was sealed.
type AidView struct {
	domain.AidCase
	Plan       domain.AidPlan
	HelperName string
	TeamName   string // of the brigade that she answers for
	MayApprove bool   // as far as can be seen
	Visits     []ReadVisit
	Reviews    []ReadReview
}

// ReadVisit is a visit with what was written of it.
type ReadVisit struct {
	domain.AidVisit
	Note   string
	ByName string
}

// ReadReview is a review with what was written in it.
type ReadReview struct {
	domain.AidReview
	Note   string
	ByName string
}

// OpenHousehold returns a family's record, and writes down that it was read before it
// does. See familyGround for who may.
func (a *App) OpenHousehold(ctx context.Context, householdID string) (o OpenedHousehold, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return o, err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		h, err := store.FindHousehold(ctx, q, householdID)
		if err != nil {
			return err
		}
		if o.Ground, err = a.familyGround(ctx, q, h); err != nil {
			return err
		}
		key, err := a.openOne(ctx, q, domain.Read, o.Ground, whatFamily, h.ID)
		if err != nil {
			return err
		}
		listed, err := listHouseholds(ctx, q, []domain.Household{h}, who)
		if err != nil {
			return err
		}
		o.ListedHousehold = listed[0]
		if err := openJSON(key, familyPlace(h.ID), h.Sealed, &o.Family); err != nil {
			return err
		}
		if o.Consents, err = a.readFamilyConsents(ctx, q, key, h); err != nil || listed[0].Aid == nil {
			return err
		}
		view, err := readAid(ctx, q, key, *listed[0].Aid)
		o.Aid = &view
		return err
	})
	if err != nil {
		return OpenedHousehold{}, err
	}
	a.nameFamily(ctx, &o)
	if o.Aid != nil {
		o.Aid.MayApprove = o.Aid.State == domain.AidPlanned && mayApprove(who, o.Household, o.Aid.AidCase)
	}
	return o, nil
}

// mayApprove reports, as far as ids say it, whether somebody may approve a plan.
func mayApprove(who auth.Principal, h domain.Household, c domain.AidCase) bool {
	for _, one := range []string{h.RegisteredBy, c.OpenedBy, c.PlannedBy, c.HelperID} {
		if one == who.VolunteerID {
			return false
		}
	}
	return seesFamilies(who, h.RegionPath)
}

func (a *App) readFamilyConsents(ctx context.Context, q postgres.Querier, key *vault.DataKey, h domain.Household) (read []FamilyConsent, err error) {
	consents, err := store.ListHouseholdConsents(ctx, q, h.ID)
	for _, c := range consents {
		view := FamilyConsent{HouseholdConsent: c, Good: c.Good(a.clock.Now())}
		if err := openJSON(key, familyFormPlace(c.ID), c.Sealed, &view.ConsentForm); err != nil {
			return nil, err
		}
		read = append(read, view)
	}
	return read, err
}

// readAid reads what hangs on a case with its family's key.
func readAid(ctx context.Context, q postgres.Querier, key *vault.DataKey, c domain.AidCase) (v AidView, err error) {
	v.AidCase = c
	if c.TeamID != "" {
		names, err := store.TeamNames(ctx, q, []string{c.TeamID})
		if err != nil {
			return v, err
		}
		v.TeamName = names[c.TeamID]
	}
	if c.Plan != nil {
		if err := openJSON(key, planPlace(c.ID), c.Plan, &v.Plan); err != nil {
			return v, err
		}
	}
	visits, err := store.ListAidVisits(ctx, q, c.ID)
	if err != nil {
		return v, err
	}
	var note domain.AidNote
	for _, one := range visits {
		if err := openJSON(key, visitPlace(one.ID), one.Sealed, &note); err != nil {
			return v, err
		}
		v.Visits = append(v.Visits, ReadVisit{AidVisit: one, Note: note.Note})
	}
	reviews, err := store.ListAidReviews(ctx, q, c.ID)
	if err != nil {
		return v, err
	}
	for _, one := range reviews {
		if err := openJSON(key, reviewPlace(one.ID), one.Sealed, &note); err != nil {
			return v, err
		}
		v.Reviews = append(v.Reviews, ReadReview{AidReview: one, Note: note.Note})
	}
	return v, nil
}

// nameFamily puts names to who recorded what.
func (a *App) nameFamily(ctx context.Context, o *OpenedHousehold) {
	var ids []string
	for _, c := range o.Consents {
		ids = append(ids, c.RecordedBy)
	}
	if o.Aid != nil {
		ids = append(ids, o.Aid.people()...)
	}
	persons := a.people.Find(ctx, ids)
	for i, c := range o.Consents {
		o.Consents[i].RecordedByName = persons[c.RecordedBy].FullName()
	}
	if o.Aid != nil {
		o.Aid.name(func(id string) string { return persons[id].FullName() })
	}
}

func (v *AidView) people() []string {
	ids := []string{v.HelperID}
	for _, one := range v.Visits {
		ids = append(ids, one.By)
	}
	for _, one := range v.Reviews {
		ids = append(ids, one.By)
	}
	return ids
}

func (v *AidView) name(nameOf func(id string) string) {
	v.HelperName = nameOf(v.HelperID)
	for i, one := range v.Visits {
		v.Visits[i].ByName = nameOf(one.By)
	}
	for i, one := range v.Reviews {
		v.Reviews[i].ByName = nameOf(one.By)
	}
}
