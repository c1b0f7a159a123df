package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

type guardianRow struct {
	ID            string              `db:"id"`
	VolunteerID   string              `db:"volunteer_id"`
	GuardianName  []byte              `db:"guardian_name"`
	GuardianPhone []byte              `db:"guardian_phone"`
	Relation      string              `db:"relation"`
	FormNumber    string              `db:"form_number"`
	ArchivedAt    string              `db:"archived_at"`
	TextVersion   string              `db:"text_version"`
	RecordedBy    string              `db:"recorded_by"`
	From          time.Time           `db:"from_at"`
	WithdrawnAt   sql.Null[time.Time] `db:"withdrawn_at"`
}

func guardianPlace(column, consentID string) vault.Place {
	return vault.Place{Table: "guardian_consents", Column: column, Row: consentID}
}

func (r guardianRow) consent(v *vault.Vault) (domain.GuardianConsent, error) {
	name, err := v.Open(r.GuardianName, guardianPlace("guardian_name", r.ID))
	if err != nil {
		return domain.GuardianConsent{}, err
	}
	phone, err := v.Open(r.GuardianPhone, guardianPlace("guardian_phone", r.ID))
	if err != nil {
		return domain.GuardianConsent{}, err
	}
	c := domain.GuardianConsent{
		ID: r.ID, VolunteerID: r.VolunteerID, GuardianName: name, GuardianPhone: domain.Phone(phone), Relation: r.Relation,
		FormNumber: r.FormNumber, ArchivedAt: r.ArchivedAt, TextVersion: r.TextVersion, RecordedBy: r.RecordedBy, From: r.From.UTC(),
	}
	if r.WithdrawnAt.Valid {
		c.WithdrawnAt = r.WithdrawnAt.V.UTC()
	}
	return c, nil
}

// InsertGuardianConsent adds a consent, the guardian's name and phone sealed.
// It returns domain.ErrGuardianThere when another one counts already.
func InsertGuardianConsent(ctx context.Context, q postgres.Querier, v *vault.Vault, c domain.GuardianConsent) error {
	const query = `
		INSERT INTO guardian_consents (id, volunteer_id, guardian_name, guardian_phone, relation, form_number, archived_at,
			text_version, recorded_by, from_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

	name, err := v.Seal(c.GuardianName, guardianPlace("guardian_name", c.ID))
	if err != nil {
		return err
	}
	phone, err := v.Seal(string(c.GuardianPhone), guardianPlace("guardian_phone", c.ID))
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, query, c.ID, c.VolunteerID, name, phone, c.Relation, c.FormNumber, c.ArchivedAt,
		c.TextVersion, c.RecordedBy, c.From)
	if postgres.Violated(err, "guardian_consents_current_key") {
		return domain.ErrGuardianThere
	}
	if err != nil {
		return fmt.Errorf("insert guardian consent %s: %w", c.ID, err)
	}
	return nil
}

// ListGuardianConsents returns all consents of a person, the one that counts
// first, then the newest.
func ListGuardianConsents(ctx context.Context, q postgres.Querier, v *vault.Vault, volunteerID string) ([]domain.GuardianConsent, error) {
	const query = `
		SELECT id, volunteer_id, guardian_name, guardian_phone, relation, form_number, archived_at, text_version, recorded_by,
			from_at, withdrawn_at
		FROM guardian_consents
		WHERE volunteer_id = $1
		ORDER BY withdrawn_at IS NOT NULL, from_at DESC, id`

	var rows []guardianRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list guardian consents of %s: %w", volunteerID, err)
	}
	consents := make([]domain.GuardianConsent, len(rows))
	for i, row := range rows {
		var err error
		if consents[i], err = row.consent(v); err != nil {
			return nil, err
		}
	}
	return consents, nil
}

// HasGuardianConsent reports whether a guardian's consent counts for a person.
func HasGuardianConsent(ctx context.Context, q postgres.Querier, volunteerID string) (bool, error) {
	const query = `
		SELECT EXISTS (SELECT FROM guardian_consents WHERE volunteer_id = $1 AND withdrawn_at IS NULL)`

	var has bool
	if err := sqlx.GetContext(ctx, q, &has, query, volunteerID); err != nil {
		return false, fmt.Errorf("look for guardian consent of %s: %w", volunteerID, err)
	}
	return has, nil
}

// WithdrawGuardianConsent ends the consent that counts for a person, and
// reports whether there was one.
func WithdrawGuardianConsent(ctx context.Context, q postgres.Querier, volunteerID string, at time.Time) (bool, error) {
	const query = `
		UPDATE guardian_consents
		SET withdrawn_at = $2
		WHERE volunteer_id = $1 AND withdrawn_at IS NULL`

	res, err := q.ExecContext(ctx, query, volunteerID, at)
	if err != nil {
		return false, fmt.Errorf("withdraw guardian consent of %s: %w", volunteerID, err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// MoveGuardianConsents gives the consents of a merged record to the one that
// stays. Of two that count, the merged record's ends; so does what one of the
// two recorded for the other: it was the person's own word. Where the survivor
// did, it also stays with the merged record.
func MoveGuardianConsents(ctx context.Context, q postgres.Querier, goneID, survivorID string, at time.Time) error {
	const end = `
		UPDATE guardian_consents
		SET withdrawn_at = $3
		WHERE withdrawn_at IS NULL AND (volunteer_id = $2 AND recorded_by = $1 OR volunteer_id = $1
			AND (recorded_by = $2 OR EXISTS (SELECT FROM guardian_consents WHERE volunteer_id = $2 AND recorded_by <> $1 AND withdrawn_at IS NULL)))`
	const move = `
		UPDATE guardian_consents
		SET volunteer_id = $2
		WHERE volunteer_id = $1 AND recorded_by <> $2`

	if _, err := q.ExecContext(ctx, end, goneID, survivorID, at); err != nil {
		return fmt.Errorf("end guardian consent of %s: %w", goneID, err)
	}
	if _, err := q.ExecContext(ctx, move, goneID, survivorID); err != nil {
		return fmt.Errorf("move guardian consents of %s: %w", goneID, err)
	}
	return nil
}
