package city_test

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/labstack/echo/v4"
	_ "github.com/lib/pq"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/bench"
	"github.com/qihe-volunteers/qihe/shared/testkit/visit"
)

// BenchmarkQihe measures the hot paths beside a peer that does as little as
// can be done, in turns, on the same servers, in one run:
//
//	check-in    the whole way through portal and tasks service, against pgbench
//	            with the bare transaction of four statements on the same PostgreSQL
//	board, rank the hours service, against an empty handler behind the same middleware
//
// Ratios are what counts: a shared machine is twice as fast in one minute as
// in the next. Durability is on on both sides.
func BenchmarkQihe(b *testing.B) {
	r := start(b, city.Options{Data: citytest.EmptyFolder(b), Scale: 0.1})
	leader := person(b, r, 1)
	table := bench.NewTable()
	for b.Loop() {
		for _, clients := range []int{1, 32, 128} {
			g := newCrowd(b, r, leader)
			table.Compare(b, fmt.Sprintf("check-in, %d clients", clients), "pgbench",
				func() bench.Measured { return g.checkIn(clients) }, func() bench.Measured { return g.pgbench(clients) })
		}
		d := newDesk(b, r)
		empty := func() bench.Measured { return d.read(d.empty, 32) }
		table.Compare(b, "board top 50", "empty handler", func() bench.Measured { return d.read(d.board, 32) }, empty)
		table.Compare(b, "my rank", "empty handler", func() bench.Measured { return d.read(d.rank, 32) }, empty)
	}
	table.Print()
}

// crowd is a leader with thousands of seats to tap, and pgbench beside it.
type crowd struct {
	b      *testing.B
	r      *city.Running
	cookie string
	client *http.Client
	seats  []object // bodies of claims, each for another person
	next   atomic.Int64
	script string
}

const (
	crowdShifts = 2400
	crowdSeats  = 25 // per shift
)

// newCrowd fills shifts of the leader's team with people, straight into the
// database: signing up is not what is measured.
func newCrowd(b *testing.B, r *city.Running, leader visitor) *crowd {
	b.Helper()
	team := visit.Text(b, leader.get("/api/teams/v1/me"), "memberships", "role=leader", "team_id")
	db := database(b, r, "qihe_tasks")
	task := id.New()
	now := r.Clock.Now()
	exec := func(query string, args ...any) {
		if _, err := db.Exec(query, args...); err != nil {
			b.Fatal(err)
		}
	}
	exec(`INSERT INTO tasks (id, team_id, programme_id, created_by, title, description, place, latitude, longitude, risks, risky, insurance, bring, contact_name, contact_phone, state, created_at, published_at, version)
		SELECT $1, $2, (SELECT min(id::text)::uuid FROM programmes), $2, 'x', '', 'x', 0, 0, 'x', false, '', '', 'x', 'x', 'published', $3, $3, 2`, task, team, now)
	exec(`INSERT INTO shifts (id, task_id, starts_at, ends_at, capacity, taken, key, state, people_served, version)
		SELECT gen_random_uuid(), $1, $2, $2::timestamptz + interval '3 hours', $3, $3, '\x00', 'open', 0, 1 FROM generate_series(1, $4)`, task, now, crowdSeats, crowdShifts)
	exec(`INSERT INTO sign_ups (id, shift_id, volunteer_id, state, signed_up_at, reason, version)
		SELECT gen_random_uuid(), s.id, gen_random_uuid(), 'confirmed', $2, '', 1 FROM shifts s, generate_series(1, $3) WHERE s.task_id = $1`, task, now, crowdSeats)
	exec(`ANALYZE sign_ups, shifts, attendances`)
	g := &crowd{b: b, r: r, cookie: leader.cookie, client: bench.NewClient(), script: writeScript(b, r)}
	rows, err := db.Queryx(`SELECT u.shift_id, u.volunteer_id FROM sign_ups u JOIN shifts s ON s.id = u.shift_id WHERE s.task_id = $1 ORDER BY random()`, task)
	if err != nil {
		b.Fatal(err)
	}
	for rows.Next() {
		var shift, who string
		if err := rows.Scan(&shift, &who); err != nil {
			b.Fatal(err)
		}
		g.seats = append(g.seats, object{"shift_id": shift, "volunteer_id": who, "kind": "in"})
	}
	return g
}

func (g *crowd) checkIn(clients int) bench.Measured {
	return bench.Load(g.b, clients, func() error {
		n := g.next.Add(1) - 1
		if n >= int64(len(g.seats)) {
			return fmt.Errorf("all %d seats are taken; give crowdShifts more", len(g.seats))
		}
		body := g.seats[n]
		body["claim_id"] = id.New()
		raw, err := json.Marshal(body)
		if err != nil {
			return err
		}
		return bench.Ask(g.b.Context(), g.client, http.MethodPost, g.r.URL+"/api/tasks/v1/claims", raw, http.Header{"Cookie": {g.cookie}, "Content-Type": {"application/json"}})
	})
}

// pgbench runs the bare transaction with as many clients for as long.
func (g *crowd) pgbench(clients int) bench.Measured {
	g.b.Helper()
	u, err := url.Parse(g.r.SuperURL())
	if err != nil {
		g.b.Fatal(err)
	}
	password, _ := u.User.Password()
	cmd := exec.Command(findPgbench(g.b), "-n", "-M", "prepared", "-c", strconv.Itoa(clients), "-j", "2", "-T", strconv.Itoa(int(bench.Phase.Seconds())),
		"-f", g.script, "-h", u.Hostname(), "-p", u.Port(), "-U", u.User.Username(), "bench")
	cmd.Env = append(os.Environ(), "PGPASSWORD="+password, "PGSSLMODE=disable")
	out, err := cmd.CombinedOutput()
	if err != nil {
		g.b.Fatalf("pgbench: %v\n%s", err, out)
	}
	found := regexp.MustCompile(`tps = ([\d.]+)`).FindSubmatch(out)
	if found == nil {
		g.b.Fatalf("pgbench said:\n%s", out)
	}
	tps, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		g.b.Fatal(err)
	}
	return bench.Measured{PerSecond: tps}
}

func findPgbench(b *testing.B) string {
	b.Helper()
	if path, err := exec.LookPath("pgbench"); err == nil {
		return path
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench")
	if len(found) == 0 {
		b.Fatal("The comparison needs pgbench. Type: sudo apt-get install postgresql-contrib")
	}
	return found[len(found)-1]
}

// writeScript makes a database with the tables that a check-in touches, and
// the transaction that does the least a check-in can do.
func writeScript(b *testing.B, r *city.Running) string {
	b.Helper()
	super := database(b, r, "postgres")
	if _, err := super.Exec(`DROP DATABASE IF EXISTS bench`); err != nil {
		b.Fatal(err)
	}
	if _, err := super.Exec(`CREATE DATABASE bench`); err != nil {
		b.Fatal(err)
	}
	db := database(b, r, "bench")
	defer func() { _ = db.Close() }()
	if _, err := db.Exec(`
		CREATE TABLE sign_ups (id bigint PRIMARY KEY, volunteer uuid NOT NULL DEFAULT gen_random_uuid());
		INSERT INTO sign_ups SELECT generate_series(1, 200000);
		CREATE TABLE attendances (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), sign_up bigint NOT NULL, at timestamptz NOT NULL);
		CREATE TABLE claims (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), sign_up bigint NOT NULL, method text NOT NULL);
		CREATE TABLE outbox (tx xid8 NOT NULL DEFAULT pg_current_xact_id(), id bigserial, body text NOT NULL, PRIMARY KEY (tx, id));`); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "check_in.sql")
	script := `\set n random(1, 200000)
BEGIN;
SELECT volunteer FROM sign_ups WHERE id = :n FOR UPDATE;
INSERT INTO attendances (sign_up, at) VALUES (:n, now());
INSERT INTO claims (sign_up, method) VALUES (:n, 'tap');
INSERT INTO outbox (body) VALUES ('{"attendance_id":"0190c0de-0000-7000-8000-0000000000aa","state":"open","at":"2026-11-23T00:00:00Z"}');
COMMIT;
`
	if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

func database(b *testing.B, r *city.Running, name string) *sqlx.DB {
	b.Helper()
	u, err := url.Parse(r.SuperURL())
	if err != nil {
		b.Fatal(err)
	}
	u.Path = name
	db, err := sqlx.Connect("postgres", u.String())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	return db
}

// desk reads from the hours service, and from a handler that does nothing.
type desk struct {
	b                  *testing.B
	client             *http.Client
	signer             *auth.Signer
	board, rank, empty string
}

func newDesk(b *testing.B, r *city.Running) *desk {
	b.Helper()
	raw, err := os.ReadFile(r.SigningKeyFile())
	if err != nil {
		b.Fatal(err)
	}
	block, _ := pem.Decode(raw)
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		b.Fatal(err)
	}
	hours := r.ServiceURL("hours") + "/api/hours/v1/boards"
	return &desk{
		b: b, client: bench.NewClient(), signer: auth.NewSigner(key.(ed25519.PrivateKey), r.Clock), empty: emptyHandler(b, r),
		board: hours + "?subject=volunteer&scope=region:4106&period=this-year", rank: hours + "/me?scope=region:4106&period=this-year",
	}
}

// emptyHandler serves nothing, behind the middleware that every service has.
func emptyHandler(b *testing.B, r *city.Running) string {
	b.Helper()
	keys, err := auth.NewRemoteKeys(r.URL, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	s := httpserver.New(httpserver.Config{
		Service: "empty", Log: slog.New(slog.DiscardHandler), Verifier: auth.NewVerifier(keys, r.Clock),
		Ready: func(context.Context) error { return nil },
	})
	s.GET("/empty", func(c echo.Context) error { return c.JSONBlob(http.StatusOK, []byte(`{}`)) })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = s.Serve(b.Context(), listener) }()
	return "http://" + listener.Addr().String() + "/empty"
}

func (d *desk) read(address string, clients int) bench.Measured {
	token, err := d.signer.Token(auth.Principal{VolunteerID: id.New()})
	if err != nil {
		d.b.Fatal(err)
	}
	header := http.Header{"Authorization": {"Bearer " + token}}
	return bench.Load(d.b, clients, func() error { return bench.Ask(d.b.Context(), d.client, http.MethodGet, address, nil, header) })
}
