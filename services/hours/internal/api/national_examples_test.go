package api_test

import (
	"net/url"
	"strconv"
	"testing"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

var nationalRights = map[string][]int{
	"getNationalRecords":   {403, 200, 200, 200},
	"checkNationalRecords": {404, 403, 403, 404}, // of the county; it takes a coordinator, whom the example has
	"setNationalMapping":   {403, 403, 403, 403}, // these take an administrator of the city
	"makeNationalBatch":    {403, 403, 403, 403},
	"takeNationalBatch":    {403, 403, 403, 403},
	"answerNationalBatch":  {403, 403, 403, 403},
}

// national are requests about the records for the national system.
func (s *site) national() map[string]apitest.Operation {
	city := holding(leader, "administrator", "4106/")
	city.Strong = true
	ctx := idempotency.WithKey(auth.With(s.t.Context(), city), id.New())
	sent, err := s.app.MakeBatch(ctx, app.NewBatch{NationalQuery: app.NationalQuery{Region: "4106"}, Purpose: "报市民政局"})
	s.must(err)
	_, _, err = s.app.TakeBatch(ctx, sent)
	s.must(err)
	version := func() string {
		n, err := s.app.FindNational(ctx)
		s.must(err)
		return strconv.Itoa(n.Mapping.Version)
	}
	columns := []map[string]any{{
		"field": "id_kind", "heading": "证件类型", "code": "ZJLX", "required": true, "format": "", "codes": []map[string]any{{"word": "resident", "code": "111"}},
	}}
	sheet := func(group, name string) map[string]any {
		return map[string]any{"group": group, "name": name, "columns": columns}
	}
	sheets := map[string]any{"sheets": []map[string]any{
		sheet("basic", "基本信息"), sheet("service", "服务"), sheet("training", "培训"), sheet("honour", "表彰"), sheet("complaint", "投诉"),
	}}
	return map[string]apitest.Operation{
		"getNationalRecords": {Good: always(apitest.Request{As: city})},
		"checkNationalRecords": {
			Good: always(apitest.Request{As: holding(leader, "coordinator", ours), Query: url.Values{"region": {"410611"}, "from": {"2026-01-01"}, "to": {"2026-11-24"}}}),
			Also: []func(testing.TB) apitest.Request{always(apitest.Request{As: city, Query: url.Values{"region": {"4106"}, "format": {"xlsx"}}})},
		},
		"setNationalMapping": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: city, Query: url.Values{"before": {version()}}, Body: sheets}
			},
		},
		"makeNationalBatch": {
			Good: always(apitest.Request{As: city, Body: map[string]any{"region": "4106", "from": "2026-01-01", "to": "2026-11-24", "purpose": "报市民政局", "again": true}}),
		},
		"takeNationalBatch": {
			Good:    always(apitest.Request{As: city, Path: map[string]string{"batch_id": sent}}),
			Foreign: map[string]string{"batch_id": ""},
		},
		"answerNationalBatch": {
			Good: always(apitest.Request{
				As: city, Query: url.Values{"batch_id": {sent}, "name": {"回执.csv"}, "format": {"json"}}, File: []byte("淇河行号,结果,失败原因\n1-B1,成功,\n"),
			}),
			Foreign: map[string]string{"batch_id": ""},
		},
	}
}
