package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertNotices puts notices into inboxes and returns the ids of those that are
// new: what was told before, by its source, is left out.
func InsertNotices(ctx context.Context, q postgres.Querier, notices []domain.Notice) ([]string, error) {
	const query = `
		INSERT INTO notices (id, volunteer_id, kind, subject_kind, subject_id, words, urgent, source, created_at)
		SELECT id, volunteer_id, kind, subject_kind, subject_id, words::jsonb, urgent, NULLIF(source, ''), created_at
		FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::text[], $9::timestamptz[])
			AS n (id, volunteer_id, kind, subject_kind, subject_id, words, urgent, source, created_at)
		ON CONFLICT DO NOTHING
		RETURNING id`

	words := make([]string, len(notices))
	for i, n := range notices {
		raw, err := json.Marshal(n.Words)
		if err != nil {
			return nil, fmt.Errorf("encode words of notice %s: %w", n.ID, err)
		}
		words[i] = string(raw)
	}
	fresh := []string{}
	err := sqlx.SelectContext(ctx, q, &fresh, query,
		postgres.Column(notices, func(n domain.Notice) string { return n.ID }),
		postgres.Column(notices, func(n domain.Notice) string { return n.VolunteerID }),
		postgres.Column(notices, func(n domain.Notice) string { return string(n.Kind) }),
		postgres.Column(notices, func(n domain.Notice) string { return n.SubjectKind }),
		postgres.Column(notices, func(n domain.Notice) string { return n.SubjectID }),
		postgres.Array(words),
		postgres.Column(notices, func(n domain.Notice) bool { return n.Urgent }),
		postgres.Column(notices, func(n domain.Notice) string { return n.Source }),
		postgres.Column(notices, func(n domain.Notice) string { return n.CreatedAt.Format(time.RFC3339Nano) }))
	if err != nil {
		return nil, fmt.Errorf("insert %d notices: %w", len(notices), err)
	}
	return fresh, nil
}

// MoveNotices gives the inbox of a merged record to the one that stays; what
// both were told is there once.
func MoveNotices(ctx context.Context, q postgres.Querier, goneID, survivorID string) error {
	const drop = `
		DELETE FROM notices n
		WHERE n.volunteer_id = $1
			AND EXISTS (SELECT FROM notices k WHERE k.volunteer_id = $2 AND k.kind = n.kind AND k.source = n.source)`
	const move = `
		UPDATE notices
		SET volunteer_id = $2
		WHERE volunteer_id = $1`

	for _, query := range []string{drop, move} {
		if _, err := q.ExecContext(ctx, query, goneID, survivorID); err != nil {
			return fmt.Errorf("move notices of %s: %w", goneID, err)
		}
	}
	return nil
}
