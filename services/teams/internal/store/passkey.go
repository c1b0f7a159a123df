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

func passkeyPlace(id string) vault.Place {
	return vault.Place{Table: "passkeys", Column: "sealed", Row: id}
}

// LockPasskeys returns a person's passkeys, the oldest first, and holds them
// until the transaction ends: a counter is compared and moved on in one step.
func LockPasskeys(ctx context.Context, q postgres.Querier, v *vault.Vault, volunteerID string) ([]domain.Passkey, error) {
	const query = `
		SELECT id, credential_id, sealed, name, created_at, used_at
		FROM passkeys
		WHERE volunteer_id = $1
		ORDER BY created_at, id
		FOR NO KEY UPDATE`

	var rows []struct {
		ID           string              `db:"id"`
		CredentialID []byte              `db:"credential_id"`
		Sealed       []byte              `db:"sealed"`
		Name         string              `db:"name"`
		CreatedAt    time.Time           `db:"created_at"`
		UsedAt       sql.Null[time.Time] `db:"used_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list passkeys of %s: %w", volunteerID, err)
	}
	keys := make([]domain.Passkey, len(rows))
	for i, row := range rows {
		credential, err := open(v, row.Sealed, passkeyPlace(row.ID))
		if err != nil {
			return nil, err
		}
		keys[i] = domain.Passkey{
			ID: row.ID, VolunteerID: volunteerID, CredentialID: row.CredentialID, Credential: []byte(credential),
			Name: row.Name, CreatedAt: row.CreatedAt.UTC(), UsedAt: row.UsedAt.V,
		}
	}
	return keys, nil
}

// InsertPasskey adds a passkey. It returns domain.ErrWrongFactor when the
// credential is somebody's already.
func InsertPasskey(ctx context.Context, q postgres.Querier, v *vault.Vault, p domain.Passkey) error {
	const query = `
		INSERT INTO passkeys (id, volunteer_id, credential_id, sealed, name, created_at)
		VALUES ($1, $2, $3, $4, $5, $6)`

	sealed, err := v.Seal(string(p.Credential), passkeyPlace(p.ID))
	if err != nil {
		return err
	}
	err = exec(ctx, q, query, p.ID, p.VolunteerID, p.CredentialID, sealed, p.Name, p.CreatedAt)
	if postgres.Violated(err, "passkeys_credential_id_key") {
		return domain.ErrWrongFactor
	}
	return err
}

// UpdatePasskey writes back a passkey's counter and when it was used.
func UpdatePasskey(ctx context.Context, q postgres.Querier, v *vault.Vault, p domain.Passkey) error {
	const query = `
		UPDATE passkeys
		SET sealed = $2, used_at = $3
		WHERE id = $1`

	sealed, err := v.Seal(string(p.Credential), passkeyPlace(p.ID))
	if err != nil {
		return err
	}
	return exec(ctx, q, query, p.ID, sealed, orNull(p.UsedAt))
}

// DeletePasskey removes one of a person's passkeys, or returns domain.ErrNoPasskey.
func DeletePasskey(ctx context.Context, q postgres.Querier, volunteerID, id string) error {
	const query = `DELETE FROM passkeys WHERE volunteer_id = $1 AND id = $2`

	res, err := q.ExecContext(ctx, query, volunteerID, id)
	if err != nil {
		return fmt.Errorf("delete passkey %s: %w", id, err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, domain.ErrNoPasskey)
	}
	return nil
}

// DeletePasskeys removes all of a person's passkeys.
func DeletePasskeys(ctx context.Context, q postgres.Querier, volunteerID string) error {
	return exec(ctx, q, `DELETE FROM passkeys WHERE volunteer_id = $1`, volunteerID)
}

// UpsertChallenge keeps what a session's passkey is asked to sign.
func UpsertChallenge(ctx context.Context, q postgres.Querier, sessionID, purpose string, data []byte, until time.Time) error {
	const query = `
		INSERT INTO passkey_challenges (session_id, purpose, data, expires_at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (session_id, purpose) DO UPDATE SET data = EXCLUDED.data, expires_at = EXCLUDED.expires_at`

	return exec(ctx, q, query, sessionID, purpose, data, until)
}

// TakeChallenge returns what a session's passkey was asked to sign and removes
// it: no challenge counts twice. It returns nil when there is none.
func TakeChallenge(ctx context.Context, q postgres.Querier, sessionID, purpose string, now time.Time) ([]byte, error) {
	const query = `
		DELETE FROM passkey_challenges
		WHERE session_id = $1 AND purpose = $2
		RETURNING CASE WHEN expires_at > $3 THEN data END`

	var data []byte
	err := sqlx.GetContext(ctx, q, &data, query, sessionID, purpose, now)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("take challenge: %w", err)
	}
	return data, nil
}

// DeleteChallenges removes challenges that ended before a time.
func DeleteChallenges(ctx context.Context, q postgres.Querier, before time.Time) error {
	return exec(ctx, q, `DELETE FROM passkey_challenges WHERE expires_at < $1`, before)
}
