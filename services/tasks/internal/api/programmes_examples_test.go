package api_test

import (
	"testing"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func (s *site) programmes() map[string]apitest.Operation {
	administrator := auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "administrator", RegionPath: "4106/"}}}
	coordinator := auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "coordinator", RegionPath: "4106/410622/"}}}
	this := map[string]string{"programme_id": s.programme}
	campaign := func(regionPath string) string {
		c, err := s.CreateCampaign(auth.With(s.t.Context(), administrator), domain.Campaign{
			RegionPath: regionPath, ProgrammeID: s.programme, Name: "三八维权周", Template: domain.Template{Title: "普法宣传"}, FirstDay: "2026-12-01", LastDay: "2026-12-07",
		})
		s.must(err)
		return c.ID
	}
	return map[string]apitest.Operation{
		"addProgramme": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: administrator, Body: object{"name": "项目" + id.New()[24:], "reason": "市妇联会议决定"}}
			},
		},
		"changeProgramme": {
			Good:    always(apitest.Request{As: administrator, Path: this, Body: object{"name": "保护淇河", "retired": false, "reason": "原来的名称"}}),
			Foreign: map[string]string{"programme_id": ""},
		},
		"listProgrammeSettings": {Good: always(apitest.Request{As: coordinator, Path: this}), Foreign: map[string]string{"programme_id": ""}},
		"setProgramme": {
			Good: always(apitest.Request{As: administrator, Path: this, Body: object{
				"valid_from": "2026-12-01", "needs": []any{"lawyer"}, "day_cap": 480, "rounding": 30, "risky": true, "risk_note": "防滑",
				"meet_every": 30, "call_every": 7, "reason": "市妇联会议决定", "set_at": "2026-11-23T08:00:00+08:00",
			}}),
			Foreign: map[string]string{"programme_id": ""},
		},
		"listCampaigns": {Good: always(apitest.Request{As: coordinator})},
		"createCampaign": {
			Good: always(apitest.Request{As: coordinator, Body: object{
				"region_path": "4106/410622/", "programme_id": s.programme, "name": "三八维权周", "call": "欢迎各队参加", "title": "普法宣传", "description": "发放手册",
				"risks": "注意交通", "bring": "手册", "first_day": "2026-12-01", "last_day": "2026-12-07",
			}}),
			Foreign: map[string]string{"programme_id": ""},
		},
		"endCampaign": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: coordinator, Path: map[string]string{"campaign_id": campaign("4106/410622/")}}
			},
			Foreign: map[string]string{"campaign_id": campaign("4106/410623/")},
		},
	}
}
