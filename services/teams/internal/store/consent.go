package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type consentRow struct {
	ID          string    `db:"id"`
	VolunteerID string    `db:"volunteer_id"`
	Purpose     string    `db:"purpose"`
	TextVersion int       `db:"text_version"`
	Given       bool      `db:"given"`
	SaidAt      time.Time `db:"said_at"`
	SaidBy      string    `db:"said_by"`
	RecordedBy  string    `db:"recorded_by"`
}

func (r consentRow) consent() domain.Consent {
	return domain.Consent{
		ID: r.ID, VolunteerID: r.VolunteerID, Purpose: domain.Purpose(r.Purpose), TextVersion: r.TextVersion, Given: r.Given,
		At: r.SaidAt.UTC(), SaidBy: r.SaidBy, RecordedBy: r.RecordedBy,
	}
}

// ListConsents returns all that was said by or for a person, oldest first.
func ListConsents(ctx context.Context, q postgres.Querier, volunteerID string) ([]domain.Consent, error) {
	const query = `
		SELECT id, volunteer_id, purpose, text_version, given, said_at, said_by, COALESCE(recorded_by::text, '') AS recorded_by
		FROM consents
		WHERE volunteer_id = $1
		ORDER BY said_at, id`

	var rows []consentRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list consents of %s: %w", volunteerID, err)
	}
	consents := make([]domain.Consent, len(rows))
	for i, row := range rows {
		consents[i] = row.consent()
	}
	return consents, nil
}

// InsertConsents adds what was said; the people and the texts must be there.
func InsertConsents(ctx context.Context, q postgres.Querier, consents []domain.Consent) error {
	const query = `
		INSERT INTO consents (id, volunteer_id, purpose, text_version, given, said_at, said_by, recorded_by)
		SELECT id, volunteer_id, purpose, text_version, given, said_at, said_by, NULLIF(recorded_by, '')::uuid
		FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::boolean[], $6::timestamptz[], $7::text[], $8::text[])
			AS c (id, volunteer_id, purpose, text_version, given, said_at, said_by, recorded_by)`

	_, err := q.ExecContext(ctx, query,
		postgres.Column(consents, func(c domain.Consent) string { return c.ID }),
		postgres.Column(consents, func(c domain.Consent) string { return c.VolunteerID }),
		postgres.Column(consents, func(c domain.Consent) string { return string(c.Purpose) }),
		postgres.Column(consents, func(c domain.Consent) int64 { return int64(c.TextVersion) }),
		postgres.Column(consents, func(c domain.Consent) bool { return c.Given }),
		postgres.Column(consents, func(c domain.Consent) string { return c.At.Format(time.RFC3339Nano) }),
		postgres.Column(consents, func(c domain.Consent) string { return c.SaidBy }),
		postgres.Column(consents, func(c domain.Consent) string { return c.RecordedBy }))
	if err != nil {
		return fmt.Errorf("insert %d consents: %w", len(consents), err)
	}
	return nil
}

// ListStaleConsents returns up to limit people with a consent for the purpose
// that counts, though no yes of theirs is to version or a newer one.
func ListStaleConsents(ctx context.Context, q postgres.Querier, purpose domain.Purpose, version, limit int) ([]string, error) {
	const query = `
		SELECT v.id
		FROM volunteers v
		WHERE CASE $1::text WHEN 'board_name' THEN v.board_consent WHEN 'rank_neighbours' THEN v.rank_consent
				WHEN 'national_system' THEN v.national_consent ELSE v.location_consent END
			AND NOT EXISTS (
				SELECT 1 FROM consents c
				WHERE c.volunteer_id = v.id AND c.purpose = $1 AND c.given AND c.text_version >= $2
			)
		ORDER BY v.id
		LIMIT $3`

	ids := []string{}
	if err := sqlx.SelectContext(ctx, q, &ids, query, purpose, version, limit); err != nil {
		return nil, fmt.Errorf("list stale consents for %s: %w", purpose, err)
	}
	return ids, nil
}

// MoveConsents gives what was said under a merged record to the one that
// stays, as it was said.
func MoveConsents(ctx context.Context, q postgres.Querier, goneID, survivorID string) error {
	const query = `
		UPDATE consents
		SET volunteer_id = $2
		WHERE volunteer_id = $1`

	if _, err := q.ExecContext(ctx, query, goneID, survivorID); err != nil {
		return fmt.Errorf("move consents of %s: %w", goneID, err)
	}
	return nil
}
