package api_test

import (
	"testing"

	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func meExamples(_ *testing.T, c *cast) map[string]apitest.Operation {
	return map[string]apitest.Operation{
		"getMe":           {Good: always(apitest.Request{As: as(c.leader)})},
		"putBoardConsent": {Good: always(apitest.Request{As: as(c.leader), Body: object{"consent": true}})},
	}
}
