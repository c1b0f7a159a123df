package api_test

import (
	"fmt"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

// cityAdministrator is somebody who may change what belongs to the whole city.
func (c *cast) cityAdministrator(t testing.TB) auth.Principal {
	t.Helper()
	v := c.Volunteer(t)
	c.Grant(t, v, func(g *domain.Grant) { g.Role, g.RegionCode = "administrator", "4106" })
	return as(v, auth.Grant{Role: "administrator", RegionPath: "4106/"})
}

func reportingUnitExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	admin := c.cityAdministrator(t)
	var made atomic.Int64
	another := func() string { return fmt.Sprintf("试验单位%d", made.Add(1)) }
	unit := func(t testing.TB, retired bool) string {
		u := domain.ReportingUnit{Name: another(), Kind: domain.UnitOther, Position: 1, Version: 1}
		if retired {
			u.RetiredAt = c.Clock.Now()
		}
		c.Unit(t, u)
		return u.Name
	}
	return map[string]apitest.Operation{
		"listReportingUnits": {Good: always(apitest.Request{As: as(c.member), Query: url.Values{"state": {"all"}}})},
		"createReportingUnit": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: admin, Body: object{"name": another(), "kind": "school", "position": 5, "reason": "新设统计单位"}}
		}},
		"renameReportingUnit": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: admin, Body: object{"name": unit(t, false), "new_name": another(), "reason": "机构改革更名"}}
		}},
		"retireReportingUnit": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: admin, Body: object{"name": unit(t, false), "reason": "机构撤销"}}
		}},
		"restoreReportingUnit": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: admin, Body: object{"name": unit(t, true), "reason": "误操作恢复"}}
		}},
	}
}

// coordinator gives the leader the authority over the county that the examples use.
func (c *cast) coordinator(t testing.TB) auth.Grant {
	t.Helper()
	return auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"}
}

// otherCounty is a brigade that nobody of the county may touch.
func (c *cast) otherCounty(t testing.TB) domain.Team {
	t.Helper()
	return c.Team(t, func(team *domain.Team) { team.RegionCode = "410611" })
}
