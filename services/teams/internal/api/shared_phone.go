package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
)

// GetSharedPhone is GET /shared-phone.
func (h *api) GetSharedPhone(ctx context.Context, _ gen.GetSharedPhoneRequestObject) (gen.GetSharedPhoneResponseObject, error) {
	phone, err := h.app.SharedPhone(ctx)
	if err != nil {
		return nil, err
	}
	out := gen.GetSharedPhone200JSONResponse{Shared: phone.Shared, Kept: phone.Kept, People: make([]gen.PersonOnPhone, len(phone.People))}
	for i, p := range phone.People {
		out.People[i] = gen.PersonOnPhone{VolunteerID: p.VolunteerID, Name: p.Name, Locked: p.Locked()}
	}
	return out, nil
}

// EndSharing is DELETE /shared-phone.
func (h *api) EndSharing(ctx context.Context, _ gen.EndSharingRequestObject) (gen.EndSharingResponseObject, error) {
	if err := h.app.EndSharing(ctx); err != nil {
		return nil, err
	}
	return gen.EndSharing204Response{}, nil
}

// KeepOnPhone is PUT /shared-phone/me.
func (h *api) KeepOnPhone(ctx context.Context, r gen.KeepOnPhoneRequestObject) (gen.KeepOnPhoneResponseObject, error) {
	secret, err := h.app.KeepOnPhone(ctx, r.Body.Pin)
	if err != nil {
		return nil, err
	}
	return gen.KeepOnPhone204Response{Headers: gen.KeepOnPhone204ResponseHeaders{QiheSession: secret}}, nil
}

// LeavePhone is DELETE /shared-phone/me.
func (h *api) LeavePhone(ctx context.Context, _ gen.LeavePhoneRequestObject) (gen.LeavePhoneResponseObject, error) {
	if err := h.app.LeavePhone(ctx); err != nil {
		return nil, err
	}
	return gen.LeavePhone204Response{}, nil
}

// SwitchPerson is POST /shared-phone/switch.
func (h *api) SwitchPerson(ctx context.Context, r gen.SwitchPersonRequestObject) (gen.SwitchPersonResponseObject, error) {
	me, secret, err := h.app.SwitchPerson(ctx, r.Body.VolunteerID, r.Body.Pin)
	if err != nil {
		return nil, err
	}
	return gen.SwitchPerson201JSONResponse{
		Body:    encodeMe(me),
		Headers: gen.SwitchPerson201ResponseHeaders{QiheSession: secret},
	}, nil
}
