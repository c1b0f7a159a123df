package api_test

import (
	"net/url"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// wallRights has a row for each operation of the wall.
var wallRights = map[string][]int{
	"listAreas":    {404, 200, 200, 404}, // of the county
	"followWall":   {404, 200, 200, 404}, // of the county
	"listDisplays": {404, 200, 200, 404}, // of the county
	"makeDisplay":  {404, 403, 403, 404}, // it takes a coordinator; the example has one
	"endDisplay":   {404, 404, 404, 404}, // it takes a coordinator; the example has one
}

// watching is how each operation of the wall is asked well.
func (s *site) watching() map[string]apitest.Operation {
	officer := auth.Principal{VolunteerID: leader, Grants: []auth.Grant{{Role: "viewer", RegionPath: "4106/"}}}
	coordinator := auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "coordinator", RegionPath: "4106/410611/"}}}
	ofCounty := func(testing.TB) apitest.Request {
		return apitest.Request{As: officer, Query: url.Values{"region": {"410611"}}}
	}
	s.must(s.db.InTx(s.t.Context(), func(q postgres.Querier) error {
		return s.app.LearnRegions(s.t.Context(), q, []teamsv1.RegionChanged{{Code: "410621", Name: "浚县", Path: "4106/410621/", Version: 1}})
	}))
	foreign, _ := s.display(s.t, "410621")
	return map[string]apitest.Operation{
		"listAreas":    {Good: ofCounty},
		"followWall":   {Good: ofCounty},
		"listDisplays": {Good: ofCounty},
		"makeDisplay": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: coordinator, Body: map[string]any{"region_code": "410611", "label": "一楼大厅", "days": 180}}
		}},
		"endDisplay": {
			Good: func(t testing.TB) apitest.Request {
				displayID, _ := s.display(t, "410611")
				return apitest.Request{As: coordinator, Path: map[string]string{"display_id": displayID}}
			},
			Foreign: map[string]string{"display_id": foreign},
		},
	}
}

// display makes a link for a screen of a county, good for a month.
func (s *site) display(t testing.TB, county string) (displayID, key string) {
	t.Helper()
	ctx := auth.With(t.Context(), auth.Principal{VolunteerID: leader, Grants: []auth.Grant{{Role: "coordinator", RegionPath: "4106/" + county + "/"}}})
	wait.Until(t, "the county to be known", func() bool {
		s.must(s.app.CatchUp(ctx))
		_, err := s.app.Areas(ctx, county)
		return err == nil
	})
	d, key, err := s.app.MakeDisplay(ctx, county, "一楼大厅", 30)
	s.must(err)
	return d.ID, key
}
