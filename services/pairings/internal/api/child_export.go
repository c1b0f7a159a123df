package api

import (
	"bytes"
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// AskChildExport is POST /child-exports.
func (h handlers) AskChildExport(ctx context.Context, r gen.AskChildExportRequestObject) (gen.AskChildExportResponseObject, error) {
	exportID, err := h.app.AskChildExport(ctx, app.ExportQuery{RegionCode: r.Body.RegionCode, Reason: r.Body.Reason})
	if err != nil {
		return nil, err
	}
	return gen.AskChildExport201JSONResponse{ExportID: exportID}, nil
}

// ListChildExports is GET /child-exports.
func (h handlers) ListChildExports(ctx context.Context, r gen.ListChildExportsRequestObject) (gen.ListChildExportsResponseObject, error) {
	exports, next, err := h.app.ListChildExports(ctx, app.ListQuery{After: r.Params.After, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	list := gen.ListChildExports200JSONResponse{Items: make([]gen.ChildExport, len(exports)), Next: next}
	for i, e := range exports {
		list.Items[i] = gen.ChildExport{
			ExportID: e.ID, OfficerName: e.OfficerName, RegionName: e.RegionName, Reason: e.Reason, Children: len(e.ChildIDs), AskedAt: e.AskedAt,
			Waits: e.Waits(), Approved: e.Approved, Answer: e.Answer, DecidedBy: e.DecidedByName, DecidedAt: e.DecidedAt, EndsAt: e.EndsAt,
			Taken: e.Taken, Good: e.Good, Mine: e.Mine, MayDecide: e.MayDecide, Password: e.Password,
		}
	}
	return list, nil
}

// DecideChildExport is PUT /child-exports/{export_id}/decision.
func (h handlers) DecideChildExport(ctx context.Context, r gen.DecideChildExportRequestObject) (gen.DecideChildExportResponseObject, error) {
	if err := h.app.DecideChildExport(ctx, r.ExportID, r.Body.Approved, r.Body.Answer); err != nil {
		return nil, err
	}
	return gen.DecideChildExport204Response{}, nil
}

// TakeChildExport is POST /child-exports/{export_id}/file.
func (h handlers) TakeChildExport(ctx context.Context, r gen.TakeChildExportRequestObject) (gen.TakeChildExportResponseObject, error) {
	file, name, err := h.app.TakeChildExport(ctx, r.ExportID)
	if err != nil {
		return nil, err
	}
	return gen.TakeChildExport200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.TakeChildExport200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}
