package api_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func membershipExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	own := map[string]string{"team_id": teamID}
	path := func(m domain.Membership) map[string]string { return map[string]string{"membership_id": m.ID} }
	team := domain.Team{ID: teamID}
	fresh := func(t testing.TB, in domain.Team, state domain.MembershipState) domain.Membership {
		return c.open(t, in, c.Volunteer(t), state)
	}
	// byLeader is an act of the leader on somebody fresh each time.
	byLeader := func(state domain.MembershipState, body any) apitest.Operation {
		return apitest.Operation{
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: as(c.leader), Path: path(fresh(t, team, state)), Body: body}
			},
			Foreign: path(fresh(t, c.foreign, state)),
		}
	}
	// byHer is an act of somebody on a membership of her own.
	byHer := func(state domain.MembershipState) apitest.Operation {
		return apitest.Operation{
			Good: func(t testing.TB) apitest.Request {
				m := fresh(t, team, state)
				return apitest.Request{As: as(domain.Volunteer{ID: m.VolunteerID}), Path: path(m)}
			},
			Foreign: path(fresh(t, team, state)),
		}
	}
	decline := byLeader(domain.MembershipApplied, object{"reason": "名额已满，下个月再来"})
	decline.Also = []func(testing.TB) apitest.Request{func(t testing.TB) apitest.Request {
		m := fresh(t, team, domain.MembershipInvited)
		return apitest.Request{As: as(domain.Volunteer{ID: m.VolunteerID}), Path: path(m), Body: object{"reason": "离家太远"}}
	}}
	return map[string]apitest.Operation{
		"createApplication": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: as(c.member), Path: map[string]string{"team_id": c.Team(t).ID}, Body: object{"word": "我住在桂鹤社区，周末有空"}}
			},
			Foreign: map[string]string{"team_id": c.draft.ID},
		},
		"listApplications": {
			Good:    always(apitest.Request{As: as(c.leader), Path: own, Query: url.Values{"limit": {"2"}}}),
			Foreign: map[string]string{"team_id": c.foreign.ID},
		},
		"createInvitation": {
			Good: func(t testing.TB) apitest.Request {
				led := c.Team(t) // so that no day's share is used up
				c.Member(t, led, c.leader, domain.RoleLeader)
				return apitest.Request{As: as(c.leader), Path: map[string]string{"team_id": led.ID}, Body: object{"to": c.Volunteer(t).Number, "word": "来我们队吧"}}
			},
			Foreign: map[string]string{"team_id": c.foreign.ID},
		},
		"listInvitations": {Good: always(apitest.Request{As: as(c.leader), Path: own}), Foreign: map[string]string{"team_id": c.foreign.ID}},
		"deleteInvitation": {
			Good: func(t testing.TB) apitest.Request {
				sent := c.invitation(t, teamID)
				return apitest.Request{As: as(c.leader), Path: map[string]string{"team_id": teamID, "invitation_id": sent}}
			},
			Foreign: map[string]string{"team_id": c.foreign.ID, "invitation_id": c.invitation(t, c.foreign.ID)},
		},
		"listMyMemberships":  {Good: always(apitest.Request{As: as(c.member)})},
		"approveMembership":  byLeader(domain.MembershipApplied, nil),
		"declineMembership":  decline,
		"removeMembership":   byLeader(domain.MembershipActive, object{"reason": "三次报名都没有来"}),
		"putMembershipRole":  byLeader(domain.MembershipActive, object{"role": "deputy"}),
		"readMemberPhone":    byLeader(domain.MembershipApplied, nil),
		"withdrawMembership": byHer(domain.MembershipApplied),
		"acceptMembership":   byHer(domain.MembershipInvited),
		"leaveMembership":    byHer(domain.MembershipActive),
	}
}

func joinCodeExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	own := map[string]string{"team_id": teamID}
	make := func(t testing.TB, teamID string, by domain.Volunteer) app.GivenCode {
		made, err := c.App.MakeJoinCode(given.As(t, by), teamID, time.Hour)
		must(t, err)
		return made
	}
	// fresh is a code of a team that nobody else of the examples is in.
	fresh := func(t testing.TB) object {
		team, leader := c.Team(t), c.Volunteer(t)
		c.Member(t, team, leader, domain.RoleLeader)
		return object{"code": make(t, team.ID, leader).Text}
	}
	other := c.Volunteer(t)
	c.Member(t, c.foreign, other, domain.RoleDeputy)
	return map[string]apitest.Operation{
		"listJoinCodes":  {Good: always(apitest.Request{As: as(c.leader), Path: own}), Foreign: map[string]string{"team_id": c.foreign.ID}},
		"createJoinCode": {Good: always(apitest.Request{As: as(c.leader), Path: own, Body: object{"hours": 24}}), Foreign: map[string]string{"team_id": c.foreign.ID}},
		"deleteJoinCode": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: as(c.leader), Path: map[string]string{"team_id": teamID, "join_code_id": make(t, teamID, c.leader).Code.ID}}
			},
			Foreign: map[string]string{"team_id": c.foreign.ID, "join_code_id": make(t, c.foreign.ID, other).Code.ID},
		},
		"openJoinCode": {Good: func(t testing.TB) apitest.Request { return apitest.Request{As: as(c.member), Body: fresh(t)} }},
		"useJoinCode":  {Good: func(t testing.TB) apitest.Request { return apitest.Request{As: as(c.member), Body: fresh(t)} }},
	}
}

func appealExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	officer := auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"}
	removed := func(t testing.TB, in domain.Team) domain.Membership {
		remover := c.Volunteer(t)
		return c.Put(t, domain.Membership{
			ID: id.New(), TeamID: in.ID, VolunteerID: c.Volunteer(t).ID, Role: domain.RoleMember, State: domain.MembershipEnded, Since: given.Day,
			Ending: domain.EndingRemoved, Reason: "三次没有来", EndedBy: remover.ID, EndedAt: given.Day, Version: 2,
		})
	}
	appealed := func(t testing.TB, in domain.Team) map[string]string {
		m := removed(t, in)
		asked, err := c.App.AppealRemoval(given.As(t, domain.Volunteer{ID: m.VolunteerID}), m.ID, "我请过假")
		must(t, err)
		return map[string]string{"appeal_id": asked.AppealID}
	}
	team := domain.Team{ID: teamID}
	appealed(t, team)
	return map[string]apitest.Operation{
		"createAppeal": {
			Good: func(t testing.TB) apitest.Request {
				m := removed(t, team)
				return apitest.Request{As: as(domain.Volunteer{ID: m.VolunteerID}), Path: map[string]string{"membership_id": m.ID}, Body: object{"word": "我请过假"}}
			},
			Foreign: map[string]string{"membership_id": removed(t, team).ID},
		},
		"listAppeals": {Good: always(apitest.Request{As: as(c.member, officer), Query: url.Values{"region": {"410621"}}})},
		"decideAppeal": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: as(c.Volunteer(t), officer), Path: appealed(t, team), Body: object{"state": "reversed", "reason": "请假属实"}}
			},
			Foreign: appealed(t, c.Team(t, func(team *domain.Team) { team.RegionCode = "410611" })),
		},
	}
}

// invitation is one that a team sent to somebody fresh.
func (c *cast) invitation(t testing.TB, teamID string) string {
	t.Helper()
	line := domain.NewInvitation(teamID, c.leader.ID, domain.Invitee{Number: c.Volunteer(t).Number}, c.Clock.Now())
	c.InTx(t, func(q postgres.Querier) error { return store.InsertInvitation(t.Context(), q, line) })
	return line.ID
}

// open adds an open membership in the state.
func (s *server) open(t testing.TB, team domain.Team, v domain.Volunteer, state domain.MembershipState) domain.Membership {
	t.Helper()
	m := domain.Membership{ID: id.New(), TeamID: team.ID, VolunteerID: v.ID, Role: domain.RoleMember, State: state, Since: given.Day, Version: 1}
	switch state {
	case domain.MembershipApplied:
		m.RequestedBy, m.RequestedAt = v.ID, given.Day
	case domain.MembershipInvited:
		m.RequestedBy, m.RequestedAt = s.Volunteer(t).ID, given.Day
	}
	return s.Put(t, m)
}
