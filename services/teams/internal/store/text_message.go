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

// UpsertTextMessage queues a message. One to the same person about the same
// thing that still waits is replaced: only the newest news is sent.
func UpsertTextMessage(ctx context.Context, q postgres.Querier, m domain.TextMessage) error {
	const query = `
		INSERT INTO text_messages (id, volunteer_id, kind, subject_kind, subject_id, words, created_at, due_at, useless_at, attempts)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)
		ON CONFLICT (volunteer_id, subject_kind, subject_id) WHERE sent_at IS NULL AND dropped_at IS NULL DO UPDATE
		SET id = EXCLUDED.id, kind = EXCLUDED.kind, words = EXCLUDED.words, created_at = EXCLUDED.created_at,
			due_at = EXCLUDED.due_at, useless_at = EXCLUDED.useless_at, attempts = 0`

	n := m.Notice
	words, err := json.Marshal(n.Words)
	if err != nil {
		return fmt.Errorf("encode words of text message %s: %w", m.ID, err)
	}
	_, err = q.ExecContext(ctx, query, m.ID, n.VolunteerID, n.Kind, n.SubjectKind, n.SubjectID, words, n.CreatedAt, m.DueAt, m.UselessAt)
	if err != nil {
		return fmt.Errorf("queue text message %s: %w", m.ID, err)
	}
	return nil
}

// LockDueTextMessages returns up to limit messages that are due at t, the
// longest waiting first, and holds them until the transaction ends. Those that
// another replica holds are left out.
func LockDueTextMessages(ctx context.Context, q postgres.Querier, t time.Time, limit int) ([]domain.TextMessage, error) {
	const query = `
		SELECT id, volunteer_id, kind, subject_kind, subject_id, words, created_at, due_at, useless_at, attempts
		FROM text_messages
		WHERE due_at <= $1 AND sent_at IS NULL AND dropped_at IS NULL
		ORDER BY due_at, id
		LIMIT $2
		FOR UPDATE SKIP LOCKED`

	var rows []struct {
		noticeRow
		DueAt     time.Time `db:"due_at"`
		UselessAt time.Time `db:"useless_at"`
		Attempts  int       `db:"attempts"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, t, limit); err != nil {
		return nil, fmt.Errorf("lock due text messages: %w", err)
	}
	messages := make([]domain.TextMessage, len(rows))
	for i, row := range rows {
		n, err := row.notice()
		if err != nil {
			return nil, err
		}
		messages[i] = domain.TextMessage{ID: row.ID, Notice: n, DueAt: row.DueAt.UTC(), UselessAt: row.UselessAt.UTC(), Attempts: row.Attempts}
		messages[i].Notice.ID = ""
	}
	return messages, nil
}

// UpdateTextMessage writes back when a message is due again.
func UpdateTextMessage(ctx context.Context, q postgres.Querier, m domain.TextMessage) error {
	const query = `
		UPDATE text_messages
		SET due_at = $2, attempts = $3
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, m.ID, m.DueAt, m.Attempts); err != nil {
		return fmt.Errorf("update text message %s: %w", m.ID, err)
	}
	return nil
}

// EndTextMessage says that a message was sent at t, or dropped. One that newer
// news replaced meanwhile has another id and is left as it is.
func EndTextMessage(ctx context.Context, q postgres.Querier, id string, t time.Time, sent bool) error {
	const query = `
		UPDATE text_messages
		SET sent_at = CASE WHEN $3::boolean THEN $2::timestamptz END, dropped_at = CASE WHEN $3::boolean THEN NULL ELSE $2::timestamptz END
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, id, t, sent); err != nil {
		return fmt.Errorf("end text message %s: %w", id, err)
	}
	return nil
}

// CountTextsSent returns how many messages were sent since t.
func CountTextsSent(ctx context.Context, q postgres.Querier, since time.Time) (int, error) {
	const query = `
		SELECT count(*)
		FROM text_messages
		WHERE sent_at > $1`

	var n int
	if err := sqlx.GetContext(ctx, q, &n, query, since); err != nil {
		return 0, fmt.Errorf("count text messages: %w", err)
	}
	return n, nil
}

// DeleteTextMessages removes those that were queued before t.
func DeleteTextMessages(ctx context.Context, q postgres.Querier, before time.Time) error {
	const query = `
		DELETE FROM text_messages
		WHERE created_at < $1`

	if _, err := q.ExecContext(ctx, query, before); err != nil {
		return fmt.Errorf("delete text messages before %s: %w", before, err)
	}
	return nil
}

// MoveTextMessages gives the text messages of a merged record to the one that
// stays. Of two that wait with news of one thing, the merged record's is dropped.
func MoveTextMessages(ctx context.Context, q postgres.Querier, goneID, survivorID string, at time.Time) error {
	const drop = `
		UPDATE text_messages m
		SET dropped_at = $3
		WHERE m.volunteer_id = $1 AND m.sent_at IS NULL AND m.dropped_at IS NULL
			AND EXISTS (
				SELECT FROM text_messages k
				WHERE k.volunteer_id = $2 AND k.subject_kind = m.subject_kind AND k.subject_id = m.subject_id
					AND k.sent_at IS NULL AND k.dropped_at IS NULL
			)`
	const move = `
		UPDATE text_messages
		SET volunteer_id = $2
		WHERE volunteer_id = $1`

	if _, err := q.ExecContext(ctx, drop, goneID, survivorID, at); err != nil {
		return fmt.Errorf("drop text messages of %s: %w", goneID, err)
	}
	if _, err := q.ExecContext(ctx, move, goneID, survivorID); err != nil {
		return fmt.Errorf("move text messages of %s: %w", goneID, err)
	}
	return nil
}
