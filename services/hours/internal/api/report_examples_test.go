package api_test

import (
	"net/url"
	"testing"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

var reportRights = map[string][]int{
	"listReportForms":     {404, 200, 200, 404}, // of the county
	"uploadReportForm":    {404, 403, 403, 404}, // it takes a coordinator; the example has one
	"getSampleReportForm": {200, 200, 200, 200},
	"getReportForm":       {404, 200, 200, 404},
	"setReportForm":       {404, 403, 403, 404},
	"getReport":           {404, 200, 200, 404},
	"listReportEntries":   {404, 200, 200, 404},
	"signReport":          {404, 204, 204, 404}, // as who filled it
	"sendReportBack":      {404, 403, 403, 404},
	"exportReport":        {404, 200, 200, 404},
}

// reportAbroad is the same of the neighbour's county, which other officers see; the
// version that the example has is not there.
var reportAbroad = map[string][]int{
	"getReportForm": {0, 200, 0, 200}, "setReportForm": {0, 403, 0, 403}, "getReport": {0, 200, 0, 200}, "listReportEntries": {0, 200, 0, 200},
	"signReport": {0, 404, 0, 404}, "sendReportBack": {0, 404, 0, 404}, "exportReport": {0, 200, 0, 200},
}

// october is a report of October, frozen, of a county.
func (s *site) october(path string) (formID string) {
	s.t.Helper()
	sample, err := s.app.SampleForm(s.as(me))
	s.must(err)
	as := s.holding(path)
	up, err := s.app.UploadForm(as, app.Upload{Region: path[5:11], Kind: domain.Month, Name: "志愿服务月报", FileName: "月报.xlsx", Content: sample})
	s.must(err)
	f, err := s.app.FindReportForm(as, up.FormID)
	s.must(err)
	f.Version.ValidFrom = domain.DayOn(2026, 10, 1)
	s.must(s.app.SetForm(as, up.FormID, f.Version))
	return up.FormID
}

// sentBack returns the number of a new version of the report, which nobody has signed.
func (s *site) sentBack(formID string) int {
	as, period := s.holding(ours), domain.Period{Kind: domain.Month, Start: domain.DayOn(2026, 10, 1)}
	r, err := s.app.FindReport(as, formID, period, 0)
	s.must(err)
	version, err := s.app.SendReportBack(as, formID, period, r.Report.Version, "重新核对之后再报")
	s.must(err)
	return version
}

func (s *site) reports() map[string]apitest.Operation {
	mine, foreign := s.october(ours), s.october(theirs)
	owner := s.db.Owner(s.t)
	wait.Until(s.t, "the reports to be frozen", func() bool {
		s.must(s.app.DoDuties(s.t.Context()))
		var frozen int
		s.must(owner.Get(&frozen, `SELECT count(DISTINCT form_id) FROM reports`))
		return frozen == 2
	})
	officer, reader := holding(leader, "coordinator", ours), holding(neighbour, "viewer", ours)
	path := map[string]string{"form_id": mine, "period": "2026-10"}
	foreignForm := map[string]string{"form_id": foreign}
	signed := s.sentBack(mine)
	s.must(s.app.SignReport(auth.With(s.t.Context(), reader), mine, domain.Period{Kind: domain.Month, Start: domain.DayOn(2026, 10, 1)}, signed, domain.Filler))
	sample, err := s.app.SampleForm(s.as(me))
	s.must(err)
	settings := map[string]any{
		"name": "志愿服务月报", "addressee": "鹤壁市妇女联合会", "cut_off_day": 25, "cut_off_next": false, "cut_to_cut": true, "valid_from": "2026-11-01",
		"bindings": []map[string]any{
			{"sheet": "月报", "cell": "B5", "indicator": "service_hours", "programme_id": programme, "region_code": "410611", "reporting_unit": "淇滨区", "proof": "scanned", "span": "month:01"},
		},
	}
	return map[string]apitest.Operation{
		"listReportForms":     {Good: always(apitest.Request{As: reader, Query: url.Values{"region": {"410611"}}})},
		"getSampleReportForm": {Good: always(apitest.Request{As: reader})},
		"uploadReportForm": {
			Good: always(apitest.Request{As: officer, Query: url.Values{"region": {"410611"}, "period_kind": {"year"}, "name": {"志愿服务年报"}, "file_name": {"年报.xlsx"}}, File: sample}),
			Also: []func(testing.TB) apitest.Request{always(apitest.Request{As: officer, Query: url.Values{"form_id": {mine}, "file_name": {"月报2.xlsx"}}, File: sample})},
		},
		"getReportForm": {Good: always(apitest.Request{As: reader, Path: map[string]string{"form_id": mine}}), Foreign: foreignForm},
		"setReportForm": {Good: always(apitest.Request{As: officer, Path: map[string]string{"form_id": mine}, Body: settings}), Foreign: map[string]string{"form_id": foreign, "bindings[0].programme_id": ""}},
		"getReport":     {Good: always(apitest.Request{As: reader, Path: path, Query: url.Values{"version": {"1"}}}), Foreign: foreignForm},
		"listReportEntries": {
			Good:    always(apitest.Request{As: reader, Path: path, Query: url.Values{"sheet": {"月报"}, "cell": {"B5"}, "version": {"1"}, "which": {"since"}, "limit": {"5"}}}),
			Foreign: foreignForm,
		},
		"signReport": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: reader, Path: path, Body: map[string]any{"version": s.sentBack(mine), "role": "filler"}}
			},
			Foreign: foreignForm,
		},
		"sendReportBack": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: officer, Path: path, Body: map[string]any{"version": s.sentBack(mine), "reason": "数字要重新核对"}}
			},
			Foreign: foreignForm,
		},
		"exportReport": {
			Good:    always(apitest.Request{As: reader, Path: path, Body: map[string]any{"version": 1, "format": "xlsx", "purpose": "报送市妇联"}}),
			Foreign: foreignForm,
		},
	}
}
