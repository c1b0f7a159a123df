package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
)

// ListDisplays is GET /displays.
func (h handlers) ListDisplays(ctx context.Context, r gen.ListDisplaysRequestObject) (gen.ListDisplaysResponseObject, error) {
	displays, err := h.app.Displays(ctx, r.Params.Region)
	if err != nil {
		return nil, err
	}
	answer := gen.ListDisplays200JSONResponse{MaySet: displays.MaySet, Items: make([]gen.Display, len(displays.Items))}
	for i, d := range displays.Items {
		answer.Items[i] = gen.Display{
			DisplayID: d.ID, RegionName: d.RegionName, Label: d.Label, MadeBy: d.MadeBy, MadeAt: d.MadeAt, EndsAt: d.EndsAt, Good: d.Good,
			SeenAt: d.SeenAt, EndedBy: d.EndedBy, EndedAt: d.EndedAt,
		}
	}
	return answer, nil
}

// MakeDisplay is POST /displays.
func (h handlers) MakeDisplay(ctx context.Context, r gen.MakeDisplayRequestObject) (gen.MakeDisplayResponseObject, error) {
	d, key, err := h.app.MakeDisplay(ctx, r.Body.RegionCode, r.Body.Label, r.Body.Days)
	if err != nil {
		return nil, err
	}
	return gen.MakeDisplay201JSONResponse{DisplayID: d.ID, Key: key, EndsAt: d.EndsAt}, nil
}

// EndDisplay is DELETE /displays/{display_id}.
func (h handlers) EndDisplay(ctx context.Context, r gen.EndDisplayRequestObject) (gen.EndDisplayResponseObject, error) {
	if err := h.app.EndDisplay(ctx, r.DisplayID); err != nil {
		return nil, err
	}
	return gen.EndDisplay204Response{}, nil
}
