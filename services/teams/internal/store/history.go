package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// HistoryLine is a line of the audit about a person, with who acted.
type HistoryLine struct {
	At        time.Time `db:"at"`
	Act       string    `db:"act"`
	ActorName string    `db:"actor_name"` // empty: Qihe itself
	Reason    string    `db:"reason"`
}

// ListHistory returns the newest lines of the audit about a person.
func ListHistory(ctx context.Context, q postgres.Querier, volunteerID string, limit int) ([]HistoryLine, error) {
	const query = `
		SELECT a.at, a.act, COALESCE(v.name, '') AS actor_name, a.reason
		FROM audit_records a
		LEFT JOIN volunteers v ON v.id = a.actor_id
		WHERE a.volunteer_id = $1
		ORDER BY a.at DESC, a.id DESC
		LIMIT $2`

	lines := []HistoryLine{}
	if err := sqlx.SelectContext(ctx, q, &lines, query, volunteerID, limit); err != nil {
		return nil, fmt.Errorf("list history of %s: %w", volunteerID, err)
	}
	return lines, nil
}
