package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// sessionColumns are read into a sessionRow.
const sessionColumns = `id, secret_hash, volunteer_id, device, browser_hash, shared, begun_by, created_at, expires_at, last_seen_at, revoked_at, second_factor_at, version`

type sessionRow struct {
	ID          string              `db:"id"`
	SecretHash  []byte              `db:"secret_hash"`
	VolunteerID string              `db:"volunteer_id"`
	Device      string              `db:"device"`
	BrowserHash []byte              `db:"browser_hash"`
	Shared      bool                `db:"shared"`
	BegunBy     string              `db:"begun_by"`
	CreatedAt   time.Time           `db:"created_at"`
	ExpiresAt   time.Time           `db:"expires_at"`
	LastSeenAt  sql.Null[time.Time] `db:"last_seen_at"`
	RevokedAt   sql.Null[time.Time] `db:"revoked_at"`

	SecondFactorAt sql.Null[time.Time] `db:"second_factor_at"`

	Version int64 `db:"version"`
}

func (r sessionRow) session() domain.Session {
	return domain.Session{
		ID:             r.ID,
		SecretHash:     r.SecretHash,
		VolunteerID:    r.VolunteerID,
		Device:         domain.Device(r.Device),
		BrowserHash:    r.BrowserHash,
		Shared:         r.Shared,
		BegunBy:        domain.BegunBy(r.BegunBy),
		CreatedAt:      r.CreatedAt.UTC(),
		ExpiresAt:      r.ExpiresAt.UTC(),
		LastSeenAt:     r.LastSeenAt.V,
		RevokedAt:      r.RevokedAt.V,
		SecondFactorAt: r.SecondFactorAt.V,
		Version:        r.Version,
	}
}

// FindSession returns the session with the hash of a secret, whether it still
// counts or not, or domain.ErrNoSession.
func FindSession(ctx context.Context, q postgres.Querier, secretHash []byte) (domain.Session, error) {
	const query = `
		SELECT ` + sessionColumns + `
		FROM sessions
		WHERE secret_hash = $1`

	return getSession(ctx, q, query, secretHash)
}

// FindSessionByID returns the session with this id, or domain.ErrNoSession.
func FindSessionByID(ctx context.Context, q postgres.Querier, id string) (domain.Session, error) {
	const query = `
		SELECT ` + sessionColumns + `
		FROM sessions
		WHERE id = $1`

	return getSession(ctx, q, query, id)
}

// LockSession returns the session with this id and holds its row until the
// transaction ends, or returns domain.ErrNoSession.
func LockSession(ctx context.Context, q postgres.Querier, id string) (domain.Session, error) {
	const query = `
		SELECT ` + sessionColumns + `
		FROM sessions
		WHERE id = $1
		FOR NO KEY UPDATE`

	return getSession(ctx, q, query, id)
}

func getSession(ctx context.Context, q postgres.Querier, query string, key any) (domain.Session, error) {
	var row sessionRow
	err := sqlx.GetContext(ctx, q, &row, query, key)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Session{}, domain.ErrNoSession
	}
	if err != nil {
		return domain.Session{}, fmt.Errorf("find session: %w", err)
	}
	return row.session(), nil
}

// InsertSession adds a session.
func InsertSession(ctx context.Context, q postgres.Querier, s domain.Session) error {
	const query = `
		INSERT INTO sessions (id, secret_hash, volunteer_id, device, browser_hash, shared, begun_by, created_at, expires_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

	if _, err := q.ExecContext(ctx, query, s.ID, s.SecretHash, s.VolunteerID, s.Device, bytesOrEmpty(s.BrowserHash), s.Shared,
		s.BegunBy, s.CreatedAt, s.ExpiresAt, s.Version); err != nil {
		return fmt.Errorf("insert session %s: %w", s.ID, err)
	}
	return nil
}

// UpdateSession writes back whether a session is revoked, when it was seen and
// when it was proved with a second factor.
func UpdateSession(ctx context.Context, q postgres.Querier, s domain.Session) error {
	const query = `
		UPDATE sessions
		SET revoked_at = $2, last_seen_at = $3, second_factor_at = $4, version = $5
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, s.ID, orNull(s.RevokedAt), orNull(s.LastSeenAt), orNull(s.SecondFactorAt), s.Version); err != nil {
		return fmt.Errorf("update session %s: %w", s.ID, err)
	}
	return nil
}

// ListSessions returns a person's sessions that count at t, the latest first.
func ListSessions(ctx context.Context, q postgres.Querier, volunteerID string, t time.Time) ([]domain.Session, error) {
	const query = `
		SELECT ` + sessionColumns + `
		FROM sessions
		WHERE volunteer_id = $1 AND revoked_at IS NULL AND expires_at > $2
		ORDER BY COALESCE(last_seen_at, created_at) DESC, id DESC`

	return selectSessions(ctx, q, query, volunteerID, t)
}

// LockSessions is ListSessions and holds the rows until the transaction ends.
func LockSessions(ctx context.Context, q postgres.Querier, volunteerID string, t time.Time) ([]domain.Session, error) {
	const query = `
		SELECT ` + sessionColumns + `
		FROM sessions
		WHERE volunteer_id = $1 AND revoked_at IS NULL AND expires_at > $2
		ORDER BY id
		FOR NO KEY UPDATE`

	return selectSessions(ctx, q, query, volunteerID, t)
}

// LockSessionsAt returns the sessions begun in a shared browser that are not
// revoked, be they too old or not, and holds them until the transaction ends.
func LockSessionsAt(ctx context.Context, q postgres.Querier, browserHash []byte) ([]domain.Session, error) {
	const query = `
		SELECT ` + sessionColumns + `
		FROM sessions
		WHERE browser_hash = $1 AND shared AND revoked_at IS NULL
		ORDER BY id
		FOR NO KEY UPDATE`

	return selectSessions(ctx, q, query, browserHash)
}

// KnowsBrowser reports whether somebody is or was signed in by that browser.
// It takes as long for a person that there is none of.
func KnowsBrowser(ctx context.Context, q postgres.Querier, volunteerID string, browserHash []byte) (bool, error) {
	const query = `
		SELECT EXISTS (SELECT FROM sessions WHERE volunteer_id = NULLIF($1, '')::uuid AND browser_hash = $2 AND browser_hash <> '')`

	var knows bool
	if err := sqlx.GetContext(ctx, q, &knows, query, volunteerID, bytesOrEmpty(browserHash)); err != nil {
		return false, fmt.Errorf("look for a browser of %s: %w", volunteerID, err)
	}
	return knows, nil
}

// bytesOrEmpty is never NULL.
func bytesOrEmpty(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func selectSessions(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Session, error) {
	var rows []sessionRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	sessions := make([]domain.Session, len(rows))
	for i, row := range rows {
		sessions[i] = row.session()
	}
	return sessions, nil
}

// DeleteSessions removes sessions that would have ended before a time anyway.
func DeleteSessions(ctx context.Context, q postgres.Querier, before time.Time) error {
	const query = `
		DELETE FROM sessions
		WHERE expires_at < $1`

	if _, err := q.ExecContext(ctx, query, before); err != nil {
		return fmt.Errorf("delete old sessions: %w", err)
	}
	return nil
}

// AnySession reports whether somebody has, or lately had, a session: whether
// their record is claimed.
func AnySession(ctx context.Context, q postgres.Querier, volunteerID string) (bool, error) {
	const query = `
		SELECT EXISTS (SELECT FROM sessions WHERE volunteer_id = $1)`

	var any bool
	if err := sqlx.GetContext(ctx, q, &any, query, volunteerID); err != nil {
		return false, fmt.Errorf("look for sessions of %s: %w", volunteerID, err)
	}
	return any, nil
}
