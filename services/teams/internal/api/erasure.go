package api

import (
	"bytes"
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// ExportMe is POST /me/export.
func (h *api) ExportMe(ctx context.Context, r gen.ExportMeRequestObject) (gen.ExportMeResponseObject, error) {
	var file bytes.Buffer
	name, err := h.app.ExportMe(ctx, string(r.Body.Format), &file)
	if err != nil {
		return nil, err
	}
	return gen.ExportMe200ApplicationOctetStreamResponse{
		Body: &file, ContentLength: int64(file.Len()),
		Headers: gen.ExportMe200ResponseHeaders{ContentDisposition: `attachment; filename="` + name + `"`},
	}, nil
}

// GetMyErasure is GET /me/erasure.
func (h *api) GetMyErasure(ctx context.Context, _ gen.GetMyErasureRequestObject) (gen.GetMyErasureResponseObject, error) {
	leaving, err := h.app.Leaving(ctx)
	if err != nil {
		return nil, err
	}
	out := gen.GetMyErasure200JSONResponse{PhoneMasked: leaving.PhoneMasked, Leads: make([]gen.MyMembership, len(leaving.Leads))}
	for i, t := range leaving.Leads {
		out.Leads[i] = gen.MyMembership{TeamID: t.TeamID, TeamName: t.TeamName, Role: gen.MembershipRole(t.Role)}
	}
	return out, nil
}

// CreateErasureCode is POST /me/erasure-code.
func (h *api) CreateErasureCode(ctx context.Context, _ gen.CreateErasureCodeRequestObject) (gen.CreateErasureCodeResponseObject, error) {
	asked, err := h.app.AskOwnCode(ctx, httpserver.ClientIP(ctx))
	if err != nil {
		return nil, err
	}
	return gen.CreateErasureCode202JSONResponse{ExpiresInSeconds: seconds(asked.ExpiresIn), RetryInSeconds: seconds(asked.RetryIn)}, nil
}

// EraseMe is POST /me/erase.
func (h *api) EraseMe(ctx context.Context, r gen.EraseMeRequestObject) (gen.EraseMeResponseObject, error) {
	if err := h.app.EraseMe(ctx, r.Body.Code, r.Body.Word); err != nil {
		return nil, err
	}
	return gen.EraseMe204Response{}, nil // an empty Qihe-Session: the portal drops its cookie
}

// EraseVolunteer is POST /volunteers/{volunteer_id}/erase.
func (h *api) EraseVolunteer(ctx context.Context, r gen.EraseVolunteerRequestObject) (gen.EraseVolunteerResponseObject, error) {
	if err := h.app.ErasePerson(ctx, r.VolunteerID, r.Body.Reason); err != nil {
		return nil, err
	}
	return gen.EraseVolunteer204Response{}, nil
}
