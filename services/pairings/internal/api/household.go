package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

// ListHouseholds is GET /households.
func (h handlers) ListHouseholds(ctx context.Context, r gen.ListHouseholdsRequestObject) (gen.ListHouseholdsResponseObject, error) {
	households, err := h.app.ListHouseholds(ctx, r.Params.Before)
	if err != nil {
		return nil, err
	}
	list := gen.HouseholdList{Items: make([]gen.ListedHousehold, len(households))}
	for i, one := range households {
		list.Items[i] = listedHousehold(one)
	}
	return gen.ListHouseholds200JSONResponse(list), nil
}

func listedHousehold(one app.ListedHousehold) gen.ListedHousehold {
	l := gen.ListedHousehold{
		HouseholdID: one.ID, Number: one.Number, RegionName: one.RegionName, Kinds: make([]gen.HouseholdKind, len(one.Kinds)), Size: one.Size,
		State: gen.HouseholdState(one.State), RegisteredAt: one.RegisteredAt, Mine: one.Mine,
	}
	for i, k := range one.Kinds {
		l.Kinds[i] = gen.HouseholdKind(k)
	}
	if one.Aid != nil {
		l.AidState = gen.AidState(one.Aid.State)
	}
	return l
}

// RegisterHousehold is POST /households.
func (h handlers) RegisterHousehold(ctx context.Context, r gen.RegisterHouseholdRequestObject) (gen.RegisterHouseholdResponseObject, error) {
	registered, err := h.app.RegisterHousehold(ctx, domain.NewHousehold{RegionCode: r.Body.RegionCode, HouseholdDetails: detailsFrom(gen.HouseholdDetails{
		Kinds: r.Body.Kinds, Name: r.Body.Name, Phone: r.Body.Phone, Address: r.Body.Address, Situation: r.Body.Situation, Members: r.Body.Members, Needs: r.Body.Needs,
	})})
	if err != nil {
		return nil, err
	}
	return gen.RegisterHousehold201JSONResponse{HouseholdID: registered.HouseholdID, Number: registered.Number}, nil
}

func detailsFrom(d gen.HouseholdDetails) domain.HouseholdDetails {
	details := domain.HouseholdDetails{Family: domain.Family{Name: d.Name, Phone: d.Phone, Address: d.Address, Situation: d.Situation}}
	for _, k := range d.Kinds {
		details.Kinds = append(details.Kinds, string(k))
	}
	for _, m := range d.Members {
		details.Members = append(details.Members, domain.FamilyMember{Name: m.Name, Relation: m.Relation, IDNumber: m.IDNumber})
	}
	for _, n := range d.Needs {
		details.Needs = append(details.Needs, domain.AidNeed{Kind: string(n.Kind), Measure: n.Measure, Yuan: n.Yuan})
	}
	return details
}

// OpenHousehold is GET /households/{household_id}.
func (h handlers) OpenHousehold(ctx context.Context, r gen.OpenHouseholdRequestObject) (gen.OpenHouseholdResponseObject, error) {
	o, err := h.app.OpenHousehold(ctx, r.HouseholdID)
	if err != nil {
		return nil, err
	}
	listed := listedHousehold(o.ListedHousehold)
	opened := gen.OpenedHousehold{
		Listed: listed, Basis: gen.Basis(o.Ground.Basis), Consents: make([]gen.FamilyConsent, len(o.Consents)), EraseAt: o.EraseAt, HoldReason: o.HoldReason,
		Details: gen.HouseholdDetails{
			Kinds: listed.Kinds, Name: o.Family.Name, Phone: o.Family.Phone, Address: o.Family.Address, Situation: o.Family.Situation,
			Members: make([]gen.FamilyMember, len(o.Family.Members)), Needs: needsOf(o.Family.Needs),
		},
	}
	for i, m := range o.Family.Members {
		opened.Details.Members[i] = gen.FamilyMember{Name: m.Name, Relation: m.Relation, IDNumber: m.IDNumber}
	}
	for i, c := range o.Consents {
		opened.Consents[i] = gen.FamilyConsent{
			FormNumber: c.FormNumber, Witness: c.Witness, Archive: c.Archive, Good: c.Good, GivenOn: c.GivenOn, EndsAt: c.EndsAt,
			RecordedBy: c.RecordedByName, WithdrawnAt: c.WithdrawnAt,
		}
	}
	if o.Aid != nil {
		view := aidView(*o.Aid)
		opened.Aid = view
	}
	return gen.OpenHousehold200JSONResponse(opened), nil
}

func needsOf(needs []domain.AidNeed) []gen.AidNeed {
	all := make([]gen.AidNeed, len(needs))
	for i, n := range needs {
		all[i] = gen.AidNeed{Kind: gen.AidNeedKind(n.Kind), Measure: n.Measure, Yuan: n.Yuan}
	}
	return all
}

// SetHousehold is PUT /households/{household_id}.
func (h handlers) SetHousehold(ctx context.Context, r gen.SetHouseholdRequestObject) (gen.SetHouseholdResponseObject, error) {
	if err := h.app.SetHousehold(ctx, r.HouseholdID, detailsFrom(*r.Body)); err != nil {
		return nil, err
	}
	return gen.SetHousehold204Response{}, nil
}

// HandOverHousehold is PUT /households/{household_id}/officer.
func (h handlers) HandOverHousehold(ctx context.Context, r gen.HandOverHouseholdRequestObject) (gen.HandOverHouseholdResponseObject, error) {
	if err := h.app.HandOverHousehold(ctx, r.HouseholdID, r.Body.OfficerID); err != nil {
		return nil, err
	}
	return gen.HandOverHousehold204Response{}, nil
}

// ListHouseholdOfficers is GET /households/{household_id}/officers.
func (h handlers) ListHouseholdOfficers(ctx context.Context, r gen.ListHouseholdOfficersRequestObject) (gen.ListHouseholdOfficersResponseObject, error) {
	officers, err := h.app.ListHouseholdOfficers(ctx, r.HouseholdID)
	if err != nil {
		return nil, err
	}
	return gen.ListHouseholdOfficers200JSONResponse(officersOf(officers)), nil
}

// ListHouseholdOpenings is GET /households/{household_id}/openings.
func (h handlers) ListHouseholdOpenings(ctx context.Context, r gen.ListHouseholdOpeningsRequestObject) (gen.ListHouseholdOpeningsResponseObject, error) {
	openings, err := h.app.ListHouseholdOpenings(ctx, r.HouseholdID)
	if err != nil {
		return nil, err
	}
	return gen.ListHouseholdOpenings200JSONResponse{Items: openingsOf(openings)}, nil
}

// HoldHousehold is PUT /households/{household_id}/hold.
func (h handlers) HoldHousehold(ctx context.Context, r gen.HoldHouseholdRequestObject) (gen.HoldHouseholdResponseObject, error) {
	if err := h.app.HoldHousehold(ctx, r.HouseholdID, r.Body.Reason); err != nil {
		return nil, err
	}
	return gen.HoldHousehold204Response{}, nil
}

// RecordHouseholdConsent is POST /households/{household_id}/consents.
func (h handlers) RecordHouseholdConsent(ctx context.Context, r gen.RecordHouseholdConsentRequestObject) (gen.RecordHouseholdConsentResponseObject, error) {
	consentID, err := h.app.RecordHouseholdConsent(ctx, r.HouseholdID, domain.NewPaper{
		FormNumber: r.Body.FormNumber, GivenOn: r.Body.GivenOn.String(), Form: domain.ConsentForm{Witness: r.Body.Witness, Archive: r.Body.Archive},
	})
	if err != nil {
		return nil, err
	}
	return gen.RecordHouseholdConsent201JSONResponse{ConsentID: consentID}, nil
}

// WithdrawHouseholdConsent is PUT /households/{household_id}/consent-withdrawal.
func (h handlers) WithdrawHouseholdConsent(ctx context.Context, r gen.WithdrawHouseholdConsentRequestObject) (gen.WithdrawHouseholdConsentResponseObject, error) {
	if err := h.app.WithdrawHouseholdConsent(ctx, r.HouseholdID); err != nil {
		return nil, err
	}
	return gen.WithdrawHouseholdConsent204Response{}, nil
}
