package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/migrations"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/inbox"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/translog"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// The regions of every test: a village in each of two counties.
const (
	cityPath   = "4106/"
	countyPath = "4106/410621/"
	village    = "410621100200"
	otherPath  = "4106/410611/"
)

// town is an app on a database of its own.
type town struct {
	*app.App
	t     testing.TB
	db    *pgtest.DB
	clock *clock.Shifted
	vault *vault.Vault

	again   func() *app.App              // the service after a restart
	on      func(db *pgtest.DB) *app.App // and on another database
	keyFile string                       // of vault
}

// newTown returns a town whose clock shows noon of Tuesday, 24 November 2026, in Hebi.
func newTown(t testing.TB) *town {
	t.Helper()
	w := &town{
		t: t, db: pgtest.New(t, "pairings", outbox.Migrations(), inbox.Migrations(), idempotency.Migrations(), translog.Migrations(), migrations.Set()),
		clock: &clock.Shifted{},
	}
	w.clock.SetTo(time.Date(2026, time.November, 24, 12, 0, 0, 0, clock.City))
	w.keyFile = filepath.Join(t.TempDir(), "keys.json")
	w.must(vault.EnsureKeys(w.keyFile))
	var err error
	w.vault, err = vault.Load(w.keyFile)
	w.must(err)
	content, err := translog.NewKey("test/pairings")
	w.must(err)
	keys, err := translog.ParseKeys(string(content))
	w.must(err)
	quiet := slog.New(slog.DiscardHandler)
	b, err := bus.Connect(t.Context(), bustest.Start(t), "test", quiet)
	w.must(err)
	t.Cleanup(b.Close)
	directory, err := people.NewDirectory(register(t), "secret", b, quiet)
	w.must(err)
	w.on = func(db *pgtest.DB) *app.App { return app.New(db.DB, w.clock, directory, w.vault, keys, quiet) }
	w.again = func() *app.App { return w.on(w.db) }
	w.App = w.again()
	w.inTx(func(q postgres.Querier) error {
		return w.LearnRegions(t.Context(), q, []teamsv1.RegionChanged{
			{Code: "4106", Name: "鹤壁市", Path: cityPath, Version: 1},
			{Code: "410621", Name: "浚县", Path: countyPath, Version: 1},
			{Code: village, Name: "屯子镇码头村", Path: countyPath + "410621100/410621100200/", Version: 1},
			{Code: "410611", Name: "淇滨区", Path: otherPath, Version: 1},
		})
	})
	return w
}

// register answers, in place of the teams service, that everybody is called 王秀英.
func register(t testing.TB) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked people.Query
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		var answer people.Answer
		for _, one := range asked.IDs {
			answer.Items = append(answer.Items, people.Person{VolunteerID: one, Name: "王秀英", Identified: true, Version: 1})
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) inTx(f func(q postgres.Querier) error) {
	w.t.Helper()
	w.must(w.db.InTx(w.t.Context(), f))
}

// officer is somebody with a role over a region, proved with a second factor.
func officer(role, path string) auth.Principal {
	return auth.Principal{VolunteerID: id.New(), Strong: true, Grants: []auth.Grant{{Role: role, RegionPath: path}}}
}

// as returns a context on somebody's behalf.
func (w *town) as(p auth.Principal) context.Context { return auth.With(w.t.Context(), p) }

// knows tells the service of an officer's authority, as teams would.
func (w *town) knows(officers ...auth.Principal) {
	w.t.Helper()
	var events []teamsv1.GrantChanged
	for _, o := range officers {
		for _, g := range o.Grants {
			events = append(events, teamsv1.GrantChanged{
				GrantID: id.New(), VolunteerID: o.VolunteerID, Role: g.Role, RegionPath: g.RegionPath, State: "active", From: w.clock.Now().Add(-time.Hour), Version: 1,
			})
		}
	}
	w.inTx(func(q postgres.Querier) error { return w.LearnGrants(w.t.Context(), q, events) })
}

// The words by which tests look for a child where it must not be.
const (
	canaryName    = "金丝雀小明"
	canaryAddress = "码头村东头第三排 9 号"
	canaryPaper   = "410621201603010014"
)

// given is what a referral says, unless changes say otherwise.
func given(changes ...func(*domain.NewChild)) domain.NewChild {
	n := domain.NewChild{RegionCode: village, Sex: "male", Person: domain.ChildPerson{
		Name: canaryName, BornOn: "2016-03-01", IDNumber: canaryPaper, Address: canaryAddress, Reason: "父母在外地务工，由奶奶照看。",
	}}
	for _, change := range changes {
		change(&n)
	}
	return n
}

// child refers a child on whose record nobody has the case; each of a town is another one.
func (w *town) child() string {
	w.t.Helper()
	var n int
	w.must(w.db.Owner(w.t).Get(&n, `SELECT count(*) FROM children`))
	referred, err := w.ReferChild(w.as(officer("coordinator", countyPath)), given(func(c *domain.NewChild) {
		c.Person.IDNumber = fmt.Sprintf("41062120160301%04d", 14+n)
	}))
	w.must(err)
	return referred.ChildID
}

// count returns what a query with one number says.
func (w *town) count(query string, args ...any) (n int) {
	w.t.Helper()
	w.must(w.db.Owner(w.t).Get(&n, query, args...))
	return n
}
