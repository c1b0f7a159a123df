package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

// The browsers that ask about the phone they are, as the portal tells them.
const readingRoom, family = "the phone of a reading room", "the phone of a family"

// onPhones asks for what is about a shared phone on one.
func onPhones(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/shared-phone/switch"):
			r.Header.Set(httpserver.HeaderBrowser, family)
		case strings.Contains(r.URL.Path, "/shared-phone"):
			r.Header.Set(httpserver.HeaderBrowser, readingRoom)
		}
		h.ServeHTTP(w, r)
	})
}

func sharedPhoneExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	mother, alone, newcomer := c.Volunteer(t), c.Volunteer(t), c.Volunteer(t)
	_, err := c.App.KeepOnPhone(auth.With(app.InBrowser(t.Context(), family), c.Session(t, mother)), "2580")
	must(t, err)
	kept := func(t testing.TB) apitest.Request {
		c.OnPhone(t, readingRoom, mother)
		c.OnPhone(t, readingRoom, newcomer)
		return apitest.Request{As: c.Session(t, newcomer)}
	}
	return map[string]apitest.Operation{
		"getSharedPhone": {Good: always(apitest.Request{})},
		"keepOnPhone": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: c.Session(t, newcomer), Body: object{"pin": "2580"}}
		}},
		"leavePhone": {Good: kept},
		"endSharing": {Good: kept},
		"switchPerson": {
			Good:    always(apitest.Request{Body: object{"volunteer_id": mother.ID, "pin": "2580"}}),
			Foreign: map[string]string{"volunteer_id": alone.ID},
		},
	}
}
