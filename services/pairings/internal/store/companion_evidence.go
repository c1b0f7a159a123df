package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertEvidence keeps what a companion parent has shown, or returns
// domain.ErrEvidencePersons when it is not for this person to record.
func InsertEvidence(ctx context.Context, q postgres.Querier, e domain.Evidence) error {
	const query = `
		INSERT INTO companion_evidence (id, companion_id, kind, by_id, passed, held_on, good_until, code_version, sealed, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

	_, err := q.ExecContext(ctx, query, e.ID, e.CompanionID, e.Kind, e.ByID, e.Passed, e.HeldOn.Format(time.DateOnly), e.GoodUntil, nullable(e.CodeVersion), e.Sealed, e.RecordedAt)
	if postgres.Violated(err, "companion_evidence_persons_check") {
		return domain.ErrEvidencePersons
	}
	if err != nil {
		return fmt.Errorf("keep evidence: %w", err)
	}
	return nil
}

// ListEvidence returns what a companion parent has shown, newest first. Notes stay sealed.
func ListEvidence(ctx context.Context, q postgres.Querier, companionID string) ([]domain.Evidence, error) {
	const query = `
		SELECT id, companion_id, kind, by_id, passed, held_on, good_until, code_version, sealed, recorded_at
		FROM companion_evidence
		WHERE companion_id = $1
		ORDER BY n DESC`

	var rows []struct {
		ID          string        `db:"id"`
		CompanionID string        `db:"companion_id"`
		Kind        string        `db:"kind"`
		ByID        string        `db:"by_id"`
		Passed      bool          `db:"passed"`
		HeldOn      time.Time     `db:"held_on"`
		GoodUntil   time.Time     `db:"good_until"`
		CodeVersion sql.Null[int] `db:"code_version"`
		Sealed      []byte        `db:"sealed"`
		RecordedAt  time.Time     `db:"recorded_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, companionID); err != nil {
		return nil, fmt.Errorf("list evidence: %w", err)
	}
	evidence := make([]domain.Evidence, len(rows))
	for i, r := range rows {
		evidence[i] = domain.Evidence{
			ID: r.ID, CompanionID: r.CompanionID, Kind: r.Kind, ByID: r.ByID, Passed: r.Passed, HeldOn: r.HeldOn, GoodUntil: r.GoodUntil.UTC(),
			CodeVersion: r.CodeVersion.V, Sealed: r.Sealed, RecordedAt: r.RecordedAt.UTC(),
		}
	}
	return evidence, nil
}

// ListGates returns what each companion has shown, by companion.
func ListGates(ctx context.Context, q postgres.Querier, companionIDs []string, now time.Time) (map[string]domain.Gates, error) {
	const query = `
		SELECT c.id, g.gate, g.shown, g.good_until
		FROM unnest($1::uuid[]) AS c (id), companion_gates(c.id, $2) WITH ORDINALITY AS g
		ORDER BY c.id, g.ordinality`

	var rows []struct {
		ID        string              `db:"id"`
		Gate      string              `db:"gate"`
		Shown     bool                `db:"shown"`
		GoodUntil sql.Null[time.Time] `db:"good_until"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(companionIDs), now); err != nil {
		return nil, fmt.Errorf("list gates: %w", err)
	}
	gates := make(map[string]domain.Gates, len(companionIDs))
	for _, r := range rows {
		gates[r.ID] = append(gates[r.ID], domain.Gate{Name: r.Gate, Shown: r.Shown, GoodUntil: instant(r.GoodUntil)})
	}
	return gates, nil
}

// FindConflict returns why somebody cannot be a companion parent whatever was shown.
func FindConflict(ctx context.Context, q postgres.Querier, c domain.Companion) (domain.Conflict, error) {
	const query = `SELECT coalesce(companion_conflict($1, $2, $3), '')`

	var conflict domain.Conflict
	if err := sqlx.GetContext(ctx, q, &conflict, query, c.ID, c.VolunteerID, nullable(c.ApprovedBy)); err != nil {
		return "", fmt.Errorf("look for a conflict: %w", err)
	}
	return conflict, nil
}

// ListInterviewers returns who has given a view of each companion, by companion.
func ListInterviewers(ctx context.Context, q postgres.Querier, companionIDs []string) (map[string][]string, error) {
	const query = `
		SELECT DISTINCT companion_id, by_id
		FROM companion_evidence
		WHERE companion_id = ANY ($1) AND kind = 'interview'`

	var rows []struct {
		CompanionID string `db:"companion_id"`
		ByID        string `db:"by_id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(companionIDs)); err != nil {
		return nil, fmt.Errorf("list interviewers: %w", err)
	}
	interviewers := map[string][]string{}
	for _, r := range rows {
		interviewers[r.CompanionID] = append(interviewers[r.CompanionID], r.ByID)
	}
	return interviewers, nil
}

// InsertReminder notes that a reminder is given, and reports false for one that was.
func InsertReminder(ctx context.Context, q postgres.Querier, companionID string, r domain.Reminder, now time.Time) (bool, error) {
	const query = `
		INSERT INTO companion_reminders (companion_id, kind, good_until, days, told_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT ON CONSTRAINT companion_reminders_pkey DO NOTHING`

	result, err := q.ExecContext(ctx, query, companionID, r.Name, r.GoodUntil, r.Days, now)
	if err != nil {
		return false, fmt.Errorf("note a reminder: %w", err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// FindCode returns 《代理家长行为守则》 as it is in force.
func FindCode(ctx context.Context, q postgres.Querier, now time.Time) (c domain.ConductCode, err error) {
	const query = `
		SELECT version, zh, en
		FROM conduct_codes
		WHERE in_force <= $1
		ORDER BY in_force DESC, version DESC
		LIMIT 1`

	if err := q.QueryRowxContext(ctx, query, now).Scan(&c.Version, postgres.ArrayInto(&c.ZH), postgres.ArrayInto(&c.EN)); err != nil {
		return c, fmt.Errorf("find the code: %w", err)
	}
	return c, nil
}
