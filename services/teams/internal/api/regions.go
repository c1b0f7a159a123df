package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
)

// GetRegion is GET /regions/{code}.
func (h *api) GetRegion(ctx context.Context, r gen.GetRegionRequestObject) (gen.GetRegionResponseObject, error) {
	view, err := h.app.FindRegion(ctx, r.Code)
	if err != nil {
		return nil, err
	}
	return gen.GetRegion200JSONResponse(encodeRegion(view)), nil
}

// SearchRegions is GET /region-search.
func (h *api) SearchRegions(ctx context.Context, r gen.SearchRegionsRequestObject) (gen.SearchRegionsResponseObject, error) {
	limit := r.Params.Limit
	if limit == 0 {
		limit = 20
	}
	views, err := h.app.SearchRegions(ctx, r.Params.Q, limit)
	if err != nil {
		return nil, err
	}
	items := make([]gen.RegionView, len(views))
	for i, view := range views {
		items[i] = encodeRegion(view)
	}
	return gen.SearchRegions200JSONResponse{Items: items}, nil
}

// CreateRegion is POST /regions.
func (h *api) CreateRegion(ctx context.Context, r gen.CreateRegionRequestObject) (gen.CreateRegionResponseObject, error) {
	view, err := h.app.AddRegion(ctx, r.Body.ParentCode, r.Body.Code, r.Body.Name, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.CreateRegion201JSONResponse(encodeRegion(view)), nil
}

// RenameRegion is POST /regions/{code}/rename.
func (h *api) RenameRegion(ctx context.Context, r gen.RenameRegionRequestObject) (gen.RenameRegionResponseObject, error) {
	view, err := h.app.RenameRegion(ctx, r.Code, r.Body.Name, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.RenameRegion200JSONResponse(encodeRegion(view)), nil
}

// MoveRegion is POST /regions/{code}/move.
func (h *api) MoveRegion(ctx context.Context, r gen.MoveRegionRequestObject) (gen.MoveRegionResponseObject, error) {
	view, err := h.app.MoveRegion(ctx, r.Code, r.Body.ParentCode, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.MoveRegion200JSONResponse(encodeRegion(view)), nil
}

// MergeRegion is POST /regions/{code}/merge.
func (h *api) MergeRegion(ctx context.Context, r gen.MergeRegionRequestObject) (gen.MergeRegionResponseObject, error) {
	view, err := h.app.MergeRegion(ctx, r.Code, r.Body.IntoCode, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.MergeRegion200JSONResponse(encodeRegion(view)), nil
}

func encodeRegion(v app.RegionView) gen.RegionView {
	return gen.RegionView{
		Code: v.Code, Name: v.Name, Path: v.Path, Level: gen.RegionViewLevel(v.Level), ParentCode: v.Parent, Place: v.Place, MergedInto: v.MergedInto,
	}
}
