package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertWish keeps what a child said.
func InsertWish(ctx context.Context, q postgres.Querier, w domain.Wish) error {
	const query = `
		INSERT INTO child_wishes (id, child_id, wants, talked_on, sealed, recorded_by, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`

	if _, err := q.ExecContext(ctx, query, w.ID, w.ChildID, w.Wants, w.TalkedOn, w.Sealed, w.RecordedBy, w.RecordedAt); err != nil {
		return fmt.Errorf("keep a child's wish: %w", err)
	}
	return nil
}

// FindLastWish returns what a child said last; ok is false when it was not asked yet.
func FindLastWish(ctx context.Context, q postgres.Querier, childID string) (w domain.Wish, ok bool, err error) {
	const query = `
		SELECT id, child_id, wants, talked_on::text, sealed, recorded_by, recorded_at
		FROM child_wishes
		WHERE child_id = $1
		ORDER BY talked_on DESC, recorded_at DESC
		LIMIT 1`

	var at time.Time
	err = q.QueryRowxContext(ctx, query, childID).Scan(&w.ID, &w.ChildID, &w.Wants, &w.TalkedOn, &w.Sealed, &w.RecordedBy, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return w, false, nil
	}
	if err != nil {
		return w, false, fmt.Errorf("find a child's wish: %w", err)
	}
	w.RecordedAt = at.UTC()
	return w, true, nil
}
