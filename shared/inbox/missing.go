package inbox

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Missing returns those of the events that the consumer neither applied nor
// keeps as dead letters. Ask only about events younger than the inbox is kept.
func Missing(ctx context.Context, q postgres.Querier, consumer string, eventIDs []string) ([]string, error) {
	const query = `
		SELECT asked.event_id
		FROM unnest($2::uuid[]) AS asked (event_id)
		WHERE NOT EXISTS (SELECT FROM inbox i WHERE i.consumer = $1 AND i.event_id = asked.event_id)
		  AND NOT EXISTS (SELECT FROM dead_letters d WHERE d.consumer = $1 AND d.event_id = asked.event_id::text)`
	var missing []string
	if err := sqlx.SelectContext(ctx, q, &missing, query, consumer, postgres.Array(eventIDs)); err != nil {
		return nil, fmt.Errorf("look for missing events of %s: %w", consumer, err)
	}
	return missing, nil
}
