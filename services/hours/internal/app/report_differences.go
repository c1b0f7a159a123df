package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// differences says why a figure would be another now than it was frozen with
// (差异说明), the reasons of corrections among it.
func (a *App) differences(ctx context.Context, q postgres.Querier, r *ReportView, b domain.Binding) ([]store.Difference, error) {
	i, _ := domain.FindIndicator(b.Indicator)
	filter := a.filterOf(r.Form, r.Version, b, r.Period)
	var found []store.Difference
	var err error
	switch i.Kind {
	case domain.LineFacts:
		found, err = store.ListLineDifferences(ctx, q, filter, i.Account, r.Report.Place)
	case domain.SettledFacts:
		found, err = store.ListSettledDifferences(ctx, q, filter, i.Account, r.Report.Place.SettledOn, a.live().SettledOn)
	case domain.ActivityFacts:
		var lines []store.ReportActivity
		lines, err = store.ListReportActivities(ctx, q, filter, i.Account, lastSeq, r.Report.Place.ActivitySeq, lastSeq, mostShown)
		if len(lines) > 0 {
			found = []store.Difference{{Why: store.WhyActivity, Lines: len(lines)}}
		}
	case domain.BrigadeFacts:
		var lines []store.ReportBrigade
		lines, err = store.ListReportBrigades(ctx, q, filter, i.Measure == domain.Founded, lastSeq, r.Report.Place.BrigadeSeq, lastSeq, mostShown)
		if len(lines) > 0 {
			found = []store.Difference{{Why: store.WhyBrigade, Lines: len(lines)}}
		}
	}
	if err == nil && len(found) == 0 { // nothing came, and yet it differs: records of people became one, or something went
		found = []store.Difference{{Why: store.WhyRecords}}
	}
	return found, err
}

const (
	lastSeq   = 1<<63 - 1
	mostShown = 200
)
