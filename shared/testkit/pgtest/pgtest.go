// Package pgtest gives each test a PostgreSQL database of its own.
//
// Under `make test` one private server serves all packages; its address is in
// QIHE_TEST_POSTGRES. A test binary that runs alone starts its own server and
// leaves nothing behind (see keeper). On the server a template database is
// migrated once for each set of migrations; a test gets a copy of it in about
// a tenth of a second, and the copy is dropped when the test ends.
//
// Tests connect as the service's run-time role, so that a right that a
// migration forgot to grant shows in the first test.
package pgtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/localpg"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// patient is said when connecting: where twenty tests want the same two processors
// and the race detector looks on, a statement takes longer than the ten seconds
// that production allows, and nothing is wrong.
const patient = "&statement_timeout=60000"

// DB is a migrated database for one test, opened as the run-time role.
type DB struct {
	*postgres.DB
	OwnerURL string // for <service>_owner, who owns the tables
	URL      string // for <service>

	owner func() (*sqlx.DB, error) // opens it once
}

// New returns a fresh database with the migrations applied, as the service of
// that name would find it. It is closed and dropped when the test ends.
func New(t testing.TB, service string, sets ...postgres.Migrations) *DB {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()

	s, err := theServer()
	if err != nil {
		t.Fatal(err)
	}
	tpl, err := s.template(ctx, service, sets)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("t_%s_%s", service, strings.ToLower(rand.Text()[:12]))
	if err := s.clone(ctx, service, tpl, name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := s.super.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
			t.Errorf("drop database %s: %v", name, err)
		}
	})
	owner, run, err := localpg.Addresses(s.url, service, name)
	if err != nil {
		t.Fatal(err)
	}
	run += patient
	db, err := postgres.Open(ctx, run, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	asOwner := sync.OnceValues(func() (*sqlx.DB, error) {
		db, err := sqlx.Open("postgres", owner)
		if err == nil {
			t.Cleanup(func() { _ = db.Close() })
		}
		return db, err
	})
	return &DB{DB: db, OwnerURL: owner, URL: run, owner: asOwner}
}

// Owner returns connections as the owner of the tables, to look at what the
// run-time role may not see and to prepare what it may not do. They are kept
// for the next call, and closed with the database.
func (d *DB) Owner(t testing.TB) *sqlx.DB {
	t.Helper()
	db, err := d.owner()
	if err != nil {
		t.Fatal(err)
	}
	return db
}
