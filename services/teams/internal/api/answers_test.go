package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/people"
)

const (
	leaderID = "0193583c-7d00-7000-8000-000000000001"
	memberID = "0193583c-7d00-7000-8000-000000000002"
	teamID   = "0193583c-7d00-7000-8000-00000000000a"
)

// givenTeam is a team with a leader, who is an officer too, and a member.
func givenTeam(t testing.TB, s *server) (leader, member domain.Volunteer) {
	t.Helper()
	leader = s.Volunteer(t, func(v *domain.Volunteer) { v.ID, v.Name, v.Phone = leaderID, "张秀英", "13812345678" })
	member = s.Volunteer(t, func(v *domain.Volunteer) { v.ID, v.Name, v.Phone = memberID, "李桂兰", "" })
	team := s.Team(t, func(team *domain.Team) { team.ID = teamID })
	s.Put(t, domain.Membership{ID: "0193583c-7d00-7000-8000-0000000000a1", TeamID: team.ID, VolunteerID: leader.ID, Role: domain.RoleLeader, State: domain.MembershipActive, Since: given.Day, Version: 1})
	s.Put(t, domain.Membership{ID: "0193583c-7d00-7000-8000-0000000000a2", TeamID: team.ID, VolunteerID: member.ID, Role: domain.RoleMember, State: domain.MembershipActive, Since: given.Day, Version: 1})
	s.Grant(t, leader)
	return leader, member
}

const leaderJSON = `{
	"volunteer_id": "0193583c-7d00-7000-8000-000000000001", "number": "410600000001", "name": "张秀英",
	"phone_masked": "138****5678", "board_consent": false, "unread_notices": 0,
	"memberships": [{"team_id": "0193583c-7d00-7000-8000-00000000000a", "team_name": "浚县大伾山巾帼志愿服务队", "role": "leader"}],
	"grants": [{"role": "coordinator", "region_code": "410621", "region_name": "浚县", "region_path": "4106/410621/"}]
}`

func TestAnswers(t *testing.T) {
	t.Parallel()
	s := givenServer(t)
	leader, member := givenTeam(t, s)
	for name, c := range map[string]struct {
		request request
		status  int
		want    string
	}{
		"getMe": {request{method: "GET", path: "/me", token: s.token(t, leader)}, http.StatusOK, leaderJSON},
		"putBoardConsent": {
			request{method: "PUT", path: "/me/board-consent", body: `{"consent": true}`, token: s.token(t, member)}, http.StatusOK,
			`{
				"volunteer_id": "0193583c-7d00-7000-8000-000000000002", "number": "410600000002", "name": "李桂兰",
				"phone_masked": "", "board_consent": true, "unread_notices": 0, "grants": [],
				"memberships": [{"team_id": "0193583c-7d00-7000-8000-00000000000a", "team_name": "浚县大伾山巾帼志愿服务队", "role": "member"}]
			}`,
		},
		"listRegions": {
			request{method: "GET", path: "/regions?parent=4106", token: s.token(t, member)}, http.StatusOK,
			`{"items": [
				{"code": "410611", "name": "淇滨区", "path": "4106/410611/", "level": "county"},
				{"code": "410621", "name": "浚县", "path": "4106/410621/", "level": "county"}
			]}`,
		},
		"listRegions below the lowest": {request{method: "GET", path: "/regions?parent=410621100", token: s.token(t, member)}, http.StatusOK, `{"items": []}`},
		"getTeam": {
			request{method: "GET", path: "/teams/" + teamID, token: s.token(t, member)}, http.StatusOK,
			`{"team_id": "0193583c-7d00-7000-8000-00000000000a", "name": "浚县大伾山巾帼志愿服务队", "region_code": "410621",
			  "region_name": "浚县", "reporting_unit": "浚县", "category": "", "category_name": "", "description": "", "state": "active",
			  "founded_at": "2024-11-23T12:00:00Z", "imported": false, "headcount": 0, "member_count": 2, "my_role": "member", "may": [],
			  "leader": {"volunteer_id": "0193583c-7d00-7000-8000-000000000001", "name": "张秀英"}}`,
		},
		"listMembers, first page": {
			request{method: "GET", path: "/teams/" + teamID + "/members?limit=2", token: s.token(t, leader)}, http.StatusOK,
			`{"items": [
				{"volunteer_id": "0193583c-7d00-7000-8000-000000000001", "name": "张秀英", "number": "410600000001", "role": "leader", "phone_masked": "138****5678",
				 "membership_id": "0193583c-7d00-7000-8000-0000000000a1", "unclaimed": false, "since": "2026-11-23T12:00:00Z"},
				{"volunteer_id": "0193583c-7d00-7000-8000-000000000002", "name": "李桂兰", "number": "410600000002", "role": "member", "phone_masked": "",
				 "membership_id": "0193583c-7d00-7000-8000-0000000000a2", "unclaimed": false, "since": "2026-11-23T12:00:00Z"}
			]}`,
		},
		"listMembers, for an officer": {
			request{method: "GET", path: "/teams/" + teamID + "/members", token: s.token(t, s.Volunteer(t), auth.Grant{Role: "viewer", RegionPath: "4106/"})}, http.StatusOK,
			`{"items": [
				{"volunteer_id": "0193583c-7d00-7000-8000-000000000001", "name": "张秀英", "number": "410600000001", "role": "leader", "phone_masked": "138****5678",
				 "membership_id": "0193583c-7d00-7000-8000-0000000000a1", "unclaimed": false, "since": "2026-11-23T12:00:00Z"},
				{"volunteer_id": "0193583c-7d00-7000-8000-000000000002", "name": "李桂兰", "number": "410600000002", "role": "member", "phone_masked": "",
				 "membership_id": "0193583c-7d00-7000-8000-0000000000a2", "unclaimed": false, "since": "2026-11-23T12:00:00Z"}
			]}`,
		},
		"createSignInCode, known number": {
			request{method: "POST", path: "/sign-in-codes", body: `{"phone": "+86 138-1234-5678"}`}, http.StatusAccepted,
			`{"expires_in_seconds": 300, "retry_in_seconds": 60}`,
		},
		"createSignInCode, unknown number": {
			request{method: "POST", path: "/sign-in-codes", body: `{"phone": "13900000000"}`}, http.StatusAccepted,
			`{"expires_in_seconds": 300, "retry_in_seconds": 60}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res := s.call(t, c.request)
			if res.Code != c.status {
				t.Errorf("status %d", res.Code)
			}
			sameJSON(t, c.want, res.Body.Bytes())
		})
	}
}

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	s := givenServer(t)
	leader, _ := givenTeam(t, s)
	code := s.Code(t, leader.Phone)

	in := s.call(t, request{method: "POST", path: "/sessions", body: `{"phone": "１３８ 1234 5678", "code": " ` + code[:3] + " " + code[3:] + `"}`})
	if in.Code != http.StatusCreated {
		t.Fatal(in.Code, in.Body)
	}
	sameJSON(t, leaderJSON, in.Body.Bytes())
	secret := in.Header().Get("Qihe-Session")
	if strings.Contains(in.Body.String(), secret) || len(secret) != 43 {
		t.Errorf("the secret %q is in the body or too short", secret)
	}
	live, err := s.App.LookUpSession(t.Context(), secret)
	must(t, err)
	token, err := s.signer.Token(auth.Principal{VolunteerID: leader.ID, SessionID: live.SessionID})
	must(t, err)

	out := s.call(t, request{method: "DELETE", path: "/sessions/current", token: token})
	header, sent := out.Header()["Qihe-Session"]
	if out.Code != http.StatusNoContent || !sent || header[0] != "" {
		t.Errorf("%d, Qihe-Session %q", out.Code, header)
	}
	if _, err := s.App.LookUpSession(t.Context(), secret); err == nil {
		t.Error("the session still counts")
	}
}

func TestInternalAnswers(t *testing.T) {
	t.Parallel()
	s := givenServer(t)
	leader, member := givenTeam(t, s)
	_, secret, err := s.App.SignIn(t.Context(), string(leader.Phone), s.Code(t, leader.Phone))
	must(t, err)
	live, err := s.App.LookUpSession(t.Context(), secret)
	must(t, err)
	held, err := s.App.MyCard(given.As(t, member))
	must(t, err)
	for name, c := range map[string]struct {
		path, secret, body string
		status             int
		want               string // "" for problem+json
	}{
		"the portal looks a session up": {
			"/internal/v1/sessions/lookup", internalSecret, `{"secret": "` + secret + `"}`, http.StatusOK,
			`{"session_id": "` + live.SessionID + `", "volunteer_id": "` + leaderID + `", "expires_at": "2027-05-22T12:00:00Z",
			  "grants": [{"role": "coordinator", "region_path": "4106/410621/"}]}`,
		},
		"a secret of no session":         {"/internal/v1/sessions/lookup", internalSecret, `{"secret": "x"}`, http.StatusNotFound, ""},
		"a field that nobody knows":      {"/internal/v1/sessions/lookup", internalSecret, `{"secret": "x", "volunteer_id": "y"}`, http.StatusBadRequest, ""},
		"what is no JSON":                {"/internal/v1/sessions/lookup", internalSecret, `secret=x`, http.StatusBadRequest, ""},
		"a session for who may not ask":  {"/internal/v1/sessions/lookup", "", `{"secret": "` + secret + `"}`, http.StatusNotFound, ""},
		"a session for a person's token": {"/internal/v1/sessions/lookup", s.token(t, leader), `{"secret": "` + secret + `"}`, http.StatusNotFound, ""},
		"another service asks for people": {
			people.Path, internalSecret, `{"ids": ["` + memberID + `", "0193583c-7d00-7000-8000-00000000beef", "x"]}`, http.StatusOK,
			`{"items": [{"volunteer_id": "` + memberID + `", "name": "李桂兰", "number": "410600000002", "phone_masked": "",
			  "board_consent": false, "minor": false, "version": 1}]}`,
		},
		"another service writes a certificate": {
			people.IdentitiesPath, internalSecret, `{"reader_id": "` + leaderID + `", "reason": "certificate.issued", "ids": ["` + memberID + `"], "whole": []}`, http.StatusOK,
			`{"identities": {"` + memberID + `": {"name": "李桂兰", "number": "410600000002", "id_kind": "", "id_number": ""}}}`,
		},
		"another service matches a paper register": {
			people.MembersPath, internalSecret, `{"team_id": "` + teamID + `"}`, http.StatusOK,
			`{"reporting_unit": "浚县", "items": [
				{"volunteer_id": "` + leaderID + `", "name": "张秀英", "number": "410600000001", "phone_masked": "138****5678", "board_consent": false, "minor": false, "version": 1},
				{"volunteer_id": "` + memberID + `", "name": "李桂兰", "number": "410600000002", "phone_masked": "", "board_consent": false, "minor": false, "version": 1}]}`,
		},
		"members of no team":             {people.MembersPath, internalSecret, `{"team_id": "x"}`, http.StatusOK, `{"reporting_unit": "", "items": []}`},
		"members for who may not ask":    {people.MembersPath, "a guess", `{"team_id": "` + teamID + `"}`, http.StatusNotFound, ""},
		"records for who may not ask":    {people.RecordsPath, "a guess", `{"ids": ["` + memberID + `"], "fields": ["name"], "values": true}`, http.StatusNotFound, ""},
		"identities for who may not ask": {people.IdentitiesPath, "a guess", `{"ids": ["` + memberID + `"]}`, http.StatusNotFound, ""},
		"a card's holder is looked up": {
			"/internal/v1/cards/lookup", internalSecret, `{"token": "` + held.Card.Token + `"}`, http.StatusOK,
			`{"volunteer_id": "` + memberID + `", "issued_at": "2026-11-23T12:00:00Z"}`,
		},
		"a token of no card":           {"/internal/v1/cards/lookup", internalSecret, `{"token": "x"}`, http.StatusNotFound, ""},
		"a card for who may not ask":   {"/internal/v1/cards/lookup", "", `{"token": "` + held.Card.Token + `"}`, http.StatusNotFound, ""},
		"people that nobody asks for":  {people.Path, internalSecret, `{"ids": []}`, http.StatusOK, `{"items": []}`},
		"too many people":              {people.Path, internalSecret, `{"ids": [` + strings.Repeat(`"x",`, people.MaxAsk) + `"x"]}`, http.StatusUnprocessableEntity, ""},
		"people for who may not ask":   {people.Path, "a guess", `{"ids": ["` + memberID + `"]}`, http.StatusNotFound, ""},
		"people asked for as a number": {people.Path, internalSecret, `{"ids": 7}`, http.StatusBadRequest, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res := s.internal(t, c.path, c.secret, c.body)
			if res.Code != c.status {
				t.Errorf("status %d: %s", res.Code, res.Body)
			}
			if c.want != "" {
				sameJSON(t, c.want, res.Body.Bytes())
			} else if diff := cmp.Diff("application/problem+json", res.Header().Get("Content-Type")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
