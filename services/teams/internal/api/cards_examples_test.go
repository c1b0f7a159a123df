package api_test

import (
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func cardExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	held, err := c.App.MyCard(given.As(t, c.member))
	must(t, err)
	stranger := c.leaderOf(t, c.foreign)
	return map[string]apitest.Operation{
		"putMyCard":   {Good: always(apitest.Request{As: as(c.member)})},
		"printMyCard": {Good: always(apitest.Request{As: as(c.member)})},
		"printCards": {
			Good: always(apitest.Request{As: as(c.leader), Path: map[string]string{"team_id": teamID}, Body: object{"volunteer_ids": []any{c.member.ID}}}),
			Also: []func(testing.TB) apitest.Request{
				always(apitest.Request{As: as(c.leader), Path: map[string]string{"team_id": teamID}, Body: object{"volunteer_ids": []any{}}}),
			},
			Foreign: map[string]string{"team_id": c.foreign.ID, "volunteer_ids[0]": stranger.ID},
		},
		"replaceCard": {
			Good:    always(apitest.Request{As: as(c.leader), Path: map[string]string{"volunteer_id": c.member.ID}}),
			Foreign: map[string]string{"volunteer_id": stranger.ID},
		},
		"openCard": {Good: always(apitest.Request{Body: object{"token": strings.TrimPrefix(held.Card.Path(), "/k/")}})},
	}
}
