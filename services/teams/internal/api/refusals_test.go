package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// refusal is what a person is told, in short: status, code, the fields that
// are wrong, and the sentence in both languages.
type refusal struct {
	Status int
	Code   string
	Fields string
	Zh, En string
}

func (s *server) refusal(t *testing.T, r request) refusal {
	t.Helper()
	var got refusal
	for lang, title := range map[string]*string{"zh-CN,zh;q=0.9": &got.Zh, "en-GB,en;q=0.8": &got.En} {
		header := map[string]string{"Accept-Language": lang}
		for name, value := range r.header {
			header[name] = value
		}
		with := r
		with.header = header
		res := s.call(t, with)
		if diff := cmp.Diff("application/problem+json", res.Header().Get("Content-Type")); diff != "" {
			t.Fatalf("%s: %s", diff, res.Body)
		}
		var p struct {
			Title  string
			Status int
			Code   string
			Fields []struct{ Name, Code string }
		}
		must(t, json.Unmarshal(res.Body.Bytes(), &p))
		var fields []string
		for _, f := range p.Fields {
			fields = append(fields, f.Name+" "+f.Code)
		}
		if p.Status != res.Code {
			t.Errorf("status %d in the body, %d in the head", p.Status, res.Code)
		}
		got.Status, got.Code, got.Fields, *title = res.Code, p.Code, strings.Join(fields, ", "), p.Title
	}
	return got
}

var (
	signedOut  = refusal{401, "signed_out", "", "请先登录。", "Please sign in first."}
	noTeam     = refusal{404, "no_such_team", "", "没有这支服务队。", "There is no such team."}
	wrongPhone = refusal{422, "phone_wrong", "phone phone_wrong", "手机号不对，请填 11 位手机号。", "This is not a mobile number; please give the 11 digits."}
	wrongCode  = refusal{422, "code_wrong", "code code_wrong", "验证码不对，请看一下最新的短信。", "This is not the right code; please look at the newest message."}
	spentCode  = refusal{422, "code_spent", "code code_spent", "验证码已经不能用了，请重新获取。", "This code can no longer be used; please ask for a new one."}
	unreadable = refusal{400, "unreadable", "", "这个请求读不懂，请刷新页面再试。", "This request cannot be read; please reload the page and try again."}
)

func missing(field string) refusal {
	return refusal{422, "missing", field + " missing", "请填写。", "Please fill this in."}
}

func unknown(field string) refusal {
	return refusal{422, "unknown_field", field + " unknown_field", "没有这一项。", "There is no such field."}
}

func wrongForm(field string) refusal {
	return refusal{422, "wrong_format", field + " wrong_format", "格式不对。", "This is not in the right form."}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	s := givenServer(t)
	leader, member := givenTeam(t, s)
	outsider := s.Volunteer(t)
	draft := s.Team(t, func(team *domain.Team) { team.State = domain.TeamDraft })
	asLeader, asMember, asOutsider := s.token(t, leader), s.token(t, member), s.token(t, outsider)
	const noTeamID = "0193583c-7d00-7000-8000-00000000beef"
	long := strings.Repeat("1", 41)

	for name, c := range map[string]struct {
		request request
		want    refusal
	}{
		"createSignInCode, missing":       {request{method: "POST", path: "/sign-in-codes", body: `{}`}, missing("phone")},
		"createSignInCode, empty":         {request{method: "POST", path: "/sign-in-codes", body: `{"phone": ""}`}, missing("phone")},
		"createSignInCode, wrong type":    {request{method: "POST", path: "/sign-in-codes", body: `{"phone": 13812345678}`}, wrongForm("phone")},
		"createSignInCode, unknown field": {request{method: "POST", path: "/sign-in-codes", body: `{"phone": "13812345678", "code": "000000"}`}, unknown("code")},
		"createSignInCode, too long":      {request{method: "POST", path: "/sign-in-codes", body: `{"phone": "` + long + `"}`}, refusal{422, "too_long", "phone too_long", "太长了，最多 40 个字。", "This is too long; at most 40 characters."}},
		"createSignInCode, no number":     {request{method: "POST", path: "/sign-in-codes", body: `{"phone": "0392-3312345"}`}, wrongPhone},
		"createSignInCode, no JSON":       {request{method: "POST", path: "/sign-in-codes", body: `phone=13812345678`}, unreadable},
		"createSignInCode, no body":       {request{method: "POST", path: "/sign-in-codes"}, unreadable},

		"createSignInCode, a form": {request{method: "POST", path: "/sign-in-codes", body: `phone=13812345678`, header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}}, unreadable},

		"createSession, missing":          {request{method: "POST", path: "/sessions", body: `{"phone": "13812345678"}`}, missing("code")},
		"createSession, wrong type":       {request{method: "POST", path: "/sessions", body: `{"phone": "13812345678", "code": 123456}`}, wrongForm("code")},
		"createSession, unknown field":    {request{method: "POST", path: "/sessions", body: `{"phone": "13812345678", "code": "123456", "volunteer_id": "` + leaderID + `"}`}, unknown("volunteer_id")},
		"createSession, no number":        {request{method: "POST", path: "/sessions", body: `{"phone": "1381234567", "code": "123456"}`}, wrongPhone},
		"createSession, no code":          {request{method: "POST", path: "/sessions", body: `{"phone": "13812345678", "code": "12345"}`}, wrongCode},
		"createSession, none asked for":   {request{method: "POST", path: "/sessions", body: `{"phone": "13700000000", "code": "123456"}`}, spentCode},
		"createSession, no JSON":          {request{method: "POST", path: "/sessions", body: `{"phone": `}, unreadable},
		"deleteCurrentSession, nobody":    {request{method: "DELETE", path: "/sessions/current"}, signedOut},
		"deleteCurrentSession, bad token": {request{method: "DELETE", path: "/sessions/current", token: "x.y.z"}, signedOut},

		"getMe, nobody":    {request{method: "GET", path: "/me"}, signedOut},
		"getMe, bad token": {request{method: "GET", path: "/me", token: asLeader + "x"}, signedOut},
		"getMe, no person": {request{method: "GET", path: "/me", token: s.token(t, domain.Volunteer{ID: noTeamID})}, refusal{404, "no_such_volunteer", "", "没有这位志愿者。", "There is no such volunteer."}},

		"putBoardConsent, nobody":        {request{method: "PUT", path: "/me/board-consent", body: `{"consent": true}`}, signedOut},
		"putBoardConsent, missing":       {request{method: "PUT", path: "/me/board-consent", body: `{}`, token: asLeader}, missing("consent")},
		"putBoardConsent, wrong type":    {request{method: "PUT", path: "/me/board-consent", body: `{"consent": "yes"}`, token: asLeader}, wrongForm("consent")},
		"putBoardConsent, null":          {request{method: "PUT", path: "/me/board-consent", body: `{"consent": null}`, token: asLeader}, wrongForm("consent")},
		"putBoardConsent, unknown field": {request{method: "PUT", path: "/me/board-consent", body: `{"consent": true, "version": 9}`, token: asLeader}, unknown("version")},
		"putBoardConsent, for another":   {request{method: "PUT", path: "/me/board-consent", body: `{"consent": true, "volunteer_id": "` + memberID + `"}`, token: asLeader}, unknown("volunteer_id")},

		"listRegions, missing":    {request{method: "GET", path: "/regions", token: asMember}, missing("parent")},
		"listRegions, wrong form": {request{method: "GET", path: "/regions?parent=鹤壁", token: asMember}, wrongForm("parent")},
		"listRegions, none":       {request{method: "GET", path: "/regions?parent=9999", token: asMember}, refusal{404, "no_such_region", "", "没有这个区划。", "There is no such division."}},

		"getTeam, nobody":       {request{method: "GET", path: "/teams/" + teamID}, signedOut},
		"getTeam, wrong id":     {request{method: "GET", path: "/teams/x", token: asMember}, wrongForm("team_id")},
		"getTeam, missing team": {request{method: "GET", path: "/teams/" + noTeamID, token: asMember}, noTeam},
		"getTeam, foreign team": {request{method: "GET", path: "/teams/" + draft.ID, token: asMember}, noTeam},

		"listMembers, nobody":            {request{method: "GET", path: "/teams/" + teamID + "/members"}, signedOut},
		"listMembers, wrong id":          {request{method: "GET", path: "/teams/1/members", token: asLeader}, wrongForm("team_id")},
		"listMembers, missing team":      {request{method: "GET", path: "/teams/" + noTeamID + "/members", token: asLeader}, noTeam},
		"listMembers, foreign team":      {request{method: "GET", path: "/teams/" + teamID + "/members", token: asOutsider}, noTeam},
		"listMembers, member only":       {request{method: "GET", path: "/teams/" + teamID + "/members", token: asMember}, noTeam},
		"listMembers, none":              {request{method: "GET", path: "/teams/" + teamID + "/members?limit=0", token: asLeader}, refusal{422, "too_small", "limit too_small", "不能小于 1。", "This cannot be less than 1."}},
		"listMembers, too many":          {request{method: "GET", path: "/teams/" + teamID + "/members?limit=201", token: asLeader}, refusal{422, "too_large_value", "limit too_large_value", "不能大于 200。", "This cannot be more than 200."}},
		"listMembers, limit of words":    {request{method: "GET", path: "/teams/" + teamID + "/members?limit=all", token: asLeader}, wrongForm("limit")},
		"listMembers, no place":          {request{method: "GET", path: "/teams/" + teamID + "/members?after=x", token: asLeader}, refusal{422, "page_lost", "after page_lost", "翻页出了错，请从头再看。", "This page cannot be found; please start from the first one."}},
		"an operation that nobody knows": {request{method: "GET", path: "/nowhere", token: asLeader}, refusal{404, "no_such_address", "", "没有这个地址。", "There is nothing at this address."}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, s.refusal(t, c.request)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOldTokens(t *testing.T) {
	t.Parallel()
	s := givenServer(t)
	leader, _ := givenTeam(t, s)
	token := s.token(t, leader)
	s.Clock.Leap(36 * time.Second) // thirty, and five for clocks that differ
	if diff := cmp.Diff(signedOut, s.refusal(t, request{method: "GET", path: "/me", token: token})); diff != "" {
		t.Error(diff)
	}
}

func TestLimitRefusal(t *testing.T) {
	t.Parallel()
	t.Run("the fourth code in ten minutes is refused with the time to wait", func(t *testing.T) {
		t.Parallel()
		s := givenServer(t)
		ask := request{method: "POST", path: "/sign-in-codes", body: `{"phone": "13812345678"}`, header: map[string]string{"Qihe-Client-Ip": "192.0.2.7"}}
		for range 3 {
			s.call(t, ask)
		}
		want := refusal{429, "too_many_codes", "", "验证码要得太频繁了，请 10 分钟后再试。", "Too many codes were asked for; please try again in 10 minutes."}
		if diff := cmp.Diff(want, s.refusal(t, ask)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("an address that the client makes up does not count", func(t *testing.T) {
		t.Parallel()
		s := givenServer(t)
		allowed := 0
		for n := range 30 {
			made := fmt.Sprintf("198.51.100.%d", n)
			res := s.call(t, request{
				method: "POST", path: "/sign-in-codes", body: fmt.Sprintf(`{"phone": "139%08d"}`, n),
				header: map[string]string{"Qihe-Client-Ip": "192.0.2.7", "X-Forwarded-For": made, "X-Real-Ip": made, "Forwarded": "for=" + made},
			})
			if res.Code == 202 {
				allowed++
			}
		}
		if allowed != 10 {
			t.Errorf("%d codes from one address", allowed)
		}
	})
}

// TestMassAssignment gives every field that is not the client's to set, in the
// body and in the query, to the one operation that changes something.
func TestMassAssignment(t *testing.T) {
	t.Parallel()
	s := givenServer(t)
	leader, _ := givenTeam(t, s)
	for _, field := range []string{"id", "volunteer_id", "number", "name", "phone", "phone_sealed", "minor", "version", "grants", "role", "erased", "Consent"} {
		s.call(t, request{method: "PUT", path: "/me/board-consent?" + field + "=" + memberID, body: `{"consent": false, "` + field + `": "` + memberID + `"}`, token: s.token(t, leader)})
		s.call(t, request{method: "PUT", path: "/me/board-consent?" + field + "=" + memberID, body: `{"consent": false}`, token: s.token(t, leader)})
	}
	me, err := s.App.FindPeople(t.Context(), []string{leaderID, memberID})
	must(t, err)
	for _, v := range me {
		if v.Version != 1 || v.BoardConsent {
			t.Errorf("changed: %+v", v)
		}
	}
	sameJSON(t, leaderJSON, s.call(t, request{method: "GET", path: "/me", token: s.token(t, leader)}).Body.Bytes())
}
