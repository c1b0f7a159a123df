package site

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Recorded is when the databases last recorded something to tell, by the clock of
// the computer they were on; zero if they never did.
func (s *Site) Recorded(ctx context.Context) (latest time.Time, err error) {
	for _, service := range Services {
		at, err := s.recorded(ctx, service)
		if err != nil {
			return latest, fmt.Errorf("look when %s last recorded something: %w", service, err)
		}
		if at.After(latest) {
			latest = at
		}
	}
	return latest, nil
}

func (s *Site) recorded(ctx context.Context, service string) (time.Time, error) {
	db, err := s.Reach(service)
	if err != nil {
		return time.Time{}, err
	}
	defer func() { _ = db.Close() }()
	var there bool
	if err := db.QueryRowContext(ctx, "SELECT to_regclass('outbox') IS NOT NULL").Scan(&there); err != nil || !there {
		return time.Time{}, err
	}
	var at sql.NullTime
	const query = `SELECT max(stored_at) FROM (SELECT stored_at FROM outbox ORDER BY tx DESC, id DESC LIMIT 1000) latest`
	err = db.QueryRowContext(ctx, query).Scan(&at)
	return at.Time, err
}
