package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// SignIn begins a session for whoever has the newest code of the number, and
// returns its secret. Somebody who is signed in already leaves that session:
// what was given to a browser before is never good for the person who signs
// in now. It returns domain.ErrWrongCode or domain.ErrCodeSpent, on the input
// called code.
//
// A code is good in the browser that asked for it: whoever knows a number and
// guesses elsewhere uses up nobody's but their own.
//
// The code's row is locked, so guesses are judged one after the other: of any
// number that come at once, five are looked at and one right one counts. It
// carries no idempotency key: the answer holds a secret that is kept nowhere.
func (a *App) SignIn(ctx context.Context, phoneText, codeText string) (me Me, secret string, err error) {
	phone, err := domain.ParsePhone(phoneText)
	if err != nil {
		return Me{}, "", err
	}
	digits, err := domain.ParseDigits(codeText)
	if err != nil {
		return Me{}, "", err
	}
	var left domain.Phone
	var verdict error // a wrong guess is committed too, or it would not count
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if _, verdict, err = a.tryCode(ctx, q, store.PhoneIndex(a.vault, phone), digits); err != nil || verdict != nil {
			return err
		}
		volunteerID, err := store.FindVolunteerByPhone(ctx, q, store.PhoneIndex(a.vault, phone)) // now: records may have been merged since
		if err != nil {
			return err
		}
		if volunteerID, left, err = a.completePhoneChange(ctx, q, phone, volunteerID); err != nil {
			return err
		}
		if volunteerID == "" { // the code was asked for to register
			verdict = apperr.For("code", domain.ErrNotRegistered)
			return nil
		}
		me, secret, err = a.letIn(ctx, q, volunteerID)
		return err
	})
	if err != nil {
		return Me{}, "", err
	}
	if verdict != nil {
		return Me{}, "", verdict
	}
	a.goodbye(ctx, left)
	return me, secret, nil
}

// letIn signs somebody in whose phone is proved.
func (a *App) letIn(ctx context.Context, q postgres.Querier, volunteerID string) (me Me, secret string, err error) {
	if err := a.activateByCode(ctx, q, volunteerID); err != nil {
		return Me{}, "", err
	}
	if _, secret, err = a.beginSession(ctx, q, volunteerID, domain.BegunByCode); err != nil {
		return Me{}, "", err
	}
	me, err = a.readMe(ctx, q, volunteerID)
	return me, secret, err
}

// tryCode judges a guess and keeps that it was made.
func (a *App) tryCode(ctx context.Context, q postgres.Querier, phoneIndex []byte, digits string) (code domain.SignInCode, verdict, err error) {
	code, err = store.LockNewestCode(ctx, q, phoneIndex, browserOf(ctx))
	if errors.Is(err, domain.ErrCodeSpent) {
		return code, apperr.For("code", domain.ErrCodeSpent), nil
	}
	if err != nil {
		return code, nil, err
	}
	before := code.Guesses
	verdict = code.Try(a.clock.Now(), func() bool {
		var hash []byte
		hash, err = a.hashCode(ctx, code.Salt, digits)
		return err == nil && sameHash(hash, code.Hash)
	})
	if err != nil || code.Guesses == before {
		return code, verdict, err
	}
	return code, verdict, store.UpdateSignInCode(ctx, q, code)
}

// activateByCode makes an unclaimed record its person's own: a code on the
// phone that a leader entered proves as much as a claim link.
func (a *App) activateByCode(ctx context.Context, q postgres.Querier, volunteerID string) error {
	v, err := store.LockVolunteer(ctx, q, a.vault, volunteerID)
	if err != nil {
		return err
	}
	return a.activate(ctx, q, &v)
}
