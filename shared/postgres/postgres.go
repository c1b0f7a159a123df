// Package postgres opens a service's own database and runs transactions in it.
//
// It is the only package that knows the driver. Every write happens inside
// InTx: lib/pq silently repeats a statement outside a transaction when the
// server's reply is lost (docs/adr), so a bare Exec could write twice.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
)

// Querier is what a store function needs: the transaction it runs in.
type Querier interface {
	sqlx.ExtContext
	sqlx.PreparerContext
}

// DB is a pool of connections to one service's database.
type DB struct {
	db       *sqlx.DB
	pair     *pair // nil: there is one server
	prepared *prepared

	mu        sync.RWMutex
	committed []func()
}

// Open connects to url as the service's run-time role and checks that the
// database answers. maxConns bounds the pool; 0 means 32. url may be the
// addresses of a primary and its standby, in any order, with a comma between;
// then all connections are to whichever is the primary.
func Open(ctx context.Context, url string, maxConns int) (*DB, error) {
	if maxConns == 0 {
		maxConns = 32
	}
	if url == "" { // the driver would try this computer
		return nil, errors.New("open database: its address is not set")
	}
	db, servers, err := open(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db.SetMaxOpenConns(maxConns)
	db.SetMaxIdleConns(maxConns) // the driver's default of 2 reconnects under load: three times slower
	db.SetConnMaxLifetime(5 * time.Minute)
	db.SetConnMaxIdleTime(time.Minute)
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("connect to database: %w", withoutAddress(err))
	}
	opened := &DB{db: db, pair: servers, prepared: newPrepared(db)}
	pools.add(opened, url)
	return opened, nil
}

func open(ctx context.Context, url string) (*sqlx.DB, *pair, error) {
	addresses := Split(url)
	if len(addresses) == 1 {
		db, err := sqlx.Open("postgres", url)
		return db, nil, err
	}
	servers, err := newPair(ctx, addresses)
	if err != nil {
		return nil, nil, err
	}
	return sqlx.NewDb(sql.OpenDB(servers), "postgres"), servers, nil
}

// Close closes the pool.
func (d *DB) Close() error {
	pools.remove(d)
	d.prepared.close()
	return d.db.Close()
}

// Ping returns nil when the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.db.PingContext(ctx) }

// OnCommit registers f to be called after every successful InTx. It must
// return at once: the outbox relay and the boards use it to wake up.
func (d *DB) OnCommit(f func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.committed = append(d.committed, f)
}

// InTx runs f in a READ COMMITTED transaction, commits if f returns nil and
// rolls back otherwise. f's error is returned as it is.
func (d *DB) InTx(ctx context.Context, f func(q Querier) error) error {
	if err := d.run(ctx, nil, f); err != nil {
		return err
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	for _, wake := range d.committed {
		wake()
	}
	return nil
}

// InSnapshot runs f in a read-only REPEATABLE READ transaction: all its
// queries see the database as of one moment.
func (d *DB) InSnapshot(ctx context.Context, f func(q Querier) error) error {
	return d.run(ctx, snapshot, f)
}

// Read runs f on connections of the pool, without a transaction: its queries
// may each see another moment. f must only read; ExecContext is refused.
func (d *DB) Read(_ context.Context, f func(q Querier) error) error {
	return f(reader{d.db, d.prepared})
}
