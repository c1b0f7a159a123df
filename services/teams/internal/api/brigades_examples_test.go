package api_test

import (
	"fmt"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

// nobodysTeam is a brigade of a place that no officer looks after.
func (c *cast) nobodysTeam(t testing.TB) domain.Team {
	t.Helper()
	must(t, c.Owner.InTx(t.Context(), func(q postgres.Querier) error {
		_, err := q.ExecContext(t.Context(), `
			INSERT INTO regions (code, name, path, level, parent_code, version)
			VALUES ('4107', '新乡市', '4107/', 'county', '4106', 1)
			ON CONFLICT DO NOTHING`)
		return err
	}))
	return c.Team(t, func(team *domain.Team) { team.RegionCode = "4107" })
}

// brigadesExamples need a brigade of their own for each act: an act leads to
// another state, in which it cannot be done again.
func brigadesExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	officer := as(c.Volunteer(t), auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"})
	admin := c.cityAdministrator(t)
	foreign := c.nobodysTeam(t)
	var made atomic.Int64
	details := func() object {
		return object{"name": fmt.Sprintf("善堂镇第%d巾帼志愿服务队", made.Add(1)), "region_code": "410621100", "reporting_unit": "浚县", "category": "village", "description": "护河、助老"}
	}
	in := func(state domain.TeamState, mods ...func(*domain.Team)) func(t testing.TB) domain.Team {
		return func(t testing.TB) domain.Team {
			return c.Team(t, append(mods, func(team *domain.Team) { team.State = state })...)
		}
	}
	path := func(team domain.Team) map[string]string { return map[string]string{"team_id": team.ID} }
	decision := func(state domain.TeamState, body object) apitest.Operation {
		return apitest.Operation{
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: officer, Path: path(in(state)(t)), Body: body}
			},
			Foreign: map[string]string{"team_id": foreign.ID},
		}
	}
	reason := object{"reason": "材料不全，请补充活动范围"}
	next := c.Team(t)
	dissolve := decision(domain.TeamActive, object{"reason": "两队合并", "successor_id": next.ID})
	dissolve.Foreign["successor_id"] = foreign.ID

	return map[string]apitest.Operation{
		"listTeams": {
			Good: always(apitest.Request{As: officer, Query: url.Values{
				"q": {"dps"}, "region": {"410621"}, "state": {"active"}, "leaderless": {"only"}, "category": {"village"}, "limit": {"20"},
			}}),
			Also: []func(testing.TB) apitest.Request{always(apitest.Request{As: officer, Query: url.Values{"limit": {"1"}}})},
		},
		"createTeam": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: as(c.Volunteer(t)), Body: details()}
		}},
		"putTeam": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: officer, Path: path(in(domain.TeamActive)(t)), Body: details()}
			},
			Foreign: map[string]string{"team_id": foreign.ID},
		},
		"putTeamDescription": {
			Good:    always(apitest.Request{As: as(c.leader), Path: map[string]string{"team_id": teamID}, Body: object{"description": "护河、助老"}}),
			Foreign: map[string]string{"team_id": foreign.ID},
		},
		"submitTeam":   decision(domain.TeamDraft, nil),
		"approveTeam":  decision(domain.TeamSubmitted, nil),
		"returnTeam":   decision(domain.TeamSubmitted, reason),
		"suspendTeam":  decision(domain.TeamActive, reason),
		"resumeTeam":   decision(domain.TeamSuspended, reason),
		"dissolveTeam": dissolve,
		"approveTeams": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: officer, Body: object{"team_ids": []string{in(domain.TeamSubmitted)(t).ID}}}
			},
			Also: []func(testing.TB) apitest.Request{
				always(apitest.Request{As: officer, Body: object{"region_code": "410621"}}),
			},
			Foreign: map[string]string{"team_ids[0]": foreign.ID},
		},
		"listTeamHistory": {
			Good:    always(apitest.Request{As: officer, Path: map[string]string{"team_id": teamID}}),
			Foreign: map[string]string{"team_id": foreign.ID},
		},
		"listTeamCategories": {Good: always(apitest.Request{As: as(c.member)})},
		"putTeamCategory": {Good: func(testing.TB) apitest.Request {
			name := fmt.Sprintf("类别%d", made.Add(1))
			return apitest.Request{As: admin, Path: map[string]string{"code": "village"}, Body: object{"name": name, "retired": false}}
		}},
		"getMyTeams": {Good: always(apitest.Request{As: as(c.member)})},
	}
}

// handoverExamples are about who leads a brigade next.
func handoverExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	officer := as(c.Volunteer(t), auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"})
	foreign := c.nobodysTeam(t)
	stranger := c.Volunteer(t)
	heir := func(t testing.TB) (leader, member domain.Volunteer, team domain.Team) {
		team = c.Team(t)
		leader, member = c.Volunteer(t), c.Volunteer(t)
		c.Member(t, team, leader, domain.RoleLeader)
		c.Member(t, team, member, domain.RoleMember)
		return leader, member, team
	}
	answer := func(t testing.TB) apitest.Request {
		leader, member, team := heir(t)
		_, err := c.App.HandOver(auth.With(t.Context(), as(leader)), team.ID, member.ID)
		must(t, err)
		return apitest.Request{As: as(member), Path: map[string]string{"team_id": team.ID}}
	}
	own := map[string]string{"team_id": teamID}
	return map[string]apitest.Operation{
		"createHandover": {
			Good: func(t testing.TB) apitest.Request {
				_, err := c.App.WithdrawHandover(auth.With(t.Context(), as(c.leader)), teamID)
				must(t, err)
				return apitest.Request{As: as(c.leader), Path: own, Body: object{"volunteer_id": c.member.ID}}
			},
			Foreign: map[string]string{"team_id": foreign.ID, "volunteer_id": stranger.ID},
		},
		"deleteHandover":  {Good: always(apitest.Request{As: as(c.leader), Path: own}), Foreign: map[string]string{"team_id": foreign.ID}},
		"acceptHandover":  {Good: answer, Foreign: map[string]string{"team_id": foreign.ID}},
		"declineHandover": {Good: answer, Foreign: map[string]string{"team_id": foreign.ID}},
		"putTeamLeader": {
			Good: func(t testing.TB) apitest.Request {
				_, member, team := heir(t)
				return apitest.Request{As: officer, Path: map[string]string{"team_id": team.ID}, Body: object{"volunteer_id": member.ID, "reason": "队长失联三个月"}}
			},
			Foreign: map[string]string{"team_id": foreign.ID, "volunteer_id": stranger.ID},
		},
	}
}
