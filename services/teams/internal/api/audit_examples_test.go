package api_test

import (
	"maps"
	"net/url"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func auditExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	r := domain.NewRecord(c.leader.ID, "volunteer.read", "volunteer", c.member.ID, c.Clock.Now()).About(c.member.ID)
	must(t, c.DB.InTx(t.Context(), func(q postgres.Querier) error { return store.InsertRecord(t.Context(), q, r) }))
	administrator := as(c.leader, auth.Grant{Role: "administrator", RegionPath: "4106/410621/"})
	all := map[string]apitest.Operation{
		"listMyAccesses": {Good: always(apitest.Request{As: as(c.member)})},
		"listAudit": {
			Good: always(apitest.Request{As: administrator}),
			Also: []func(testing.TB) apitest.Request{
				always(apitest.Request{As: administrator, Query: url.Values{"number": {c.member.Number}, "act": {"volunteer.read"}, "limit": {"1"}}}),
				always(apitest.Request{As: administrator, Query: url.Values{"from": {"2026-11-01T00:00:00+08:00"}, "until": {"2026-12-01T00:00:00+08:00"}}}),
			},
		},
	}
	maps.Copy(all, apitest.DeadLetters(c.DB))
	return all
}
