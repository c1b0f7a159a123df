// Package standby is what an operator does with a primary and its standby.
//
// The primary answers a commit when the standby has it on its disk, so what was
// acknowledged is on two, and either may be lost. Nobody decides by itself which
// of the two is the primary: with two machines, none can tell whether the other
// is dead or only out of reach, and two that both decide have two truths. So
// there are four acts for a person:
//
//	look       what both say of themselves
//	promote    the primary is gone: the standby becomes it, and goes on alone
//	alone      the standby is gone: commits do not wait for it any more
//	together   a standby follows: commits wait for it
//
// While the standby is gone and nobody has said alone, commits wait. That is
// what keeps a primary that was given up from acknowledging anything: the one it
// waits for is its successor. Who is alone has no such fence and must never be
// succeeded (docs/high-availability.md).
package standby

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	_ "github.com/qihe-volunteers/qihe/shared/postgres" // the driver
)

// Prefix begins the name of each server that may be waited for; a backup that
// is being taken has another.
const Prefix = "qihe_"

// Server is what a server says of itself, or why it says nothing.
type Server struct {
	Host      string
	Away      error
	Standby   bool
	Position  string    // of the log: what a primary has written, what a standby has on its disk
	Heard     time.Time // standby: when the last commit that it knows was made
	WaitsFor  string    // primary: for whom commits wait; empty: alone
	Following []string  // primary: who follows, with the state
}

// Promote's and the others' refusals.
var (
	ErrNoStandby  = errors.New("没有可以接替的备库：两台都没有应答，或者没有一台是备库 · there is no standby that answers")
	ErrPrimary    = errors.New("主库还在应答：先停掉它，再提升备库 · the primary still answers: stop it first")
	ErrNoPrimary  = errors.New("没有主库应答 · no primary answers")
	ErrTwo        = errors.New("两台都说自己是主库：停掉旧的那一台 · both say that they are the primary: stop the former one")
	errAddress    = errors.New("地址写错了，要像 postgres://用户:密码@主机:5432/postgres · the address cannot be read: write postgres://user:password@host:5432/postgres")
	ErrNoFollower = errors.New("没有备库跟随主库，或者还没有跟上 · no standby follows the primary, or it has not caught up")
)

// Look asks the servers at the superuser's addresses, all at once.
func Look(ctx context.Context, addresses []string) []Server {
	servers := make([]Server, len(addresses))
	var all sync.WaitGroup
	for i, address := range addresses {
		all.Go(func() { servers[i] = look(ctx, address) })
	}
	all.Wait()
	return servers
}

// Promote makes the standby the primary, which then waits for nobody, and
// returns when it takes writes. It refuses while a primary answers.
func Promote(ctx context.Context, addresses []string) error {
	found := -1
	for i, s := range Look(ctx, addresses) {
		switch {
		case s.Away == nil && !s.Standby:
			return ErrPrimary
		case s.Away == nil:
			found = i
		}
	}
	if found < 0 {
		return ErrNoStandby
	}
	return on(ctx, addresses[found], func(db *sql.DB) error {
		if err := waitFor(ctx, db, ""); err != nil { // or it would wait for itself
			return err
		}
		var promoted bool
		if err := db.QueryRowContext(ctx, `SELECT pg_promote(true, 60)`).Scan(&promoted); err != nil {
			return fmt.Errorf("promote: %w", err)
		}
		if !promoted {
			return errors.New("promote: the standby did not become the primary within a minute")
		}
		return nil
	})
}

// Alone lets the primary answer commits that are on its disk only.
func Alone(ctx context.Context, addresses []string) error {
	return onPrimary(ctx, addresses, func(db *sql.DB) error { return waitFor(ctx, db, "") })
}

// Together lets commits wait for the standby that follows, and returns when
// they do. It refuses a standby that has not caught up: everybody would wait.
func Together(ctx context.Context, addresses []string) error {
	return onPrimary(ctx, addresses, func(db *sql.DB) error {
		const caughtUp = `
			SELECT application_name
			FROM pg_stat_replication
			WHERE application_name LIKE $1 AND state = 'streaming' AND pg_current_wal_flush_lsn() - flush_lsn < 16 * 1024 * 1024
			ORDER BY application_name
			LIMIT 1`
		const together = `SELECT EXISTS (SELECT FROM pg_stat_replication WHERE application_name = $1 AND sync_state = 'sync')`

		var name string
		err := db.QueryRowContext(ctx, caughtUp, strings.ReplaceAll(Prefix, "_", `\_`)+"%").Scan(&name)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNoFollower
		}
		if err != nil {
			return fmt.Errorf("look for the standby: %w", err)
		}
		if err := waitFor(ctx, db, name); err != nil {
			return err
		}
		for {
			var done bool
			if err := db.QueryRowContext(ctx, together, name).Scan(&done); err != nil || done {
				return err
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(50 * time.Millisecond):
			}
		}
	})
}

func waitFor(ctx context.Context, db *sql.DB, name string) error {
	if strings.ContainsAny(name, `'"\,*() `) {
		return fmt.Errorf("%q cannot name a standby", name)
	}
	for _, step := range []string{"ALTER SYSTEM SET synchronous_standby_names = '" + name + "'", "SELECT pg_reload_conf()"} {
		if _, err := db.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("say for whom commits wait: %w", err)
		}
	}
	return nil
}

func onPrimary(ctx context.Context, addresses []string, do func(db *sql.DB) error) error {
	found := -1
	for i, s := range Look(ctx, addresses) {
		if s.Away == nil && !s.Standby {
			if found >= 0 {
				return ErrTwo
			}
			found = i
		}
	}
	if found < 0 {
		return ErrNoPrimary
	}
	return on(ctx, addresses[found], do)
}
