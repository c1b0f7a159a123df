package store

import (
	"context"
	"fmt"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Analyze refreshes what the planner knows of the tables, after very many rows
// were written at once: it would otherwise take them for empty for a minute.
func Analyze(ctx context.Context, q postgres.Querier) error {
	const query = `
		ANALYZE regions, reporting_units, offices, volunteers, teams, memberships, staff_grants`

	if _, err := q.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("analyze tables: %w", err)
	}
	return nil
}
