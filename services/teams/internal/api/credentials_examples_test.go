package api_test

import (
	"net/url"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

var (
	firstAid     = domain.Paper{Kind: "first_aid", Issuer: "鹤壁市红十字会", Number: "豫鹤2026-00123", IssuedOn: "2026-05-12"}
	firstAidBody = object{"kind": "first_aid", "issuer": "鹤壁市红十字会", "number": "豫鹤2026-00123", "issued_on": "2026-05-12", "valid_until": "2029-05-11"}
)

func credentialsExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	officer := coordinator(t, c)
	// waiting is a paper of somebody that waits.
	waiting := func(t testing.TB, v domain.Volunteer) map[string]string {
		claimed, err := c.App.ClaimQualification(given.As(t, v), firstAid)
		must(t, err)
		return map[string]string{"qualification_id": claimed.Qualifications[0].ID}
	}
	trained := func(t testing.TB, v domain.Volunteer) map[string]string {
		noted, err := c.App.RecordTraining(given.As(t, c.Volunteer(t), c.city()), v.ID, domain.TrainingDraft{Title: "急救培训", Organiser: "市红十字会", HeldOn: "2026-05-12", Minutes: 240})
		must(t, err)
		return map[string]string{"training_id": noted.Trainings[0].ID}
	}
	honoured := func(t testing.TB, v domain.Volunteer) map[string]string {
		noted, err := c.App.RecordHonour(given.As(t, c.Volunteer(t), c.city()), v.ID, domain.HonourDraft{Title: "最美志愿者", Level: "city", Issuer: "鹤壁市妇联", AwardedOn: "2026-03-05"})
		must(t, err)
		return map[string]string{"honour_id": noted.Honours[0].ID}
	}
	onFresh := func(body any) func(testing.TB) apitest.Request {
		return func(t testing.TB) apitest.Request {
			return apitest.Request{As: officer, Path: waiting(t, c.countryman(t)), Body: body}
		}
	}
	person := func(t testing.TB) map[string]string { return map[string]string{"volunteer_id": c.countryman(t).ID} }
	stranger := map[string]string{"volunteer_id": c.stranger(t).ID}
	return map[string]apitest.Operation{
		"listQualificationKinds": {Good: always(apitest.Request{As: as(c.member)})},
		"putQualificationKind": {Good: always(apitest.Request{
			As: as(c.Volunteer(t), auth.Grant{Role: "administrator", RegionPath: "4106/"}), Path: map[string]string{"code": "driver"},
			Body: object{"name": "驾驶证", "place": 85, "offered": true, "expires": true, "months": 72, "needs_number": true, "needs_issuer": false, "by_class": true},
		})},
		"getMyCredentials": {Good: always(apitest.Request{As: as(c.member)})},
		"createMyQualification": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: as(c.countryman(t)), Body: firstAidBody}
		}},
		"getCredentials": {Good: always(apitest.Request{As: officer, Path: map[string]string{"volunteer_id": memberID}}), Foreign: stranger},
		"createQualification": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: officer, Path: person(t), Body: firstAidBody}
			},
			Foreign: stranger,
		},
		"listQualifications": {Good: always(apitest.Request{As: officer, Query: url.Values{"region": {"410621"}}})},
		"decideQualifications": {
			Good: func(t testing.TB) apitest.Request {
				one := waiting(t, c.countryman(t))
				return apitest.Request{As: officer, Body: object{"qualification_ids": []any{one["qualification_id"]}, "state": "confirmed"}}
			},
			Also: []func(testing.TB) apitest.Request{func(t testing.TB) apitest.Request {
				one := waiting(t, c.countryman(t))
				return apitest.Request{As: officer, Body: object{"qualification_ids": []any{one["qualification_id"]}, "state": "refused", "reason": "编号查不到"}}
			}},
			Foreign: map[string]string{"qualification_ids[0]": waiting(t, c.stranger(t))["qualification_id"]},
		},
		"createTraining": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: officer, Path: person(t), Body: object{
					"title": "代理家长岗前培训", "organiser": "浚县妇联", "held_on": "2026-05-12", "minutes": 240, "certificate_number": "浚妇培2026-7",
				}}
			},
			Foreign: stranger,
		},
		"createHonour": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: officer, Path: person(t), Body: object{
					"title": "最美志愿者", "level": "county", "issuer": "浚县妇联", "awarded_on": "2026-03-05", "document_number": "浚妇〔2026〕3号",
				}}
			},
			Foreign: stranger,
		},
		"withdrawTraining": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: officer, Path: trained(t, c.countryman(t)), Body: object{"reason": "登记错了人"}}
			},
			Foreign: trained(t, c.stranger(t)),
		},
		"withdrawHonour": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: officer, Path: honoured(t, c.countryman(t)), Body: object{"reason": "登记错了人"}}
			},
			Foreign: honoured(t, c.stranger(t)),
		},
		"withdrawQualification": {Good: onFresh(object{"reason": "证书已注销"}), Foreign: waiting(t, c.stranger(t))},
		"readQualification":     {Good: onFresh(nil), Foreign: waiting(t, c.stranger(t))},
	}
}

// city is the authority of an administrator of the whole city.
func (c *cast) city() auth.Grant { return auth.Grant{Role: "administrator", RegionPath: "4106/"} }

func complaintExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	officer := coordinator(t, c)
	sent := func(t testing.TB, team string) map[string]string {
		moved, err := c.App.Complain(given.As(t, c.Volunteer(t)), domain.ComplaintDraft{TeamID: team, Happened: "约好了没有来", HappenedOn: "2026-11-22"})
		must(t, err)
		return map[string]string{"complaint_id": moved.ComplaintID}
	}
	elsewhere := c.Team(t, func(team *domain.Team) { team.RegionCode = "410611" })
	sent(t, teamID)
	return map[string]apitest.Operation{
		"createComplaint": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: as(c.Volunteer(t)), Body: object{"team_id": teamID, "person": "王桂兰", "happened": "约好了没有来", "happened_on": "2026-11-22"}}
			},
			Foreign: map[string]string{"team_id": c.draft.ID},
		},
		"listMyComplaints": {Good: always(apitest.Request{As: as(c.member)})},
		"listComplaints":   {Good: always(apitest.Request{As: officer, Query: url.Values{"region": {"410621"}}})},
		"decideComplaint": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: officer, Path: sent(t, teamID), Body: object{"state": "upheld", "reason": "和队长核实过"}}
			},
			Also: []func(testing.TB) apitest.Request{func(t testing.TB) apitest.Request {
				return apitest.Request{As: officer, Path: sent(t, teamID), Body: object{"state": "looked_at"}}
			}},
			Foreign: sent(t, elsewhere.ID),
		},
	}
}
