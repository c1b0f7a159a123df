package app_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/standby"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgpair"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// Fifty people a second check in while the machine with the primary dies, or is
// halted; the standby is promoted as the page for the operator says, and a new
// one is made. Phones send again, with the same claim id, until they are
// answered. Who was answered is checked in, once. The control does not wait for the standby.
func TestPrimaryLost(t *testing.T) {
	t.Parallel()
	p := pgpair.Start(t)
	ownerURL, runURL := p.Service("tasks")
	if err := postgres.Migrate(t.Context(), ownerURL, allMigrations()...); err != nil {
		t.Fatal(err)
	}
	db, err := postgres.Open(t.Context(), runURL, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	g := &gateway{town: newTownIn(t, &pgtest.DB{DB: db}), pair: p, run: runURL}
	g.givenPeople(chaos.Times(3000, 30_000)) // fifty come a second, and there must be somebody to the end

	stop := g.open(50)
	var slowest time.Duration
	switches := chaos.Times(2, 20)
	for n := range switches {
		g.more(40)
		lost, began := p.Primary, time.Now()
		wake := func() {}
		if n%2 == 0 {
			p.Kill(lost)
		} else {
			wake = p.Halt(lost)
		}
		p.Promote()
		g.more(1)
		slowest = max(slowest, time.Since(began))
		wake()
		if n == 1 {
			g.fenced(lost)
		}
		p.Follow()
	}
	g.more(40)
	stop()
	there, twice := g.there()
	missing := 0
	for _, v := range g.answered() {
		if !there[v] {
			missing++
		}
	}
	if missing > 0 || twice > 0 {
		t.Errorf("of %d answered check-ins %d are lost, %d are there twice", len(g.answered()), missing, twice)
	}
	if longest := 30 * time.Second; slowest > longest {
		t.Errorf("check-ins went on %s after the primary was lost, want at most %s", slowest, longest)
	}
	chaos.Promise(t, "B7", "the primary killed or halted under 50 check-ins a second: no answered one is lost, and they go on within 30 s",
		"%d switches, %d check-ins answered, %d lost, %d twice; they went on %s later at most", switches, len(g.answered()), missing, twice, slowest.Round(100*time.Millisecond))
	g.patient()
	g.control()
}

// gateway is a gate at which people check in through a service with two servers.
type gateway struct {
	*town
	pair   *pgpair.Pair
	run    string // the addresses of both
	shift  app.ShiftView
	people []string

	mu   sync.Mutex
	next int
	done []string // who was answered
}

func (g *gateway) givenPeople(n int) {
	g.shift = g.givenShift(nil)
	g.clock.Leap(30 * time.Minute)
	g.must(g.as1(g.pair.Primary, func(db *sqlx.DB) error {
		return db.Select(&g.people, `
			INSERT INTO sign_ups (id, shift_id, volunteer_id, state, signed_up_at, reason, version)
			SELECT gen_random_uuid(), $1, gen_random_uuid(), 'confirmed', $2, '', 1
			FROM generate_series(1, $3)
			RETURNING volunteer_id`, g.shift.ID, g.clock.Now(), n)
	}))
}

// open lets people come, so many a second, until stop is called.
func (g *gateway) open(perSecond int) (stop func()) {
	ctx, cancel := context.WithCancel(g.t.Context())
	var all sync.WaitGroup
	all.Go(func() {
		tick := time.NewTicker(time.Second / time.Duration(perSecond))
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				all.Go(func() { g.checkIn(ctx) })
			}
		}
	})
	g.t.Cleanup(cancel)
	return func() { cancel(); all.Wait() }
}

// checkIn is one person's, sent again until there is an answer.
func (g *gateway) checkIn(ctx context.Context) {
	g.mu.Lock()
	if g.next == len(g.people) {
		g.mu.Unlock()
		return
	}
	who := g.people[g.next]
	g.next++
	g.mu.Unlock()
	claim := app.NewClaim{ClaimID: id.New(), ShiftID: g.shift.ID, Kind: domain.ClaimIn, VolunteerID: who}
	for ctx.Err() == nil {
		once, cancel := context.WithTimeout(g.as(g.leader), 5*time.Second) // what a phone waits
		_, err := g.CreateClaim(once, claim)
		cancel()
		if err == nil {
			g.mu.Lock()
			g.done = append(g.done, who)
			g.mu.Unlock()
			return
		}
		<-time.After(200 * time.Millisecond)
	}
}

func (g *gateway) answered() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.done
}

// more waits until so many more were answered.
func (g *gateway) more(n int) {
	g.t.Helper()
	before := len(g.answered())
	wait.Until(g.t, "check-ins to be answered", func() bool { return len(g.answered()) >= before+n })
}

// fenced looks whether a former primary that goes on can answer a commit.
func (g *gateway) fenced(place int) {
	g.t.Helper()
	committed := make(chan error, 1)
	go func() {
		committed <- g.as1(place, func(db *sqlx.DB) error {
			_, err := db.Exec(`CREATE TABLE former AS SELECT 1 AS one`)
			return err
		})
	}()
	wait.Until(g.t, "the former primary to wait for its standby", func() bool {
		var waits bool
		g.must(g.as1(place, func(db *sqlx.DB) error {
			return db.Get(&waits, `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE TABLE former%' AND wait_event = 'SyncRep')`)
		}))
		return waits
	})
	select {
	case err := <-committed:
		g.t.Errorf("the former primary answers a commit: %v", err)
	default:
	}
	g.must(standby.Alone(g.t.Context(), []string{g.pair.Super(place)}))
	select {
	case err := <-committed: // control: nothing else holds it up
		g.must(err)
	case <-time.After(20 * time.Second):
		g.t.Error("control: without a standby to wait for the former primary does not commit: the test above proves nothing")
	}
}

// patient looks whether a commit that waits for the standby stays unseen when
// whoever asked for it leaves: a phone that asks again must not be answered by
// what is on one disk. The control is a transaction as database/sql makes it.
func (g *gateway) patient() {
	g.t.Helper()
	exec := func(query string) {
		g.t.Helper()
		g.must(g.as1(g.pair.Primary, func(db *sqlx.DB) error { _, err := db.Exec(query); return err }))
	}
	exec(`CREATE TABLE left_behind (who text NOT NULL)`)
	exec(`GRANT INSERT ON left_behind TO tasks`)
	g.pair.Stop(1 - g.pair.Primary)
	seen := func(who string, leave func(ctx context.Context) error) (n int) {
		ctx, cancel := context.WithCancel(g.t.Context())
		ended := make(chan error, 1)
		go func() { ended <- leave(ctx) }()
		g.waits(1)
		cancel()
		if who == "ours" { // nothing is sent that could end it
			g.waits(1)
		} else {
			<-ended
		}
		g.must(g.as1(g.pair.Primary, func(db *sqlx.DB) error {
			return db.Get(&n, `SELECT count(*) FROM left_behind WHERE who = $1`, who)
		}))
		return n
	}
	const insert = `INSERT INTO left_behind (who) VALUES ('%s')`
	run, err := postgres.Primary(g.t.Context(), g.run)
	g.must(err)
	bare, err := sqlx.Open("postgres", run)
	g.must(err)
	defer func() { _ = bare.Close() }()
	if n := seen("theirs", func(ctx context.Context) error {
		tx, err := bare.BeginTxx(ctx, nil)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(insert, "theirs")); err != nil {
			return err
		}
		return tx.Commit()
	}); n != 1 {
		g.t.Error("control: a commit that is cancelled is not seen: the test proves nothing")
	}
	if n := seen("ours", func(ctx context.Context) error {
		return g.db.InTx(ctx, func(q postgres.Querier) error {
			_, err := q.ExecContext(ctx, fmt.Sprintf(insert, "ours"))
			return err
		})
	}); n != 0 {
		g.t.Error("a commit whose asker has left is seen, and is on one disk")
	}
	g.pair.Again(1 - g.pair.Primary)
}

// waits waits until so many commits at the primary wait for its standby.
func (g *gateway) waits(n int) {
	g.t.Helper()
	wait.Until(g.t, "a commit to wait for the standby", func() bool {
		var waiting int
		g.must(g.as1(g.pair.Primary, func(db *sqlx.DB) error {
			return db.Get(&waiting, `SELECT count(*) FROM pg_stat_activity WHERE usename = 'tasks' AND wait_event = 'SyncRep'`)
		}))
		return waiting == n
	})
}

// control is the same without waiting for the standby: what was answered while it was away is lost.
func (g *gateway) control() {
	g.t.Helper()
	g.must(standby.Alone(g.t.Context(), g.pair.URLs()))
	before := len(g.answered())
	g.pair.Stop(1 - g.pair.Primary)
	stop := g.open(50)
	g.more(20)
	stop()
	g.pair.Kill(g.pair.Primary)
	g.pair.Again(1 - g.pair.Primary)
	g.pair.Promote()
	there, _ := g.there()
	lost := 0
	for _, v := range g.answered()[before:] {
		if !there[v] {
			lost++
		}
	}
	if lost == 0 {
		g.t.Error("control: nothing is lost although nobody waited for the standby: the test above proves nothing")
	}
	chaos.Promise(g.t, "B7", "control: commits that do not wait for the standby", "%d of %d answered check-ins lost", lost, len(g.answered())-before)
}

// there returns who is checked in at the primary, and how many twice.
func (g *gateway) there() (checkedIn map[string]bool, twice int) {
	g.t.Helper()
	var all []string
	g.must(g.as1(g.pair.Primary, func(db *sqlx.DB) error {
		return db.Select(&all, `SELECT volunteer_id FROM attendances`)
	}))
	checkedIn = map[string]bool{}
	for _, v := range all {
		checkedIn[v] = true
	}
	return checkedIn, len(all) - len(checkedIn)
}

// as1 lends the service's database at one place, as the superuser.
func (g *gateway) as1(place int, f func(db *sqlx.DB) error) error {
	db, err := sqlx.Open("postgres", strings.Replace(g.pair.Super(place), "/postgres?", "/qihe_tasks?", 1))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return f(db)
}
