package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// ListPhoneChanges is GET /volunteers/{volunteer_id}/phone-changes.
func (h *api) ListPhoneChanges(ctx context.Context, r gen.ListPhoneChangesRequestObject) (gen.ListPhoneChangesResponseObject, error) {
	changes, err := h.app.ListPhoneChanges(ctx, r.VolunteerID)
	if err != nil {
		return nil, err
	}
	items := make([]gen.PhoneChange, len(changes))
	for i, c := range changes {
		items[i] = encodePhoneChange(c)
	}
	return gen.ListPhoneChanges200JSONResponse{Items: items}, nil
}

// CreatePhoneChange is POST /volunteers/{volunteer_id}/phone-changes.
func (h *api) CreatePhoneChange(ctx context.Context, r gen.CreatePhoneChangeRequestObject) (gen.CreatePhoneChangeResponseObject, error) {
	made, err := h.app.VouchForPhone(ctx, r.VolunteerID, r.Body.Phone)
	if err != nil {
		return nil, err
	}
	return gen.CreatePhoneChange201JSONResponse(encodePhoneChange(app.PhoneChange{PhoneChange: made, Open: true})), nil
}

// UndoPhoneChange is POST /phone-changes/{phone_change_id}/undo.
func (h *api) UndoPhoneChange(ctx context.Context, r gen.UndoPhoneChangeRequestObject) (gen.UndoPhoneChangeResponseObject, error) {
	if err := h.app.UndoPhoneChange(ctx, r.PhoneChangeID, r.Body.Reason); err != nil {
		return nil, err
	}
	return gen.UndoPhoneChange204Response{}, nil
}

func encodePhoneChange(c app.PhoneChange) gen.PhoneChange {
	out := gen.PhoneChange{
		PhoneChangeID: c.ID, PhoneMasked: c.PhoneMasked, State: gen.PhoneChangeState(c.State), CreatedAt: c.CreatedAt,
		ExpiresAt: c.ExpiresAt, DecidedAt: c.DecidedAt, UndoUntil: c.UndoUntil, Undoable: c.Undoable,
	}
	if c.State == domain.PhoneChangeOpen && !c.Open {
		out.State = gen.PhoneChangeStateExpired
	}
	return out
}
