// Package idempotency makes a repeated request harmless.
//
// A phone on a weak network sends the same request again because the answer
// was lost. The client gives each act a key (the header Idempotency-Key); the
// first request carries it out and keeps the answer in the same transaction,
// every repeat gets that answer. The same key with other content is a mistake
// of the client and is refused. Answers are kept for seven days.
package idempotency

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations returns the table that keeps the answers.
func Migrations() postgres.Migrations { return postgres.EmbeddedMigrations("idempotency", files) }

// ErrKeyReused refuses a key that was used for something else.
var ErrKeyReused = apperr.New(apperr.Conflict, "key_reused", "这个操作已经提交过别的内容，请刷新页面再试。", "This was already submitted with other content; please reload the page and try again.")

type contextKey struct{}

// WithKey returns ctx with the client's key for the act it asks for.
func WithKey(ctx context.Context, key string) context.Context {
	return context.WithValue(ctx, contextKey{}, key)
}

// Do runs f in a transaction, once per (person, operation, key). Without a key
// in ctx it is db.InTx. request is hashed to notice a reused key; T must
// survive JSON. It returns ErrKeyReused, or whatever f returns; an act that
// failed keeps nothing, so the same key may try again.
func Do[T any](ctx context.Context, db *postgres.DB, at time.Time, operation string, request any, f func(q postgres.Querier) (T, error)) (T, error) {
	var result T
	key, _ := ctx.Value(contextKey{}).(string)
	p, _ := auth.From(ctx)
	err := db.InTx(ctx, func(q postgres.Querier) error {
		if key == "" {
			var err error
			result, err = f(q)
			return err
		}
		hash, err := hashOf(request)
		if err != nil {
			return err
		}
		k := answerKey{Principal: p.VolunteerID, Operation: operation, Key: key}
		fresh, err := claim(ctx, q, k, hash, at)
		if err != nil {
			return err
		}
		if !fresh {
			return recall(ctx, q, k, hash, &result)
		}
		if result, err = f(q); err != nil {
			return err
		}
		return keep(ctx, q, k, result)
	})
	return result, err
}

type answerKey struct{ Principal, Operation, Key string }

func hashOf(request any) ([]byte, error) {
	raw, err := json.Marshal(request)
	if err != nil {
		return nil, fmt.Errorf("encode request: %w", err)
	}
	sum := sha256.Sum256(raw)
	return sum[:], nil
}

// claim reserves the key. A second request with it waits here until the first
// has committed or rolled back, because the row is locked.
func claim(ctx context.Context, q postgres.Querier, k answerKey, hash []byte, at time.Time) (bool, error) {
	const query = `
		INSERT INTO idempotency_keys (principal, operation, key, request_hash, created_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT DO NOTHING`

	res, err := q.ExecContext(ctx, query, k.Principal, k.Operation, k.Key, hash, at)
	if err != nil {
		return false, fmt.Errorf("claim idempotency key: %w", err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

func recall(ctx context.Context, q postgres.Querier, k answerKey, hash []byte, result any) error {
	const query = `
		SELECT request_hash, response
		FROM idempotency_keys
		WHERE principal = $1 AND operation = $2 AND key = $3`

	var row struct {
		RequestHash []byte `db:"request_hash"`
		Response    []byte `db:"response"`
	}
	if err := sqlx.GetContext(ctx, q, &row, query, k.Principal, k.Operation, k.Key); err != nil {
		return fmt.Errorf("recall answer: %w", err)
	}
	if string(row.RequestHash) != string(hash) {
		return ErrKeyReused
	}
	if err := json.Unmarshal(row.Response, result); err != nil {
		return fmt.Errorf("decode kept answer: %w", err)
	}
	return nil
}

func keep(ctx context.Context, q postgres.Querier, k answerKey, result any) error {
	const query = `
		UPDATE idempotency_keys
		SET response = $4
		WHERE principal = $1 AND operation = $2 AND key = $3`

	raw, err := json.Marshal(result)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	if _, err := q.ExecContext(ctx, query, k.Principal, k.Operation, k.Key, raw); err != nil {
		return fmt.Errorf("keep answer: %w", err)
	}
	return nil
}
