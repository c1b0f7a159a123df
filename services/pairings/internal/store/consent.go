package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const consentColumns = `id, child_id, way, link_id, form_number, sealed, picture IS NOT NULL AS has_picture, for_phone, given_on::text, ends_at,
	recorded_by, recorded_at, withdrawn_at, withdrawn_by`

type consentRow struct {
	ID          string              `db:"id"`
	ChildID     string              `db:"child_id"`
	Way         string              `db:"way"`
	LinkID      sql.Null[string]    `db:"link_id"`
	FormNumber  sql.Null[string]    `db:"form_number"`
	Sealed      []byte              `db:"sealed"`
	HasPicture  bool                `db:"has_picture"`
	ForPhone    bool                `db:"for_phone"`
	GivenOn     string              `db:"given_on"`
	EndsAt      time.Time           `db:"ends_at"`
	RecordedBy  sql.Null[string]    `db:"recorded_by"`
	RecordedAt  time.Time           `db:"recorded_at"`
	WithdrawnAt sql.Null[time.Time] `db:"withdrawn_at"`
	WithdrawnBy sql.Null[string]    `db:"withdrawn_by"`
}

func (r consentRow) consent() domain.Consent {
	return domain.Consent{
		ID: r.ID, ChildID: r.ChildID, Way: r.Way, LinkID: r.LinkID.V, FormNumber: r.FormNumber.V, Sealed: r.Sealed, HasPicture: r.HasPicture,
		ForPhone: r.ForPhone, GivenOn: r.GivenOn, EndsAt: r.EndsAt.UTC(), RecordedBy: r.RecordedBy.V, RecordedAt: r.RecordedAt.UTC(),
		WithdrawnAt: instant(r.WithdrawnAt), WithdrawnBy: r.WithdrawnBy.V,
	}
}

// InsertConsent keeps a guardian's yes, or returns domain.ErrFormTwice.
func InsertConsent(ctx context.Context, q postgres.Querier, c domain.Consent) error {
	const query = `
		INSERT INTO consents (id, child_id, way, link_id, form_number, sealed, for_data, for_pairing, for_phone, given_on, ends_at, recorded_by, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, true, true, $7, $8, $9, $10, $11)`

	_, err := q.ExecContext(ctx, query, c.ID, c.ChildID, c.Way, nullable(c.LinkID), nullable(c.FormNumber), c.Sealed, c.ForPhone, c.GivenOn, c.EndsAt,
		nullable(c.RecordedBy), c.RecordedAt)
	if postgres.Violated(err, "consents_form_number_key") {
		return domain.ErrFormTwice
	}
	if err != nil {
		return fmt.Errorf("keep a consent: %w", err)
	}
	return nil
}

// FindConsent returns a consent, or domain.ErrNoConsent. What is sealed stays so.
func FindConsent(ctx context.Context, q postgres.Querier, consentID string) (domain.Consent, error) {
	const query = `
		SELECT ` + consentColumns + `
		FROM consents
		WHERE id = $1`

	var row consentRow
	err := sqlx.GetContext(ctx, q, &row, query, consentID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Consent{}, domain.ErrNoConsent
	}
	if err != nil {
		return domain.Consent{}, fmt.Errorf("find consent %s: %w", consentID, err)
	}
	return row.consent(), nil
}

// ListConsents returns a child's consents, newest first.
func ListConsents(ctx context.Context, q postgres.Querier, childID string) ([]domain.Consent, error) {
	const query = `
		SELECT ` + consentColumns + `
		FROM consents
		WHERE child_id = $1
		ORDER BY recorded_at DESC, id DESC`

	var rows []consentRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, childID); err != nil {
		return nil, fmt.Errorf("list consents: %w", err)
	}
	consents := make([]domain.Consent, len(rows))
	for i, r := range rows {
		consents[i] = r.consent()
	}
	return consents, nil
}

// UpdateConsentPicture keeps the sealed picture of a signature.
func UpdateConsentPicture(ctx context.Context, q postgres.Querier, consentID string, sealed []byte) error {
	const query = `
		UPDATE consents
		SET picture = $2
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, consentID, sealed); err != nil {
		return fmt.Errorf("keep the picture of a signature: %w", err)
	}
	return nil
}

// FindConsentPicture returns the sealed picture of a signature; nil: there is none.
func FindConsentPicture(ctx context.Context, q postgres.Querier, consentID string) (sealed []byte, err error) {
	const query = `
		SELECT picture
		FROM consents
		WHERE id = $1`

	if err := sqlx.GetContext(ctx, q, &sealed, query, consentID); err != nil {
		return nil, fmt.Errorf("read the picture of a signature: %w", err)
	}
	return sealed, nil
}

// WithdrawConsents ends all consents of a child that stand, and returns how many did.
func WithdrawConsents(ctx context.Context, q postgres.Querier, childID, by string, now time.Time) (int64, error) {
	const query = `
		UPDATE consents
		SET withdrawn_at = $2, withdrawn_by = $3
		WHERE child_id = $1 AND withdrawn_at IS NULL`

	done, err := q.ExecContext(ctx, query, childID, now, nullable(by))
	if err != nil {
		return 0, fmt.Errorf("withdraw a consent: %w", err)
	}
	return done.RowsAffected()
}
