package api_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func signInExamples(_ *testing.T, c *cast) map[string]apitest.Operation {
	var asked atomic.Int64
	return map[string]apitest.Operation{
		"createSignInCode": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{Body: object{"phone": fmt.Sprintf("139%08d", asked.Add(1))}}
		}},
		"createSession": {Good: func(t testing.TB) apitest.Request {
			v := c.Volunteer(t)
			return apitest.Request{Body: object{"phone": string(v.Phone), "code": c.Code(t, v.Phone)}}
		}},
		"deleteCurrentSession": {
			Good: always(apitest.Request{As: as(c.member)}), // of a session that has ended already
			Also: []func(testing.TB) apitest.Request{func(t testing.TB) apitest.Request { return apitest.Request{As: c.signedIn(t, c.Volunteer(t))} }},
		},
	}
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
