package store

import (
	"context"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertBoardExport records that a board was taken out.
func InsertBoardExport(ctx context.Context, q postgres.Querier, e domain.BoardExport) error {
	const query = `
		INSERT INTO board_exports (id, exported_by, exported_at, subject, scope, period, basis, position, lines, purpose)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

	basis := "posted"
	if e.Settled {
		basis = "settled"
	}
	if _, err := q.ExecContext(ctx, query, e.ID, e.By, e.At, e.Subject, e.Scope, e.Period, basis, e.Position, e.Lines, e.Purpose); err != nil {
		return fmt.Errorf("record export %s: %w", e.ID, err)
	}
	return nil
}
