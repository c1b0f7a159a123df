package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// RecentService is service that was credited lately, without whose it was.
type RecentService struct {
	TeamID     string    `db:"team_id"`
	Title      string    `db:"title"`
	Minutes    int       `db:"minutes"`
	RecordedAt time.Time `db:"recorded_at"`
}

// recentLines is how far back into the ledger is looked for a region's lines:
// about a day of the city. It bounds what a quiet township costs.
const recentLines = 3000

// ListRecentService returns the newest lines of service of a region that were
// not taken back, the newest first, at most 400.
func ListRecentService(ctx context.Context, q postgres.Querier, regionPath string) ([]RecentService, error) {
	const query = `
		SELECT e.team_id, e.title, e.minutes, e.recorded_at
		FROM (
			SELECT id, tx, seq, kind, team_id, region_path, title, minutes, recorded_at
			FROM entries
			ORDER BY tx DESC, seq DESC
			LIMIT $2
		) e
		WHERE e.kind = 'service' AND e.region_path LIKE $1 || '%'
			AND NOT EXISTS (SELECT FROM entries r WHERE r.source_kind = 'entry' AND r.source_id = e.id)
		ORDER BY e.tx DESC, e.seq DESC
		LIMIT 400`

	var recent []RecentService
	if err := sqlx.SelectContext(ctx, q, &recent, query, regionPath, recentLines); err != nil {
		return nil, fmt.Errorf("list recent service of %s: %w", regionPath, err)
	}
	return recent, nil
}
