package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// ListReportingUnits is GET /reporting-units.
func (h *api) ListReportingUnits(ctx context.Context, r gen.ListReportingUnitsRequestObject) (gen.ListReportingUnitsResponseObject, error) {
	units, err := h.app.ListReportingUnits(ctx, r.Params.State == "all")
	if err != nil {
		return nil, err
	}
	items := make([]gen.CountedUnit, len(units))
	for i, u := range units {
		items[i] = gen.CountedUnit{Unit: encodeUnit(u.ReportingUnit), Teams: u.Teams}
	}
	return gen.ListReportingUnits200JSONResponse{Items: items}, nil
}

// CreateReportingUnit is POST /reporting-units.
func (h *api) CreateReportingUnit(ctx context.Context, r gen.CreateReportingUnitRequestObject) (gen.CreateReportingUnitResponseObject, error) {
	u, err := h.app.AddReportingUnit(ctx, app.NewUnit{
		Name: r.Body.Name, Kind: domain.UnitKind(r.Body.Kind), Position: r.Body.Position, Reason: r.Body.Reason,
	})
	if err != nil {
		return nil, err
	}
	return gen.CreateReportingUnit201JSONResponse(encodeUnit(u)), nil
}

// RenameReportingUnit is POST /reporting-units/rename.
func (h *api) RenameReportingUnit(ctx context.Context, r gen.RenameReportingUnitRequestObject) (gen.RenameReportingUnitResponseObject, error) {
	u, err := h.app.RenameReportingUnit(ctx, r.Body.Name, r.Body.NewName, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.RenameReportingUnit200JSONResponse(encodeUnit(u)), nil
}

// RetireReportingUnit is POST /reporting-units/retire.
func (h *api) RetireReportingUnit(ctx context.Context, r gen.RetireReportingUnitRequestObject) (gen.RetireReportingUnitResponseObject, error) {
	u, err := h.app.RetireReportingUnit(ctx, r.Body.Name, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.RetireReportingUnit200JSONResponse(encodeUnit(u)), nil
}

// RestoreReportingUnit is POST /reporting-units/restore.
func (h *api) RestoreReportingUnit(ctx context.Context, r gen.RestoreReportingUnitRequestObject) (gen.RestoreReportingUnitResponseObject, error) {
	u, err := h.app.RestoreReportingUnit(ctx, r.Body.Name, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.RestoreReportingUnit200JSONResponse(encodeUnit(u)), nil
}

func encodeUnit(u domain.ReportingUnit) gen.ReportingUnit {
	return gen.ReportingUnit{Name: u.Name, Kind: gen.UnitKind(u.Kind), Position: u.Position, Retired: !u.RetiredAt.IsZero()}
}
