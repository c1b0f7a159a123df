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

type volunteerRow struct {
	ID           string    `db:"id"`
	Number       string    `db:"number"`
	Name         string    `db:"name"`
	PhoneSealed  []byte    `db:"phone_sealed"`
	BoardConsent bool      `db:"board_consent"`
	Minor        bool      `db:"minor"`
	JoinedAt     time.Time `db:"joined_at"`
	Version      int64     `db:"version"`
}

func (r volunteerRow) volunteer(v *vault.Vault) (domain.Volunteer, error) {
	phone, err := openPhone(v, r.ID, r.PhoneSealed)
	return domain.Volunteer{
		ID:           r.ID,
		Number:       r.Number,
		Name:         r.Name,
		Phone:        phone,
		BoardConsent: r.BoardConsent,
		Minor:        r.Minor,
		JoinedAt:     r.JoinedAt.UTC(),
		Version:      r.Version,
	}, err
}

func openPhone(v *vault.Vault, volunteerID string, sealed []byte) (domain.Phone, error) {
	if sealed == nil {
		return "", nil
	}
	phone, err := v.Open(sealed, phonePlace(volunteerID))
	return domain.Phone(phone), err
}

func phonePlace(volunteerID string) vault.Place {
	return vault.Place{Table: "volunteers", Column: "phone_sealed", Row: volunteerID}
}

// PhoneIndex returns the blind index by which a number is found.
func PhoneIndex(v *vault.Vault, phone domain.Phone) []byte {
	return v.BlindIndex("phone", string(phone))
}

// FindVolunteer returns a person, or domain.ErrNoVolunteer.
func FindVolunteer(ctx context.Context, q postgres.Querier, v *vault.Vault, id string) (domain.Volunteer, error) {
	const query = `
		SELECT id, number, name, phone_sealed, board_consent, minor, joined_at, version
		FROM volunteers
		WHERE id = $1`

	return getVolunteer(ctx, q, v, query, id)
}

// LockVolunteer is FindVolunteer and holds the row until the transaction ends.
func LockVolunteer(ctx context.Context, q postgres.Querier, v *vault.Vault, id string) (domain.Volunteer, error) {
	const query = `
		SELECT id, number, name, phone_sealed, board_consent, minor, joined_at, version
		FROM volunteers
		WHERE id = $1
		FOR NO KEY UPDATE`

	return getVolunteer(ctx, q, v, query, id)
}

func getVolunteer(ctx context.Context, q postgres.Querier, v *vault.Vault, query, id string) (domain.Volunteer, error) {
	var row volunteerRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Volunteer{}, domain.ErrNoVolunteer
	}
	if err != nil {
		return domain.Volunteer{}, fmt.Errorf("find volunteer %s: %w", id, err)
	}
	return row.volunteer(v)
}

// FindVolunteerByPhone returns the id of the person whose number has this
// blind index, or "": whether somebody has a number is an answer, not an error.
func FindVolunteerByPhone(ctx context.Context, q postgres.Querier, phoneIndex []byte) (string, error) {
	const query = `
		SELECT COALESCE((SELECT id::text FROM volunteers WHERE phone_index = $1), '')`

	var id string
	if err := sqlx.GetContext(ctx, q, &id, query, phoneIndex); err != nil {
		return "", fmt.Errorf("find volunteer by phone: %w", err)
	}
	return id, nil
}

// FindVolunteers returns the people with these ids, in any order; ids that
// nobody has are left out.
func FindVolunteers(ctx context.Context, q postgres.Querier, v *vault.Vault, ids []string) ([]domain.Volunteer, error) {
	const query = `
		SELECT id, number, name, phone_sealed, board_consent, minor, joined_at, version
		FROM volunteers
		WHERE id = ANY ($1::uuid[])`

	var rows []volunteerRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(ids)); err != nil {
		return nil, fmt.Errorf("find %d volunteers: %w", len(ids), err)
	}
	people := make([]domain.Volunteer, len(rows))
	for i, row := range rows {
		var err error
		if people[i], err = row.volunteer(v); err != nil {
			return nil, err
		}
	}
	return people, nil
}

// UpdateVolunteer writes back what can change at run time.
func UpdateVolunteer(ctx context.Context, q postgres.Querier, v domain.Volunteer) error {
	const query = `
		UPDATE volunteers
		SET board_consent = $2, version = $3
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, v.ID, v.BoardConsent, v.Version); err != nil {
		return fmt.Errorf("update volunteer %s: %w", v.ID, err)
	}
	return nil
}

// CheckKeys opens one sealed phone, any, so that a service with the wrong key
// file does not start. It returns nil while there is none.
func CheckKeys(ctx context.Context, q postgres.Querier, v *vault.Vault) error {
	const query = `
		SELECT id, phone_sealed
		FROM volunteers
		WHERE phone_sealed IS NOT NULL
		LIMIT 1`

	var row volunteerRow
	err := sqlx.GetContext(ctx, q, &row, query)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find a sealed phone: %w", err)
	}
	_, err = openPhone(v, row.ID, row.PhoneSealed)
	return err
}
