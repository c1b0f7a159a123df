package api

import (
	"bytes"
	"context"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// ExportBoard is POST /boards/exports.
func (h handlers) ExportBoard(ctx context.Context, r gen.ExportBoardRequestObject) (gen.ExportBoardResponseObject, error) {
	file, name, err := h.exportBoard(ctx, r.Body)
	if err != nil {
		return nil, err
	}
	return gen.ExportBoard200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.ExportBoard200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}

func (h handlers) exportBoard(ctx context.Context, b *gen.NewBoardExport) (file []byte, name string, err error) {
	settled := b.Basis == gen.NewBoardExportBasisSettled
	if b.Subject == gen.ExportTeamsPerMember {
		region, _ := strings.CutPrefix(b.Scope, "region:") // of anything else there is no such region
		return h.app.ExportPerMember(ctx, app.PerMemberQuery{Region: region, Period: b.Period, Settled: settled}, b.Purpose)
	}
	return h.app.ExportBoard(ctx, app.BoardQuery{Subject: boards.Subject(b.Subject), Scope: b.Scope, Period: b.Period, Settled: settled}, b.Purpose)
}
