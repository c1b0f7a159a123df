package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func totpPlace(volunteerID string) vault.Place {
	return vault.Place{Table: "totp_secrets", Column: "sealed", Row: volunteerID}
}

// LockTOTP returns a person's code app and holds its row until the transaction
// ends, or returns domain.ErrNoTOTP.
func LockTOTP(ctx context.Context, q postgres.Querier, v *vault.Vault, volunteerID string) (domain.TOTP, error) {
	const query = `
		SELECT sealed, created_at, confirmed_at, last_step
		FROM totp_secrets
		WHERE volunteer_id = $1
		FOR NO KEY UPDATE`

	var row struct {
		Sealed      []byte              `db:"sealed"`
		CreatedAt   time.Time           `db:"created_at"`
		ConfirmedAt sql.Null[time.Time] `db:"confirmed_at"`
		LastStep    int64               `db:"last_step"`
	}
	err := sqlx.GetContext(ctx, q, &row, query, volunteerID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.TOTP{}, domain.ErrNoTOTP
	}
	if err != nil {
		return domain.TOTP{}, fmt.Errorf("find totp of %s: %w", volunteerID, err)
	}
	secret, err := open(v, row.Sealed, totpPlace(volunteerID))
	return domain.TOTP{
		VolunteerID: volunteerID, Secret: secret, CreatedAt: row.CreatedAt.UTC(), ConfirmedAt: row.ConfirmedAt.V, LastStep: row.LastStep,
	}, err
}

// UpsertTOTP keeps a person's code app.
func UpsertTOTP(ctx context.Context, q postgres.Querier, v *vault.Vault, t domain.TOTP) error {
	const query = `
		INSERT INTO totp_secrets (volunteer_id, sealed, created_at, confirmed_at, last_step)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (volunteer_id) DO UPDATE
		SET sealed = EXCLUDED.sealed, created_at = EXCLUDED.created_at,
			confirmed_at = EXCLUDED.confirmed_at, last_step = EXCLUDED.last_step`

	sealed, err := v.Seal(t.Secret, totpPlace(t.VolunteerID))
	if err != nil {
		return err
	}
	if _, err := q.ExecContext(ctx, query, t.VolunteerID, sealed, t.CreatedAt, orNull(t.ConfirmedAt), t.LastStep); err != nil {
		return fmt.Errorf("keep totp of %s: %w", t.VolunteerID, err)
	}
	return nil
}

// DeleteTOTP removes a person's code app.
func DeleteTOTP(ctx context.Context, q postgres.Querier, volunteerID string) error {
	return exec(ctx, q, `DELETE FROM totp_secrets WHERE volunteer_id = $1`, volunteerID)
}

// Factors says what a person has to prove herself with.
type Factors struct {
	TOTP     bool `db:"totp"`
	Passkeys int  `db:"passkeys"`
	Recovery int  `db:"recovery"` // codes that are left
}

// Any reports whether there is anything but recovery codes.
func (f Factors) Any() bool { return f.TOTP || f.Passkeys > 0 }

// FindFactors returns what a person has.
func FindFactors(ctx context.Context, q postgres.Querier, volunteerID string) (Factors, error) {
	const query = `
		SELECT EXISTS (SELECT FROM totp_secrets WHERE volunteer_id = $1 AND confirmed_at IS NOT NULL) AS totp,
			(SELECT count(*) FROM passkeys WHERE volunteer_id = $1) AS passkeys,
			(SELECT count(*) FROM recovery_codes WHERE volunteer_id = $1 AND used_at IS NULL) AS recovery`

	var f Factors
	if err := sqlx.GetContext(ctx, q, &f, query, volunteerID); err != nil {
		return f, fmt.Errorf("find factors of %s: %w", volunteerID, err)
	}
	return f, nil
}

// ReplaceRecoveryCodes keeps these codes of a person instead of all earlier ones.
func ReplaceRecoveryCodes(ctx context.Context, q postgres.Querier, volunteerID string, hashes [][]byte, now time.Time) error {
	const query = `
		INSERT INTO recovery_codes (volunteer_id, hash, created_at)
		SELECT $1, hash, $3
		FROM unnest($2::bytea[]) AS c (hash)`

	if err := exec(ctx, q, `DELETE FROM recovery_codes WHERE volunteer_id = $1`, volunteerID); err != nil || len(hashes) == 0 {
		return err
	}
	return exec(ctx, q, query, volunteerID, postgres.Array(hashes), now)
}

// UseRecoveryCode marks a code as used and reports whether that is new: of
// any number of tries at once one succeeds.
func UseRecoveryCode(ctx context.Context, q postgres.Querier, volunteerID string, hash []byte, now time.Time) (bool, error) {
	const query = `
		UPDATE recovery_codes
		SET used_at = $3
		WHERE volunteer_id = $1 AND hash = $2 AND used_at IS NULL`

	res, err := q.ExecContext(ctx, query, volunteerID, hash, now)
	if err != nil {
		return false, fmt.Errorf("use a recovery code of %s: %w", volunteerID, err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// FindFactorTries returns a person's wrong codes in a row.
func FindFactorTries(ctx context.Context, q postgres.Querier, volunteerID string) (domain.FactorTries, error) {
	const query = `
		SELECT wrong, last_at
		FROM factor_tries
		WHERE volunteer_id = $1`

	var row struct {
		Wrong  int       `db:"wrong"`
		LastAt time.Time `db:"last_at"`
	}
	err := sqlx.GetContext(ctx, q, &row, query, volunteerID)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return domain.FactorTries{}, fmt.Errorf("find factor tries of %s: %w", volunteerID, err)
	}
	return domain.FactorTries{VolunteerID: volunteerID, Wrong: row.Wrong, LastAt: row.LastAt}, nil
}

// UpsertFactorTries keeps a person's wrong codes in a row.
func UpsertFactorTries(ctx context.Context, q postgres.Querier, t domain.FactorTries) error {
	const query = `
		INSERT INTO factor_tries (volunteer_id, wrong, last_at)
		VALUES ($1, $2, $3)
		ON CONFLICT (volunteer_id) DO UPDATE SET wrong = EXCLUDED.wrong, last_at = EXCLUDED.last_at`

	return exec(ctx, q, query, t.VolunteerID, t.Wrong, t.LastAt)
}

// DeleteFactorTries forgets a person's wrong codes.
func DeleteFactorTries(ctx context.Context, q postgres.Querier, volunteerID string) error {
	return exec(ctx, q, `DELETE FROM factor_tries WHERE volunteer_id = $1`, volunteerID)
}

func exec(ctx context.Context, q postgres.Querier, query string, args ...any) error {
	if _, err := q.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("second factor: %w", err)
	}
	return nil
}
