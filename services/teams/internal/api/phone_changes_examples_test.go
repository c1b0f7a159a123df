package api_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func phoneChangeExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	coordinator := auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"}
	foreigner := c.Volunteer(t)
	c.Member(t, c.foreign, foreigner, domain.RoleMember)
	far := c.Volunteer(t)
	c.Member(t, c.Team(t, func(team *domain.Team) { team.RegionCode = "410611" }), far, domain.RoleMember)
	var asked atomic.Int64
	newNumber := func() domain.Phone { return domain.Phone(fmt.Sprintf("137%08d", asked.Add(1))) }
	member := func(t testing.TB) domain.Volunteer {
		v := c.Volunteer(t)
		c.Member(t, domain.Team{ID: teamID}, v, domain.RoleMember)
		return v
	}
	return map[string]apitest.Operation{
		"listPhoneChanges": {
			Good:    always(apitest.Request{As: as(c.leader), Path: map[string]string{"volunteer_id": c.member.ID}}),
			Foreign: map[string]string{"volunteer_id": foreigner.ID},
		},
		"createPhoneChange": {
			Good: func(t testing.TB) apitest.Request { // by somebody new each time: nobody vouches for many a day
				deputy := c.Volunteer(t)
				c.Member(t, domain.Team{ID: teamID}, deputy, domain.RoleDeputy)
				return apitest.Request{
					As: as(deputy), Path: map[string]string{"volunteer_id": member(t).ID}, Body: object{"phone": string(newNumber())},
				}
			},
			Foreign: map[string]string{"volunteer_id": foreigner.ID},
		},
		"undoPhoneChange": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{
					As: as(c.Volunteer(t), coordinator), Path: map[string]string{"phone_change_id": c.PhoneChange(t, member(t), c.leader, newNumber()).ID},
					Body: object{"reason": "本人来说不是她换的"},
				}
			},
			Foreign: map[string]string{"phone_change_id": c.PhoneChange(t, far, c.leader, newNumber()).ID},
		},
	}
}
