package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Proof is what somebody shows for a second factor: one of these.
type Proof struct {
	Passkey  []byte // the answer of navigator.credentials.get, as JSON
	TOTP     string
	Recovery string
}

// StepUp proves a session with a second factor. It returns domain.ErrWrongFactor
// or domain.ErrFactorPause. The person's row is locked, so proofs that come at
// once are judged one by one, and none counts twice.
func (a *App) StepUp(ctx context.Context, proof Proof) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	var verdict error // a wrong code is committed too, or it would not count
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if _, err := store.LockVolunteer(ctx, q, a.vault, p.VolunteerID); err != nil {
			return err
		}
		if verdict, err = a.judgeProof(ctx, q, p, proof); err != nil || verdict != nil {
			return err
		}
		return a.strengthen(ctx, q, p.SessionID)
	})
	if err != nil {
		return err
	}
	return verdict
}

func (a *App) judgeProof(ctx context.Context, q postgres.Querier, p auth.Principal, proof Proof) (verdict, err error) {
	switch {
	case len(proof.Passkey) > 0:
		return a.judgePasskey(ctx, q, p, proof.Passkey)
	case proof.Recovery != "":
		return a.tryFactor(ctx, q, p.VolunteerID, func() (bool, error) {
			used, err := store.UseRecoveryCode(ctx, q, p.VolunteerID, domain.HashRecoveryCode(proof.Recovery), a.clock.Now())
			if err != nil || !used {
				return used, err
			}
			return true, store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "recovery_code.used", "volunteer", p.VolunteerID, a.clock.Now()).About(p.VolunteerID))
		})
	default:
		return a.tryFactor(ctx, q, p.VolunteerID, func() (bool, error) { return a.tryTOTP(ctx, q, p.VolunteerID, proof.TOTP) })
	}
}

func (a *App) tryTOTP(ctx context.Context, q postgres.Querier, volunteerID, code string) (bool, error) {
	t, err := store.LockTOTP(ctx, q, a.vault, volunteerID)
	if errors.Is(err, domain.ErrNoTOTP) {
		return false, nil
	}
	if err != nil || t.ConfirmedAt.IsZero() || !a.takeTOTP(&t, code) {
		return false, err
	}
	return true, store.UpsertTOTP(ctx, q, a.vault, t)
}
