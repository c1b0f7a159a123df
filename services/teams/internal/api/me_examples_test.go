package api_test

import (
	"testing"

	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func meExamples(_ *testing.T, c *cast) map[string]apitest.Operation {
	return map[string]apitest.Operation{
		"getMe":          {Good: always(apitest.Request{As: as(c.leader)})},
		"listMyConsents": {Good: always(apitest.Request{As: as(c.leader)})},
		"putConsent": {Good: always(apitest.Request{
			As: as(c.leader), Path: map[string]string{"purpose": "rank_neighbours"}, Body: object{"given": true, "text_version": 1},
		})},
		"putBoardConsent": {Good: always(apitest.Request{As: as(c.leader), Body: object{"consent": true}})},
	}
}
