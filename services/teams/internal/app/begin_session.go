package app

import (
	"context"
	"time"

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
	session.BrowserHash = browserOf(ctx)
	if err := a.onSharedPhone(ctx, q, &session); err != nil {
		return domain.Session{}, "", err
	}
	if err := a.warnOfDevice(ctx, q, session); err != nil {
		return domain.Session{}, "", err
	}
	return session, secret, store.InsertSession(ctx, q, session)
}

// warnOfDevice tells somebody who is signed in elsewhere that now another
// device is too. A switch on a shared phone, and a browser that she was signed
// in by before, are nothing to warn of.
func (a *App) warnOfDevice(ctx context.Context, q postgres.Querier, s domain.Session) error {
	if s.ByPIN() {
		return nil
	}
	if known, err := store.KnowsBrowser(ctx, q, s.VolunteerID, s.BrowserHash); err != nil || known {
		return err
	}
	others, err := store.ListSessions(ctx, q, s.VolunteerID, s.CreatedAt)
	if err != nil || len(others) == 0 {
		return err
	}
	words := domain.Words{"at": s.CreatedAt.Format(time.RFC3339)}
	return a.notify(ctx, q, domain.NewNotice(domain.NoticeNewDevice, s.VolunteerID, "session", s.ID, words, s.CreatedAt))
}

func (a *App) leaveOldSession(ctx context.Context, q postgres.Querier) error {
	p, err := auth.From(ctx)
	if err != nil || p.SessionID == "" {
		return nil // nobody was signed in
	}
	return a.revoke(ctx, q, p.SessionID)
}
