package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FindNoticePreferences returns what each of these people chose; whoever never
// chose has domain.FirstPreferences.
func FindNoticePreferences(ctx context.Context, q postgres.Querier, volunteerIDs []string) (map[string]domain.NoticePreferences, error) {
	const query = `
		SELECT volunteer_id, array_to_string(muted, ' ') AS muted, array_to_string(no_text, ' ') AS no_text, quiet
		FROM notice_preferences
		WHERE volunteer_id = ANY ($1::uuid[])`

	var rows []struct {
		VolunteerID string `db:"volunteer_id"`
		Muted       string `db:"muted"`
		NoText      string `db:"no_text"`
		Quiet       bool   `db:"quiet"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("find notice preferences of %d people: %w", len(volunteerIDs), err)
	}
	found := make(map[string]domain.NoticePreferences, len(volunteerIDs))
	for _, volunteerID := range volunteerIDs {
		found[volunteerID] = domain.FirstPreferences()
	}
	for _, row := range rows {
		found[row.VolunteerID] = domain.NoticePreferences{Muted: kinds(row.Muted), NoText: kinds(row.NoText), Quiet: row.Quiet}
	}
	return found, nil
}

func kinds(text string) (kinds []domain.NoticeKind) {
	for _, kind := range strings.Fields(text) {
		kinds = append(kinds, domain.NoticeKind(kind))
	}
	return kinds
}

// UpsertNoticePreferences keeps what somebody chose at t.
func UpsertNoticePreferences(ctx context.Context, q postgres.Querier, volunteerID string, p domain.NoticePreferences, t time.Time) error {
	const query = `
		INSERT INTO notice_preferences (volunteer_id, muted, no_text, quiet, changed_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT ON CONSTRAINT notice_preferences_pkey DO UPDATE
		SET muted = EXCLUDED.muted, no_text = EXCLUDED.no_text, quiet = EXCLUDED.quiet, changed_at = EXCLUDED.changed_at`

	kind := func(k domain.NoticeKind) string { return string(k) }
	if _, err := q.ExecContext(ctx, query, volunteerID, postgres.Column(p.Muted, kind), postgres.Column(p.NoText, kind), p.Quiet, t); err != nil {
		return fmt.Errorf("keep notice preferences of %s: %w", volunteerID, err)
	}
	return nil
}

// MoveNoticePreferences gives what was chosen under a merged record to the one
// that stays, if nothing was chosen there.
func MoveNoticePreferences(ctx context.Context, q postgres.Querier, goneID, survivorID string) error {
	const move = `
		INSERT INTO notice_preferences (volunteer_id, muted, no_text, quiet, changed_at)
		SELECT $2, muted, no_text, quiet, changed_at
		FROM notice_preferences
		WHERE volunteer_id = $1
		ON CONFLICT ON CONSTRAINT notice_preferences_pkey DO NOTHING`
	const remove = `
		DELETE FROM notice_preferences
		WHERE volunteer_id = $1`

	if _, err := q.ExecContext(ctx, move, goneID, survivorID); err != nil {
		return fmt.Errorf("move notice preferences of %s: %w", goneID, err)
	}
	if _, err := q.ExecContext(ctx, remove, goneID); err != nil {
		return fmt.Errorf("remove notice preferences of %s: %w", goneID, err)
	}
	return nil
}
