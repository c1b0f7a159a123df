package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// ListOffices is GET /offices.
func (h *api) ListOffices(ctx context.Context, r gen.ListOfficesRequestObject) (gen.ListOfficesResponseObject, error) {
	p := r.Params
	offices, next, err := h.app.ListOffices(ctx, app.OfficeQuery{
		Region: p.Region, Kind: string(p.Kind), Closed: p.State == "closed", Typed: p.Q, Limit: pageLength(p.Limit), After: p.After,
	})
	if err != nil {
		return nil, err
	}
	items := make([]gen.Office, len(offices))
	for i, o := range offices {
		items[i] = encodeOffice(o)
	}
	return gen.ListOffices200JSONResponse{Items: items, Next: next}, nil
}

// GetOffice is GET /offices/{office_id}.
func (h *api) GetOffice(ctx context.Context, r gen.GetOfficeRequestObject) (gen.GetOfficeResponseObject, error) {
	o, err := h.app.FindOffice(ctx, r.OfficeID)
	if err != nil {
		return nil, err
	}
	return gen.GetOffice200JSONResponse(encodeOffice(o)), nil
}

// CreateOffice is POST /offices.
func (h *api) CreateOffice(ctx context.Context, r gen.CreateOfficeRequestObject) (gen.CreateOfficeResponseObject, error) {
	b := r.Body
	o, err := h.app.AddOffice(ctx, domain.OfficeFacts{
		Kind: string(b.Kind), Name: b.Name, RegionCode: b.RegionCode, Address: b.Address, Phone: b.Phone,
		Demonstration: string(b.Demonstration), IsVenue: b.IsVenue, Latitude: b.Latitude, Longitude: b.Longitude,
	})
	if err != nil {
		return nil, err
	}
	return gen.CreateOffice201JSONResponse(encodeOffice(o)), nil
}

// PutOffice is PUT /offices/{office_id}.
func (h *api) PutOffice(ctx context.Context, r gen.PutOfficeRequestObject) (gen.PutOfficeResponseObject, error) {
	b := r.Body
	o, err := h.app.ChangeOffice(ctx, r.OfficeID, domain.OfficeFacts{
		Kind: string(b.Kind), Name: b.Name, RegionCode: b.RegionCode, Address: b.Address, Phone: b.Phone,
		Demonstration: string(b.Demonstration), IsVenue: b.IsVenue, Latitude: b.Latitude, Longitude: b.Longitude,
	}, b.Version)
	if err != nil {
		return nil, err
	}
	return gen.PutOffice200JSONResponse(encodeOffice(o)), nil
}

// CloseOffice is POST /offices/{office_id}/close.
func (h *api) CloseOffice(ctx context.Context, r gen.CloseOfficeRequestObject) (gen.CloseOfficeResponseObject, error) {
	o, err := h.app.CloseOffice(ctx, r.OfficeID, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.CloseOffice200JSONResponse(encodeOffice(o)), nil
}

// ReopenOffice is POST /offices/{office_id}/reopen.
func (h *api) ReopenOffice(ctx context.Context, r gen.ReopenOfficeRequestObject) (gen.ReopenOfficeResponseObject, error) {
	o, err := h.app.ReopenOffice(ctx, r.OfficeID, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.ReopenOffice200JSONResponse(encodeOffice(o)), nil
}

// GetTeamOffice is GET /teams/{team_id}/office.
func (h *api) GetTeamOffice(ctx context.Context, r gen.GetTeamOfficeRequestObject) (gen.GetTeamOfficeResponseObject, error) {
	s, err := h.app.FindTeamOffice(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	return gen.GetTeamOffice200JSONResponse{Office: encodeOffice(s.Office), Chosen: s.Chosen}, nil
}

// PutTeamOffice is PUT /teams/{team_id}/office.
func (h *api) PutTeamOffice(ctx context.Context, r gen.PutTeamOfficeRequestObject) (gen.PutTeamOfficeResponseObject, error) {
	s, err := h.app.ChooseTeamOffice(ctx, r.TeamID, r.Body.OfficeID)
	if err != nil {
		return nil, err
	}
	return gen.PutTeamOffice200JSONResponse{Office: encodeOffice(s.Office), Chosen: s.Chosen}, nil
}

func encodeOffice(o domain.Office) gen.Office {
	state := gen.OfficeState("open")
	if o.Closed {
		state = "closed"
	}
	return gen.Office{
		OfficeID: o.ID, Kind: gen.OfficeKind(o.Kind), Name: o.Name, RegionCode: o.RegionCode, RegionName: o.RegionName, RegionPath: o.RegionPath,
		Address: o.Address, Phone: o.Phone, Demonstration: gen.OfficeDemonstration(o.Demonstration), IsVenue: o.IsVenue,
		Latitude: o.Latitude, Longitude: o.Longitude, State: state, Version: o.Version,
	}
}
