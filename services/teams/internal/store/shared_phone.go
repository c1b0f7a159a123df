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
)

// FindSharedPhone returns the shared phone that a browser is, or domain.ErrNotShared.
func FindSharedPhone(ctx context.Context, q postgres.Querier, browserHash []byte) (domain.SharedPhone, error) {
	const query = `
		SELECT id, browser_hash, declared_by, declared_at
		FROM shared_phones
		WHERE browser_hash = $1`

	return getSharedPhone(ctx, q, query, browserHash)
}

// LockSharedPhone is FindSharedPhone and holds the phone until the transaction
// ends: who acts on it, and tries at its PINs, are decided one after the other.
func LockSharedPhone(ctx context.Context, q postgres.Querier, browserHash []byte) (domain.SharedPhone, error) {
	const query = `
		SELECT id, browser_hash, declared_by, declared_at
		FROM shared_phones
		WHERE browser_hash = $1
		FOR NO KEY UPDATE`

	return getSharedPhone(ctx, q, query, browserHash)
}

func getSharedPhone(ctx context.Context, q postgres.Querier, query string, browserHash []byte) (domain.SharedPhone, error) {
	var row struct {
		ID          string    `db:"id"`
		BrowserHash []byte    `db:"browser_hash"`
		DeclaredBy  string    `db:"declared_by"`
		DeclaredAt  time.Time `db:"declared_at"`
	}
	if len(browserHash) == 0 {
		return domain.SharedPhone{}, domain.ErrNotShared
	}
	err := sqlx.GetContext(ctx, q, &row, query, browserHash)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.SharedPhone{}, domain.ErrNotShared
	}
	if err != nil {
		return domain.SharedPhone{}, fmt.Errorf("find shared phone: %w", err)
	}
	return domain.SharedPhone{ID: row.ID, BrowserHash: row.BrowserHash, DeclaredBy: row.DeclaredBy, DeclaredAt: row.DeclaredAt.UTC()}, nil
}

// InsertSharedPhone adds a phone and reports whether it is new: of several
// people who declare it at once one does.
func InsertSharedPhone(ctx context.Context, q postgres.Querier, p domain.SharedPhone) (bool, error) {
	const query = `
		INSERT INTO shared_phones (id, browser_hash, declared_by, declared_at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (browser_hash) DO NOTHING`

	res, err := q.ExecContext(ctx, query, p.ID, p.BrowserHash, p.DeclaredBy, p.DeclaredAt)
	if err != nil {
		return false, fmt.Errorf("insert shared phone: %w", err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// DeleteSharedPhone removes a phone and everybody it keeps.
func DeleteSharedPhone(ctx context.Context, q postgres.Querier, id string) error {
	if _, err := q.ExecContext(ctx, `DELETE FROM shared_phones WHERE id = $1`, id); err != nil {
		return fmt.Errorf("delete shared phone %s: %w", id, err)
	}
	return nil
}

// NameOnPhone is a person as a shared phone shows them to choose from.
type NameOnPhone struct {
	VolunteerID string `db:"volunteer_id"`
	Name        string `db:"name"`
	Wrong       int    `db:"wrong"`
}

// Locked reports whether the person's PIN is not looked at any more.
func (n NameOnPhone) Locked() bool { return domain.OnPhone{Wrong: n.Wrong}.Locked() }

// ListOnPhone returns whom a phone keeps, in the order they came.
func ListOnPhone(ctx context.Context, q postgres.Querier, phoneID string) ([]NameOnPhone, error) {
	const query = `
		SELECT p.volunteer_id, v.name, p.wrong
		FROM shared_phone_people p
		JOIN volunteers v ON v.id = p.volunteer_id
		WHERE p.phone_id = $1
		ORDER BY p.kept_at, p.volunteer_id`

	people := []NameOnPhone{}
	if err := sqlx.SelectContext(ctx, q, &people, query, phoneID); err != nil {
		return nil, fmt.Errorf("list who is on phone %s: %w", phoneID, err)
	}
	return people, nil
}

// FindOnPhone returns a person whom a phone keeps, or domain.ErrNotOnPhone. The
// phone must be held when the answer is to be written back.
func FindOnPhone(ctx context.Context, q postgres.Querier, phoneID, volunteerID string) (domain.OnPhone, error) {
	const query = `
		SELECT salt, hash, wrong, kept_at, used_at
		FROM shared_phone_people
		WHERE phone_id = $1 AND volunteer_id = $2`

	var row struct {
		Salt   []byte    `db:"salt"`
		Hash   []byte    `db:"hash"`
		Wrong  int       `db:"wrong"`
		KeptAt time.Time `db:"kept_at"`
		UsedAt time.Time `db:"used_at"`
	}
	err := sqlx.GetContext(ctx, q, &row, query, phoneID, volunteerID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.OnPhone{}, domain.ErrNotOnPhone
	}
	if err != nil {
		return domain.OnPhone{}, fmt.Errorf("find %s on phone %s: %w", volunteerID, phoneID, err)
	}
	return domain.OnPhone{
		PhoneID: phoneID, VolunteerID: volunteerID, Salt: row.Salt, Hash: row.Hash, Wrong: row.Wrong,
		KeptAt: row.KeptAt.UTC(), UsedAt: row.UsedAt.UTC(),
	}, nil
}

// UpsertOnPhone keeps a person on a phone, or with another PIN.
func UpsertOnPhone(ctx context.Context, q postgres.Querier, p domain.OnPhone) error {
	const query = `
		INSERT INTO shared_phone_people (phone_id, volunteer_id, salt, hash, wrong, kept_at, used_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (phone_id, volunteer_id) DO UPDATE
		SET salt = EXCLUDED.salt, hash = EXCLUDED.hash, wrong = EXCLUDED.wrong, used_at = EXCLUDED.used_at`

	if _, err := q.ExecContext(ctx, query, p.PhoneID, p.VolunteerID, p.Salt, p.Hash, p.Wrong, p.KeptAt, p.UsedAt); err != nil {
		return fmt.Errorf("keep %s on phone %s: %w", p.VolunteerID, p.PhoneID, err)
	}
	return nil
}

// UnlockPIN forgets the wrong tries at a person's PIN on a phone.
func UnlockPIN(ctx context.Context, q postgres.Querier, phoneID, volunteerID string, now time.Time) error {
	const query = `
		UPDATE shared_phone_people
		SET wrong = 0, used_at = $3
		WHERE phone_id = $1 AND volunteer_id = $2`

	if _, err := q.ExecContext(ctx, query, phoneID, volunteerID, now); err != nil {
		return fmt.Errorf("unlock the PIN of %s: %w", volunteerID, err)
	}
	return nil
}

// DeleteOnPhone takes a person off a phone.
func DeleteOnPhone(ctx context.Context, q postgres.Querier, phoneID, volunteerID string) error {
	const query = `
		DELETE FROM shared_phone_people
		WHERE phone_id = $1 AND volunteer_id = $2`

	if _, err := q.ExecContext(ctx, query, phoneID, volunteerID); err != nil {
		return fmt.Errorf("take %s off phone %s: %w", volunteerID, phoneID, err)
	}
	return nil
}

// DeletePINs takes a person off every phone.
func DeletePINs(ctx context.Context, q postgres.Querier, volunteerID string) error {
	if _, err := q.ExecContext(ctx, `DELETE FROM shared_phone_people WHERE volunteer_id = $1`, volunteerID); err != nil {
		return fmt.Errorf("take %s off all phones: %w", volunteerID, err)
	}
	return nil
}

// DeleteUnusedPINs takes people off phones they did not use since a time, and
// removes phones that keep nobody.
func DeleteUnusedPINs(ctx context.Context, q postgres.Querier, before time.Time) error {
	const (
		people = `
		DELETE FROM shared_phone_people
		WHERE used_at < $1`
		phones = `
		DELETE FROM shared_phones p
		WHERE p.declared_at < $1 AND NOT EXISTS (SELECT FROM shared_phone_people o WHERE o.phone_id = p.id)`
	)
	for _, query := range []string{people, phones} {
		if _, err := q.ExecContext(ctx, query, before); err != nil {
			return fmt.Errorf("delete unused PINs: %w", err)
		}
	}
	return nil
}
