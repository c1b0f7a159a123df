package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertSealedMessage notes that a message arrived, and reports whether it did so for
// the first time. One that arrives at the same moment waits.
func InsertSealedMessage(ctx context.Context, q postgres.Querier, messageID string, now time.Time) (fresh bool, err error) {
	const query = `
		INSERT INTO sealed_messages (message_id, arrived_at, answer)
		VALUES ($1, $2, '')
		ON CONFLICT ON CONSTRAINT sealed_messages_pkey DO NOTHING`

	res, err := q.ExecContext(ctx, query, messageID, now)
	if err != nil {
		return false, fmt.Errorf("note a message: %w", err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// UpdateSealedAnswer keeps what the sender of a message is told.
func UpdateSealedAnswer(ctx context.Context, q postgres.Querier, messageID, answer string) error {
	const query = `
		UPDATE sealed_messages
		SET answer = $2
		WHERE message_id = $1`

	if _, err := q.ExecContext(ctx, query, messageID, answer); err != nil {
		return fmt.Errorf("answer a message: %w", err)
	}
	return nil
}

// SealedAnswer returns what the sender of a message was told.
func SealedAnswer(ctx context.Context, q postgres.Querier, messageID string) (answer string, err error) {
	const query = `
		SELECT answer
		FROM sealed_messages
		WHERE message_id = $1`

	if err := sqlx.GetContext(ctx, q, &answer, query, messageID); err != nil {
		return "", fmt.Errorf("find the answer to a message: %w", err)
	}
	return answer, nil
}
