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
// unknown or erased is left out.
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
