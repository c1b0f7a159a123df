package api_test

import (
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/migrations"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/translog"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// rights has a row for each operation: how a volunteer, a coordinator and an
// administrator of the county, and the child-care officers of the county and of
// another one are answered.
var rights = map[string][]int{
	"listChildren":     {200, 200, 200, 200, 200}, // each their own regions', most of them none
	"referChild":       {422, 201, 201, 201, 422},
	"openChild":        {404, 404, 404, 403, 404}, // it takes the case, or a purpose; the example has it
	"takeChild":        {404, 404, 404, 409, 404}, // the example's taker has it
	"handOver":         {404, 404, 204, 403, 404}, // who has it hands it over, or an administrator
	"listCareOfficers": {404, 404, 200, 200, 404},
	"listOpenings":     {404, 404, 200, 200, 404},
	"openInEmergency":  {404, 404, 404, 204, 404},

	"reportOpenings": {200, 200, 200, 200, 200}, // each their own regions'
	"listPurposes":   {200, 200, 200, 200, 200},
	"askPurpose":     {422, 422, 422, 201, 422},
	"decidePurpose":  {404, 404, 204, 204, 404},

	"setChildDetails":   {404, 404, 404, 403, 404}, // it takes the case, as all that changes a record
	"recordWish":        {404, 404, 404, 403, 404},
	"holdChild":         {404, 404, 404, 403, 404},
	"recordConsent":     {404, 404, 404, 403, 404},
	"withdrawConsent":   {404, 404, 404, 403, 404},
	"makeConsentLink":   {404, 404, 404, 403, 404},
	"addSignature":      {404, 404, 404, 403, 404},
	"readSignature":     {404, 404, 404, 403, 404},
	"openConsentLink":   {200, 200, 200, 200, 200}, // whoever has the link
	"answerConsentLink": {204, 204, 204, 204, 204},

	"listDeadLetters":    {403, 403, 403, 403, 403}, // these take an administrator of the city
	"redriveDeadLetters": {403, 403, 403, 403, 403},

	"listToDos":        {200, 200, 200, 200, 200}, // of everybody their own
	"getLogCheckpoint": {200, 200, 200, 200, 200}, // and of nobody in particular
}

// The officers of every example, proved with a second factor.
var (
	careOf = func(path string) auth.Principal {
		return auth.Principal{VolunteerID: id.New(), Strong: true, Grants: []auth.Grant{{Role: "child_care", RegionPath: path}}}
	}
	mine  = careOf("4106/410621/")
	other = careOf("4106/410611/")
)

// site is the service's HTTP face on a database of its own.
type site struct {
	t      testing.TB
	db     *pgtest.DB
	app    *app.App
	server *httpserver.Server
	signer *auth.Signer
}

// newSite returns a site whose clock shows noon of Tuesday, 24 November 2026, in Hebi.
func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{t: t, db: pgtest.New(t, "pairings", outbox.Migrations(), inbox.Migrations(), idempotency.Migrations(), translog.Migrations(), migrations.Set())}
	now := &clock.Shifted{}
	now.SetTo(time.Date(2026, time.November, 24, 12, 0, 0, 0, clock.City))
	_, key, err := ed25519.GenerateKey(nil)
	s.must(err)
	s.signer = auth.NewSigner(key, now)
	content, err := translog.NewKey("test/pairings")
	s.must(err)
	keys, err := translog.ParseKeys(string(content))
	s.must(err)
	path := filepath.Join(t.TempDir(), "keys.json")
	s.must(vault.EnsureKeys(path))
	v, err := vault.Load(path)
	s.must(err)

	quiet := slog.New(slog.DiscardHandler)
	b, err := bus.Connect(t.Context(), bustest.Start(t), "test", quiet)
	s.must(err)
	t.Cleanup(b.Close)
	teams := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(people.Answer{Items: []people.Person{
			{VolunteerID: helping.VolunteerID, Name: "王秀英", Version: 1}, {VolunteerID: helpingToo.VolunteerID, Name: "李梅", Version: 1},
		}})
	}))
	t.Cleanup(teams.Close)
	directory, err := people.NewDirectory(teams.URL, "secret", b, quiet)
	s.must(err)
	s.app = app.New(s.db.DB, now, directory, v, keys, quiet)
	s.server = httpserver.New(httpserver.Config{Service: "pairings", Log: quiet, Verifier: auth.NewVerifier(s.signer.PublicKeys(), now), Ready: s.db.Ping})
	s.must(api.Register(s.server, s.app))
	s.must(s.db.InTx(t.Context(), func(q postgres.Querier) error {
		return s.app.LearnRegions(t.Context(), q, []teamsv1.RegionChanged{
			{Code: "4106", Name: "鹤壁市", Path: "4106/", Version: 1},
			{Code: "410621", Name: "浚县", Path: "4106/410621/", Version: 1},
			{Code: "410611", Name: "淇滨区", Path: "4106/410611/", Version: 1},
		})
	}))
	return s
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// child refers a child of a county and gives its case to an officer.
func (s *site) child(t testing.TB, county string, to auth.Principal) string {
	t.Helper()
	ctx := auth.With(t.Context(), to)
	referred, err := s.app.ReferChild(ctx, domain.NewChild{RegionCode: county, Sex: "female", Person: domain.ChildPerson{
		Name: "小丽", BornOn: "2015-09-01", Address: "三组", Reason: "由爷爷照看",
	}})
	s.must(err)
	s.must(s.app.TakeChild(ctx, referred.ChildID))
	return referred.ChildID
}

// purpose asks to read a county's records.
func (s *site) purpose(t testing.TB, county string) string {
	t.Helper()
	purposeID, err := s.app.AskPurpose(auth.With(t.Context(), careOf("4106/")), app.PurposeQuery{RegionCode: county, Reason: "核对联系方式", Days: 7})
	s.must(err)
	return purposeID
}

// operations has a good request for each operation of the document.
func (s *site) operations() map[string]apitest.Operation {
	s.t.Helper()
	t := s.t
	held := s.child(t, "410621", mine)
	foreign := map[string]string{"child_id": s.child(t, "410611", other)}
	successor := careOf("4106/410621/")
	s.must(s.db.InTx(t.Context(), func(q postgres.Querier) error {
		return s.app.LearnGrants(t.Context(), q, []teamsv1.GrantChanged{{
			GrantID: id.New(), VolunteerID: successor.VolunteerID, Role: "child_care", RegionPath: "4106/410621/", State: "active",
			From: time.Date(2026, time.January, 1, 0, 0, 0, 0, clock.City), Version: 1,
		}})
	}))
	_, err := s.app.OpenChild(auth.With(t.Context(), mine), held)
	s.must(err)
	_, err = s.app.LogOpenings(t.Context())
	s.must(err)
	of := func(childID string) map[string]string { return map[string]string{"child_id": childID} }
	papers := 0
	examples := s.consentExamples(held, foreign)
	return with(with(matchingExamples(s), pairingExamples(s), companionExamples(s), concernExamples(s), contactExamples(s), exportExamples(s), examples, s.householdExamples(successor), s.goodsExamples(), apitest.DeadLetters(s.db)), map[string]apitest.Operation{
		"listChildren": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"referChild": {Good: func(testing.TB) apitest.Request {
			papers++
			return apitest.Request{As: mine, Body: map[string]any{
				"region_code": "410621", "sex": "female", "name": "小丽", "born_on": "2015-09-01", "id_number": fmt.Sprintf("41062120150901%04d", papers),
				"address": "屯子镇码头村三组", "reason": "父母在外地，由爷爷照看",
			}}
		}},
		"openChild": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine, Path: of(held)} }, Foreign: foreign},
		"takeChild": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: of(s.child(t, "410621", mine))}
		}, Foreign: foreign},
		"handOver": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: mine, Path: of(s.child(t, "410621", mine)), Body: map[string]any{"officer_id": successor.VolunteerID}}
			},
			Foreign: map[string]string{"child_id": foreign["child_id"], "officer_id": other.VolunteerID},
		},
		"listCareOfficers": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine, Path: of(held)} }, Foreign: foreign},
		"listOpenings":     {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine, Path: of(held)} }, Foreign: foreign},
		"openInEmergency": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: of(held), Body: map[string]any{"reason": "孩子发高烧，要马上联系家里"}}
		}, Foreign: foreign},
		"reportOpenings": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: map[string]string{"month": "2026-11"}}
		}},
		"listPurposes": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"askPurpose": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Body: map[string]any{"region_code": "410621", "reason": "寒假前核对联系方式", "days": 7}}
		}, Also: []func(testing.TB) apitest.Request{func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Body: map[string]any{"child_id": held, "reason": "补登学校信息", "days": 1}}
		}, func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Body: map[string]any{"household_id": s.household(t, "410621", mine), "reason": "走访前核对情况", "days": 1}}
		}}, Foreign: map[string]string{"child_id": foreign["child_id"], "household_id": s.household(t, "410611", other)}},
		"decidePurpose": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: mine, Path: map[string]string{"purpose_id": s.purpose(t, "410621")}, Body: map[string]any{"approved": false, "answer": "由县里统一核对"}}
			},
			Foreign: map[string]string{"purpose_id": s.purpose(t, "410611")},
		},
		"listToDos":        {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"getLogCheckpoint": {Good: func(testing.TB) apitest.Request { return apitest.Request{} }},
	})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	doc, err := gen.GetSpec()
	s.must(err)
	officer := func(role string) auth.Principal {
		p := careOf("4106/410621/")
		p.Grants[0].Role = role
		return p
	}
	apitest.Check(t, apitest.Service{
		Document: doc, Handler: s.server, Signer: s.signer, DB: s.db, Rights: rights,
		MayChange: []string{"openings", "openings_to_log", "consent_links", "pairing_pins"}, // reading a record is written down, and wrong digits are counted
		People: []apitest.Person{
			{Name: "a volunteer", As: auth.Principal{VolunteerID: id.New()}}, {Name: "a coordinator of the county", As: officer("coordinator")},
			{Name: "an administrator of the county", As: officer("administrator")}, {Name: "a child-care officer of the county", As: officer("child_care")},
			{Name: "one of another county", As: careOf("4106/410622/")},
		},
		Operations: s.operations(),
	})
}
