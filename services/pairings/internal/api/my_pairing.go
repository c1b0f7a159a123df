package api

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
)

// ListMyPairings is GET /pairings/mine.
func (h handlers) ListMyPairings(ctx context.Context, _ gen.ListMyPairingsRequestObject) (gen.ListMyPairingsResponseObject, error) {
	mine, err := h.app.ListMyPairings(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.MyPairingList{Items: make([]gen.MyPairing, len(mine))}
	for i, m := range mine {
		list.Items[i] = myPairingOf(m)
	}
	return gen.ListMyPairings200JSONResponse(list), nil
}

func myPairingOf(m app.MyPairing) gen.MyPairing {
	return gen.MyPairing{
		PairingID: m.ID, State: gen.PairingState(m.State), StateAt: m.StateAt, Agreed: !m.VolunteerAgreedAt.IsZero(), TrialEndsAt: m.TrialEndsAt, Plan: m.Plan,
		TeamName: m.TeamName, SupervisingName: m.SupervisingName, ChildShown: m.ChildShown, GivenName: m.GivenName, Age: m.Age, RegionName: m.RegionName,
		Address: m.Address, Handover: m.Handover,
	}
}

// OpenMyPairing is GET /pairings/mine/{pairing_id}.
func (h handlers) OpenMyPairing(ctx context.Context, r gen.OpenMyPairingRequestObject) (gen.OpenMyPairingResponseObject, error) {
	m, err := h.app.OpenMyPairing(ctx, r.PairingID)
	if err != nil {
		return nil, err
	}
	return gen.OpenMyPairing200JSONResponse(myPairingOf(m)), nil
}

// AnswerPairing is PUT /pairings/mine/{pairing_id}/answer.
func (h handlers) AnswerPairing(ctx context.Context, r gen.AnswerPairingRequestObject) (gen.AnswerPairingResponseObject, error) {
	if err := h.app.AnswerPairing(ctx, r.PairingID, r.Body.Agreed); err != nil {
		return nil, err
	}
	return gen.AnswerPairing204Response{}, nil
}

// GetPairingDoor is GET /pairings/mine/door.
func (h handlers) GetPairingDoor(ctx context.Context, _ gen.GetPairingDoorRequestObject) (gen.GetPairingDoorResponseObject, error) {
	d, err := h.app.GetPairingDoor(ctx)
	if err != nil {
		return nil, err
	}
	return gen.GetPairingDoor200JSONResponse{HasPin: d.HasPIN, OpenFor: int(d.OpenFor / time.Second), Pairings: d.Pairings, Asked: d.Asked, Shown: d.Shown}, nil
}

// SetPairingPin is PUT /pairings/mine/pin.
func (h handlers) SetPairingPin(ctx context.Context, r gen.SetPairingPinRequestObject) (gen.SetPairingPinResponseObject, error) {
	if err := h.app.SetPIN(ctx, r.Body.Pin); err != nil {
		return nil, err
	}
	return gen.SetPairingPin204Response{}, nil
}

// TypePairingPin is POST /pairings/mine/pass.
func (h handlers) TypePairingPin(ctx context.Context, r gen.TypePairingPinRequestObject) (gen.TypePairingPinResponseObject, error) {
	if err := h.app.TypePIN(ctx, r.Body.Pin); err != nil {
		return nil, err
	}
	return gen.TypePairingPin204Response{}, nil
}

// ShutPairings is DELETE /pairings/mine/pass.
func (h handlers) ShutPairings(ctx context.Context, _ gen.ShutPairingsRequestObject) (gen.ShutPairingsResponseObject, error) {
	if err := h.app.ShutPairings(ctx); err != nil {
		return nil, err
	}
	return gen.ShutPairings204Response{}, nil
}

// ClearPairingPin is DELETE /companions/{companion_id}/pin.
func (h handlers) ClearPairingPin(ctx context.Context, r gen.ClearPairingPinRequestObject) (gen.ClearPairingPinResponseObject, error) {
	if err := h.app.ClearPIN(ctx, r.CompanionID); err != nil {
		return nil, err
	}
	return gen.ClearPairingPin204Response{}, nil
}
