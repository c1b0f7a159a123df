package postgres

import (
	"context"
	"database/sql"
	"strings"
	"sync"

	"github.com/jmoiron/sqlx"
)

// Statements are prepared by themselves.
//
// A statement with arguments costs two round trips and a plan each time it is
// sent as text. So the first time one is seen it is sent as text, and prepared
// in the background; from then on every transaction uses the prepared one. It
// is never prepared from inside a transaction: that takes a second connection
// of the pool, and a pool full of transactions that wait for one would wait
// for ever.
type prepared struct {
	db   *sqlx.DB
	seen chan string
	stop context.CancelFunc
	done chan struct{}

	mu         sync.RWMutex
	statements map[string]*sqlx.Stmt
}

// Anew begins a statement that is planned each time it runs. A plan that is kept
// knows nothing of its arguments: near a village or for a rare word it would be
// the wrong one, and the planner believes the kept one cheaper.
const Anew = "/* anew */"

// maxPrepared bounds what is kept per connection; lists with many optional
// conditions make many statements.
const maxPrepared = 256

func newPrepared(db *sqlx.DB) *prepared {
	ctx, stop := context.WithCancel(context.Background())
	p := &prepared{db: db, seen: make(chan string, 64), stop: stop, done: make(chan struct{}), statements: map[string]*sqlx.Stmt{}}
	go p.run(ctx)
	return p
}

// find returns the prepared statement, or nil: then send it as text this time.
func (p *prepared) find(query string) *sqlx.Stmt {
	if strings.HasPrefix(query, Anew) {
		return nil
	}
	p.mu.RLock()
	statement, full := p.statements[query], len(p.statements) >= maxPrepared
	p.mu.RUnlock()
	if statement == nil && !full {
		select {
		case p.seen <- query:
		default: // many are waiting; it will be seen again
		}
	}
	return statement
}

func (p *prepared) run(ctx context.Context) {
	defer close(p.done)
	for {
		select {
		case query := <-p.seen:
			p.prepare(ctx, query)
		case <-ctx.Done():
			return
		}
	}
}

func (p *prepared) prepare(ctx context.Context, query string) {
	p.mu.RLock()
	known := p.statements[query] != nil
	p.mu.RUnlock()
	if known {
		return
	}
	statement, err := p.db.PreparexContext(ctx, query)
	if err != nil {
		return // as text it says what is wrong with it
	}
	p.mu.Lock()
	p.statements[query] = statement
	p.mu.Unlock()
}

// close ends the preparing. The statements go with their connections: to close
// one by one would wait for whoever is using the connection.
func (p *prepared) close() {
	p.stop()
	<-p.done
}

// transaction is a Querier that uses prepared statements where there are any.
type transaction struct {
	*sqlx.Tx
	prepared *prepared
}

func (t transaction) find(ctx context.Context, query string, args []any) *sqlx.Stmt {
	if len(args) == 0 { // rare or several statements in one text
		return nil
	}
	if statement := t.prepared.find(query); statement != nil {
		return t.StmtxContext(ctx, statement)
	}
	return nil
}

func (t transaction) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if statement := t.find(ctx, query, args); statement != nil {
		return statement.ExecContext(ctx, args...)
	}
	return t.Tx.ExecContext(ctx, query, args...)
}

func (t transaction) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if statement := t.find(ctx, query, args); statement != nil {
		return statement.QueryContext(ctx, args...)
	}
	return t.Tx.QueryContext(ctx, query, args...)
}

func (t transaction) QueryxContext(ctx context.Context, query string, args ...any) (*sqlx.Rows, error) {
	if statement := t.find(ctx, query, args); statement != nil {
		return statement.QueryxContext(ctx, args...)
	}
	return t.Tx.QueryxContext(ctx, query, args...)
}

func (t transaction) QueryRowxContext(ctx context.Context, query string, args ...any) *sqlx.Row {
	if statement := t.find(ctx, query, args); statement != nil {
		return statement.QueryRowxContext(ctx, args...)
	}
	return t.Tx.QueryRowxContext(ctx, query, args...)
}
