package api

import (
	"bytes"
	"context"
	"io"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/form"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// codeOf returns 410621 of 4106/410621/.
func codeOf(regionPath string) string {
	codes := strings.Split(strings.Trim(regionPath, "/"), "/")
	return codes[len(codes)-1]
}

// ListReportForms is GET /report-forms.
func (h handlers) ListReportForms(ctx context.Context, r gen.ListReportFormsRequestObject) (gen.ListReportFormsResponseObject, error) {
	all, err := h.app.ListReportForms(ctx, r.Params.Region)
	if err != nil {
		return nil, err
	}
	answer := gen.ListReportForms200JSONResponse{MaySet: all.MaySet, Items: make([]gen.ListedReportForm, len(all.Items))}
	for i, f := range all.Items {
		item := gen.ListedReportForm{
			ID: f.ID, Name: f.Version.Name, RegionCode: codeOf(f.RegionPath), RegionName: f.RegionName, PeriodKind: string(f.PeriodKind), Periods: []gen.ReportState{},
		}
		for _, p := range f.Periods {
			item.Periods = append(item.Periods, gen.ReportState{Period: periodText(p.Period), CutOff: p.CutOff.String(), Version: p.Version, Signed: p.Signed})
		}
		answer.Items[i] = item
	}
	return answer, nil
}

// UploadReportForm is POST /report-forms.
func (h handlers) UploadReportForm(ctx context.Context, r gen.UploadReportFormRequestObject) (gen.UploadReportFormResponseObject, error) {
	content, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	p := r.Params
	done, err := h.app.UploadForm(ctx, app.Upload{
		FormID: p.FormID, Region: p.Region, Kind: domain.PeriodKind(p.PeriodKind), Name: p.Name, FileName: p.FileName, Content: content,
	})
	if err != nil {
		return nil, err
	}
	if done.Wrong == nil {
		done.Wrong = []string{}
	}
	return gen.UploadReportForm200JSONResponse{FormID: done.FormID, Bound: done.Bound, Wrong: done.Wrong}, nil
}

// GetSampleReportForm is GET /report-forms/sample.
func (h handlers) GetSampleReportForm(ctx context.Context, _ gen.GetSampleReportFormRequestObject) (gen.GetSampleReportFormResponseObject, error) {
	file, err := h.app.SampleForm(ctx)
	if err != nil {
		return nil, err
	}
	return gen.GetSampleReportForm200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.GetSampleReportForm200ResponseHeaders{ContentDisposition: httpserver.Attachment("月报样表.xlsx")},
	}, nil
}

// GetReportForm is GET /report-forms/{form_id}.
func (h handlers) GetReportForm(ctx context.Context, r gen.GetReportFormRequestObject) (gen.GetReportFormResponseObject, error) {
	f, err := h.app.FindReportForm(ctx, r.FormID)
	if err != nil {
		return nil, err
	}
	v := f.Version
	answer := gen.GetReportForm200JSONResponse{
		ID: f.ID, PeriodKind: string(f.PeriodKind), RegionCode: codeOf(f.RegionPath), RegionName: f.RegionName, Version: v.Version, FileName: v.FileName, MaySet: f.MaySet,
		Settings: gen.ReportFormSettings{
			Name: v.Name, Addressee: v.Addressee, CutOffDay: v.CutOffDay, CutOffNext: v.CutOffNext, CutToCut: v.CutToCut, ValidFrom: v.ValidFrom.String(), Bindings: []gen.ReportBinding{},
		},
		Sheets: sheetsOf(f.Sheets), Indicators: indicatorsIn(httpserver.LanguageOf(ctx)), Programmes: choices(f.Programmes), Regions: choices(f.Regions), ReportingUnits: []string{},
	}
	answer.ReportingUnits = append(answer.ReportingUnits, f.Units...)
	for _, b := range v.Bindings {
		answer.Settings.Bindings = append(answer.Settings.Bindings, gen.ReportBinding{
			Sheet: b.Sheet, Cell: b.Cell, Text: gen.ReportBindingText(b.Text), Indicator: b.Indicator, ProgrammeID: b.ProgrammeID, RegionCode: b.RegionCode,
			ReportingUnit: b.Unit, Proof: proofs[b.Verification], Span: b.Span,
		})
	}
	return answer, nil
}

func choices(known []domain.Known) []gen.ReportChoice {
	all := make([]gen.ReportChoice, len(known))
	for i, k := range known {
		all[i] = gen.ReportChoice{ID: k.ID, Name: k.Name}
	}
	return all
}

func indicatorsIn(language string) []gen.ReportIndicator {
	all := make([]gen.ReportIndicator, len(domain.Indicators))
	for i, x := range domain.Indicators {
		all[i] = gen.ReportIndicator{Code: x.Code, Name: x.Name, Says: x.Says, Hours: x.Hours(), ByProgramme: x.ByProgramme, ByProof: x.ByProof}
		if language == "en" {
			all[i].Name, all[i].Says = x.NameEnglish, x.SaysEnglish
		}
	}
	return all
}

func sheetsOf(sheets []form.Sheet) []gen.ReportSheet {
	all := make([]gen.ReportSheet, len(sheets))
	for i, s := range sheets {
		all[i] = gen.ReportSheet{Name: s.Name, Columns: make([]float32, len(s.Columns)), Rows: make([][]gen.ReportSheetCell, len(s.Rows))}
		for j, wide := range s.Columns {
			all[i].Columns[j] = float32(wide)
		}
		for j, row := range s.Rows {
			all[i].Rows[j] = make([]gen.ReportSheetCell, len(row))
			for k, c := range row {
				cell := gen.ReportSheetCell{At: c.At, Text: c.Text, Bold: c.Bold, Align: c.Align, Formula: c.Formula}
				if c.Columns > 1 || c.Rows > 1 {
					cell.Columns, cell.Rows = c.Columns, c.Rows
				}
				all[i].Rows[j][k] = cell
			}
		}
	}
	return all
}

// verifications are the letters of how something was proved; none for none.
var verifications = map[gen.Proof]string{gen.Scanned: "A", gen.OnSite: "B", gen.EnteredLater: "C", gen.OwnWord: "D"}

// SetReportForm is PUT /report-forms/{form_id}.
func (h handlers) SetReportForm(ctx context.Context, r gen.SetReportFormRequestObject) (gen.SetReportFormResponseObject, error) {
	b := r.Body
	from, ok := domain.ParseDay(b.ValidFrom)
	if !ok {
		return nil, apperr.For("valid_from", domain.ErrFormFrom)
	}
	v := domain.FormVersion{Name: b.Name, Addressee: b.Addressee, CutOffDay: b.CutOffDay, CutOffNext: b.CutOffNext, CutToCut: b.CutToCut, ValidFrom: from}
	for _, x := range b.Bindings {
		v.Bindings = append(v.Bindings, domain.Binding{
			Sheet: x.Sheet, Cell: x.Cell, Text: domain.FormText(x.Text), Indicator: x.Indicator, ProgrammeID: x.ProgrammeID, RegionCode: x.RegionCode,
			Unit: x.ReportingUnit, Verification: verifications[x.Proof], Span: x.Span,
		})
	}
	if err := h.app.SetForm(ctx, r.FormID, v); err != nil {
		return nil, err
	}
	return gen.SetReportForm204Response{}, nil
}
