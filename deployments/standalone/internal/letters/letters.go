// Package letters shows the events that a consumer has given up, and asks for them
// to be tried again. The consumer itself does that, with its own code and in its own
// transaction; here only the wish is written down.
package letters

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Letter is an event that was given up.
type Letter struct {
	ID       string
	Service  string
	Consumer string
	Subject  string
	Error    string
	Attempts int
	DiedAt   time.Time
	Asked    bool   // to be tried again
	Done     bool   // it was, and worked
	Body     []byte // as it was told
}

// ErrNone says that no letter has the id.
var ErrNone = errors.New("没有这封信，编号看 deadletters list\nThere is no such letter: deadletters list shows their ids")

const columns = `id, consumer, subject, error, attempts, died_at, asked_at IS NOT NULL, redriven_at IS NOT NULL, body`

// List returns those that are still to be looked at, the oldest first of each service.
func List(ctx context.Context, s *site.Site) ([]Letter, error) {
	var all []Letter
	for _, service := range site.Services {
		found, err := read(ctx, s, service, `SELECT `+columns+` FROM dead_letters WHERE redriven_at IS NULL ORDER BY died_at, id`)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// Find returns the letter of that id, or ErrNone.
func Find(ctx context.Context, s *site.Site, letterID string) (Letter, error) {
	for _, service := range site.Services {
		found, err := read(ctx, s, service, `SELECT `+columns+` FROM dead_letters WHERE id::text = $1`, letterID)
		if err != nil {
			return Letter{}, err
		}
		if len(found) > 0 {
			return found[0], nil
		}
	}
	return Letter{}, ErrNone
}

// Ask lets the consumer try a letter again: within seconds when Qihe runs, else
// after its next start.
func Ask(ctx context.Context, s *site.Site, l Letter) error {
	db, err := s.Reach(l.Service)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("ask for letter %s: %w", l.ID, err)
	}
	defer func() { _ = tx.Rollback() }()
	const update = `
		WITH asked AS (UPDATE dead_letters SET asked_at = now() WHERE id = $1 AND redriven_at IS NULL AND asked_at IS NULL RETURNING id)
		INSERT INTO redrives (id, letter_id, asked_by) SELECT $2, id, '' FROM asked`
	if _, err := tx.ExecContext(ctx, update, l.ID, id.New()); err != nil {
		return fmt.Errorf("ask for letter %s: %w", l.ID, err)
	}
	return tx.Commit()
}

// Await returns a letter that was asked for once it was tried, or an error when ctx
// ends before.
func Await(ctx context.Context, s *site.Site, letterID string) (Letter, error) {
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		l, err := Find(ctx, s, letterID)
		if err != nil || !l.Asked {
			return l, err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return l, fmt.Errorf("还没有处理：%[1]s\nIt was not tried yet: %[1]s: %[2]w", letterID, ctx.Err())
		}
	}
}

func read(ctx context.Context, s *site.Site, service, query string, args ...any) ([]Letter, error) {
	db, err := s.Reach(service)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read dead letters of %s: %w", service, err)
	}
	defer func() { _ = rows.Close() }()
	return scan(rows, service)
}

func scan(rows *sql.Rows, service string) (all []Letter, err error) {
	for rows.Next() {
		l := Letter{Service: service}
		if err := rows.Scan(&l.ID, &l.Consumer, &l.Subject, &l.Error, &l.Attempts, &l.DiedAt, &l.Asked, &l.Done, &l.Body); err != nil {
			return nil, fmt.Errorf("read dead letters of %s: %w", service, err)
		}
		all = append(all, l)
	}
	return all, rows.Err()
}
