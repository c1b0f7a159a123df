package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

// ListPublicWishes is GET /public/wishes.
func (h handlers) ListPublicWishes(ctx context.Context, r gen.ListPublicWishesRequestObject) (gen.ListPublicWishesResponseObject, error) {
	p, err := h.app.ListPublicWishes(ctx, app.ListQuery{After: r.Params.After, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	return gen.ListPublicWishes200JSONResponse{Items: publicWishes(p.Items), Next: p.Next, Waiting: cellsOf(p.Waiting), Fulfilled: cellsOf(p.Fulfilled)}, nil
}

func publicWishes(wishes []domain.MicroWish) []gen.PublicWish {
	items := make([]gen.PublicWish, len(wishes))
	for i, w := range wishes {
		items[i] = gen.PublicWish{WishID: w.ID, Number: w.Number, Sort: gen.WishSort(w.Sort), Words: w.Words, State: gen.WishState(w.State), ClaimEnds: w.ClaimEnds}
	}
	return items
}

func cellsOf(cells []domain.Cell) []gen.WishCell {
	all := make([]gen.WishCell, len(cells))
	for i, c := range cells {
		all[i] = gen.WishCell{Name: c.Name, N: c.N}
	}
	return all
}

// ListWishes is GET /wishes.
func (h handlers) ListWishes(ctx context.Context, r gen.ListWishesRequestObject) (gen.ListWishesResponseObject, error) {
	wishes, next, err := h.app.ListWishes(ctx, app.ListQuery{After: r.Params.After, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	list := gen.WishList{Items: make([]gen.ListedWish, len(wishes)), Next: next}
	for i, w := range wishes {
		list.Items[i] = gen.ListedWish{
			WishID: w.ID, Number: w.Number, Sort: gen.WishSort(w.Sort), Words: w.Words, State: gen.WishState(w.State), StateAt: w.StateAt,
			RegionName: w.RegionName, ClaimedBy: w.ClaimedByName, ClaimEnds: w.ClaimEnds, MayDecide: w.MayDecide,
		}
	}
	return gen.ListWishes200JSONResponse(list), nil
}

// ListMyWishes is GET /wishes/mine.
func (h handlers) ListMyWishes(ctx context.Context, _ gen.ListMyWishesRequestObject) (gen.ListMyWishesResponseObject, error) {
	wishes, err := h.app.ListMyWishes(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListMyWishes200JSONResponse{Items: publicWishes(wishes)}, nil
}

// DraftWish is POST /wishes.
func (h handlers) DraftWish(ctx context.Context, r gen.DraftWishRequestObject) (gen.DraftWishResponseObject, error) {
	wishID, err := h.app.DraftWish(ctx, app.NewMicroWish{ChildID: r.Body.ChildID, HouseholdID: r.Body.HouseholdID, Sort: string(r.Body.Sort), Words: r.Body.Words})
	if err != nil {
		return nil, err
	}
	return gen.DraftWish201JSONResponse{WishID: wishID}, nil
}

// DecideWish is PUT /wishes/{wish_id}/decision.
func (h handlers) DecideWish(ctx context.Context, r gen.DecideWishRequestObject) (gen.DecideWishResponseObject, error) {
	if err := h.app.DecideWish(ctx, r.WishID, r.Body.Publish); err != nil {
		return nil, err
	}
	return gen.DecideWish204Response{}, nil
}

// ClaimWish is PUT /wishes/{wish_id}/claim.
func (h handlers) ClaimWish(ctx context.Context, r gen.ClaimWishRequestObject) (gen.ClaimWishResponseObject, error) {
	if err := h.app.ClaimWish(ctx, r.WishID); err != nil {
		return nil, err
	}
	return gen.ClaimWish204Response{}, nil
}

// ReturnWish is DELETE /wishes/{wish_id}/claim.
func (h handlers) ReturnWish(ctx context.Context, r gen.ReturnWishRequestObject) (gen.ReturnWishResponseObject, error) {
	if err := h.app.ReturnWish(ctx, r.WishID); err != nil {
		return nil, err
	}
	return gen.ReturnWish204Response{}, nil
}

// FulfilWish is PUT /wishes/{wish_id}/fulfilment.
func (h handlers) FulfilWish(ctx context.Context, r gen.FulfilWishRequestObject) (gen.FulfilWishResponseObject, error) {
	if err := h.app.FulfilWish(ctx, r.WishID); err != nil {
		return nil, err
	}
	return gen.FulfilWish204Response{}, nil
}

// WithdrawWish is PUT /wishes/{wish_id}/withdrawal.
func (h handlers) WithdrawWish(ctx context.Context, r gen.WithdrawWishRequestObject) (gen.WithdrawWishResponseObject, error) {
	if err := h.app.WithdrawWish(ctx, r.WishID); err != nil {
		return nil, err
	}
	return gen.WithdrawWish204Response{}, nil
}
