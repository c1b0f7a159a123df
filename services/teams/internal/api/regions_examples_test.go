package api_test

import (
	"fmt"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func regionExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	admin := c.cityAdministrator(t)
	var made atomic.Int64
	town := given.Regions[3]
	code := func() string { return fmt.Sprintf("%s%03d", town.Code, made.Add(1)) }
	village := func(t testing.TB) map[string]string {
		return map[string]string{"code": c.Region(t, town, code(), "东街村民委员会").Code}
	}
	other := c.Region(t, given.Regions[2], "410621101", "屯子镇")
	into := c.Region(t, town, "410621100999", "西街村民委员会")
	return map[string]apitest.Operation{
		"getRegion":     {Good: always(apitest.Request{As: as(c.member), Path: map[string]string{"code": "410621100"}})},
		"searchRegions": {Good: always(apitest.Request{As: as(c.member), Query: url.Values{"q": {"xx"}, "limit": {"5"}}})},
		"createRegion": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: admin, Body: object{"parent_code": town.Code, "code": code(), "name": "新设社区", "reason": "市政府批复新设"}}
		}},
		"renameRegion": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: admin, Path: village(t), Body: object{"name": "东关村民委员会", "reason": "批复更名"}}
		}},
		"moveRegion": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: admin, Path: village(t), Body: object{"parent_code": other.Code, "reason": "区划调整"}}
		}},
		"mergeRegion": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: admin, Path: village(t), Body: object{"into_code": into.Code, "reason": "村庄合并"}}
		}},
	}
}

func officeExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	officer := as(c.leader, c.coordinator(t))
	c.Office(t)
	home := func(t testing.TB) domain.Office {
		return c.Office(t, func(o *domain.Office) { o.Kind, o.Name = domain.OfficeHome, "东街村妇女之家" })
	}
	abroad := c.Office(t, func(o *domain.Office) { o.Name, o.RegionCode = "淇滨区妇女联合会", "410611" })
	facts := func() object {
		return object{
			"kind": "home", "name": "善堂镇妇女之家", "region_code": "410621100", "address": "善堂镇党群服务中心", "phone": "0392-1000001",
			"demonstration": "city", "is_venue": true, "latitude": 35.6, "longitude": 114.6,
		}
	}
	above := func() string { // an officer of the county has no part in it, nor has one elsewhere
		return c.Office(t, func(o *domain.Office) {
			o.Kind, o.Name, o.RegionCode = domain.OfficeHome, "鹤壁市妇女之家", "4106"
		}).ID
	}
	path := func(o domain.Office) map[string]string { return map[string]string{"office_id": o.ID} }
	team := map[string]string{"team_id": teamID}
	return map[string]apitest.Operation{
		"listOffices": {
			Good: always(apitest.Request{As: as(c.member), Query: url.Values{"region": {"410621"}, "kind": {"home"}, "state": {"open"}, "q": {"dj"}, "limit": {"2"}}}),
			Also: []func(testing.TB) apitest.Request{always(apitest.Request{As: as(c.member)})},
		},
		"getOffice":    {Good: always(apitest.Request{As: as(c.member), Path: path(abroad)}), Foreign: map[string]string{"office_id": ""}},
		"createOffice": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: officer, Body: facts()} }},
		"putOffice": {
			Good: func(t testing.TB) apitest.Request {
				body := facts()
				body["version"] = 1
				return apitest.Request{As: officer, Path: path(home(t)), Body: body}
			},
			Foreign: map[string]string{"office_id": above()},
		},
		"closeOffice": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: officer, Path: path(home(t)), Body: object{"reason": "场地收回"}}
			},
			Foreign: map[string]string{"office_id": above()},
		},
		"reopenOffice": {
			Good: func(t testing.TB) apitest.Request {
				o := c.Office(t, func(o *domain.Office) { o.Kind, o.Name, o.Closed = domain.OfficeHome, "西街村妇女之家", true })
				return apitest.Request{As: officer, Path: path(o), Body: object{"reason": "场地修好"}}
			},
			Foreign: map[string]string{"office_id": above()},
		},
		"getTeamOffice": {Good: always(apitest.Request{As: as(c.member), Path: team}), Foreign: map[string]string{"team_id": c.draft.ID}},
		"putTeamOffice": {
			Good:    always(apitest.Request{As: officer, Path: team, Body: object{"office_id": abroad.ID}}),
			Foreign: map[string]string{"team_id": c.otherCounty(t).ID, "office_id": ""},
		},
	}
}
