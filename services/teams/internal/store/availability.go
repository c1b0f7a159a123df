package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FindSlots returns when somebody usually has time; none when they said nothing.
func FindSlots(ctx context.Context, q postgres.Querier, volunteerID string) (domain.Slots, error) {
	const query = `
		SELECT COALESCE((SELECT slots FROM availabilities WHERE volunteer_id = $1), 0)`

	var slots domain.Slots
	if err := sqlx.GetContext(ctx, q, &slots, query, volunteerID); err != nil {
		return 0, fmt.Errorf("find availability of %s: %w", volunteerID, err)
	}
	return slots, nil
}

// UpsertSlots keeps when somebody usually has time.
func UpsertSlots(ctx context.Context, q postgres.Querier, volunteerID string, slots domain.Slots) error {
	const query = `
		INSERT INTO availabilities (volunteer_id, slots)
		VALUES ($1, $2)
		ON CONFLICT (volunteer_id) DO UPDATE SET slots = excluded.slots`

	if _, err := q.ExecContext(ctx, query, volunteerID, slots); err != nil {
		return fmt.Errorf("upsert availability of %s: %w", volunteerID, err)
	}
	return nil
}

// MoveSlots adds the times of a merged record to those of the one that stays.
func MoveSlots(ctx context.Context, q postgres.Querier, goneID, survivorID string) error {
	const move = `
		INSERT INTO availabilities (volunteer_id, slots)
		SELECT $2, slots
		FROM availabilities
		WHERE volunteer_id = $1
		ON CONFLICT (volunteer_id) DO UPDATE SET slots = availabilities.slots | excluded.slots`
	const remove = `
		DELETE FROM availabilities
		WHERE volunteer_id = $1`

	if _, err := q.ExecContext(ctx, move, goneID, survivorID); err != nil {
		return fmt.Errorf("move availability of %s: %w", goneID, err)
	}
	if _, err := q.ExecContext(ctx, remove, goneID); err != nil {
		return fmt.Errorf("remove availability of %s: %w", goneID, err)
	}
	return nil
}
