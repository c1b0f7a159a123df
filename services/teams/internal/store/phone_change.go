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

func phoneBeforePlace(id string) vault.Place {
	return vault.Place{Table: "phone_changes", Column: "before", Row: id}
}

type phoneChangeRow struct {
	ID          string              `db:"id"`
	VolunteerID string              `db:"volunteer_id"`
	VouchedBy   string              `db:"vouched_by"`
	PhoneIndex  []byte              `db:"phone_index"`
	PhoneMasked string              `db:"phone_masked"`
	Before      []byte              `db:"before"`
	State       string              `db:"state"`
	CreatedAt   time.Time           `db:"created_at"`
	ExpiresAt   time.Time           `db:"expires_at"`
	DecidedAt   sql.Null[time.Time] `db:"decided_at"`
	UndoUntil   sql.Null[time.Time] `db:"undo_until"`
	UndoneBy    string              `db:"undone_by"`
}

const phoneChangeColumns = `id, volunteer_id, vouched_by, phone_index, phone_masked, before, state, created_at, expires_at,
	decided_at, undo_until, COALESCE(undone_by::text, '') AS undone_by`

func (r phoneChangeRow) change(v *vault.Vault) (domain.PhoneChange, error) {
	before, err := open(v, r.Before, phoneBeforePlace(r.ID))
	return domain.PhoneChange{
		ID: r.ID, VolunteerID: r.VolunteerID, VouchedBy: r.VouchedBy, PhoneIndex: r.PhoneIndex, PhoneMasked: r.PhoneMasked,
		Before: domain.Phone(before), State: domain.PhoneChangeState(r.State), CreatedAt: r.CreatedAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(),
		DecidedAt: r.DecidedAt.V, UndoUntil: r.UndoUntil.V, UndoneBy: r.UndoneBy,
	}, err
}

// FindVouchedFor returns whose new number this is to be, as somebody vouched
// and the number has yet to prove, or "".
func FindVouchedFor(ctx context.Context, q postgres.Querier, phoneIndex []byte, now time.Time) (string, error) {
	const query = `
		SELECT COALESCE((
			SELECT volunteer_id::text
			FROM phone_changes
			WHERE phone_index = $1 AND state = 'open' AND expires_at > $2
		), '')`

	var volunteerID string
	if err := sqlx.GetContext(ctx, q, &volunteerID, query, phoneIndex, now); err != nil {
		return "", fmt.Errorf("find whose new number it is: %w", err)
	}
	return volunteerID, nil
}

// FindPhoneChange returns a change, or domain.ErrNoPhoneChange.
func FindPhoneChange(ctx context.Context, q postgres.Querier, v *vault.Vault, id string) (domain.PhoneChange, error) {
	const query = `
		SELECT ` + phoneChangeColumns + `
		FROM phone_changes
		WHERE id = $1`

	return getPhoneChange(ctx, q, v, query, id)
}

// LockPhoneChange is FindPhoneChange and holds the row until the transaction ends.
func LockPhoneChange(ctx context.Context, q postgres.Querier, v *vault.Vault, id string) (domain.PhoneChange, error) {
	const query = `
		SELECT ` + phoneChangeColumns + `
		FROM phone_changes
		WHERE id = $1
		FOR NO KEY UPDATE`

	return getPhoneChange(ctx, q, v, query, id)
}

// LockOpenPhoneChange returns the open change to a number, held, be it too old
// or not, or domain.ErrNoPhoneChange.
func LockOpenPhoneChange(ctx context.Context, q postgres.Querier, v *vault.Vault, phoneIndex []byte) (domain.PhoneChange, error) {
	const query = `
		SELECT ` + phoneChangeColumns + `
		FROM phone_changes
		WHERE phone_index = $1 AND state = 'open'
		FOR NO KEY UPDATE`

	return getPhoneChange(ctx, q, v, query, phoneIndex)
}

func getPhoneChange(ctx context.Context, q postgres.Querier, v *vault.Vault, query string, key any) (domain.PhoneChange, error) {
	var row phoneChangeRow
	err := sqlx.GetContext(ctx, q, &row, query, key)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.PhoneChange{}, domain.ErrNoPhoneChange
	}
	if err != nil {
		return domain.PhoneChange{}, fmt.Errorf("find phone change: %w", err)
	}
	return row.change(v)
}

// InsertPhoneChange adds an open change in the place of open ones of the same
// person or the same number.
func InsertPhoneChange(ctx context.Context, q postgres.Querier, c domain.PhoneChange) error {
	const (
		replace = `
		UPDATE phone_changes
		SET state = 'replaced', decided_at = $3
		WHERE state = 'open' AND (volunteer_id = $1 OR phone_index = $2)`
		insert = `
		INSERT INTO phone_changes (id, volunteer_id, vouched_by, phone_index, phone_masked, state, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	)
	if _, err := q.ExecContext(ctx, replace, c.VolunteerID, c.PhoneIndex, c.CreatedAt); err != nil {
		return fmt.Errorf("replace open phone changes: %w", err)
	}
	if _, err := q.ExecContext(ctx, insert, c.ID, c.VolunteerID, c.VouchedBy, c.PhoneIndex, c.PhoneMasked, c.State, c.CreatedAt, c.ExpiresAt); err != nil {
		return fmt.Errorf("insert phone change: %w", err)
	}
	return nil
}

// UpdatePhoneChange writes back where a change stands.
func UpdatePhoneChange(ctx context.Context, q postgres.Querier, v *vault.Vault, c domain.PhoneChange) error {
	const query = `
		UPDATE phone_changes
		SET state = $2, before = $3, decided_at = $4, undo_until = $5, undone_by = NULLIF($6, '')::uuid
		WHERE id = $1`

	before, _, err := seal(v, string(c.Before), phonePurpose, phoneBeforePlace(c.ID))
	if err != nil {
		return err
	}
	if _, err := q.ExecContext(ctx, query, c.ID, c.State, before, orNull(c.DecidedAt), orNull(c.UndoUntil), c.UndoneBy); err != nil {
		return fmt.Errorf("update phone change %s: %w", c.ID, err)
	}
	return nil
}

// EndPhoneChanges ends what waits for a new number of a person's.
func EndPhoneChanges(ctx context.Context, q postgres.Querier, volunteerID string, now time.Time) error {
	const query = `
		UPDATE phone_changes
		SET state = 'replaced', decided_at = $2
		WHERE volunteer_id = $1 AND state = 'open'`

	if _, err := q.ExecContext(ctx, query, volunteerID, now); err != nil {
		return fmt.Errorf("end phone changes of %s: %w", volunteerID, err)
	}
	return nil
}

// ListPhoneChanges returns a person's newest changes, newest first.
func ListPhoneChanges(ctx context.Context, q postgres.Querier, v *vault.Vault, volunteerID string, limit int) ([]domain.PhoneChange, error) {
	const query = `
		SELECT ` + phoneChangeColumns + `
		FROM phone_changes
		WHERE volunteer_id = $1
		ORDER BY created_at DESC, id DESC
		LIMIT $2`

	var rows []phoneChangeRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID, limit); err != nil {
		return nil, fmt.Errorf("list phone changes of %s: %w", volunteerID, err)
	}
	changes := make([]domain.PhoneChange, len(rows))
	for i, row := range rows {
		var err error
		if changes[i], err = row.change(v); err != nil {
			return nil, err
		}
	}
	return changes, nil
}

// PhoneChangesBy returns when the newest n changes were vouched for by
// somebody, newest first.
func PhoneChangesBy(ctx context.Context, q postgres.Querier, vouchedBy string, n int) ([]time.Time, error) {
	const query = `
		SELECT created_at
		FROM phone_changes
		WHERE vouched_by = $1
		ORDER BY created_at DESC
		LIMIT $2`

	var times []time.Time
	if err := sqlx.SelectContext(ctx, q, &times, query, vouchedBy, n); err != nil {
		return nil, fmt.Errorf("list phone changes by %s: %w", vouchedBy, err)
	}
	return times, nil
}

// ForgetPhonesBefore forgets the numbers that can no longer be put back.
func ForgetPhonesBefore(ctx context.Context, q postgres.Querier, now time.Time) error {
	const query = `
		UPDATE phone_changes
		SET before = NULL
		WHERE before IS NOT NULL AND undo_until <= $1`

	if _, err := q.ExecContext(ctx, query, now); err != nil {
		return fmt.Errorf("forget numbers of before: %w", err)
	}
	return nil
}
