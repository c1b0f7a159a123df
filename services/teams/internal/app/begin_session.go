package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// beginSession begins a session of a person who has shown who they are, and
// returns its secret. The session that the browser had before ends: what was
// given to a browser earlier is never good for whoever signs in now.
func (a *App) beginSession(ctx context.Context, q postgres.Querier, volunteerID string, by domain.BegunBy) (domain.Session, string, error) {
	if err := a.leaveOldSession(ctx, q); err != nil {
		return domain.Session{}, "", err
	}
	session, secret := domain.NewSession(volunteerID, by, deviceOf(ctx), a.clock.Now())
	return session, secret, store.InsertSession(ctx, q, session)
}

func (a *App) leaveOldSession(ctx context.Context, q postgres.Querier) error {
	p, err := auth.From(ctx)
	if err != nil || p.SessionID == "" {
		return nil // nobody was signed in
	}
	return a.revoke(ctx, q, p.SessionID)
}
