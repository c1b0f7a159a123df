package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
)

// OfferSwap is POST /sign-ups/{sign_up_id}/swap.
func (h *api) OfferSwap(ctx context.Context, r gen.OfferSwapRequestObject) (gen.OfferSwapResponseObject, error) {
	swap, secret, err := h.app.OfferSwap(ctx, r.SignUpID)
	if err != nil {
		return nil, err
	}
	return gen.OfferSwap201JSONResponse{Secret: secret, EndsAt: swap.EndsAt}, nil
}

// TakeBackSwap is DELETE /sign-ups/{sign_up_id}/swap.
func (h *api) TakeBackSwap(ctx context.Context, r gen.TakeBackSwapRequestObject) (gen.TakeBackSwapResponseObject, error) {
	if err := h.app.TakeBackSwap(ctx, r.SignUpID); err != nil {
		return nil, err
	}
	return gen.TakeBackSwap204Response{}, nil
}

// FindSwap is POST /swaps/look.
func (h *api) FindSwap(ctx context.Context, r gen.FindSwapRequestObject) (gen.FindSwapResponseObject, error) {
	v, err := h.app.FindSwap(ctx, r.Body.Secret)
	if err != nil {
		return nil, err
	}
	offer := gen.FindSwap200JSONResponse{
		TaskID: v.TaskID, ShiftID: v.ID, Title: v.Title, Place: v.Place, TeamName: v.TeamName, StartsAt: v.StartsAt, EndsAt: v.EndsAt,
		Until: v.Swap.EndsAt, Waiting: v.Waiting, Mine: v.Mine, Taken: v.Swap.State == domain.SwapTaken, Seats: []gen.SwapSeat{},
	}
	for _, s := range v.Seats {
		offer.Seats = append(offer.Seats, gen.SwapSeat{SignUpID: s.SignUp.ID, StartsAt: s.StartsAt, EndsAt: s.EndsAt})
	}
	return offer, nil
}

// TakeSwap is POST /swaps/take.
func (h *api) TakeSwap(ctx context.Context, r gen.TakeSwapRequestObject) (gen.TakeSwapResponseObject, error) {
	u, err := h.app.TakeSwap(ctx, r.Body.Secret, r.Body.SignUpID)
	if err != nil {
		return nil, err
	}
	return gen.TakeSwap200JSONResponse(signUpOf(u)), nil
}

// UndoSwap is POST /swaps/{swap_id}/undo.
func (h *api) UndoSwap(ctx context.Context, r gen.UndoSwapRequestObject) (gen.UndoSwapResponseObject, error) {
	if err := h.app.UndoSwap(ctx, r.SwapID); err != nil {
		return nil, err
	}
	return gen.UndoSwap204Response{}, nil
}
