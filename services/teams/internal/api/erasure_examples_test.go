package api_test

import (
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func erasureExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	coordinator := as(c.Volunteer(t), auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"})
	of := func(region string) func(*domain.Volunteer) {
		return func(v *domain.Volunteer) { v.RegionCode, v.Phone = region, "" }
	}
	return map[string]apitest.Operation{
		"exportMe": {
			Good: always(apitest.Request{As: as(c.leader), Body: object{"format": "json"}}),
			Also: []func(testing.TB) apitest.Request{always(apitest.Request{As: as(c.leader), Body: object{"format": "xlsx"}})},
		},
		"getMyErasure":      {Good: always(apitest.Request{As: as(c.leader)})},
		"createErasureCode": {Good: always(apitest.Request{As: as(c.leader)})},
		"eraseMe": {Good: func(t testing.TB) apitest.Request {
			v := c.Volunteer(t)
			return apitest.Request{As: c.signedIn(t, v), Body: object{"code": c.Code(t, v.Phone), "word": "注销"}}
		}},
		"eraseVolunteer": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: coordinator, Path: map[string]string{"volunteer_id": c.Volunteer(t, of("410621100")).ID}, Body: object{"reason": "书面申请第 7 号"}}
			},
			Foreign: map[string]string{"volunteer_id": c.Volunteer(t, of("4106")).ID},
		},
	}
}
