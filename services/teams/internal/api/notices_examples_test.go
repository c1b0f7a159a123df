package api_test

import (
	"net/url"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func noticeExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	older := c.Notice(t, c.foreign, c.leader)
	newer := c.Notice(t, c.foreign, c.leader)
	theirs := c.Notice(t, c.foreign, c.Volunteer(t))
	return map[string]apitest.Operation{
		"listNotices": {
			Good: always(apitest.Request{As: as(c.leader)}),
			Also: []func(testing.TB) apitest.Request{
				always(apitest.Request{As: as(c.leader), Query: url.Values{"limit": {"1"}}}),
				always(apitest.Request{As: as(c.leader), Query: url.Values{"after": {newer.ID}}}),
			},
		},
		"countUnreadNotices": {Good: always(apitest.Request{As: as(c.leader)})},
		"readNotices": {
			Good:    always(apitest.Request{As: as(c.leader), Body: object{"up_to": older.ID}}),
			Foreign: map[string]string{"up_to": theirs.ID},
		},
		"getNoticePreferences": {Good: always(apitest.Request{As: as(c.member)})},
		"putNoticePreferences": {Good: always(apitest.Request{As: as(c.member), Body: object{
			"muted": []any{"task.published"}, "no_text": []any{"task.changed"}, "quiet": false,
		}})},
	}
}
