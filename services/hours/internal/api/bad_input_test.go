package api_test

import (
	"log/slog"
	"net/url"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api"
	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func TestBadInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.settle()
	doc, err := gen.GetSpec()
	s.must(err)
	now := &clock.Shifted{}
	now.SetTo(time.Date(2026, time.November, 24, 12, 0, 0, 0, clock.City))
	server := httpserver.New(httpserver.Config{
		Service: "hours", Log: slog.New(slog.DiscardHandler), Verifier: auth.NewVerifier(s.signer.PublicKeys(), now), Ready: s.db.Ping,
	})
	s.must(api.Register(server, s.app))

	volunteer := auth.Principal{VolunteerID: me}
	officer := auth.Principal{VolunteerID: leader, Grants: []auth.Grant{{Role: "viewer", RegionPath: "4106/"}}}
	ask := func(as auth.Principal, query ...string) func(testing.TB) apitest.Request {
		values := url.Values{}
		for i := 0; i < len(query); i += 2 {
			values.Set(query[i], query[i+1])
		}
		return func(testing.TB) apitest.Request { return apitest.Request{As: as, Query: values} }
	}
	apitest.Check(t, apitest.Service{
		Document: doc, Handler: server, Signer: s.signer, DB: s.db,
		Operations: map[string]apitest.Operation{
			"getMySummary":  {Good: ask(volunteer)},
			"listMyEntries": {Good: ask(volunteer, "limit", "1")},
			"getBoard": {
				Good: ask(volunteer, "subject", "volunteer", "scope", "region:4106", "period", "this-week"),
				Also: []func(testing.TB) apitest.Request{
					ask(volunteer, "subject", "team", "scope", "programme:"+programme, "period", "quarter:2026-Q4"),
					ask(volunteer, "subject", "volunteer", "scope", "team:"+team, "period", "all"),
				},
			},
			"getMyRank":    {Good: ask(volunteer, "scope", "region:4106", "period", "month:2026-11")},
			"getOverview":  {Good: ask(officer, "region", "410611")},
			"followLedger": {Good: ask(volunteer)},
		},
	})
}
