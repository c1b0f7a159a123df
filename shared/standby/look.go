package standby

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"time"
)

// answerIn is how long a server may take to say what it is. A machine that is
// halted takes connections and says nothing.
const answerIn = 3 * time.Second

func look(ctx context.Context, address string) Server {
	s := Server{Host: "?"}
	if u, err := url.Parse(address); err == nil {
		s.Host = u.Host
	}
	ctx, cancel := context.WithTimeout(ctx, answerIn)
	defer cancel()
	answered := make(chan Server, 1)
	go func() { // the driver waits for a server that is halted whatever ctx says
		asked := s
		asked.Away = on(ctx, address, func(db *sql.DB) error { return asked.ask(ctx, db) })
		answered <- asked
	}()
	select {
	case asked := <-answered:
		return asked
	case <-ctx.Done():
		s.Away = fmt.Errorf("no answer within %s", answerIn)
		return s
	}
}

func (s *Server) ask(ctx context.Context, db *sql.DB) error {
	const query = `
		SELECT pg_is_in_recovery(),
		       (CASE WHEN pg_is_in_recovery() THEN coalesce(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) ELSE pg_current_wal_flush_lsn() END)::text,
		       CASE WHEN pg_is_in_recovery() THEN pg_last_xact_replay_timestamp() END,
		       current_setting('synchronous_standby_names')`
	const following = `SELECT application_name || ' ' || state || ' ' || sync_state FROM pg_stat_replication ORDER BY application_name`

	var heard sql.NullTime
	if err := db.QueryRowContext(ctx, query).Scan(&s.Standby, &s.Position, &heard, &s.WaitsFor); err != nil {
		return fmt.Errorf("ask what it is: %w", err)
	}
	s.Heard = heard.Time
	rows, err := db.QueryContext(ctx, following)
	if err != nil {
		return fmt.Errorf("ask who follows: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var who string
		if err := rows.Scan(&who); err != nil {
			return err
		}
		s.Following = append(s.Following, who)
	}
	return rows.Err()
}

func on(ctx context.Context, address string, do func(db *sql.DB) error) error {
	u, err := url.Parse(address)
	if err != nil {
		return errAddress // not err: it holds the address, and that the password
	}
	q := u.Query()
	q.Set("connect_timeout", "3")
	u.RawQuery = q.Encode()
	db, err := sql.Open("postgres", u.String())
	if err != nil {
		return errAddress
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	if err := db.PingContext(ctx); err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	return do(db)
}
