package localpg

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// provisionLock keeps programs that share a server from altering a role at the
// same moment, which PostgreSQL refuses.
const provisionLock = 5_170_001

var plainName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,50}$`)

// Provision makes or completes a service's database on the server at superURL:
// the roles <service>_owner, who owns it, and <service>, who may connect and
// use what a migration grants. It returns the addresses for both. Their
// passwords follow from the superuser's, so that every call yields the same.
func Provision(ctx context.Context, superURL, service, database string) (ownerURL, runURL string, err error) {
	p, err := newProvisioning(superURL, service, database)
	if err != nil {
		return "", "", err
	}
	if err := p.roles(ctx); err != nil {
		return "", "", fmt.Errorf("provision %s: %w", database, err)
	}
	if err := p.rights(ctx); err != nil {
		return "", "", fmt.Errorf("provision %s: %w", database, err)
	}
	return p.address(p.owner), p.address(p.run), nil
}

// Addresses returns what Provision returns, for a database that is there already.
func Addresses(superURL, service, database string) (ownerURL, runURL string, err error) {
	p, err := newProvisioning(superURL, service, database)
	if err != nil {
		return "", "", err
	}
	return p.address(p.owner), p.address(p.run), nil
}

type provisioning struct {
	super                *url.URL
	owner, run, database string
}

func newProvisioning(superURL, service, database string) (provisioning, error) {
	for _, name := range []string{service, database} {
		if !plainName.MatchString(name) {
			return provisioning{}, fmt.Errorf("%q cannot name a database: use small letters, digits and _", name)
		}
	}
	super, err := url.Parse(superURL)
	if err != nil {
		return provisioning{}, fmt.Errorf("read address of database server: %w", err)
	}
	return provisioning{super: super, owner: service + "_owner", run: service, database: database}, nil
}

// roles makes both roles and the database, on one connection under a lock.
func (p provisioning) roles(ctx context.Context) error {
	db, err := sql.Open("postgres", p.super.String())
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1) // the lock below belongs to the connection and ends with it
	steps := []string{fmt.Sprintf("SELECT pg_advisory_lock(%d)", provisionLock)}
	for _, role := range []string{p.owner, p.run} {
		steps = append(steps, fmt.Sprintf(`DO $$ BEGIN
			IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%[1]s') THEN CREATE ROLE %[1]s; END IF;
		END $$`, role), fmt.Sprintf("ALTER ROLE %s LOGIN PASSWORD '%s'", role, p.password(role)))
	}
	steps = append(steps,
		"ALTER ROLE "+p.run+" SET idle_in_transaction_session_timeout = '15s'",
		"ALTER ROLE "+p.run+" SET statement_timeout = '10s'",
		"ALTER ROLE "+p.run+" SET lock_timeout = '3s'")
	if err := execute(ctx, db, steps); err != nil {
		return err
	}
	var there bool
	if err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", p.database).Scan(&there); err != nil {
		return err
	}
	steps = []string{
		"REVOKE ALL ON DATABASE " + p.database + " FROM PUBLIC",
		"GRANT CONNECT ON DATABASE " + p.database + " TO " + p.owner + ", " + p.run,
	}
	if !there {
		steps = append([]string{"CREATE DATABASE " + p.database + " OWNER " + p.owner}, steps...)
	}
	return execute(ctx, db, steps)
}

// rights shares out the schema public inside the database.
func (p provisioning) rights(ctx context.Context) error {
	inside := *p.super
	inside.Path = "/" + p.database
	db, err := sql.Open("postgres", inside.String())
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1) // as above
	return execute(ctx, db, []string{
		fmt.Sprintf("SELECT pg_advisory_lock(%d)", provisionLock), // two who grant at once would trip over each other
		"REVOKE ALL ON SCHEMA public FROM PUBLIC",
		"GRANT USAGE, CREATE ON SCHEMA public TO " + p.owner,
		"GRANT USAGE ON SCHEMA public TO " + p.run,
	})
}

func (p provisioning) password(role string) string {
	super, _ := p.super.User.Password()
	return derivedPassword(super, role)
}

func (p provisioning) address(role string) string {
	u := *p.super
	u.User = url.UserPassword(role, p.password(role))
	u.Path = "/" + p.database
	return u.String()
}

func execute(ctx context.Context, db *sql.DB, steps []string) error {
	for _, step := range steps {
		if _, err := db.ExecContext(ctx, step); err != nil {
			what, _, _ := strings.Cut(step, " PASSWORD ") // which must not get into a log
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	return nil
}
