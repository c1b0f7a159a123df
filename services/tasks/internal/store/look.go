package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertLook keeps what a leader decided about a held claim.
func InsertLook(ctx context.Context, q postgres.Querier, l domain.Look) error {
	const query = `
		INSERT INTO claim_looks (claim_id, turn, verdict, actor_id, at, before, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`

	var before any
	if l.Before != nil {
		text, err := json.Marshal(l.Before)
		if err != nil {
			return fmt.Errorf("encode what a look changes: %w", err)
		}
		before = string(text)
	}
	if _, err := q.ExecContext(ctx, query, l.ClaimID, l.Turn, string(l.Verdict), l.ActorID, l.At, before, l.Version); err != nil {
		return fmt.Errorf("insert look at claim %s: %w", l.ClaimID, err)
	}
	return nil
}
