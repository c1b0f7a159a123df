package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// A database may be kept by two servers: one that writes, the primary, and one
// that has each commit before it is answered, its standby (docs/high-availability.md).
// The address is then that of both, with a comma between, as NATS has it.
//
// Every second both are asked what they are. The primary is the one that says
// so; of two that say so it is the one of the higher timeline: a server that is
// promoted begins a new one, and whoever was primary before stays on the old,
// also when it was only halted and wakes up. Another on the same timeline is a copy
// that somebody started by mistake: it is never asked while we know whom it was. When the primary is another than
// before, all connections to the former one are closed, whatever waits on them:
// a server that is halted would never answer, and one that has lost its standby
// must not. So nothing of a pool, no session and no statement that is under way
// has to find out by itself.
type pair struct {
	sides []*side
	stop  context.CancelFunc
	done  chan struct{}

	mu      sync.Mutex
	primary *side           // nil: none has been found
	newest  int64           // timeline of a primary; nobody of an older one is asked any more
	lines   map[*line]*side // all connections to either
	written int64           // where the primary was when it was asked last
	copies  int             // how many have what is committed
}

// side is one of the two servers.
type side struct {
	work *pq.Connector
	ask  *sqlx.DB // never more than one connection, on which silence is an error
}

// state is what a server says of itself.
type state struct {
	Standby  bool  `db:"standby"`
	Timeline int64 `db:"timeline"`
	Position int64 `db:"position"` // of the log: what a primary has written, what a standby has received
	Waits    bool  `db:"waits"`    // a commit waits for the standby
}

const (
	askEvery  = time.Second
	askWithin = 2 * time.Second
	dialIn    = 5 * time.Second
)

var errNoPrimary = errors.New("none of the database's servers is the primary")

// Split returns the addresses of which a database's address is made. A password
// may hold a comma.
func Split(address string) (all []string) {
	for part := range strings.SplitSeq(address, ",") {
		fresh := strings.TrimSpace(part)
		if len(all) == 0 || strings.HasPrefix(fresh, "postgres://") || strings.HasPrefix(fresh, "postgresql://") {
			all = append(all, fresh)
		} else {
			all[len(all)-1] += "," + part
		}
	}
	return all
}

// withoutAddress takes the address out of an error about it: there may be a password in it.
func withoutAddress(err error) error {
	var about *url.Error
	if errors.As(err, &about) {
		return about.Err
	}
	return err
}

// newPair asks both servers and returns when it knows which is the primary.
func newPair(ctx context.Context, addresses []string) (*pair, error) {
	p := &pair{done: make(chan struct{}), lines: map[*line]*side{}, copies: 1}
	for _, address := range addresses {
		cfg, err := pq.NewConfig(address)
		if err != nil {
			return nil, fmt.Errorf("read address of database: %w", withoutAddress(err))
		}
		cfg.ConnectTimeout = dialIn
		s := &side{}
		if s.work, err = pq.NewConnectorConfig(cfg); err != nil {
			return nil, err
		}
		s.work.Dialer(dialer{to: func(l *line) error { return p.add(l, s) }, leave: p.remove})
		cfg.ConnectTimeout = askWithin
		asking, err := pq.NewConnectorConfig(cfg)
		if err != nil {
			return nil, err
		}
		asking.Dialer(dialer{silence: askWithin})
		s.ask = sqlx.NewDb(sql.OpenDB(asking), "postgres")
		s.ask.SetMaxOpenConns(1)
		p.sides = append(p.sides, s)
	}
	if err := p.look(ctx); err != nil {
		p.closeAsking()
		return nil, err
	}
	watch, stop := context.WithCancel(context.WithoutCancel(ctx))
	p.stop = stop
	go p.watch(watch)
	return p, nil
}

// Connect opens a connection to the primary, for the pool.
func (p *pair) Connect(ctx context.Context) (driver.Conn, error) {
	p.mu.Lock()
	primary := p.primary
	p.mu.Unlock()
	if primary == nil {
		return nil, errNoPrimary
	}
	return primary.work.Connect(ctx)
}

// Driver is the pool's question for what it never uses.
func (p *pair) Driver() driver.Driver { return &pq.Driver{} }

// Close ends the asking. The pool calls it.
func (p *pair) Close() error {
	p.stop()
	<-p.done
	p.closeAsking()
	return nil
}

func (p *pair) closeAsking() {
	for _, s := range p.sides {
		_ = s.ask.Close()
	}
}

func (p *pair) watch(ctx context.Context) {
	defer close(p.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(askEvery):
		}
		_ = p.look(ctx) // whoever wants a connection says what is wrong
	}
}

// look asks all servers at once and notes which is the primary.
func (p *pair) look(ctx context.Context) error {
	said, errs := make([]*state, len(p.sides)), make([]error, len(p.sides))
	var all sync.WaitGroup
	for i, s := range p.sides {
		all.Go(func() { said[i], errs[i] = s.say(ctx) })
	}
	all.Wait()
	p.judge(said)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.primary == nil {
		return errors.Join(append([]error{errNoPrimary}, errs...)...)
	}
	return nil
}

func (s *side) say(ctx context.Context) (*state, error) {
	const query = `
		SELECT pg_is_in_recovery() AS standby,
		       CASE WHEN pg_is_in_recovery() THEN 0
		            ELSE ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::bigint END AS timeline,
		       (CASE WHEN pg_is_in_recovery() THEN coalesce(pg_last_wal_receive_lsn(), '0/0')
		             ELSE pg_current_wal_flush_lsn() END - '0/0')::bigint AS position,
		       current_setting('synchronous_standby_names') <> '' AS waits`

	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	var said state
	if err := s.ask.GetContext(ctx, &said, query); err != nil {
		return nil, fmt.Errorf("ask a database server what it is: %w", err)
	}
	return &said, nil
}

// judge decides from what was said, nil for who said nothing.
func (p *pair) judge(said []*state) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var primary *state
	was := p.primary
	for i, s := range said {
		switch {
		case s == nil:
		case s.Standby && p.sides[i] == p.primary: // it was started again as the other's standby
			p.primary = nil
		case !s.Standby && (s.Timeline > p.newest || s.Timeline == p.newest && (p.sides[i] == was || was == nil && primary == nil)):
			p.primary, primary, p.newest = p.sides[i], s, s.Timeline
		}
	}
	for l, s := range p.lines {
		if s != p.primary {
			_ = l.Conn.Close()
		}
	}
	p.count(primary, said)
}

// count notes how many have what is committed: a standby counts when commits
// wait for it and it has what the primary had a look ago.
func (p *pair) count(primary *state, said []*state) {
	p.copies = 1
	if primary == nil {
		return
	}
	for _, s := range said {
		if s != nil && s.Standby && primary.Waits && s.Position >= p.written {
			p.copies++
		}
	}
	p.written = primary.Position
}

func (p *pair) add(l *line, to *side) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if to != p.primary {
		return errNoPrimary // it was, when the connection was asked for
	}
	p.lines[l] = to
	return nil
}

func (p *pair) remove(l *line) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.lines, l)
}

// Primary returns the one of a database's addresses at which the primary
// answers now. Of a database with one server it is the address.
func Primary(ctx context.Context, address string) (string, error) {
	addresses := Split(address)
	if len(addresses) == 1 {
		return address, nil
	}
	p, err := newPair(ctx, addresses)
	if err != nil {
		return "", err
	}
	defer func() { _ = p.Close() }()
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, s := range p.sides {
		if s == p.primary {
			return addresses[i], nil
		}
	}
	return "", errNoPrimary
}
