package api_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

var guardianPaper = object{"guardian_name": "李秀兰", "guardian_phone": "13700000001", "relation": "mother", "form_number": "未成年-0001", "archived_at": "善堂镇妇联档案柜"}

// coordinator is an officer of the county as the portal names them.
func coordinator(t testing.TB, c *cast) auth.Principal {
	return as(c.Volunteer(t), auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"})
}

func volunteersExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	officer := coordinator(t, c)
	member := map[string]string{"volunteer_id": memberID}
	stranger := func() map[string]string { return map[string]string{"volunteer_id": c.stranger(t).ID} }
	waits, withdraws := c.Minor(t, c.stranger(t)), c.Minor(t, c.stranger(t))
	c.Consent(t, withdraws, c.leader)
	watched, foreignMinor := c.minor(t), c.Minor(t, c.stranger(t))
	c.Consent(t, watched, c.leader)
	c.Consent(t, foreignMinor, c.leader)
	return map[string]apitest.Operation{
		"searchVolunteers": {
			Good: always(apitest.Request{As: officer, Body: object{"q": "lgl", "limit": 10}}),
			Also: []func(testing.TB) apitest.Request{
				always(apitest.Request{As: officer, Body: object{}}),
				always(apitest.Request{As: officer, Body: object{"q": "13812345678"}}),
				always(apitest.Request{As: officer, Body: object{"q": "410600000002"}}),
				always(apitest.Request{As: officer, Body: object{"q": "，。"}}),
				always(apitest.Request{As: officer, Body: object{"state": "minor"}}),
				always(apitest.Request{As: officer, Body: object{"region": "410621", "state": "unclaimed", "team": teamID, "limit": 1}}),
			},
			Foreign: map[string]string{"team": ""}, // it narrows what one sees, and tells nothing
		},
		"getVolunteer":  {Good: always(apitest.Request{As: officer, Path: member}), Foreign: stranger()},
		"readVolunteer": {Good: always(apitest.Request{As: officer, Path: member, Body: object{"purpose": "contact"}}), Foreign: stranger()},
		"patchVolunteer": {
			Good:    always(apitest.Request{As: officer, Path: member, Body: object{"sex": "female", "region_code": "410621100", "reason": "moved"}}),
			Foreign: stranger(),
		},
		"createGuardianConsent": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: as(c.leader), Path: map[string]string{"volunteer_id": c.minor(t).ID}, Body: guardianPaper}
			},
			Foreign: map[string]string{"volunteer_id": waits.ID},
		},
		"withdrawGuardianConsent": {
			Good: func(t testing.TB) apitest.Request {
				v := c.minor(t)
				c.Consent(t, v, c.leader)
				return apitest.Request{As: as(c.leader), Path: map[string]string{"volunteer_id": v.ID}}
			},
			Foreign: map[string]string{"volunteer_id": withdraws.ID},
		},
		"mergeVolunteers": {
			Good: func(t testing.TB) apitest.Request {
				survivor, gone := c.countryman(t), c.countryman(t)
				return apitest.Request{As: officer, Path: map[string]string{"volunteer_id": survivor.ID}, Body: object{"gone_id": gone.ID, "reason": "registered_twice"}}
			},
			Foreign: map[string]string{"volunteer_id": c.stranger(t).ID, "gone_id": c.stranger(t).ID},
		},
		"listDoubles":           {Good: always(apitest.Request{As: officer, Path: member}), Foreign: stranger()},
		"signOutVolunteer":      {Good: always(apitest.Request{As: officer, Path: member, Body: object{"reason": "lost_phone"}}), Foreign: stranger()},
		"listVolunteerConsents": {Good: always(apitest.Request{As: as(c.leader), Path: map[string]string{"volunteer_id": watched.ID}}), Foreign: map[string]string{"volunteer_id": waits.ID}},
		"putVolunteerConsent": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: as(c.leader), Path: map[string]string{"volunteer_id": watched.ID, "purpose": "rank_neighbours"}, Body: object{"given": true, "text_version": 1}}
			},
			Foreign: map[string]string{"volunteer_id": foreignMinor.ID},
		},
		"createTeamPerson": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: as(c.leader), Path: map[string]string{"team_id": teamID}, Body: object{
					"name": "赵桂英", "phone": fmt.Sprintf("157%08d", c.drawn.Add(1)), "id_number": c.paper("1960"), "agreed": true, "guardian": guardianPaper,
				}}
			},
			Also: []func(testing.TB) apitest.Request{func(t testing.TB) apitest.Request {
				return apitest.Request{As: as(c.leader), Path: map[string]string{"team_id": teamID}, Body: object{
					"name": "孙小雨", "id_number": c.paper("2012"), "agreed": true, "guardian": guardianPaper,
				}}
			}},
			Foreign: map[string]string{"team_id": c.foreign.ID},
		},
		"listSkills": {Good: always(apitest.Request{As: as(c.member)})},
		"putSkill": {Good: always(apitest.Request{
			As: as(c.Volunteer(t), auth.Grant{Role: "administrator", RegionPath: "4106/"}), Path: map[string]string{"code": "knitting"},
			Body: object{"name": "编织", "place": 85, "offered": true},
		})},
		"getMyProfile": {Good: always(apitest.Request{As: as(c.member)})},
		"patchMyProfile": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: as(c.countryman(t)), Body: object{
				"name": "王桂芳", "region_code": "410621100", "sex": "female", "id_kind": "resident", "id_number": c.paper("1970"),
			}}
		}},
		"putMySkills": {Good: always(apitest.Request{As: as(c.member), Body: object{"skills": []any{"law", "care"}, "slots": 3}})},
		"createRegistrationCode": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{Body: object{"phone": fmt.Sprintf("156%08d", c.drawn.Add(1))}}
		}},
		"createRegistration": {Good: func(t testing.TB) apitest.Request {
			phone := domain.Phone(fmt.Sprintf("155%08d", c.drawn.Add(1)))
			return apitest.Request{Body: object{
				"phone": string(phone), "code": c.RegistrationCode(t, phone), "name": "周红梅", "region_code": "410621100", "adult": true, "id_number": c.paper("1985"),
			}}
		}},
	}
}

// drawing gives numbers that nobody has yet.
type drawing struct{ drawn atomic.Int64 }

// paper returns the number of an identity card that nobody has yet.
func (d *drawing) paper(year string) string {
	n := d.drawn.Add(1)
	return given.IDNumber(fmt.Sprintf("410621%s%02d%02d", year, n/28%12+1, n%28+1), int(n/336))
}

// countryman is somebody at home in the county.
func (c *cast) countryman(t testing.TB) domain.Volunteer {
	return c.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410621" })
}

// minor is a member of the leader's team who waits for a guardian.
func (c *cast) minor(t testing.TB) domain.Volunteer {
	v := c.countryman(t)
	c.Member(t, domain.Team{ID: teamID}, v, domain.RoleMember)
	return c.Minor(t, v)
}

// stranger is at home in another county.
func (c *cast) stranger(t testing.TB) domain.Volunteer {
	return c.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410611" })
}
