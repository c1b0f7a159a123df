package api_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api"
	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/migrations"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
	"github.com/qihe-volunteers/qihe/shared/translog"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// Fixed ids make answers that can be compared as they are.
const (
	me        = "01936000-0000-7000-8000-000000000001"
	leader    = "01936000-0000-7000-8000-000000000002"
	team      = "01936000-0000-7000-8000-000000000003"
	programme = "01936000-0000-7000-8000-000000000004"
	source    = "01936000-0000-7000-8000-000000000005"
	neighbour = "01936000-0000-7000-8000-000000000006" // of another county
)

// site is the service's HTTP face on a database of its own.
type site struct {
	t      testing.TB
	db     *pgtest.DB
	app    *app.App
	url    string
	signer *auth.Signer
	clock  *clock.Shifted
	router routers.Router
}

// newSite returns a site whose clock shows noon of Tuesday, 24 November 2026, in Hebi.
func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{t: t, db: pgtest.New(t, "hours", outbox.Migrations(), inbox.Migrations(), idempotency.Migrations(), translog.Migrations(), migrations.Set())}
	now := &clock.Shifted{}
	now.SetTo(time.Date(2026, time.November, 24, 12, 0, 0, 0, clock.City))
	_, key, err := ed25519.GenerateKey(nil)
	s.must(err)
	s.signer, s.clock = auth.NewSigner(key, now), now

	quiet := slog.New(slog.DiscardHandler)
	b, err := bus.Connect(t.Context(), bustest.Start(t), "test", quiet)
	s.must(err)
	t.Cleanup(b.Close)
	directory, err := people.NewDirectory(givenTeams(t), "secret", b, quiet)
	s.must(err)
	s.app = app.New(s.db.DB, now, directory, s.logKeys(), quiet)
	s.app.SetPapers(s.vault(), "https://qihe.example")

	s.must(s.app.Load(t.Context()))

	server := httpserver.New(httpserver.Config{Service: "hours", Log: quiet, Verifier: auth.NewVerifier(s.signer.PublicKeys(), now), Ready: s.db.Ping})
	s.must(api.Register(server, s.app))
	s.must(addEmptyHandler(server))
	listener := httptest.NewServer(server)
	t.Cleanup(listener.Close)
	s.url = listener.URL + "/api/hours/v1"

	doc, err := gen.GetSpec()
	s.must(err)
	doc.Servers[0].URL = s.url
	s.router, err = gorillamux.NewRouter(doc)
	s.must(err)
	return s
}

// givenTeams answers, in place of the teams service, that me and leader have names.
func givenTeams(t testing.TB) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == people.IdentitiesPath {
			_ = json.NewEncoder(w).Encode(people.IdentitiesAnswer{Identities: map[string]people.Identity{
				me:        {Name: "李桂英", Number: "HB2600000017", IDKind: "resident", IDNumber: "4106************29"},
				neighbour: {Name: "周桂兰", Number: "HB2600000025", IDKind: "resident", IDNumber: "4106************45"},
			}})
			return
		}
		if r.URL.Path == people.RecordsPath { // somebody about whom something is new each time
			values := map[string]string{"name": "李桂英", "id_kind": "resident", "id_number": "410621196505201229"}
			_ = json.NewEncoder(w).Encode(people.RecordsAnswer{Items: []people.Record{
				{VolunteerID: me, PersonID: me, Number: "HB2600000017", TeamID: team, Agreed: true, Digest: []byte(id.New()), Values: values},
			}})
			return
		}
		if r.URL.Path == people.MembersPath {
			_ = json.NewEncoder(w).Encode(people.MembersAnswer{Items: []people.Member{
				{Person: people.Person{VolunteerID: me, Name: "李桂英", PhoneMasked: "138****0001"}}, {Person: people.Person{VolunteerID: leader, Name: "王秀英"}},
			}})
			return
		}
		_ = json.NewEncoder(w).Encode(people.Answer{Items: []people.Person{
			{VolunteerID: me, Name: "李桂英", RegionCode: "410611", Identified: true, BoardConsent: true, Version: 1},
			{VolunteerID: leader, Name: "王秀英", Version: 1},
			{VolunteerID: neighbour, Name: "周桂兰", RegionCode: "410621", Identified: true, Version: 1},
		}})
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// settle credits two hours of this morning to me, and counts them.
func (s *site) settle() {
	s.t.Helper()
	ctx, nine := s.t.Context(), time.Date(2026, time.November, 24, 9, 0, 0, 0, clock.City)
	s.must(s.db.InTx(ctx, func(q postgres.Querier) error {
		s.must(s.app.LearnRegions(ctx, q, []teamsv1.RegionChanged{
			{Code: "4106", Name: "鹤壁市", Path: "4106/", Version: 1},
			{Code: "410611", Name: "淇滨区", Path: "4106/410611/", Version: 1},
		}))
		s.must(s.app.LearnTeams(ctx, q, []teamsv1.TeamChanged{{TeamID: team, Name: "桂鹤社区巾帼志愿服务队", RegionPath: "4106/410611/", Version: 1}}))
		s.must(s.app.LearnProgrammes(ctx, q, []tasksv1.ProgrammeChanged{{ProgrammeID: programme, Name: "保护淇河", Version: 1}}))
		return s.app.CreditHours(ctx, q, []tasksv1.AttendanceConfirmed{{
			AttendanceID: source, TaskTitle: "淇河岸边捡拾垃圾", TeamID: team, RegionPath: "4106/410611/", ReportingUnit: "淇滨区",
			ProgrammeID: programme, VolunteerID: me, Verification: "B", From: nine, To: nine.Add(2 * time.Hour), Minutes: 120,
			ConfirmedBy: leader, ConfirmedAt: nine.Add(150 * time.Minute), Version: 1,
		}})
	}))
	wait.Until(s.t, "the line to be counted and the region to have a name", func() bool {
		s.must(s.app.CatchUp(ctx))
		c, err := s.app.CheckTotals(ctx)
		s.must(err)
		_, unnamed := s.app.MyRank(s.as(me), app.BoardQuery{Scope: "region:4106", Period: "all"})
		return c.Lines == 1 && unnamed == nil
	})
}

// clash holds another attendance of me at the time of the settled one, for a
// team of the region, and returns the held credit's id.
func (s *site) clash(t testing.TB, regionPath string) (heldID string) {
	nine := time.Date(2026, time.November, 24, 9, 0, 0, 0, clock.City)
	attendance := id.New()
	s.must(s.db.InTx(t.Context(), func(q postgres.Querier) error {
		return s.app.CreditHours(t.Context(), q, []tasksv1.AttendanceConfirmed{{
			AttendanceID: attendance, TaskTitle: "慰问老人", TeamID: team, RegionPath: regionPath, ReportingUnit: "淇滨区",
			ProgrammeID: programme, VolunteerID: me, Verification: "C", From: nine.Add(time.Hour), To: nine.Add(3 * time.Hour), Minutes: 120,
			ConfirmedBy: leader, ConfirmedAt: nine.Add(4 * time.Hour), Version: 1,
		}})
	}))
	s.must(s.db.Owner(t).Get(&heldID, "SELECT id FROM held_credits WHERE source_id = $1", attendance))
	return heldID
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// as returns a context on behalf of the volunteer.
func (s *site) as(volunteerID string) context.Context {
	return auth.With(s.t.Context(), auth.Principal{VolunteerID: volunteerID})
}

// request asks on behalf of the volunteer, who may be an officer; nobody when the id is empty.
func (s *site) request(path, volunteerID string, regionPaths ...string) *http.Request {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url+path, nil)
	s.must(err)
	if volunteerID == "" {
		return req
	}
	p := auth.Principal{VolunteerID: volunteerID}
	for _, path := range regionPaths {
		p.Grants = append(p.Grants, auth.Grant{Role: "viewer", RegionPath: path})
	}
	token, err := s.signer.Token(p)
	s.must(err)
	req.Header.Set("Authorization", "Bearer "+token)
	return req
}

// get returns the answer, and fails the test when openapi.yaml does not promise it.
func (s *site) get(req *http.Request) (status int, body string) {
	s.t.Helper()
	res, err := http.DefaultClient.Do(req)
	s.must(err)
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	s.must(err)
	route, params, err := s.router.FindRoute(req)
	s.must(err)
	input := &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route}
	if err := openapi3filter.ValidateResponse(s.t.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: res.StatusCode, Header: res.Header, Body: io.NopCloser(bytes.NewReader(raw)),
	}); err != nil {
		s.t.Errorf("the answer breaks the contract: %v", err)
	}
	return res.StatusCode, string(raw)
}

// logKeys makes a key for the ledger's log.
func (s *site) logKeys() translog.Keys {
	s.t.Helper()
	content, err := translog.NewKey("test/hours")
	s.must(err)
	keys, err := translog.ParseKeys(string(content))
	s.must(err)
	return keys
}

// vault makes keys for what certificates say of people.
func (s *site) vault() *vault.Vault {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), "keys.json")
	s.must(vault.EnsureKeys(path))
	v, err := vault.Load(path)
	s.must(err)
	return v
}
