package api

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// reportPeriod reads a period of reports: 2026-11, 2026-Q4 or 2026.
func reportPeriod(text string) (domain.Period, error) {
	kind := domain.Month
	switch {
	case !strings.Contains(text, "-"):
		kind = domain.Year
	case strings.Contains(text, "Q"):
		kind = domain.Quarter
	}
	p, err := domain.ParsePeriod(string(kind)+":"+text, 0)
	if err != nil {
		return p, domain.ErrNoReport
	}
	return p, nil
}

// periodText writes a period as reportPeriod reads it.
func periodText(p domain.Period) string {
	_, text, _ := strings.Cut(p.String(), ":")
	return text
}

// GetReport is GET /report-forms/{form_id}/reports/{period}.
func (h handlers) GetReport(ctx context.Context, r gen.GetReportRequestObject) (gen.GetReportResponseObject, error) {
	p, err := reportPeriod(r.Period)
	if err != nil {
		return nil, err
	}
	v, err := h.app.FindReport(ctx, r.FormID, p, r.Params.Version)
	if err != nil {
		return nil, err
	}
	language := httpserver.LanguageOf(ctx)
	answer := gen.GetReport200JSONResponse{
		FormID: v.Form.ID, Name: v.Version.Name, RegionName: v.RegionName, Addressee: v.Version.Addressee, Period: periodText(v.Period), PeriodName: v.PeriodName(),
		CutOff: v.CutOff.String(), FirstDay: v.From.String(), LastDay: v.Last.String(), Versions: []gen.FrozenReport{}, Sheets: sheetsOf(v.Sheets), Cells: []gen.ReportCell{},
		MayDecide: v.MayDecide, NextRole: gen.ReportNextRole(v.Next), MaySign: v.Next != "" && v.MayNot == nil,
	}
	if v.Report != nil {
		answer.Version, answer.LogSize = v.Report.Version, v.Report.Place.LogSize
	}
	var why *apperr.Error
	if errors.As(v.MayNot, &why) {
		answer.MayNot = why.Text(language)
	}
	for _, other := range v.Versions {
		answer.Versions = append(answer.Versions, frozenOf(other, v.Names))
	}
	for _, c := range v.Cells {
		answer.Cells = append(answer.Cells, reportCellOf(c, language))
	}
	return answer, nil
}

func frozenOf(r domain.Report, names map[string]string) gen.FrozenReport {
	f := gen.FrozenReport{Version: r.Version, FrozenAt: r.FrozenAt, Reason: r.Reason, MadeBy: names[r.MadeBy], Signatures: []gen.ReportSignature{}}
	for _, s := range r.Signatures {
		f.Signatures = append(f.Signatures, gen.ReportSignature{Role: string(s.Role), Name: names[s.By], At: s.At})
	}
	return f
}

func reportCellOf(c app.ReportCell, language string) gen.ReportCell {
	cell := gen.ReportCell{Sheet: c.Sheet, Cell: c.Cell, Name: c.Name, Text: c.Binding.Text != ""}
	if cell.Text {
		return cell
	}
	cell.Says, cell.Narrowed, cell.Hours, cell.Value, cell.Now = c.Says, c.Narrowed, c.Hours, c.Value, c.Now
	cell.FirstDay, cell.LastDay = c.From.String(), c.Last.String()
	if language == "en" {
		cell.Name, cell.Says = c.EnglishName, c.EnglishSays
	}
	for _, d := range c.Differences {
		cell.Differences = append(cell.Differences, gen.ReportDifference{Why: d.Why, Reason: d.Reason, Lines: d.Lines, Minutes: d.Minutes})
	}
	return cell
}

// ListReportEntries is GET /report-forms/{form_id}/reports/{period}/entries.
func (h handlers) ListReportEntries(ctx context.Context, r gen.ListReportEntriesRequestObject) (gen.ListReportEntriesResponseObject, error) {
	p, err := reportPeriod(r.Period)
	if err != nil {
		return nil, err
	}
	query := r.Params
	page, err := h.app.ListReportEntries(ctx, app.ReportEntriesQuery{
		FormID: r.FormID, Period: p, Version: query.Version, Sheet: query.Sheet, Cell: query.Cell, Since: query.Which == gen.Since, After: query.After, Limit: limitOf(query.Limit),
	})
	if err != nil {
		return nil, err
	}
	answer := gen.ListReportEntries200JSONResponse{Kind: string(page.Kind), Items: make([]gen.ReportEntry, len(page.Items)), Next: page.Next}
	for i, e := range page.Items {
		answer.Items[i] = gen.ReportEntry{
			ID: e.ID, Day: e.Day.String(), Title: e.Title, Person: e.Person, PersonID: e.PersonID, Team: e.Team, Proof: proofs[e.Verification],
			Minutes: e.Minutes, Times: e.Times, Served: e.Served, Reason: e.Reason,
		}
	}
	return answer, nil
}

// SignReport is POST /report-forms/{form_id}/reports/{period}/signatures.
func (h handlers) SignReport(ctx context.Context, r gen.SignReportRequestObject) (gen.SignReportResponseObject, error) {
	p, err := reportPeriod(r.Period)
	if err != nil {
		return nil, err
	}
	if err := h.app.SignReport(ctx, r.FormID, p, r.Body.Version, domain.ReportRole(r.Body.Role)); err != nil {
		return nil, err
	}
	return gen.SignReport204Response{}, nil
}

// SendReportBack is POST /report-forms/{form_id}/reports/{period}/send-back.
func (h handlers) SendReportBack(ctx context.Context, r gen.SendReportBackRequestObject) (gen.SendReportBackResponseObject, error) {
	p, err := reportPeriod(r.Period)
	if err != nil {
		return nil, err
	}
	version, err := h.app.SendReportBack(ctx, r.FormID, p, r.Body.Version, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.SendReportBack200JSONResponse{Version: version}, nil
}

// ExportReport is POST /report-forms/{form_id}/reports/{period}/exports.
func (h handlers) ExportReport(ctx context.Context, r gen.ExportReportRequestObject) (gen.ExportReportResponseObject, error) {
	p, err := reportPeriod(r.Period)
	if err != nil {
		return nil, err
	}
	file, name, err := h.app.ExportReport(ctx, r.FormID, p, r.Body.Version, string(r.Body.Format), r.Body.Purpose)
	if err != nil {
		return nil, err
	}
	return gen.ExportReport200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.ExportReport200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}
