package store

import (
	"context"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertRecord adds a line of the audit, in the transaction that does what it
// says: what could not be recorded was not done, and not shown.
func InsertRecord(ctx context.Context, q postgres.Querier, r domain.Record) error {
	const query = `
		INSERT INTO audit_records (id, at, actor_id, act, subject_kind, subject_id, volunteer_id, reason)
		VALUES ($1, $2, NULLIF($3, '')::uuid, $4, $5, $6, NULLIF($7, '')::uuid, $8)`

	if _, err := q.ExecContext(ctx, query, r.ID, r.At, r.ActorID, r.Act, r.SubjectKind, r.SubjectID, r.VolunteerID, r.Reason); err != nil {
		return fmt.Errorf("record %s of %s %s: %w", r.Act, r.SubjectKind, r.SubjectID, err)
	}
	return nil
}
