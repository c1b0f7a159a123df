package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// WrappedKey is a subject's data key as it is kept.
type WrappedKey struct {
	SubjectID string `db:"subject_id"`
	Version   int    `db:"version"`
	Wrapped   []byte `db:"wrapped"`
}

// InsertKey keeps a new subject's key.
func InsertKey(ctx context.Context, q postgres.Querier, kind domain.Kind, k WrappedKey, now time.Time) error {
	const query = `
		INSERT INTO data_keys (subject_id, kind, version, wrapped, made_at)
		VALUES ($1, $2, $3, $4, $5)`

	if _, err := q.ExecContext(ctx, query, k.SubjectID, kind, k.Version, k.Wrapped, now); err != nil {
		return fmt.Errorf("keep a key: %w", err)
	}
	return nil
}

// OpenVault hands out the keys of subjects and writes for each who has it. Who is
// unknown or erased is left out. It returns domain.ErrNoPairing for a pairing that gives no
// grounds.
func OpenVault(ctx context.Context, q postgres.Querier, o domain.Opening, subjects []string) ([]WrappedKey, error) {
	const query = `
		SELECT subject_id, version, wrapped
		FROM open_vault($1, $2, $3, $4, $5, $6, $7, $8)`

	ids := make([]string, len(subjects))
	for i := range ids {
		ids[i] = id.New()
	}
	var keys []WrappedKey
	if err := sqlx.SelectContext(ctx, q, &keys, query,
		postgres.Array(ids), postgres.Array(subjects), nullable(o.PersonID), o.Act, o.Basis, nullable(o.BasisID), o.What, o.At); err != nil {
		if postgres.Violated(err, "openings_pairing_check") {
			return nil, domain.ErrNoPairing
		}
		return nil, fmt.Errorf("open the vault: %w", err)
	}
	return keys, nil
}

// DestroyKey makes all that is held about a subject unreadable for ever, and
// reports whether it was readable until now.
func DestroyKey(ctx context.Context, q postgres.Querier, subjectID, by, reason string, now time.Time) (done bool, err error) {
	const query = `SELECT destroy_key($1, $2, $3, $4)`

	if err := sqlx.GetContext(ctx, q, &done, query, subjectID, by, reason, now); err != nil {
		return false, fmt.Errorf("destroy a key: %w", err)
	}
	return done, nil
}

// ListKeysFrom returns the next keys after a subject, in the order of subjects, for
// an update: those of who was erased are left out. Only the owner may.
func ListKeysFrom(ctx context.Context, q postgres.Querier, after string, limit int) ([]WrappedKey, error) {
	const query = `
		SELECT subject_id, version, wrapped
		FROM data_keys
		WHERE subject_id > $1 AND wrapped IS NOT NULL
		ORDER BY subject_id
		LIMIT $2
		FOR UPDATE`

	var keys []WrappedKey
	if err := sqlx.SelectContext(ctx, q, &keys, query, after, limit); err != nil {
		return nil, fmt.Errorf("list keys: %w", err)
	}
	return keys, nil
}

// UpdateKeys writes keys as they are wrapped now. Only the owner may.
func UpdateKeys(ctx context.Context, q postgres.Querier, keys []WrappedKey) error {
	const query = `
		UPDATE data_keys
		SET wrapped = k.wrapped
		FROM unnest($1::uuid[], $2::bytea[]) AS k (subject_id, wrapped)
		WHERE data_keys.subject_id = k.subject_id`

	if _, err := q.ExecContext(ctx, query,
		postgres.Column(keys, func(k WrappedKey) string { return k.SubjectID }),
		postgres.Column(keys, func(k WrappedKey) []byte { return k.Wrapped })); err != nil {
		return fmt.Errorf("write %d keys: %w", len(keys), err)
	}
	return nil
}
