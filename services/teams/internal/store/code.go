package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// LockAsking makes everybody who asks for a code for the same number or from
// the same address wait for this transaction, in whatever replica they are, so
// that the limits are counted one by one. The locks are named by the first
// eight bytes of a keyed index, so they meet no other lock of Qihe's.
func LockAsking(ctx context.Context, q postgres.Querier, phoneIndex, addressIndex []byte) error {
	const query = `SELECT pg_advisory_xact_lock($1)`

	one, two := lockKey(phoneIndex), lockKey(addressIndex)
	for _, key := range []int64{min(one, two), max(one, two)} { // one order for all: nobody waits in a ring
		if _, err := q.ExecContext(ctx, query, key); err != nil {
			return fmt.Errorf("lock asking for a code: %w", err)
		}
	}
	return nil
}

func lockKey(index []byte) int64 { return int64(binary.BigEndian.Uint64(index)) }

// CodesOfPhone returns when the newest n codes of a number were asked for, newest first.
func CodesOfPhone(ctx context.Context, q postgres.Querier, phoneIndex []byte, n int) ([]time.Time, error) {
	const query = `
		SELECT created_at
		FROM sign_in_codes
		WHERE phone_index = $1
		ORDER BY created_at DESC
		LIMIT $2`

	var times []time.Time
	if err := sqlx.SelectContext(ctx, q, &times, query, phoneIndex, n); err != nil {
		return nil, fmt.Errorf("list codes of a number: %w", err)
	}
	return times, nil
}

// CodesOfPhoneAt is CodesOfPhone for those that were asked for in one browser.
func CodesOfPhoneAt(ctx context.Context, q postgres.Querier, phoneIndex, browserHash []byte, n int) ([]time.Time, error) {
	const query = `
		SELECT created_at
		FROM sign_in_codes
		WHERE phone_index = $1 AND browser_hash = $2
		ORDER BY created_at DESC
		LIMIT $3`

	var times []time.Time
	if err := sqlx.SelectContext(ctx, q, &times, query, phoneIndex, bytesOrEmpty(browserHash), n); err != nil {
		return nil, fmt.Errorf("list codes of a number in a browser: %w", err)
	}
	return times, nil
}

// CodesOfAddress returns when the newest n codes were asked for from an address, newest first.
func CodesOfAddress(ctx context.Context, q postgres.Querier, addressIndex []byte, n int) ([]time.Time, error) {
	const query = `
		SELECT created_at
		FROM sign_in_codes
		WHERE address_index = $1
		ORDER BY created_at DESC
		LIMIT $2`

	var times []time.Time
	if err := sqlx.SelectContext(ctx, q, &times, query, addressIndex, n); err != nil {
		return nil, fmt.Errorf("list codes of an address: %w", err)
	}
	return times, nil
}

// CountSent returns how many codes were sent, to anybody, after a time.
func CountSent(ctx context.Context, q postgres.Querier, after time.Time) (int, error) {
	const query = `
		SELECT count(*)
		FROM sign_in_codes
		WHERE (volunteer_id IS NOT NULL OR registers) AND created_at > $1`

	var n int
	if err := sqlx.GetContext(ctx, q, &n, query, after); err != nil {
		return 0, fmt.Errorf("count codes sent: %w", err)
	}
	return n, nil
}

// InsertSignInCode adds a code.
func InsertSignInCode(ctx context.Context, q postgres.Querier, c domain.SignInCode) error {
	const query = `
		INSERT INTO sign_in_codes (id, phone_index, address_index, browser_hash, volunteer_id, registers, salt, hash, guesses, created_at, expires_at)
		VALUES ($1, $2, $3, $4, NULLIF($5, '')::uuid, $6, $7, $8, $9, $10, $11)`

	if _, err := q.ExecContext(ctx, query, c.ID, c.PhoneIndex, c.AddressIndex, bytesOrEmpty(c.BrowserHash), c.VolunteerID, c.Registers,
		c.Salt, bytesOrEmpty(c.Hash), c.Guesses, c.CreatedAt, c.ExpiresAt); err != nil {
		return fmt.Errorf("insert sign-in code: %w", err)
	}
	return nil
}

// UpdateCodeHash gives a code its hash: only then can it be used.
func UpdateCodeHash(ctx context.Context, q postgres.Querier, c domain.SignInCode) error {
	const query = `SELECT set_code_hash($1, $2)`

	if _, err := q.ExecContext(ctx, query, c.ID, c.Hash); err != nil {
		return fmt.Errorf("update the hash of sign-in code %s: %w", c.ID, err)
	}
	return nil
}

type codeRow struct {
	ID           string              `db:"id"`
	PhoneIndex   []byte              `db:"phone_index"`
	AddressIndex []byte              `db:"address_index"`
	BrowserHash  []byte              `db:"browser_hash"`
	VolunteerID  string              `db:"volunteer_id"`
	Registers    bool                `db:"registers"`
	Salt         []byte              `db:"salt"`
	Hash         []byte              `db:"hash"`
	Guesses      int                 `db:"guesses"`
	CreatedAt    time.Time           `db:"created_at"`
	ExpiresAt    time.Time           `db:"expires_at"`
	UsedAt       sql.Null[time.Time] `db:"used_at"`
}

func (r codeRow) code() domain.SignInCode {
	return domain.SignInCode{
		ID:           r.ID,
		PhoneIndex:   r.PhoneIndex,
		AddressIndex: r.AddressIndex,
		BrowserHash:  r.BrowserHash,
		VolunteerID:  r.VolunteerID,
		Registers:    r.Registers,
		Salt:         r.Salt,
		Hash:         r.Hash,
		Guesses:      r.Guesses,
		CreatedAt:    r.CreatedAt.UTC(),
		ExpiresAt:    r.ExpiresAt.UTC(),
		UsedAt:       r.UsedAt.V,
	}
}

// LockNewestCode returns the newest code of a number that a browser asked for
// and holds its row until the transaction ends: guesses are judged one after
// the other. It returns domain.ErrCodeSpent when none was asked for there.
func LockNewestCode(ctx context.Context, q postgres.Querier, phoneIndex, browserHash []byte) (domain.SignInCode, error) {
	const query = `
		SELECT id, phone_index, address_index, browser_hash, COALESCE(volunteer_id::text, '') AS volunteer_id, registers,
			salt, hash, guesses, created_at, expires_at, used_at
		FROM sign_in_codes
		WHERE phone_index = $1 AND browser_hash = $2
		ORDER BY created_at DESC, id DESC
		LIMIT 1
		FOR NO KEY UPDATE`

	var row codeRow
	err := sqlx.GetContext(ctx, q, &row, query, phoneIndex, bytesOrEmpty(browserHash))
	if errors.Is(err, sql.ErrNoRows) {
		return domain.SignInCode{}, domain.ErrCodeSpent
	}
	if err != nil {
		return domain.SignInCode{}, fmt.Errorf("lock newest code of a number: %w", err)
	}
	return row.code(), nil
}

// UpdateSignInCode writes back how often a code was tried and whether it is used.
func UpdateSignInCode(ctx context.Context, q postgres.Querier, c domain.SignInCode) error {
	const query = `
		UPDATE sign_in_codes
		SET guesses = $2, used_at = $3
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, c.ID, c.Guesses, orNull(c.UsedAt)); err != nil {
		return fmt.Errorf("update sign-in code %s: %w", c.ID, err)
	}
	return nil
}

// DeleteSignInCodes removes codes asked for before a time.
func DeleteSignInCodes(ctx context.Context, q postgres.Querier, before time.Time) error {
	const query = `
		DELETE FROM sign_in_codes
		WHERE created_at < $1`

	if _, err := q.ExecContext(ctx, query, before); err != nil {
		return fmt.Errorf("delete old sign-in codes: %w", err)
	}
	return nil
}
