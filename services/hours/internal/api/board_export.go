package api

import (
	"bytes"
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
)

// ExportBoard is POST /boards/exports.
func (h handlers) ExportBoard(ctx context.Context, r gen.ExportBoardRequestObject) (gen.ExportBoardResponseObject, error) {
	b := r.Body
	file, name, err := h.app.ExportBoard(ctx, app.BoardQuery{
		Subject: boards.Subject(b.Subject), Scope: b.Scope, Period: b.Period, Settled: b.Basis == gen.NewBoardExportBasisSettled,
	}, b.Purpose)
	if err != nil {
		return nil, err
	}
	return gen.ExportBoard200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.ExportBoard200ResponseHeaders{ContentDisposition: attachment(name)},
	}, nil
}
