package store

import (
	"context"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertUndone keeps that a tap was taken back.
func InsertUndone(ctx context.Context, q postgres.Querier, u domain.Undone) error {
	const query = `
		INSERT INTO attendance_undos (id, attendance_id, actor_id, kind, tapped_at, undone_at)
		VALUES ($1, $2, $3, $4, $5, $6)`

	if _, err := q.ExecContext(ctx, query, u.ID, u.AttendanceID, u.ActorID, u.Kind, u.TappedAt, u.At); err != nil {
		return fmt.Errorf("insert undone tap of attendance %s: %w", u.AttendanceID, err)
	}
	return nil
}
