package api_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func grantExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	admin := c.cityAdministrator(t)
	v := c.Volunteer(t)
	c.Grant(t, v, func(g *domain.Grant) { g.Role = "administrator" })
	ofTheCounty := as(v, auth.Grant{Role: "administrator", RegionPath: "4106/410621/"})
	abroad := c.Grant(t, c.Volunteer(t), func(g *domain.Grant) { g.RegionCode = "410611" })
	until := c.Clock.Now().Add(30 * 24 * time.Hour).Format(time.RFC3339)
	return map[string]apitest.Operation{
		"listStaffGrants": {
			Good: always(apitest.Request{As: admin, Query: url.Values{"region": {"410621"}}}),
			Also: []func(testing.TB) apitest.Request{
				always(apitest.Request{As: admin, Query: url.Values{"region": {"4106"}, "state": {"over"}, "limit": {"1"}}}),
			},
		},
		"createStaffGrant": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: admin, Body: object{
					"volunteer_id": c.Volunteer(t).ID, "role": "coordinator", "region_code": "410621",
					"from": c.Clock.Now().Add(time.Hour).Format(time.RFC3339), "until": until, "reason": "县妇联任命",
				}}
			},
			Also: []func(testing.TB) apitest.Request{func(t testing.TB) apitest.Request {
				return apitest.Request{As: admin, Body: object{"volunteer_id": c.Volunteer(t).ID, "role": "viewer", "region_code": "4106", "reason": "市妇联任命"}}
			}},
			Foreign: map[string]string{"volunteer_id": ""},
		},
		"withdrawStaffGrant": {
			Good: func(t testing.TB) apitest.Request {
				g := c.Grant(t, c.Volunteer(t))
				return apitest.Request{As: ofTheCounty, Path: map[string]string{"grant_id": g.ID}, Body: object{"reason": "工作调动"}}
			},
			Foreign: map[string]string{"grant_id": abroad.ID},
		},
		"findGrantCandidate": {
			Good: always(apitest.Request{As: admin, Body: object{"typed": c.member.Number}}),
			Also: []func(testing.TB) apitest.Request{always(apitest.Request{As: admin, Body: object{"typed": " 138 1234-5678 "}})},
		},
	}
}
