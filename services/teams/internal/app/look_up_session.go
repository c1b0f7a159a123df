package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LiveSession is what the portal needs to speak for somebody.
type LiveSession struct {
	SessionID   string
	VolunteerID string
	ExpiresAt   time.Time
	Grants      []domain.Grant // those that count now
	ChangesAt   time.Time      // when other grants count, by their dates; zero: not foreseen
	StrongUntil time.Time      // how long a second factor proves it; zero: none did
	Shared      bool           // on a phone that several people share
}

// LookUpSession returns the session that a secret belongs to, with the
// person's authority now, or domain.ErrNoSession when it is over or never was.
// An officer's that was not used for a while is over.
// It is for the portal, behind the internal secret.
func (a *App) LookUpSession(ctx context.Context, secret string) (LiveSession, error) {
	var live LiveSession
	var seen bool
	now := a.clock.Now()
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		s, err := store.FindSession(ctx, q, domain.HashSecret(secret))
		if err != nil {
			return err
		}
		if !s.Counts(now) {
			return domain.ErrNoSession
		}
		grants, err := authorityIn(ctx, q, s)
		if err != nil {
			return err
		}
		live = LiveSession{
			SessionID: s.ID, VolunteerID: s.VolunteerID, ExpiresAt: s.ExpiresAt, Shared: s.Shared,
			Grants: domain.ActiveGrants(grants, now), ChangesAt: domain.NextChange(grants, now),
		}
		if !s.SecondFactorAt.IsZero() {
			live.StrongUntil = s.SecondFactorAt.Add(a.strongFor)
		}
		officer := len(live.Grants) > 0
		if officer && !now.Before(s.LastUsed().Add(a.officerIdle)) {
			return domain.ErrNoSession
		}
		seen = s.See(now, officer)
		return nil
	})
	if err != nil || !seen {
		return live, err
	}
	return live, a.db.InTx(ctx, func(q postgres.Querier) error { return a.see(ctx, q, live) })
}

// authorityIn returns the grants that a session carries: none when its person
// showed no more than a PIN.
func authorityIn(ctx context.Context, q postgres.Querier, s domain.Session) ([]domain.Grant, error) {
	if s.ByPIN() {
		return nil, nil
	}
	return store.ListGrants(ctx, q, s.VolunteerID)
}

// see keeps that a session is used.
func (a *App) see(ctx context.Context, q postgres.Querier, live LiveSession) error {
	s, err := store.LockSession(ctx, q, live.SessionID)
	if err != nil {
		return err
	}
	if !s.Counts(a.clock.Now()) {
		return domain.ErrNoSession
	}
	if !s.See(a.clock.Now(), len(live.Grants) > 0) {
		return nil // another replica was quicker
	}
	return store.UpdateSession(ctx, q, s)
}
