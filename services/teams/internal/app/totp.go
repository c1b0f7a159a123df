package app

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const totpStep = 30 // seconds; what every code app assumes

// NewTOTP is what a code app must be told.
type NewTOTP struct {
	Secret string // to type
	URI    string // as a QR code
}

// StartTOTP makes a secret for a code app. It counts only when a code came
// back: ConfirmTOTP. It carries no idempotency key: a secret is told once.
func (a *App) StartTOTP(ctx context.Context) (NewTOTP, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return NewTOTP{}, err
	}
	var made NewTOTP
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if err := a.mayEnrol(ctx, q, p.VolunteerID); err != nil {
			return err
		}
		old, err := store.LockTOTP(ctx, q, a.vault, p.VolunteerID)
		if err == nil && !old.ConfirmedAt.IsZero() {
			return domain.ErrTOTPThere
		}
		if err != nil && !errors.Is(err, domain.ErrNoTOTP) {
			return err
		}
		v, err := store.FindVolunteer(ctx, q, a.vault, p.VolunteerID)
		if err != nil {
			return err
		}
		key, err := totp.Generate(totp.GenerateOpts{Issuer: "淇河", AccountName: v.Number, SecretSize: 20})
		if err != nil {
			return fmt.Errorf("make totp secret: %w", err)
		}
		made = NewTOTP{Secret: key.Secret(), URI: key.URL()}
		return store.UpsertTOTP(ctx, q, a.vault, domain.TOTP{VolunteerID: p.VolunteerID, Secret: key.Secret(), CreatedAt: a.clock.Now()})
	})
	return made, err
}

// ConfirmTOTP takes the first code of a code app. The session is proved by it;
// with a first factor it returns the recovery codes.
func (a *App) ConfirmTOTP(ctx context.Context, code string) (recovery []string, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var verdict error // a wrong code is committed too, or it would not count
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if err := a.mayEnrol(ctx, q, p.VolunteerID); err != nil {
			return err
		}
		t, err := store.LockTOTP(ctx, q, a.vault, p.VolunteerID)
		if err != nil {
			return err
		}
		if !t.ConfirmedAt.IsZero() {
			return domain.ErrTOTPThere
		}
		verdict, err = a.tryFactor(ctx, q, p.VolunteerID, func() (bool, error) { return a.takeTOTP(&t, code), nil })
		if err != nil || verdict != nil {
			return err
		}
		t.ConfirmedAt = a.clock.Now()
		if err := store.UpsertTOTP(ctx, q, a.vault, t); err != nil {
			return err
		}
		recovery, err = a.enrolled(ctx, q, p, "totp")
		return err
	})
	if err != nil {
		return nil, err
	}
	return recovery, verdict
}

// RemoveTOTP stops the use of a code app.
func (a *App) RemoveTOTP(ctx context.Context) error {
	p, err := a.strongPrincipal(ctx)
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		if err := store.DeleteTOTP(ctx, q, p.VolunteerID); err != nil {
			return err
		}
		return a.recordRemoval(ctx, q, p.VolunteerID, "totp", p.VolunteerID)
	})
}

func (a *App) recordRemoval(ctx context.Context, q postgres.Querier, volunteerID, kind, subject string) error {
	return store.InsertRecord(ctx, q, domain.NewRecord(volunteerID, "second_factor.removed", kind, subject, a.clock.Now()).About(volunteerID))
}

// takeTOTP looks whether a code is that of this half minute, or of the one
// before or after, for clocks differ, and takes it: no code is taken twice.
func (a *App) takeTOTP(t *domain.TOTP, typed string) bool {
	code, err := domain.ParseDigits(typed)
	if err != nil {
		return false
	}
	now := a.clock.Now().Unix() / totpStep
	for _, step := range []int64{now - 1, now, now + 1} {
		want, err := hotp.GenerateCodeCustom(t.Secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return t.Accept(step)
		}
	}
	return false
}

// tryFactor judges a code and counts it when it is wrong. The person's row
// must be locked, so that codes which come at once are judged one by one.
func (a *App) tryFactor(ctx context.Context, q postgres.Querier, volunteerID string, matches func() (bool, error)) (verdict, err error) {
	now := a.clock.Now()
	tries, err := store.FindFactorTries(ctx, q, volunteerID)
	if err != nil {
		return nil, err
	}
	if pause := tries.Allowed(now); pause != nil {
		return pause, nil
	}
	right, err := matches()
	if err != nil {
		return nil, err
	}
	if right {
		if tries.Wrong == 0 {
			return nil, nil
		}
		return nil, store.UpsertFactorTries(ctx, q, domain.FactorTries{VolunteerID: volunteerID, LastAt: now})
	}
	tries.Add(now)
	return apperr.For("code", domain.ErrWrongFactor), store.UpsertFactorTries(ctx, q, tries)
}
