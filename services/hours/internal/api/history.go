package api

import (
	"bytes"
	"context"
	"io"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// ListHistoryImports is GET /history-imports.
func (h handlers) ListHistoryImports(ctx context.Context, r gen.ListHistoryImportsRequestObject) (gen.ListHistoryImportsResponseObject, error) {
	views, err := h.app.ListHistory(ctx, r.Params.TeamID)
	if err != nil {
		return nil, err
	}
	list := gen.ListHistoryImports200JSONResponse{Items: make([]gen.HistoryImport, len(views))}
	for i, v := range views {
		list.Items[i] = historyOf(ctx, v)
	}
	return list, nil
}

// OpenHistoryImport is POST /history-imports.
func (h handlers) OpenHistoryImport(ctx context.Context, r gen.OpenHistoryImportRequestObject) (gen.OpenHistoryImportResponseObject, error) {
	importID, err := h.app.OpenHistory(ctx, r.Body.TeamID)
	if err != nil {
		return nil, err
	}
	v, err := h.app.FindHistory(ctx, importID)
	if err != nil {
		return nil, err
	}
	return gen.OpenHistoryImport201JSONResponse(historyOf(ctx, v)), nil
}

// GetHistoryImport is GET /history-imports/{import_id}.
func (h handlers) GetHistoryImport(ctx context.Context, r gen.GetHistoryImportRequestObject) (gen.GetHistoryImportResponseObject, error) {
	v, err := h.app.FindHistory(ctx, r.ImportID)
	if err != nil {
		return nil, err
	}
	return gen.GetHistoryImport200JSONResponse(historyOf(ctx, v)), nil
}

// DiscardHistoryImport is DELETE /history-imports/{import_id}.
func (h handlers) DiscardHistoryImport(ctx context.Context, r gen.DiscardHistoryImportRequestObject) (gen.DiscardHistoryImportResponseObject, error) {
	if err := h.app.DiscardHistory(ctx, r.ImportID); err != nil {
		return nil, err
	}
	return gen.DiscardHistoryImport204Response{}, nil
}

// EnterHistoryRows is PUT /history-imports/{import_id}/rows.
func (h handlers) EnterHistoryRows(ctx context.Context, r gen.EnterHistoryRowsRequestObject) (gen.EnterHistoryRowsResponseObject, error) {
	rows := make([]domain.EnteredRow, len(r.Body.Rows))
	for i, e := range r.Body.Rows {
		rows[i] = domain.EnteredRow{Place: e.Place, VolunteerID: e.VolunteerID, Title: e.Title, Minutes: e.Minutes, Page: e.Page, Drop: e.Drop}
		if day, ok := domain.ParseDay(e.Day); ok {
			rows[i].Day = day
		}
	}
	if err := h.app.EnterHistory(ctx, r.ImportID, rows); err != nil {
		return nil, err
	}
	v, err := h.app.FindHistory(ctx, r.ImportID)
	if err != nil {
		return nil, err
	}
	return gen.EnterHistoryRows200JSONResponse(historyOf(ctx, v)), nil
}

// UploadHistoryFile is POST /history-files.
func (h handlers) UploadHistoryFile(ctx context.Context, r gen.UploadHistoryFileRequestObject) (gen.UploadHistoryFileResponseObject, error) {
	file, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if err := h.app.UploadHistory(ctx, r.Params.ImportID, r.Params.Name, file); err != nil {
		return nil, err
	}
	v, err := h.app.FindHistory(ctx, r.Params.ImportID)
	if err != nil {
		return nil, err
	}
	return gen.UploadHistoryFile200JSONResponse(historyOf(ctx, v)), nil
}

// GetMarkedHistory is GET /history-imports/{import_id}/marked.
func (h handlers) GetMarkedHistory(ctx context.Context, r gen.GetMarkedHistoryRequestObject) (gen.GetMarkedHistoryResponseObject, error) {
	file, name, err := h.app.MarkedHistory(ctx, r.ImportID)
	if err != nil {
		return nil, err
	}
	return gen.GetMarkedHistory200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.GetMarkedHistory200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}

// SubmitHistoryImport is POST /history-imports/{import_id}/submit.
func (h handlers) SubmitHistoryImport(ctx context.Context, r gen.SubmitHistoryImportRequestObject) (gen.SubmitHistoryImportResponseObject, error) {
	if err := h.app.SubmitHistory(ctx, r.ImportID); err != nil {
		return nil, err
	}
	return gen.SubmitHistoryImport204Response{}, nil
}

// DecideHistoryImport is POST /history-imports/{import_id}/decide.
func (h handlers) DecideHistoryImport(ctx context.Context, r gen.DecideHistoryImportRequestObject) (gen.DecideHistoryImportResponseObject, error) {
	d := app.HistoryDecision{Approve: r.Body.Approve, Reason: r.Body.Reason}
	for _, s := range r.Body.Struck {
		d.Struck = append(d.Struck, app.StruckRow{RowID: s.RowID, Reason: s.Reason})
	}
	if err := h.app.DecideHistory(ctx, r.ImportID, d); err != nil {
		return nil, err
	}
	return gen.DecideHistoryImport204Response{}, nil
}

// AddHistoryPage is POST /history-pages.
func (h handlers) AddHistoryPage(ctx context.Context, r gen.AddHistoryPageRequestObject) (gen.AddHistoryPageResponseObject, error) {
	file, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if err := h.app.AddHistoryPage(ctx, r.Params.ImportID, r.Params.PageID, file); err != nil {
		return nil, err
	}
	return gen.AddHistoryPage204Response{}, nil
}

// ReadHistoryPage is POST /history-pages/{page_id}/read.
func (h handlers) ReadHistoryPage(ctx context.Context, r gen.ReadHistoryPageRequestObject) (gen.ReadHistoryPageResponseObject, error) {
	page, _, err := h.app.ReadHistoryPage(ctx, r.PageID)
	if err != nil {
		return nil, err
	}
	return gen.ReadHistoryPage200ApplicationOctetStreamResponse{Body: bytes.NewReader(page), ContentLength: int64(len(page))}, nil
}

// DropHistoryPage is DELETE /history-pages/{page_id}.
func (h handlers) DropHistoryPage(ctx context.Context, r gen.DropHistoryPageRequestObject) (gen.DropHistoryPageResponseObject, error) {
	if err := h.app.DropHistoryPage(ctx, r.PageID); err != nil {
		return nil, err
	}
	return gen.DropHistoryPage204Response{}, nil
}

// GetHistoryTemplate is GET /history-template.
func (h handlers) GetHistoryTemplate(ctx context.Context, _ gen.GetHistoryTemplateRequestObject) (gen.GetHistoryTemplateResponseObject, error) {
	file, err := h.app.HistoryTemplate(ctx)
	if err != nil {
		return nil, err
	}
	return gen.GetHistoryTemplate200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.GetHistoryTemplate200ResponseHeaders{ContentDisposition: httpserver.Attachment("历史时长导入模板.xlsx")},
	}, nil
}

func historyOf(ctx context.Context, v app.HistoryView) gen.HistoryImport {
	i := gen.HistoryImport{
		ImportID: v.ID, TeamID: v.TeamID, TeamName: v.TeamName, State: gen.HistoryImportState(v.State), Uploader: v.Uploader, Decider: v.Decider,
		Reason: v.Reason, Mine: v.Mine, MayDecide: v.MayNot == nil, WhyNot: v.MayNotCode(), MayLook: v.MayLook, CreatedAt: v.CreatedAt,
		SubmittedAt: v.SubmittedAt, DecidedAt: v.DecidedAt, Rows: v.Rows, ToFix: v.ToFix, Minutes: v.Minutes, PageCount: v.Pages, FileName: v.FileName, Dropped: v.Dropped,
	}
	for _, l := range v.Lines {
		i.Lines = append(i.Lines, historyLineOf(ctx, l))
	}
	for _, p := range v.Register {
		i.Pages = append(i.Pages, gen.HistoryPage{PageID: p.ID, Number: p.Number, Kind: gen.HistoryPageKind(p.Kind), Size: p.Size})
	}
	for _, m := range v.Roll {
		hint := m.Phone
		if hint == "" {
			hint = m.Number
		}
		i.People = append(i.People, gen.HistoryPerson{VolunteerID: m.ID, Name: m.Name, Hint: hint, Former: m.Former})
	}
	return i
}

func historyLineOf(ctx context.Context, l app.HistoryLine) gen.HistoryLine {
	line := gen.HistoryLine{
		RowID: l.ID, Place: l.Place, Line: l.Line, VolunteerID: l.VolunteerID, Name: l.Name, Title: l.Title, Minutes: l.Minutes, Page: l.Page,
		Entered: l.Entered, Struck: l.Struck, Findings: []gen.HistoryFinding{},
	}
	if line.Name == "" {
		line.Name = l.Person.Name
	}
	if l.Day != 0 {
		line.Day = l.Day.String()
	}
	chinese := httpserver.LanguageOf(ctx) != "en"
	for _, f := range l.Findings {
		line.Findings = append(line.Findings, gen.HistoryFinding{
			Kind: string(f.Kind), Field: gen.HistoryFindingField(f.Kind.Field()), Text: f.Text(chinese), Note: f.Kind.Note(),
		})
	}
	return line
}
