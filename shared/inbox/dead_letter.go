package inbox

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// bury keeps an event that was given up.
func (r *Receiver) bury(ctx context.Context, d bus.Delivery, cause error) error {
	const query = `
		INSERT INTO dead_letters (id, consumer, event_id, subject, body, occurred_at, error, attempts, cause)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT ON CONSTRAINT dead_letters_event DO UPDATE
		SET error = excluded.error, cause = excluded.cause, attempts = excluded.attempts, died_at = excluded.died_at, redriven_at = NULL, asked_at = NULL`
	return r.db.InTx(ctx, func(q postgres.Querier) error {
		if _, err := q.ExecContext(ctx, query,
			id.New(), r.durable, d.ID, d.Subject, d.Data, d.OccurredAt, storable(cause.Error()), d.Attempt, causeOf(cause)); err != nil {
			return fmt.Errorf("keep dead letter %s: %w", d.ID, err)
		}
		return nil
	})
}

// storable makes text that PostgreSQL takes.
func storable(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "�"), "\x00", "�")
}

// Redrive applies the dead letter of that id once more, after its cause was
// mended. It does not go through NATS, whose duplicate window would swallow it.
// When it fails the letter stays as it was; when it was redriven before, or the
// event was applied otherwise, nothing happens.
func (r *Receiver) Redrive(ctx context.Context, letterID string) error {
	const find = `
		SELECT event_id, subject, body, occurred_at
		FROM dead_letters
		WHERE id = $1 AND consumer = $2
		FOR UPDATE`
	const update = `
		UPDATE dead_letters
		SET redriven_at = now(), asked_at = NULL
		WHERE id = $1`
	const record = `
		UPDATE redrives
		SET tried_at = now()
		WHERE letter_id = $1 AND tried_at IS NULL`
	return r.db.InTx(ctx, func(q postgres.Querier) error {
		var letter struct {
			EventID    string    `db:"event_id"`
			Subject    string    `db:"subject"`
			Body       []byte    `db:"body"`
			OccurredAt time.Time `db:"occurred_at"`
		}
		if err := sqlx.GetContext(ctx, q, &letter, find, letterID, r.durable); err != nil {
			return fmt.Errorf("find dead letter %s: %w", letterID, err)
		}
		d := bus.Delivery{
			ID: letter.EventID, Subject: letter.Subject, Data: letter.Body, OccurredAt: letter.OccurredAt, Attempt: 1,
		}
		if err := r.receive(ctx, q, []bus.Delivery{d}); err != nil {
			return fmt.Errorf("redrive dead letter %s: %w", letterID, err)
		}
		if _, err := q.ExecContext(ctx, update, letterID); err != nil {
			return fmt.Errorf("redrive dead letter %s: %w", letterID, err)
		}
		if _, err := q.ExecContext(ctx, record, letterID); err != nil {
			return fmt.Errorf("record redrive of %s: %w", letterID, err)
		}
		return nil
	})
}
