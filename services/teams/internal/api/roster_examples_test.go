package api_test

import (
	"net/url"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

const memberRoster = "姓名,手机号,职务\n孙爱琴,13703920005,队员\n周玉珍,1370392,队员\n"

func rosterExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	officer := as(c.Volunteer(t), auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"})
	theirs := c.judgedRoster(t, c.leaderOf(t, c.foreign), c.foreign.ID)
	foreign := map[string]string{"import_id": theirs}
	mine := func(t testing.TB) apitest.Request {
		return apitest.Request{As: as(c.leader), Path: map[string]string{"import_id": c.judgedRoster(t, c.leader, teamID)}}
	}
	return map[string]apitest.Operation{
		"createImport": {
			Good: always(apitest.Request{As: officer, Query: url.Values{"name": {"名册.csv"}}, File: []byte(memberRoster)}),
			Also: []func(testing.TB) apitest.Request{
				always(apitest.Request{As: as(c.leader), Query: url.Values{"name": {"名册.csv"}, "team_id": {teamID}}, File: []byte(memberRoster)}),
			},
		},
		"listImports": {
			Good: always(apitest.Request{As: as(c.leader), Query: url.Values{"limit": {"1"}}}),
		},
		"getImport":       {Good: mine, Foreign: foreign},
		"getMarkedRoster": {Good: mine, Foreign: foreign},
		"discardImport":   {Good: mine, Foreign: foreign},
		"applyImport": {
			Good: func(t testing.TB) apitest.Request {
				r := mine(t)
				r.Body = object{"usable_only": true}
				return r
			},
			Foreign: foreign,
		},
		"getRosterTemplate": {Good: always(apitest.Request{As: as(c.member)})},
		"createExport": {
			Good: always(apitest.Request{As: as(c.leader), Body: object{"of": "members", "format": "csv", "team_id": teamID, "purpose": "核对名单", "phones": false}}),
			Also: []func(testing.TB) apitest.Request{
				always(apitest.Request{As: officer, Body: object{"of": "teams", "format": "xlsx", "region": "410621", "purpose": "年终统计"}}),
				always(apitest.Request{As: officer, Body: object{"of": "members", "format": "xlsx", "region": "410621", "purpose": "打电话通知", "phones": true}}),
			},
			Foreign: map[string]string{"team_id": c.foreign.ID},
		},
	}
}

// leaderOf makes somebody a deputy of a team, who leads it as well.
func (c *cast) leaderOf(t testing.TB, team domain.Team) domain.Volunteer {
	t.Helper()
	v := c.Volunteer(t)
	c.Member(t, team, v, domain.RoleDeputy) // others give it a leader
	return v
}

// judgedRoster is a roster that its leader uploaded and that waits for her.
func (c *cast) judgedRoster(t testing.TB, leader domain.Volunteer, team string) string {
	t.Helper()
	i, err := c.App.UploadRoster(given.As(t, leader), "名册.csv", team, []byte(memberRoster))
	must(t, err)
	must(t, c.App.WorkOnImports(t.Context()))
	return i.ID
}
