package api

import (
	"bytes"
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// ExportShifts is POST /exports.
func (h *api) ExportShifts(ctx context.Context, r gen.ExportShiftsRequestObject) (gen.ExportShiftsResponseObject, error) {
	b := r.Body
	file, name, err := h.app.ExportShifts(ctx, domain.ShiftExport{TeamID: b.TeamID, Region: b.Region, First: b.FirstDay, Last: b.LastDay, Purpose: b.Purpose})
	if err != nil {
		return nil, err
	}
	return gen.ExportShifts200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.ExportShifts200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}
