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
}

// LookUpSession returns the session that a secret belongs to, with the
// person's authority now, or domain.ErrNoSession when it is over or never was.
// It is for the portal, behind the internal secret.
func (a *App) LookUpSession(ctx context.Context, secret string) (LiveSession, error) {
	var live LiveSession
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		now := a.clock.Now()
		s, err := store.FindSession(ctx, q, domain.HashSecret(secret))
		if err != nil {
			return err
		}
		if !s.Counts(now) {
			return domain.ErrNoSession
		}
		grants, err := store.ListGrants(ctx, q, s.VolunteerID)
		if err != nil {
			return err
		}
		live = LiveSession{
			SessionID: s.ID, VolunteerID: s.VolunteerID, ExpiresAt: s.ExpiresAt,
			Grants: domain.ActiveGrants(grants, now), ChangesAt: domain.NextChange(grants, now),
		}
		return nil
	})
	return live, err
}
