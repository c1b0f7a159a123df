package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// MySession is a session, and whether it is the one that asks.
type MySession struct {
	domain.Session
	Current bool
}

// ListSessions returns where whoever asks is signed in, the latest used first.
func (a *App) ListSessions(ctx context.Context) ([]MySession, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var mine []MySession
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		sessions, err := store.ListSessions(ctx, q, p.VolunteerID, a.clock.Now())
		for _, s := range sessions {
			mine = append(mine, MySession{Session: s, Current: s.ID == p.SessionID})
		}
		return err
	})
	return mine, err
}

// EndSession ends one session of whoever asks and tells all services. It
// returns domain.ErrNoSession for any that is not theirs, or is over.
func (a *App) EndSession(ctx context.Context, sessionID string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		s, err := store.LockSession(ctx, q, sessionID)
		if err != nil {
			return err
		}
		if s.VolunteerID != p.VolunteerID || !s.Counts(a.clock.Now()) {
			return domain.ErrNoSession
		}
		return a.end(ctx, q, s)
	})
}

// SignOutEverywhere ends every session of whoever asks, the one that asks
// too, and tells all services.
func (a *App) SignOutEverywhere(ctx context.Context) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error { return a.endSessions(ctx, q, p.VolunteerID) })
}

// SignOutPerson ends every session of somebody else, because their phone is
// lost or they ask for it, by an officer of their divisions, and tells all
// services. It returns domain.ErrNoVolunteer.
func (a *App) SignOutPerson(ctx context.Context, volunteerID, reason string) error {
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "signOutVolunteer", []string{volunteerID, reason}, func(q postgres.Querier) (bool, error) {
		v, err := a.volunteerFor(ctx, q, signOutVolunteer, volunteerID)
		if err != nil {
			return false, err
		}
		if err := a.endSessions(ctx, q, v.ID); err != nil {
			return false, err
		}
		return true, a.record(ctx, q, "session.ended", v.ID, reason)
	})
	return err
}

// endSessions ends every session of a person.
func (a *App) endSessions(ctx context.Context, q postgres.Querier, volunteerID string) error {
	sessions, err := store.LockSessions(ctx, q, volunteerID, a.clock.Now())
	if err != nil {
		return err
	}
	for _, s := range sessions {
		if err := a.end(ctx, q, s); err != nil {
			return err
		}
	}
	return nil
}
