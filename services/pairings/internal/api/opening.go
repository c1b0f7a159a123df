package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
)

// ListOpenings is GET /children/{child_id}/openings.
func (h handlers) ListOpenings(ctx context.Context, r gen.ListOpeningsRequestObject) (gen.ListOpeningsResponseObject, error) {
	openings, err := h.app.ListOpenings(ctx, r.ChildID)
	if err != nil {
		return nil, err
	}
	return gen.ListOpenings200JSONResponse{Items: openingsOf(openings)}, nil
}

// ListCompanionOpenings is GET /companions/{companion_id}/openings.
func (h handlers) ListCompanionOpenings(ctx context.Context, r gen.ListCompanionOpeningsRequestObject) (gen.ListCompanionOpeningsResponseObject, error) {
	openings, err := h.app.ListCompanionOpenings(ctx, r.CompanionID)
	if err != nil {
		return nil, err
	}
	return gen.ListCompanionOpenings200JSONResponse{Items: openingsOf(openings)}, nil
}

func openingsOf(openings []app.NamedOpening) []gen.Opening {
	items := make([]gen.Opening, len(openings))
	for i, o := range openings {
		items[i] = gen.Opening{At: o.At, PersonName: o.PersonName, Act: gen.OpeningAct(o.Act), Basis: gen.Basis(o.Basis), What: o.What, Reason: o.Reason}
	}
	return items
}

// ReportOpenings is GET /openings/months/{month}.
func (h handlers) ReportOpenings(ctx context.Context, r gen.ReportOpeningsRequestObject) (gen.ReportOpeningsResponseObject, error) {
	report, err := h.app.ReportOpenings(ctx, r.Month)
	if err != nil {
		return nil, err
	}
	answer := gen.OpeningMonth{Readers: make([]gen.OpeningReader, len(report.Readers)), Emergencies: make([]gen.Emergency, len(report.Emergencies))}
	for i, reader := range report.Readers {
		counts := make([]gen.OpeningCount, len(reader.Counts))
		for j, c := range reader.Counts {
			counts[j] = gen.OpeningCount{Basis: gen.Basis(c.Basis), Openings: c.Openings, Records: c.Records}
		}
		answer.Readers[i] = gen.OpeningReader{Name: reader.Name, Counts: counts}
	}
	for i, e := range report.Emergencies {
		answer.Emergencies[i] = gen.Emergency{
			At: e.AskedAt, OfficerName: e.OfficerName, RegionName: e.RegionName, Number: e.Number, Reason: e.Reason, Openings: e.Openings,
		}
	}
	return gen.ReportOpenings200JSONResponse(answer), nil
}
