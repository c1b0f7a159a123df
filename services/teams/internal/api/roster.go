package api

import (
	"bytes"
	"context"
	"io"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// CreateImport is POST /imports.
func (h *api) CreateImport(ctx context.Context, r gen.CreateImportRequestObject) (gen.CreateImportResponseObject, error) {
	file, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	view, err := h.app.UploadRoster(ctx, r.Params.Name, r.Params.TeamID, file)
	if err != nil {
		return nil, err
	}
	return gen.CreateImport202JSONResponse(encodeImport(view, httpserver.LanguageOf(ctx))), nil
}

// ListImports is GET /imports.
func (h *api) ListImports(ctx context.Context, r gen.ListImportsRequestObject) (gen.ListImportsResponseObject, error) {
	views, next, err := h.app.ListImports(ctx, pageLength(r.Params.Limit), r.Params.After)
	if err != nil {
		return nil, err
	}
	items := make([]gen.Import, len(views))
	for i, view := range views {
		items[i] = encodeImport(view, httpserver.LanguageOf(ctx))
	}
	return gen.ListImports200JSONResponse{Items: items, Next: next}, nil
}

// GetImport is GET /imports/{import_id}.
func (h *api) GetImport(ctx context.Context, r gen.GetImportRequestObject) (gen.GetImportResponseObject, error) {
	view, err := h.app.FindImport(ctx, r.ImportID)
	if err != nil {
		return nil, err
	}
	return gen.GetImport200JSONResponse(encodeImport(view, httpserver.LanguageOf(ctx))), nil
}

// DiscardImport is DELETE /imports/{import_id}.
func (h *api) DiscardImport(ctx context.Context, r gen.DiscardImportRequestObject) (gen.DiscardImportResponseObject, error) {
	if err := h.app.DiscardImport(ctx, r.ImportID); err != nil {
		return nil, err
	}
	return gen.DiscardImport204Response{}, nil
}

// GetMarkedRoster is GET /imports/{import_id}/marked.
func (h *api) GetMarkedRoster(ctx context.Context, r gen.GetMarkedRosterRequestObject) (gen.GetMarkedRosterResponseObject, error) {
	data, name, err := h.app.MarkedRoster(ctx, r.ImportID)
	if err != nil {
		return nil, err
	}
	return gen.GetMarkedRoster200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(data), ContentLength: int64(len(data)), Headers: gen.GetMarkedRoster200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}

// ApplyImport is POST /imports/{import_id}/apply.
func (h *api) ApplyImport(ctx context.Context, r gen.ApplyImportRequestObject) (gen.ApplyImportResponseObject, error) {
	view, err := h.app.ConfirmImport(ctx, r.ImportID, r.Body.UsableOnly)
	if err != nil {
		return nil, err
	}
	return gen.ApplyImport202JSONResponse(encodeImport(view, httpserver.LanguageOf(ctx))), nil
}

// GetRosterTemplate is GET /roster-template.
func (h *api) GetRosterTemplate(ctx context.Context, _ gen.GetRosterTemplateRequestObject) (gen.GetRosterTemplateResponseObject, error) {
	data, err := h.app.RosterTemplate(ctx)
	if err != nil {
		return nil, err
	}
	return gen.GetRosterTemplate200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(data), ContentLength: int64(len(data)), Headers: gen.GetRosterTemplate200ResponseHeaders{ContentDisposition: httpserver.Attachment("服务队名册模板.xlsx")},
	}, nil
}

// CreateExport is POST /exports.
func (h *api) CreateExport(ctx context.Context, r gen.CreateExportRequestObject) (gen.CreateExportResponseObject, error) {
	data, name, err := h.app.ExportRoster(ctx, app.RosterExport{
		Members: r.Body.Of == "members", CSV: r.Body.Format == "csv", RegionCode: r.Body.Region, TeamID: r.Body.TeamID,
		Phones: r.Body.Phones, Purpose: r.Body.Purpose,
	})
	if err != nil {
		return nil, err
	}
	return gen.CreateExport200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(data), ContentLength: int64(len(data)), Headers: gen.CreateExport200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}
