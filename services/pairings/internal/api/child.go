package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

// ReferChild is POST /children.
func (h handlers) ReferChild(ctx context.Context, r gen.ReferChildRequestObject) (gen.ReferChildResponseObject, error) {
	referred, err := h.app.ReferChild(ctx, domain.NewChild{
		RegionCode: r.Body.RegionCode, Sex: string(r.Body.Sex),
		Person: domain.ChildPerson{Name: r.Body.Name, BornOn: r.Body.BornOn.String(), IDNumber: r.Body.IDNumber, Address: r.Body.Address, Reason: r.Body.Reason},
	})
	if err != nil {
		return nil, err
	}
	return gen.ReferChild201JSONResponse{ChildID: referred.ChildID, Number: referred.Number}, nil
}

// ListChildren is GET /children.
func (h handlers) ListChildren(ctx context.Context, r gen.ListChildrenRequestObject) (gen.ListChildrenResponseObject, error) {
	children, err := h.app.ListChildren(ctx, r.Params.Before)
	if err != nil {
		return nil, err
	}
	list := gen.ChildList{Items: make([]gen.ListedChild, len(children))}
	for i, c := range children {
		list.Items[i] = listedOf(c)
	}
	return gen.ListChildren200JSONResponse(list), nil
}

func listedOf(c app.ListedChild) gen.ListedChild {
	return gen.ListedChild{
		ChildID: c.ID, Number: c.Number, RegionName: c.RegionName, BirthYear: c.BirthYear, Sex: gen.Sex(c.Sex), State: gen.ChildState(c.State),
		StateAt: c.StateAt, ReferredAt: c.ReferredAt, HasOfficer: c.OfficerID != "", Mine: c.Mine,
	}
}

// OpenChild is GET /children/{child_id}.
func (h handlers) OpenChild(ctx context.Context, r gen.OpenChildRequestObject) (gen.OpenChildResponseObject, error) {
	o, err := h.app.OpenChild(ctx, r.ChildID)
	if err != nil {
		return nil, err
	}
	opened := gen.OpenedChild{
		Listed: listedOf(o.ListedChild), Basis: gen.Basis(o.Ground.Basis),
		Name: o.Person.Name, BornOn: o.Person.BornOn, IDNumber: o.Person.IDNumber, Address: o.Person.Address, Reason: o.Person.Reason,
	}
	addRecord(&opened, o)
	return gen.OpenChild200JSONResponse(opened), nil
}

// TakeChild is PUT /children/{child_id}/case.
func (h handlers) TakeChild(ctx context.Context, r gen.TakeChildRequestObject) (gen.TakeChildResponseObject, error) {
	if err := h.app.TakeChild(ctx, r.ChildID); err != nil {
		return nil, err
	}
	return gen.TakeChild204Response{}, nil
}

// HandOver is PUT /children/{child_id}/officer.
func (h handlers) HandOver(ctx context.Context, r gen.HandOverRequestObject) (gen.HandOverResponseObject, error) {
	if err := h.app.HandOver(ctx, r.ChildID, r.Body.OfficerID); err != nil {
		return nil, err
	}
	return gen.HandOver204Response{}, nil
}

// ListCareOfficers is GET /children/{child_id}/officers.
func (h handlers) ListCareOfficers(ctx context.Context, r gen.ListCareOfficersRequestObject) (gen.ListCareOfficersResponseObject, error) {
	officers, err := h.app.ListCareOfficers(ctx, r.ChildID)
	if err != nil {
		return nil, err
	}
	return gen.ListCareOfficers200JSONResponse(officersOf(officers)), nil
}

func officersOf(officers []app.CareOfficer) gen.CareOfficerList {
	list := gen.CareOfficerList{Items: make([]gen.CareOfficer, len(officers))}
	for i, o := range officers {
		list.Items[i] = gen.CareOfficer{OfficerID: o.VolunteerID, Name: o.Name, Holds: o.Holds}
	}
	return list
}
