package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// What trainings and honours have in common.
const notedColumns = `COALESCE(n.recorded_by::text, '') AS recorded_by, n.recorded_at, COALESCE(n.withdrawn_by::text, '') AS withdrawn_by, n.withdrawn_at, n.reason`

type notedRow struct {
	RecordedBy  string              `db:"recorded_by"`
	RecordedAt  time.Time           `db:"recorded_at"`
	WithdrawnBy string              `db:"withdrawn_by"`
	WithdrawnAt sql.Null[time.Time] `db:"withdrawn_at"`
	Reason      string              `db:"reason"`
}

func (r notedRow) noted() domain.Noted {
	return domain.Noted{RecordedBy: r.RecordedBy, RecordedAt: r.RecordedAt.UTC(), WithdrawnBy: r.WithdrawnBy, WithdrawnAt: orZero(r.WithdrawnAt), Reason: r.Reason}
}

// updateNoted writes back a withdrawal. table is one of ours.
func updateNoted(ctx context.Context, q postgres.Querier, table, id string, n domain.Noted) error {
	query := `
		UPDATE ` + table + `
		SET withdrawn_by = NULLIF($2, '')::uuid, withdrawn_at = $3, reason = $4
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, id, n.WithdrawnBy, orNull(n.WithdrawnAt), n.Reason); err != nil {
		return fmt.Errorf("update %s of %s: %w", id, table, err)
	}
	return nil
}

// Move says that what belongs to one record is another's now.
type Move struct {
	GoneID, SurvivorID string
	Records            []string // the ids of the person
	By                 string   // who merges
	At                 time.Time
}

// moveNoted gives a merged record's lines to the one that stays. What one of
// the person's own records wrote down is withdrawn: nobody records their own.
func moveNoted(ctx context.Context, q postgres.Querier, table string, m Move) error {
	withdraw := `
		UPDATE ` + table + `
		SET withdrawn_by = $3, withdrawn_at = $4, reason = '合并记录时发现由本人登记'
		WHERE volunteer_id IN ($1, $2) AND withdrawn_at IS NULL AND recorded_by = ANY ($5::uuid[])`
	move := `
		UPDATE ` + table + `
		SET volunteer_id = $2
		WHERE volunteer_id = $1`

	if _, err := q.ExecContext(ctx, withdraw, m.GoneID, m.SurvivorID, m.By, m.At, postgres.Array(m.Records)); err != nil {
		return fmt.Errorf("withdraw own %s of %s: %w", table, m.SurvivorID, err)
	}
	if _, err := q.ExecContext(ctx, move, m.GoneID, m.SurvivorID); err != nil {
		return fmt.Errorf("move %s of %s: %w", table, m.GoneID, err)
	}
	return nil
}
