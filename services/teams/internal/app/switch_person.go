package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// SwitchPerson begins a session of somebody whom the shared phone keeps, by
// their PIN there, and ends the one of whoever acted before. It returns
// domain.ErrNotOnPhone, domain.ErrWrongPIN or domain.ErrPINLocked.
//
// The phone's row is locked, so tries are judged one after the other: of any
// number that come at once five are looked at. They lock the PIN on this phone
// and nothing else: its owner signs in elsewhere as ever. It carries no
// idempotency key: the answer holds a secret that is kept nowhere.
func (a *App) SwitchPerson(ctx context.Context, volunteerID, typed string) (me Me, secret string, err error) {
	var verdict error // a wrong try is committed too, or it would not count
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		phone, err := store.LockSharedPhone(ctx, q, browserOf(ctx))
		if errors.Is(err, domain.ErrNotShared) {
			return domain.ErrNotOnPhone
		}
		if err != nil {
			return err
		}
		person, err := store.FindOnPhone(ctx, q, phone.ID, volunteerID)
		if err != nil {
			return err
		}
		if verdict, err = a.tryPIN(ctx, q, person, typed); err != nil || verdict != nil {
			return err
		}
		if _, secret, err = a.beginSession(ctx, q, volunteerID, domain.BegunBySwitch); err != nil {
			return err
		}
		me, err = a.readMe(ctx, q, volunteerID)
		me.Grants = nil // the session carries none
		return err
	})
	if err != nil {
		return Me{}, "", err
	}
	if verdict != nil {
		return Me{}, "", verdict
	}
	return me, secret, nil
}

// tryPIN judges a PIN and keeps that it was tried.
func (a *App) tryPIN(ctx context.Context, q postgres.Querier, person domain.OnPhone, typed string) (verdict, err error) {
	if person.Locked() {
		return domain.ErrPINLocked, nil
	}
	verdict = person.Try(a.clock.Now(), func() bool {
		pin, none := domain.ParsePIN(typed)
		if none != nil {
			return false // it can be nobody's
		}
		var hash []byte
		hash, err = a.hashCode(ctx, person.Salt, pin)
		return err == nil && sameHash(hash, person.Hash)
	})
	if err != nil {
		return nil, err
	}
	return verdict, store.UpsertOnPhone(ctx, q, person)
}

// onSharedPhone makes a session that begins on a shared phone one of those: it
// is shorter, and whoever acted there before acts no more. A PIN that was tried
// too often works again after its person showed more than it.
func (a *App) onSharedPhone(ctx context.Context, q postgres.Querier, s *domain.Session) error {
	phone, err := store.LockSharedPhone(ctx, q, s.BrowserHash)
	if errors.Is(err, domain.ErrNotShared) {
		return nil
	}
	if err != nil {
		return err
	}
	s.Share()
	before, err := store.LockSessionsAt(ctx, q, s.BrowserHash)
	if err != nil {
		return err
	}
	for _, other := range before {
		if err := a.end(ctx, q, other); err != nil {
			return err
		}
	}
	if s.ByPIN() {
		return nil
	}
	return store.UnlockPIN(ctx, q, phone.ID, s.VolunteerID, s.CreatedAt)
}
