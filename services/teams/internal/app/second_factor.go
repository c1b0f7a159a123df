package app

import (
	"context"
	"errors"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Security is what somebody has to prove who they are with.
type Security struct {
	Phone       domain.Phone
	Passkeys    []domain.Passkey
	TOTP        bool
	Recovery    int       // codes that are left
	StrongUntil time.Time // zero: this session was never proved with a second factor
	Officer     bool      // a second factor is needed for some of what they may do
	Origin      string    // the only address at which passkeys work; empty: none
}

// Security returns what whoever asks has.
func (a *App) Security(ctx context.Context) (Security, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return Security{}, err
	}
	s := Security{Officer: len(p.Grants) > 0, Origin: a.passkeys.origin()}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		v, err := store.FindVolunteer(ctx, q, a.vault, p.VolunteerID)
		if err != nil {
			return err
		}
		s.Phone = v.Phone
		if s.Passkeys, err = store.LockPasskeys(ctx, q, a.vault, p.VolunteerID); err != nil {
			return err
		}
		factors, err := store.FindFactors(ctx, q, p.VolunteerID)
		if err != nil {
			return err
		}
		s.TOTP, s.Recovery = factors.TOTP, factors.Recovery
		s.StrongUntil, err = a.strongUntil(ctx, q, p.SessionID)
		return err
	})
	return s, err
}

func (a *App) strongUntil(ctx context.Context, q postgres.Querier, sessionID string) (time.Time, error) {
	s, err := store.FindSessionByID(ctx, q, sessionID)
	if errors.Is(err, domain.ErrNoSession) {
		return time.Time{}, nil // it ended just now
	}
	if err != nil || s.SecondFactorAt.IsZero() {
		return time.Time{}, err
	}
	return s.SecondFactorAt.Add(a.strongFor), nil
}

// mayEnrol refuses a further factor to whoever does not prove an earlier one:
// a phone left on a table must not give its finder a key of their own. The
// first one is free.
func (a *App) mayEnrol(ctx context.Context, q postgres.Querier, volunteerID string) error {
	if _, err := store.LockVolunteer(ctx, q, a.vault, volunteerID); err != nil {
		return err
	}
	factors, err := store.FindFactors(ctx, q, volunteerID)
	if err != nil || !factors.Any() {
		return err
	}
	return auth.RequireStrong(ctx)
}

// enrolled notes a new factor: it was proved just now. With the first one come
// the recovery codes; later it returns none.
func (a *App) enrolled(ctx context.Context, q postgres.Querier, p auth.Principal, kind string) ([]string, error) {
	now := a.clock.Now()
	if err := store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "second_factor.enrolled", kind, p.VolunteerID, now).About(p.VolunteerID)); err != nil {
		return nil, err
	}
	if err := a.strengthen(ctx, q, p.SessionID); err != nil {
		return nil, err
	}
	factors, err := store.FindFactors(ctx, q, p.VolunteerID)
	if err != nil || factors.Recovery > 0 {
		return nil, err
	}
	return a.makeRecoveryCodes(ctx, q, p.VolunteerID)
}

// strengthen notes that a session was proved with a second factor now, and
// tells the portal, which remembers sessions. One that was begun with a PIN is
// never strong: on that phone nobody enrols a first factor in another's name.
func (a *App) strengthen(ctx context.Context, q postgres.Querier, sessionID string) error {
	s, err := store.LockSession(ctx, q, sessionID)
	if err != nil {
		return err
	}
	if !s.Counts(a.clock.Now()) {
		return domain.ErrNoSession
	}
	if s.ByPIN() {
		return domain.ErrPINOnly
	}
	s.SecondFactorAt = a.clock.Now()
	s.Version++
	if err := store.UpdateSession(ctx, q, s); err != nil {
		return err
	}
	return outbox.Append(ctx, q, s.SecondFactorAt, teamsv1.SessionChanged{SessionID: s.ID, VolunteerID: s.VolunteerID, Version: s.Version})
}

func (a *App) makeRecoveryCodes(ctx context.Context, q postgres.Querier, volunteerID string) ([]string, error) {
	codes := make([]string, domain.RecoveryCodes)
	hashes := make([][]byte, domain.RecoveryCodes)
	for i := range codes {
		codes[i] = domain.NewRecoveryCode()
		hashes[i] = domain.HashRecoveryCode(codes[i])
	}
	return codes, store.ReplaceRecoveryCodes(ctx, q, volunteerID, hashes, a.clock.Now())
}

// NewRecoveryCodes makes ten codes instead of all earlier ones. They are told
// this once, so it carries no idempotency key.
func (a *App) NewRecoveryCodes(ctx context.Context) (codes []string, err error) {
	p, err := a.strongPrincipal(ctx)
	if err != nil {
		return nil, err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		codes, err = a.makeRecoveryCodes(ctx, q, p.VolunteerID)
		return err
	})
	return codes, err
}

func (a *App) strongPrincipal(ctx context.Context) (auth.Principal, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return p, err
	}
	return p, auth.RequireStrong(ctx)
}

// ResetFactor takes off a person's second factor, which is lost, and signs
// them out everywhere. An administrator of one of their regions does it, with
// a second factor of their own, for somebody else.
func (a *App) ResetFactor(ctx context.Context, volunteerID, reason string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		if _, err := a.volunteerFor(ctx, q, resetFactor, volunteerID); err != nil {
			return err
		}
		if p.VolunteerID == volunteerID {
			return domain.ErrOwnFactor
		}
		for _, remove := range []func(context.Context, postgres.Querier, string) error{store.DeletePasskeys, store.DeleteTOTP} {
			if err := remove(ctx, q, volunteerID); err != nil {
				return err
			}
		}
		now := a.clock.Now()
		if err := store.ReplaceRecoveryCodes(ctx, q, volunteerID, nil, now); err != nil {
			return err
		}
		if err := store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "second_factor.reset", "volunteer", volunteerID, now).About(volunteerID).Because(reason)); err != nil {
			return err
		}
		return a.endSessions(ctx, q, volunteerID)
	})
}
