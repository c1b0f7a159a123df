package api

import (
	"bytes"
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// GetSheet is GET /shifts/{shift_id}/sheet.
func (h *api) GetSheet(ctx context.Context, r gen.GetSheetRequestObject) (gen.GetSheetResponseObject, error) {
	view, err := h.app.FindSheet(ctx, r.ShiftID)
	if err != nil {
		return nil, err
	}
	out := gen.Sheet{TeamID: view.Shift.TeamID, Shift: shiftOf(view.Shift), PrintedAt: view.PrintedAt, Rows: []gen.SheetRow{}}
	for _, row := range view.Rows {
		line := gen.SheetRow{
			Code: row.Code, VolunteerID: row.Holder, Name: row.Name, Empty: row.SheetLine.VolunteerID == "", Typed: row.Typed, State: gen.SheetRowStateExpected,
		}
		if at := row.Attendance; at != nil {
			line.State, line.CheckedInAt, line.CheckedOutAt = gen.SheetRowState(at.State), at.CheckedInAt, at.CheckedOutAt
		}
		out.Rows = append(out.Rows, line)
	}
	return gen.GetSheet200JSONResponse(out), nil
}

// PrintSheet is POST /shifts/{shift_id}/sheet.
func (h *api) PrintSheet(ctx context.Context, r gen.PrintSheetRequestObject) (gen.PrintSheetResponseObject, error) {
	data, name, err := h.app.PrintSheet(ctx, r.ShiftID)
	if err != nil {
		return nil, err
	}
	return gen.PrintSheet200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(data), ContentLength: int64(len(data)), Headers: gen.PrintSheet200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}

// EnterSheet is POST /shifts/{shift_id}/sheet/rows.
func (h *api) EnterSheet(ctx context.Context, r gen.EnterSheetRequestObject) (gen.EnterSheetResponseObject, error) {
	rows := make([]app.PaperRow, len(r.Body.Rows))
	for i, row := range r.Body.Rows {
		rows[i] = app.PaperRow{Code: row.Code, VolunteerID: row.VolunteerID, Period: domain.Period{From: row.From, To: row.To}}
	}
	typed, err := h.app.EnterSheet(ctx, r.ShiftID, rows)
	if err != nil {
		return nil, err
	}
	list := gen.TypedRowList{Items: []gen.TypedRow{}}
	for _, t := range typed {
		one := gen.TypedRow{Code: t.Code, VolunteerID: t.VolunteerID, Outcome: gen.TypedRowOutcome(t.Outcome), Reason: t.ZH}
		if httpserver.LanguageOf(ctx) == "en" {
			one.Reason = t.EN
		}
		list.Items = append(list.Items, one)
	}
	return gen.EnterSheet200JSONResponse(list), nil
}
