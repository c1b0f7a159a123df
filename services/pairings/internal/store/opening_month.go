package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// CountOpenings returns how often each person opened records of the regions in a
// month, by basis, who opened most first. Guardians are counted as one. What was read
// because of a concern is not in it: not everybody who reads this may know of one (ADR 74).
func CountOpenings(ctx context.Context, q postgres.Querier, regionPaths []string, m domain.Month) ([]domain.OpeningCount, error) {
	const query = postgres.Anew + `
		SELECT o.person_id, o.basis, count(*) AS openings, count(DISTINCT o.subject_id) AS records
		FROM openings o JOIN subjects s ON s.id = o.subject_id
		WHERE s.region_path ^@ ANY ($1) AND o.opened_at >= $2 AND o.opened_at < $3 AND o.basis <> 'concern'
		GROUP BY o.person_id, o.basis
		ORDER BY openings DESC, o.person_id, o.basis`

	var rows []struct {
		PersonID sql.Null[string] `db:"person_id"`
		Basis    domain.Basis     `db:"basis"`
		Openings int              `db:"openings"`
		Records  int              `db:"records"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(regionPaths), m.From, m.To); err != nil {
		return nil, fmt.Errorf("count openings: %w", err)
	}
	counts := make([]domain.OpeningCount, len(rows))
	for i, r := range rows {
		counts[i] = domain.OpeningCount{PersonID: r.PersonID.V, Basis: r.Basis, Openings: r.Openings, Records: r.Records}
	}
	return counts, nil
}

// ListEmergencies returns the emergencies of a month in the regions, oldest first.
func ListEmergencies(ctx context.Context, q postgres.Querier, regionPaths []string, m domain.Month) ([]domain.Emergency, error) {
	const query = postgres.Anew + `
		SELECT p.id, p.officer_id, p.emergency, p.region_path, p.child_id, p.reason, p.asked_at, p.ends_at, p.decided_by, p.decided_at, p.approved, p.answer,
			c.number, (SELECT count(*) FROM openings o WHERE o.subject_id = p.child_id AND o.basis_id = p.id) AS openings
		FROM purposes p JOIN children c ON c.id = p.child_id
		WHERE p.emergency AND p.region_path ^@ ANY ($1) AND p.asked_at >= $2 AND p.asked_at < $3
		ORDER BY p.asked_at, p.id`

	var rows []struct {
		purposeRow
		Number   int `db:"number"`
		Openings int `db:"openings"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(regionPaths), m.From, m.To); err != nil {
		return nil, fmt.Errorf("list emergencies: %w", err)
	}
	emergencies := make([]domain.Emergency, len(rows))
	for i, r := range rows {
		emergencies[i] = domain.Emergency{Purpose: r.purpose(), Number: r.Number, Openings: r.Openings}
	}
	return emergencies, nil
}
