package api_test

import (
	"fmt"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

type object = map[string]any

// rights has a row for each operation: how a member of the team, its leader,
// somebody outside, and officers of its region and of another are answered.
var rights = map[string][]int{
	"createSignInCode":     {202, 202, 202, 202, 202},
	"createSession":        {201, 201, 201, 201, 201},
	"deleteCurrentSession": {204, 204, 204, 204, 204},
	"getMe":                {200, 200, 200, 200, 200},
	"putBoardConsent":      {200, 200, 200, 200, 200},
	"listRegions":          {200, 200, 200, 200, 200},
	"getTeam":              {200, 200, 200, 200, 200},
	"listMembers":          {404, 200, 404, 200, 404},
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	const plenty = 1_000_000
	s := givenServer(t, func(p *app.Parts) {
		p.Limits = app.Limits{PerPhoneTenMinutes: plenty, PerPhoneHour: plenty, PerAddressHour: plenty, PerDay: plenty}
	})
	leader, member := givenTeam(t, s)
	draft := s.Team(t, func(team *domain.Team) { team.State = domain.TeamDraft })
	foreign := s.Team(t)
	doc, err := gen.GetSpec()
	must(t, err)
	as := func(v domain.Volunteer, grants ...auth.Grant) auth.Principal {
		return auth.Principal{VolunteerID: v.ID, SessionID: id.New(), Grants: grants}
	}
	always := func(r apitest.Request) func(testing.TB) apitest.Request {
		return func(testing.TB) apitest.Request { return r }
	}
	var asked atomic.Int64
	apitest.Check(t, apitest.Service{
		Document: doc, Handler: s.http, Signer: s.signer, DB: s.DB,
		MayChange: []string{"sign_in_codes"}, // wrong guesses are counted
		Rights:    rights,
		People: []apitest.Person{
			{Name: "a member", As: as(member)}, {Name: "the leader", As: as(leader)}, {Name: "somebody outside", As: as(s.Volunteer(t))},
			{Name: "an officer of the region", As: as(s.Volunteer(t), auth.Grant{Role: "viewer", RegionPath: "4106/410621/"})},
			{Name: "an officer of another", As: as(s.Volunteer(t), auth.Grant{Role: "administrator", RegionPath: "4106/410611/"})},
		},
		Operations: map[string]apitest.Operation{
			"createSignInCode": {Good: func(testing.TB) apitest.Request {
				return apitest.Request{Body: object{"phone": fmt.Sprintf("139%08d", asked.Add(1))}}
			}},
			"createSession": {Good: func(t testing.TB) apitest.Request {
				v := s.Volunteer(t)
				return apitest.Request{Body: object{"phone": string(v.Phone), "code": s.Code(t, v.Phone)}}
			}},
			"deleteCurrentSession": {
				Good: always(apitest.Request{As: as(member)}), // of a session that has ended already
				Also: []func(testing.TB) apitest.Request{func(t testing.TB) apitest.Request { return apitest.Request{As: s.signedIn(t, s.Volunteer(t))} }},
			},
			"getMe":           {Good: always(apitest.Request{As: as(leader)})},
			"putBoardConsent": {Good: always(apitest.Request{As: as(leader), Body: object{"consent": true}})},
			"listRegions":     {Good: always(apitest.Request{As: as(member), Query: url.Values{"parent": {"4106"}}})},
			"getTeam": {
				Good:    always(apitest.Request{As: as(member), Path: map[string]string{"team_id": teamID}}),
				Foreign: map[string]string{"team_id": draft.ID},
			},
			"listMembers": {
				Good: always(apitest.Request{As: as(leader), Path: map[string]string{"team_id": teamID}}),
				Also: []func(testing.TB) apitest.Request{
					always(apitest.Request{As: as(leader), Path: map[string]string{"team_id": teamID}, Query: url.Values{"limit": {"1"}}}),
				},
				Foreign: map[string]string{"team_id": foreign.ID},
			},
		},
	})
}

// signedIn is the person in a session that is live.
func (s *server) signedIn(t testing.TB, v domain.Volunteer) auth.Principal {
	t.Helper()
	_, secret, err := s.App.SignIn(t.Context(), string(v.Phone), s.Code(t, v.Phone))
	must(t, err)
	live, err := s.App.LookUpSession(t.Context(), secret)
	must(t, err)
	return auth.Principal{VolunteerID: live.VolunteerID, SessionID: live.SessionID}
}
