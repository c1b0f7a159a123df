package api_test

import (
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func claimExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	team := domain.Team{ID: teamID}
	ours, foreign := c.unclaimed(t, team), c.unclaimed(t, c.foreign)
	return map[string]apitest.Operation{
		"createTeamClaimLink": {
			Good:    always(apitest.Request{As: as(c.leader), Path: map[string]string{"team_id": teamID}}),
			Foreign: map[string]string{"team_id": c.foreign.ID},
		},
		"createClaimLink": {
			Good:    always(apitest.Request{As: as(c.leader), Path: map[string]string{"volunteer_id": ours.ID}}),
			Foreign: map[string]string{"volunteer_id": foreign.ID},
		},
		"openClaimLink": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{Body: object{"secret": c.claimSecret(t, c.Team(t))}}
		}},
		"claimVolunteer": {
			Good: func(t testing.TB) apitest.Request {
				team := c.Team(t)
				v := c.unclaimed(t, team)
				return apitest.Request{Body: object{"secret": c.claimSecret(t, team), "volunteer_id": v.ID, "digits": string(v.Phone[7:])}}
			},
			Foreign: map[string]string{"volunteer_id": foreign.ID},
		},
		"listSessions":   {Good: always(apitest.Request{As: as(c.leader)})},
		"deleteSessions": {Good: always(apitest.Request{As: as(c.leader)})},
		"deleteSession": {
			Good: func(t testing.TB) apitest.Request {
				who := c.signedIn(t, c.Volunteer(t))
				return apitest.Request{As: who, Path: map[string]string{"session_id": who.SessionID}}
			},
			Foreign: map[string]string{"session_id": c.signedIn(t, c.Volunteer(t)).SessionID},
		},
	}
}

// unclaimed is a member of the team whom nobody is yet.
func (s *server) unclaimed(t testing.TB, team domain.Team) domain.Volunteer {
	t.Helper()
	v := s.Volunteer(t, func(v *domain.Volunteer) { v.State = domain.VolunteerUnclaimed })
	s.Member(t, team, v, domain.RoleMember)
	return v
}

// claimSecret is that of a link for a team, to which it adds somebody and a leader.
func (s *server) claimSecret(t testing.TB, team domain.Team) string {
	t.Helper()
	s.unclaimed(t, team)
	leader := s.Volunteer(t)
	s.Member(t, team, leader, domain.RoleLeader)
	made, err := s.App.CreateTeamClaimLink(given.As(t, leader), team.ID)
	must(t, err)
	return made.Secret
}

func TestClaimAnswers(t *testing.T) {
	t.Parallel()
	s := givenServer(t)
	leader, _ := givenTeam(t, s)
	v := s.Volunteer(t, func(v *domain.Volunteer) {
		v.ID, v.Name, v.State, v.Phone = "0193583c-7d00-7000-8000-000000000003", "王桂兰", domain.VolunteerUnclaimed, "13900001234"
	})
	s.Member(t, domain.Team{ID: teamID}, v, domain.RoleMember)

	made := s.call(t, request{method: "POST", path: "/teams/" + teamID + "/claim-links", token: s.token(t, leader)})
	_, secret, found := strings.Cut(made.Body.String(), "/claim/")
	if made.Code != 201 || !found {
		t.Fatal(made.Code, made.Body)
	}
	secret, _, _ = strings.Cut(secret, `"`)
	if len(secret) != 43 { // 256 bits in base64
		t.Errorf("secret of %d characters", len(secret))
	}
	open := s.call(t, request{method: "POST", path: "/claim-links/open", body: `{"secret": "` + secret + `"}`})
	sameJSON(t, `{"team_name": "浚县大伾山巾帼志愿服务队", "face_to_face": false, "expires_at": "2026-11-24T12:00:00Z",
		"people": [{"volunteer_id": "0193583c-7d00-7000-8000-000000000003", "masked_name": "王*兰", "asks_digits": true}]}`, open.Body.Bytes())

	wechat := map[string]string{"User-Agent": "Mozilla/5.0 (Linux; Android 10; V1981A) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36 MicroMessenger/8.0.16"}
	claimed := s.call(t, request{method: "POST", path: "/claim-links/claim", header: wechat, body: `{"secret": "` + secret + `", "volunteer_id": "` + v.ID + `", "digits": "１２３４"}`})
	if claimed.Code != 201 || len(claimed.Header().Get("Qihe-Session")) != 43 {
		t.Fatal(claimed.Code, claimed.Body)
	}
	live, err := s.App.LookUpSession(t.Context(), claimed.Header().Get("Qihe-Session"))
	must(t, err)
	sessions := s.call(t, request{method: "GET", path: "/sessions", token: s.tokenOf(t, live)})
	sameJSON(t, `{"items": [{"session_id": "`+live.SessionID+`", "current": true, "system": "android", "browser": "wechat", "begun_by": "claim", "shared": false,
		"begun_on": "2026-11-23", "last_used_on": "2026-11-23"}]}`, sessions.Body.Bytes())
}
