package api_test

import (
	"net/url"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/id"
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
		"listInvitations":    {Good: always(apitest.Request{As: as(c.leader), Path: own}), Foreign: map[string]string{"team_id": c.foreign.ID}},
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
