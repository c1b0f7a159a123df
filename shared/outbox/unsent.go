package outbox

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Unsent returns how many events the stream has not acknowledged, counted up to
// 100,000, and for how long the oldest has waited.
func Unsent(ctx context.Context, q postgres.Querier, stream string) (count int64, age time.Duration, err error) {
	const query = `
		SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(stored_at)), 0)::float8
		FROM (
			SELECT stored_at
			FROM outbox
			WHERE (tx, id) > (coalesce((SELECT tx FROM outbox_cursor WHERE stream = $1), '0'),
			                  coalesce((SELECT id FROM outbox_cursor WHERE stream = $1), 0))
			ORDER BY tx, id
			LIMIT 100000
		) waiting`
	var seconds float64
	if err := q.QueryRowxContext(ctx, query, stream).Scan(&count, &seconds); err != nil {
		return 0, 0, fmt.Errorf("count what %s was not told: %w", stream, err)
	}
	return count, time.Duration(seconds * float64(time.Second)), nil
}
