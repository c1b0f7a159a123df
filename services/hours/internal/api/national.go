package api

import (
	"bytes"
	"context"
	"io"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// GetNationalRecords is GET /national-records.
func (h handlers) GetNationalRecords(ctx context.Context, _ gen.GetNationalRecordsRequestObject) (gen.GetNationalRecordsResponseObject, error) {
	n, err := h.app.FindNational(ctx)
	if err != nil {
		return nil, err
	}
	answer := gen.GetNationalRecords200JSONResponse{
		MaySend: n.MaySend, Version: n.Mapping.Version, Sheets: nationalSheets(n.Mapping), Fields: []gen.NationalField{}, Versions: []gen.NationalVersion{}, Batches: []gen.NationalBatch{},
	}
	for _, g := range domain.NationalGroups {
		for _, f := range domain.NationalFieldsOf(g) {
			words := f.Words
			if words == nil {
				words = map[string]string{}
			}
			answer.Fields = append(answer.Fields, gen.NationalField{Group: gen.NationalGroup(g), Field: f.Name, Name: f.Zh, Kind: string(f.Kind), Words: words})
		}
	}
	for _, v := range n.Versions {
		answer.Versions = append(answer.Versions, gen.NationalVersion{Version: v.Version, Source: v.Source, SetBy: n.Names[v.SetBy], SetAt: v.SetAt})
	}
	for _, b := range n.Batches {
		answer.Batches = append(answer.Batches, batchOf(b))
	}
	return answer, nil
}

func batchOf(b app.NationalBatchView) gen.NationalBatch {
	view := gen.NationalBatch{
		BatchID: b.ID, Number: b.Number, RegionName: b.RegionName, From: dayOrEmpty(b.First), To: b.Last.String(), Version: b.MappingVersion, Purpose: b.Purpose,
		MadeBy: b.MadeByName, MadeAt: b.MadeAt, ExpiresAt: b.ExpiresAt, Open: b.Open, Taken: !b.TakenAt.IsZero(), Answered: !b.AnsweredAt.IsZero(),
		Unknown: b.Unknown, OurMinutes: b.Minutes(), TheirMinutes: b.TheirMinutes, Counts: []gen.NationalBatchCount{},
	}
	for _, c := range b.Counts {
		view.Counts = append(view.Counts, gen.NationalBatchCount{Group: gen.NationalGroup(c.Group), State: c.State, Rows: c.Rows})
	}
	return view
}

func dayOrEmpty(d domain.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func nationalSheets(m domain.NationalMapping) []gen.NationalSheet {
	sheets := make([]gen.NationalSheet, len(m.Sheets))
	for i, s := range m.Sheets {
		sheets[i] = gen.NationalSheet{Group: gen.NationalGroup(s.Group), Name: s.Name, Columns: make([]gen.NationalColumn, len(s.Columns))}
		for k, c := range s.Columns {
			codes := []gen.NationalWordCode{}
			for _, word := range domain.SortedCodes(c.Codes) {
				codes = append(codes, gen.NationalWordCode{Word: word, Code: c.Codes[word]})
			}
			sheets[i].Columns[k] = gen.NationalColumn{Field: c.Field, Heading: c.Heading, Code: c.Code, Required: c.Required, Format: c.Format, Codes: codes}
		}
	}
	return sheets
}

// SetNationalMapping is POST /national-mappings.
func (h handlers) SetNationalMapping(ctx context.Context, r gen.SetNationalMappingRequestObject) (gen.SetNationalMappingResponseObject, error) {
	m := app.NewMapping{Before: r.Params.Before, TemplateName: r.Params.Name}
	if r.JSONBody != nil {
		for _, s := range r.JSONBody.Sheets {
			sheet := domain.NationalSheet{Group: domain.NationalGroup(s.Group), Name: s.Name}
			for _, c := range s.Columns {
				column := domain.NationalColumn{Field: c.Field, Heading: c.Heading, Code: c.Code, Required: c.Required, Format: c.Format}
				for _, w := range c.Codes {
					if column.Codes == nil {
						column.Codes = map[string]string{}
					}
					column.Codes[w.Word] = w.Code
				}
				sheet.Columns = append(sheet.Columns, column)
			}
			m.Sheets = append(m.Sheets, sheet)
		}
	} else {
		file, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		m.Template = file
	}
	set, err := h.app.SetMapping(ctx, m)
	if err != nil {
		return nil, err
	}
	return gen.SetNationalMapping200JSONResponse{Version: set.Version, Unbound: set.Unbound}, nil
}

func nationalQuery(region, from, to string) (q app.NationalQuery, err error) {
	q.Region = region
	var ok bool
	if from != "" {
		if q.First, ok = domain.ParseDay(from); !ok {
			return q, apperr.For("from", domain.ErrBatchDays)
		}
	}
	if to != "" {
		if q.Last, ok = domain.ParseDay(to); !ok {
			return q, apperr.For("to", domain.ErrBatchDays)
		}
	}
	return q, nil
}

// CheckNationalRecords is GET /national-records/check.
func (h handlers) CheckNationalRecords(ctx context.Context, r gen.CheckNationalRecordsRequestObject) (gen.CheckNationalRecordsResponseObject, error) {
	query, err := nationalQuery(r.Params.Region, r.Params.From, r.Params.To)
	if err != nil {
		return nil, err
	}
	if r.Params.Format == gen.CheckNationalRecordsParamsFormatXlsx {
		file, name, err := h.app.ExportCheck(ctx, query)
		if err != nil {
			return nil, err
		}
		return gen.CheckNationalRecords200ApplicationOctetStreamResponse{
			Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.CheckNationalRecords200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
		}, nil
	}
	c, err := h.app.CheckNational(ctx, query)
	if err != nil {
		return nil, err
	}
	return gen.CheckNationalRecords200JSONResponse{Body: checkOf(c), Headers: gen.CheckNationalRecords200ResponseHeaders{ContentDisposition: "inline"}}, nil
}

func checkOf(c *app.NationalCheck) gen.NationalCheck {
	view := gen.NationalCheck{
		RegionCode: c.RegionCode, RegionName: c.RegionName, From: dayOrEmpty(c.First), To: c.Last.String(), Version: c.MappingVersion, Rows: c.Rows,
		MostRows: domain.MostNationalRows, Codes: codesOf(c.Codes), Teams: []gen.NationalTeam{}, Problems: []gen.NationalProblem{}, AllProblems: c.All,
	}
	for _, n := range c.Counts {
		view.Counts = append(view.Counts, gen.NationalCount{
			Group: gen.NationalGroup(n.Group), Total: n.Total, New: n.New, Changed: n.Changed, Withdrawn: n.Withdrawn, Sent: n.As, Held: n.Held,
		})
	}
	for _, t := range c.Teams[:min(len(c.Teams), 200)] {
		view.Teams = append(view.Teams, gen.NationalTeam{TeamID: t.TeamID, TeamName: t.TeamName, Records: t.Records, Codes: codesOf(t.Codes)})
	}
	for _, p := range c.Problems {
		field, _ := domain.NationalFieldOf(p.Group, p.Field)
		view.Problems = append(view.Problems, gen.NationalProblem{
			Group: gen.NationalGroup(p.Group), Code: p.Code, Field: field.Zh, Reason: p.Reason, VolunteerID: p.VolunteerID, TeamID: p.TeamID, TeamName: p.TeamName,
			Number: p.Number, Name: c.Names[p.VolunteerID], SubjectID: p.SubjectID, About: p.About, Day: p.Day,
		})
	}
	return view
}

func codesOf(list []app.NationalCode) []gen.NationalCode {
	codes := make([]gen.NationalCode, len(list))
	for i, c := range list {
		codes[i] = gen.NationalCode{Code: c.Code, Records: c.Records}
	}
	return codes
}

// MakeNationalBatch is POST /national-batches.
func (h handlers) MakeNationalBatch(ctx context.Context, r gen.MakeNationalBatchRequestObject) (gen.MakeNationalBatchResponseObject, error) {
	query, err := nationalQuery(r.Body.Region, r.Body.From, r.Body.To)
	if err != nil {
		return nil, err
	}
	batchID, err := h.app.MakeBatch(ctx, app.NewBatch{NationalQuery: query, Purpose: r.Body.Purpose, Again: r.Body.Again})
	if err != nil {
		return nil, err
	}
	return gen.MakeNationalBatch201JSONResponse{BatchID: batchID}, nil
}

// TakeNationalBatch is POST /national-batches/{batch_id}/takings.
func (h handlers) TakeNationalBatch(ctx context.Context, r gen.TakeNationalBatchRequestObject) (gen.TakeNationalBatchResponseObject, error) {
	file, name, err := h.app.TakeBatch(ctx, r.BatchID)
	if err != nil {
		return nil, err
	}
	return gen.TakeNationalBatch200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.TakeNationalBatch200ResponseHeaders{ContentDisposition: httpserver.Attachment(name)},
	}, nil
}

// AnswerNationalBatch is POST /national-answers.
func (h handlers) AnswerNationalBatch(ctx context.Context, r gen.AnswerNationalBatchRequestObject) (gen.AnswerNationalBatchResponseObject, error) {
	file, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	done, marked, err := h.app.AnswerBatch(ctx, r.Params.BatchID, r.Params.Name, file, r.Params.Format == gen.AnswerNationalBatchParamsFormatXlsx)
	if err != nil {
		return nil, err
	}
	if marked != nil {
		return gen.AnswerNationalBatch200ApplicationOctetStreamResponse{
			Body: bytes.NewReader(marked), ContentLength: int64(len(marked)), Headers: gen.AnswerNationalBatch200ResponseHeaders{ContentDisposition: httpserver.Attachment("回执核对-" + r.Params.Name)},
		}, nil
	}
	view := gen.NationalAnswer{
		Accepted: done.Accepted, Refused: done.Refused, Missing: done.Missing, Unknown: done.Unknown, HoursDiffer: done.HoursDiffer,
		OurMinutes: done.OurMinutes, TheirMinutes: done.TheirMinutes, Rows: []gen.NationalAnswerRow{}, AllRows: done.All,
	}
	for _, row := range done.Rows {
		view.Rows = append(view.Rows, gen.NationalAnswerRow{
			Kind: row.Kind, Group: string(row.Group), Line: row.Line, Row: row.RowNumber, VolunteerID: row.VolunteerID, TeamName: row.TeamName, Name: row.Name,
			Reason: row.Reason, OurMinutes: row.Ours, TheirMinutes: row.Theirs,
		})
	}
	return gen.AnswerNationalBatch200JSONResponse{Body: view, Headers: gen.AnswerNationalBatch200ResponseHeaders{ContentDisposition: "inline"}}, nil
}
