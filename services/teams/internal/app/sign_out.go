package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// SignOut ends the session of whoever asks and tells all services. Signing out
// twice is no error.
func (a *App) SignOut(ctx context.Context) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error { return a.revoke(ctx, q, p.SessionID) })
}

// revoke ends a session, if it is there and still counts, and announces it.
func (a *App) revoke(ctx context.Context, q postgres.Querier, sessionID string) error {
	s, err := store.LockSession(ctx, q, sessionID)
	if errors.Is(err, domain.ErrNoSession) {
		return nil
	}
	if err != nil {
		return err
	}
	return a.end(ctx, q, s)
}

// end ends a session that is locked, if that is new, and announces it.
func (a *App) end(ctx context.Context, q postgres.Querier, s domain.Session) error {
	if !s.Revoke(a.clock.Now()) {
		return nil
	}
	if err := store.UpdateSession(ctx, q, s); err != nil {
		return err
	}
	return outbox.Append(ctx, q, s.RevokedAt, teamsv1.SessionRevoked{
		SessionID:   s.ID,
		VolunteerID: s.VolunteerID,
		RevokedAt:   s.RevokedAt,
		Version:     s.Version,
	})
}
