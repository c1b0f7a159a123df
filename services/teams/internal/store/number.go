package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FindIDByNumber returns whose 志愿者编号 it is, or "" when it is nobody's:
// that is an answer to a search, not an error.
func FindIDByNumber(ctx context.Context, q postgres.Querier, number string) (string, error) {
	const query = `
		SELECT COALESCE((SELECT id::text FROM volunteers WHERE number = $1), '')`

	var id string
	if err := sqlx.GetContext(ctx, q, &id, query, number); err != nil {
		return "", fmt.Errorf("find volunteer by number: %w", err)
	}
	return id, nil
}
