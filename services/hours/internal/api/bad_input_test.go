package api_test

import (
	"log/slog"
	"maps"
	"net/url"
	"testing"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api"
	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

// rights has a row for each operation: how a volunteer, and officers of the
// city, of a county and of another county are answered.
var rights = map[string][]int{
	"getMySummary":      {200, 200, 200, 200},
	"listMyEntries":     {200, 200, 200, 200},
	"getBoard":          {200, 200, 200, 200},
	"getMyRank":         {200, 200, 200, 200},
	"getOverview":       {404, 200, 200, 404}, // of the county
	"getPerMemberBoard": {404, 200, 200, 404}, // of the county
	"getTeamHours":      {404, 200, 200, 404}, // of the county
	"getMyFile":         {200, 200, 200, 200},
	"getFigures":        {404, 200, 200, 404}, // of the county
	"listTeamEntries":   {404, 200, 200, 404}, // of the county
	"followLedger":      {200, 200, 200, 200},
	"exportBoard":       {404, 200, 200, 404}, // of the county
	"listBoardSwitches": {404, 200, 200, 404}, // of the county
	"switchBoards":      {404, 403, 403, 404}, // it takes a coordinator; the example has one

	"getPublicity": {404, 200, 200, 404}, // of the county
	"setPublicity": {404, 403, 403, 404}, // it takes a coordinator; the example has one

	"getMyStar":         {200, 200, 200, 200},
	"listStarRules":     {200, 200, 200, 200},
	"setStarRule":       {403, 403, 403, 403}, // it takes an administrator of the city
	"listMyUncounted":   {200, 200, 200, 200},
	"listHeldCredits":   {200, 200, 200, 200}, // each their own regions', a volunteer none
	"decideHeldCredit":  {404, 404, 404, 404}, // it takes a coordinator
	"listDayCaps":       {403, 200, 200, 200},
	"setDayCap":         {403, 403, 403, 403}, // it takes an administrator of the city
	"listTeamPublicity": {200, 200, 200, 200}, // and of nobody in particular

	"getEntry":           {200, 200, 200, 200}, // in publicity
	"askCorrection":      {201, 201, 201, 201}, // in publicity anybody objects
	"listCorrections":    {200, 200, 200, 200},
	"getCorrection":      {200, 200, 200, 404},
	"decideCorrection":   {403, 403, 403, 404}, // these only read, or asked; the example has one who decides
	"withdrawCorrection": {204, 404, 404, 404},

	"listDeadLetters":    {403, 403, 403, 403}, // these take an administrator of the city
	"redriveDeadLetters": {403, 403, 403, 403},

	"getCheckpoint":   {200, 200, 200, 200}, // and of nobody in particular
	"listCheckpoints": {200, 200, 200, 200},
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.settle()
	_, err := s.app.LogLines(t.Context())
	s.must(err)
	certificates := s.certificates()
	doc, err := gen.GetSpec()
	s.must(err)
	server := httpserver.New(httpserver.Config{
		Service: "hours", Log: slog.New(slog.DiscardHandler), Verifier: auth.NewVerifier(s.signer.PublicKeys(), s.clock), Ready: s.db.Ping,
	})
	s.must(api.Register(server, s.app))

	volunteer := auth.Principal{VolunteerID: me}
	officer := func(regionPath string) auth.Principal {
		return auth.Principal{VolunteerID: leader, Grants: []auth.Grant{{Role: "viewer", RegionPath: regionPath}}}
	}
	decider := func(role, regionPath string) auth.Principal {
		return auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: role, RegionPath: regionPath}}}
	}
	ask := func(as auth.Principal, query ...string) func(testing.TB) apitest.Request {
		values := url.Values{}
		for i := 0; i < len(query); i += 2 {
			values.Set(query[i], query[i+1])
		}
		return func(testing.TB) apitest.Request { return apitest.Request{As: as, Query: values} }
	}
	apitest.Check(t, apitest.Service{
		Document: doc, Handler: server, Signer: s.signer, DB: s.db, Rights: together(rights, certificateRights, wallRights, witnessRights, historyRights, reportRights, nationalRights), Abroad: together(certificateAbroad, historyAbroad, reportAbroad),
		People: []apitest.Person{
			{Name: "a volunteer", As: volunteer}, {Name: "an officer of the city", As: officer("4106/")},
			{Name: "an officer of the county", As: officer("4106/410611/")}, {Name: "an officer of another", As: officer("4106/410621/")},
		},
		Operations: together(certificates, s.correcting(), s.watching(), s.witnessing(), s.history(), s.reports(), s.national(), apitest.DeadLetters(s.db), map[string]apitest.Operation{
			"getMySummary":  {Good: ask(volunteer)},
			"listMyEntries": {Good: ask(volunteer, "limit", "1")},
			"getBoard": {
				Good: ask(volunteer, "subject", "volunteer", "scope", "region:4106", "period", "this-week"),
				Also: []func(testing.TB) apitest.Request{
					ask(volunteer, "subject", "team", "scope", "programme:"+programme, "period", "quarter:2026-Q4"),
					ask(volunteer, "subject", "volunteer", "scope", "team:"+team, "period", "all"),
				},
			},
			"getMyRank":         {Good: ask(volunteer, "scope", "region:4106", "period", "month:2026-11")},
			"getOverview":       {Good: ask(officer("4106/"), "region", "410611")},
			"getPerMemberBoard": {Good: ask(officer("4106/"), "region", "410611", "period", "this-month", "basis", "settled")},
			"getFigures": {
				Good: ask(officer("4106/"), "region", "410611", "by", "region", "period", "this-month"),
				Also: []func(testing.TB) apitest.Request{
					ask(officer("4106/"), "region", "4106", "by", "unit", "period", "year:2026", "basis", "settled"),
					ask(officer("4106/"), "region", "4106", "by", "team", "period", "all", "unit", "淇滨区", "within", "own"),
				},
			},
			"getTeamHours": {
				Good: func(testing.TB) apitest.Request {
					return apitest.Request{As: officer("4106/"), Path: map[string]string{"team_id": team}}
				},
				Foreign: map[string]string{"team_id": ""},
			},
			"getMyFile": {Good: ask(volunteer)},
			"listTeamEntries": {
				Good: func(testing.TB) apitest.Request {
					return apitest.Request{As: officer("4106/"), Path: map[string]string{"team_id": team}, Query: url.Values{"period": {"this-month"}, "volunteer": {me}}}
				},
				Foreign: map[string]string{"team_id": ""},
			},
			"exportBoard": {Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: officer("4106/"), Body: map[string]any{
					"subject": "volunteer", "scope": "region:410611", "period": "this-month", "basis": "settled", "purpose": "每月简报",
				}}
			}, Also: []func(testing.TB) apitest.Request{func(testing.TB) apitest.Request {
				return apitest.Request{As: officer("4106/"), Body: map[string]any{
					"subject": "team_per_member", "scope": "region:410611", "period": "this-month", "basis": "posted", "purpose": "每月简报",
				}}
			}}},
			"listBoardSwitches": {Good: ask(officer("4106/"), "region", "410611")},
			"switchBoards": {Good: func(testing.TB) apitest.Request {
				return apitest.Request{
					As:   auth.Principal{VolunteerID: leader, Grants: []auth.Grant{{Role: "coordinator", RegionPath: "4106/410611/"}}},
					Body: map[string]any{"region_code": "410611", "valid_from": "2026-12-01", "off": true, "reason": "减轻基层负担"},
				}
			}},
			"getPublicity": {Good: ask(officer("4106/"), "region", "410611")},
			"setPublicity": {Good: func(testing.TB) apitest.Request {
				return apitest.Request{
					As:   auth.Principal{VolunteerID: leader, Grants: []auth.Grant{{Role: "coordinator", RegionPath: "4106/410611/"}}},
					Body: map[string]any{"region_code": "410611", "valid_from": "2026-12-01", "days": 5, "reason": "县妇联会议决定"},
				}
			}},
			"listTeamPublicity": {
				Good: func(testing.TB) apitest.Request {
					return apitest.Request{As: volunteer, Path: map[string]string{"team_id": team}, Query: url.Values{"limit": {"1"}}}
				},
				Foreign: map[string]string{"team_id": ""},
			},
			"followLedger": {Good: ask(volunteer)},

			"getMyStar":     {Good: ask(volunteer)},
			"listStarRules": {Good: ask(volunteer)},
			"setStarRule": {Good: func(testing.TB) apitest.Request {
				return apitest.Request{
					As:   decider("administrator", "4106/"),
					Body: map[string]any{"valid_from": "2026-12-01", "hours": []int{100, 300}, "clean_months": 12, "reason": "市妇联2026年第3号通知"},
				}
			}},
			"listMyUncounted": {Good: ask(volunteer)},
			"listHeldCredits": {Good: ask(decider("coordinator", "4106/410611/"))},
			"decideHeldCredit": {
				Good: func(t testing.TB) apitest.Request {
					return apitest.Request{
						As: decider("coordinator", "4106/410611/"), Path: map[string]string{"held_id": s.clash(t, "4106/410611/")},
						Body: map[string]any{"reason": "当时在另一场"},
					}
				},
				Foreign: map[string]string{"held_id": s.clash(t, "4106/410621/")},
			},
			"listDayCaps": {Good: ask(officer("4106/410611/"))},
			"setDayCap": {
				Good: func(testing.TB) apitest.Request {
					return apitest.Request{
						As:   decider("administrator", "4106/"),
						Body: map[string]any{"programme_id": programme, "valid_from": "2026-12-01", "minutes": 480, "reason": "市妇联2026年第3号通知"},
					}
				},
				Foreign: map[string]string{"programme_id": ""},
			},

			"getCheckpoint":   {Good: ask(volunteer)},
			"listCheckpoints": {Good: ask(volunteer, "after", "0")},
		}),
	})
}

// together is the union of what the parts of the contract have for each operation.
func together[V any](parts ...map[string]V) map[string]V {
	all := map[string]V{}
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}
