package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
)

// sessionsCommand is what the playbooks ask of PostgreSQL, for who has no psql: the one
// that the program brings has none, and its port and password are new in each folder.
type sessionsCommand struct {
	List listSessions `cmd:"" default:"withargs" help:"列出开着事务的连接，和谁在等谁 Those with a transaction open for longer than a second, and who waits for whom."`
	End  endSessions  `cmd:"" help:"断开一个；它没提交的都作废 End one; what it has not committed is undone."`
}

type listSessions struct {
	Data string `env:"QIHE_DATA" help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
}

// Run lists who has a transaction open, the oldest first.
func (c listSessions) Run(ctx context.Context) error {
	return within(ctx, c.Data, func(s *site.Site) error { return tellSessions(ctx, s, os.Stdout, 0) })
}

// errNoSession is told to who would end what is not there.
var errNoSession = errors.New("没有这个连接，先看 standalone sessions\nThere is no such session; look at standalone sessions first")

// tellSessions shows one session, or for 0 all of them. Only client sessions are shown:
// a copy of the database (a standby, a backup) is nobody's mistake.
func tellSessions(ctx context.Context, s *site.Site, out io.Writer, pid int) error {
	db, err := s.Reach("teams") // any: the view is the server's
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	const query = `
		SELECT pid, coalesce(datname, ''), coalesce(usename, ''), coalesce(state, ''), extract(epoch FROM clock_timestamp() - xact_start)::bigint,
			array_to_string(pg_blocking_pids(pid), ' '), left(regexp_replace(query, '\s+', ' ', 'g'), 80)
		FROM pg_stat_activity
		WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
			AND CASE WHEN $1 = 0 THEN xact_start < clock_timestamp() - interval '1 second' ELSE pid = $1 END
		ORDER BY xact_start`
	rows, err := db.QueryContext(ctx, query, pid)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "PID\t数据库 database\t谁 who\t多久 open for\t在做 state\t在等 waits for\t语句 statement")
	found := false
	for rows.Next() {
		var (
			one                                int
			database, who, state, waits, query string
			seconds                            *int64 // none outside a transaction
		)
		if err := rows.Scan(&one, &database, &who, &state, &seconds, &waits, &query); err != nil {
			return err
		}
		open := "-"
		if seconds != nil {
			open = (time.Duration(*seconds) * time.Second).String()
		}
		_, _ = fmt.Fprintln(table, strings.Join([]string{fmt.Sprint(one), database, who, open, state, waits, query}, "\t"))
		found = true
	}
	switch {
	case rows.Err() != nil:
		return rows.Err()
	case found:
		return table.Flush()
	case pid != 0:
		return errNoSession
	}
	_, _ = fmt.Fprintln(out, "没有开着超过一秒的事务。 No transaction has been open for longer than a second.")
	return nil
}

type endSessions struct {
	PID  int    `arg:"" name:"pid" help:"编号，见列表 Its number in the list."`
	Data string `env:"QIHE_DATA" help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
	Yes  bool   `help:"真的做；不加只说要做什么 Do it; without, it only says what would be done."`
}

// Run ends a session. Services make a new connection and try again.
func (c endSessions) Run(ctx context.Context) error {
	return within(ctx, c.Data, func(s *site.Site) error { return c.end(ctx, s, os.Stdout) })
}

func (c endSessions) end(ctx context.Context, s *site.Site, out io.Writer) error {
	if c.PID <= 0 {
		return errNoSession
	}
	if err := tellSessions(ctx, s, out, c.PID); err != nil {
		return err
	}
	if !c.Yes {
		_, _ = fmt.Fprintln(out, onlyShown)
		return nil
	}
	db, err := s.Reach("teams")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	const query = `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE pid = $1 AND backend_type = 'client backend'`
	var ended bool
	if err := db.QueryRowContext(ctx, query, c.PID).Scan(&ended); err != nil {
		return fmt.Errorf("%w: %w", errNoSession, err)
	}
	if !ended {
		return fmt.Errorf("十秒里没有断开 It has not ended within ten seconds: %d", c.PID)
	}
	_, _ = fmt.Fprintln(out, "断开了。 It has ended.")
	return nil
}
