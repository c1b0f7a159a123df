package api

import (
	"bytes"
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// PutMyCard is PUT /me/card.
func (h *api) PutMyCard(ctx context.Context, _ gen.PutMyCardRequestObject) (gen.PutMyCardResponseObject, error) {
	held, err := h.app.MyCard(ctx)
	if err != nil {
		return nil, err
	}
	return gen.PutMyCard200JSONResponse{
		Name: held.Volunteer.Name, Number: held.Volunteer.Number, TeamName: held.TeamName,
		Serial: held.Card.Serial, IssuedAt: held.Card.IssuedAt, Path: held.Card.Path(),
	}, nil
}

// PrintMyCard is POST /me/card/pdf.
func (h *api) PrintMyCard(ctx context.Context, _ gen.PrintMyCardRequestObject) (gen.PrintMyCardResponseObject, error) {
	data, name, err := h.app.PrintMyCard(ctx)
	if err != nil {
		return nil, err
	}
	return gen.PrintMyCard200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(data), ContentLength: int64(len(data)), Headers: gen.PrintMyCard200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}

// PrintCards is POST /teams/{team_id}/cards/pdf.
func (h *api) PrintCards(ctx context.Context, r gen.PrintCardsRequestObject) (gen.PrintCardsResponseObject, error) {
	data, name, err := h.app.PrintCards(ctx, r.TeamID, r.Body.VolunteerIds)
	if err != nil {
		return nil, err
	}
	return gen.PrintCards200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(data), ContentLength: int64(len(data)), Headers: gen.PrintCards200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}

// ReplaceCard is POST /volunteers/{volunteer_id}/card/replace.
func (h *api) ReplaceCard(ctx context.Context, r gen.ReplaceCardRequestObject) (gen.ReplaceCardResponseObject, error) {
	if err := h.app.ReplaceCard(ctx, r.VolunteerID); err != nil {
		return nil, err
	}
	return gen.ReplaceCard204Response{}, nil
}

// OpenCard is POST /cards/open.
func (h *api) OpenCard(ctx context.Context, r gen.OpenCardRequestObject) (gen.OpenCardResponseObject, error) {
	opened, err := h.app.OpenCard(ctx, r.Body.Token)
	if err != nil {
		return nil, err
	}
	return gen.OpenCard200JSONResponse{Valid: opened.Valid, MaskedName: opened.MaskedName, Name: opened.Name, Number: opened.Number}, nil
}
