package api_test

import (
	"net/url"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func registryExamples(_ *testing.T, c *cast) map[string]apitest.Operation {
	own := map[string]string{"team_id": teamID}
	return map[string]apitest.Operation{
		"listRegions": {Good: always(apitest.Request{As: as(c.member), Query: url.Values{"parent": {"4106"}}})},
		"getTeam": {
			Good:    always(apitest.Request{As: as(c.member), Path: own}),
			Foreign: map[string]string{"team_id": c.draft.ID},
		},
		"listMembers": {
			Good: always(apitest.Request{As: as(c.leader), Path: own}),
			Also: []func(testing.TB) apitest.Request{
				always(apitest.Request{As: as(c.leader), Path: own, Query: url.Values{"limit": {"1"}}}),
			},
			Foreign: map[string]string{"team_id": c.foreign.ID},
		},
		"searchMembers": {
			Good:    always(apitest.Request{As: as(c.leader), Path: own, Body: object{"q": "w", "limit": 1}}),
			Foreign: map[string]string{"team_id": c.foreign.ID},
		},
	}
}
