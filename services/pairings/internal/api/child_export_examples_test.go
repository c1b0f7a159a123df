package api_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"maps"
	"slices"
	"testing"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func init() {
	maps.Copy(rights, map[string][]int{
		"listChildExports":  {200, 200, 200, 200, 200}, // each their own regions'
		"askChildExport":    {422, 422, 422, 201, 422},
		"decideChildExport": {404, 404, 204, 204, 404},
		"takeChildExport":   {404, 404, 404, 404, 404}, // it is for who asked
	})
}

// agreed is a child of a county whose guardian agreed on paper.
func (s *site) agreed(county, number string, as auth.Principal) string {
	s.t.Helper()
	var file bytes.Buffer
	s.must(jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 40, 20)), nil))
	childID := s.child(s.t, county, as)
	s.record(s.t, childID, as)
	s.form(s.t, childID, number, as, file.Bytes())
	return childID
}

// list is a list of a county for these children, by an officer; a long one waits.
func (s *site) list(path string, by auth.Principal, childIDs ...string) map[string]string {
	s.t.Helper()
	e, err := domain.NewChildExport(path, childIDs, "民政局核对名单", by.VolunteerID, s.app.Now())
	s.must(err)
	s.must(s.db.InTx(s.t.Context(), func(q postgres.Querier) error { return store.InsertChildExport(s.t.Context(), q, e) }))
	return map[string]string{"export_id": e.ID}
}

// exportExamples has a good request for each operation on lists that leave the house.
func exportExamples(s *site) map[string]apitest.Operation {
	child := s.agreed("410621", "E-1", mine)
	many := slices.Repeat([]string{child}, domain.ExportAlone+1)
	foreign := s.list("4106/410611/", other, s.agreed("410611", "E-2", other))
	return map[string]apitest.Operation{
		"listChildExports": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"askChildExport": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Body: map[string]any{"region_code": "410621", "reason": "民政局核对名单"}}
		}},
		"decideChildExport": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: s.list("4106/410621/", other, many...), Body: map[string]any{"approved": false, "answer": "请按乡镇分开"}}
		}, Foreign: foreign},
		"takeChildExport": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: s.list("4106/410621/", mine, child)}
		}, Foreign: foreign},
	}
}
