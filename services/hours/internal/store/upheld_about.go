package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UpheldComplaint is a complaint about somebody that was upheld.
type UpheldComplaint struct {
	ComplaintID string
	VolunteerID string
	DecidedAt   time.Time
}

// InsertComplaints keeps complaints that were upheld; what is kept already stays.
func InsertComplaints(ctx context.Context, q postgres.Querier, all []UpheldComplaint) error {
	const query = `
		INSERT INTO known_complaints (complaint_id, volunteer_id, decided_at)
		SELECT complaint_id, volunteer_id, decided_at
		FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS c (complaint_id, volunteer_id, decided_at)
		ON CONFLICT DO NOTHING`

	if _, err := q.ExecContext(ctx, query,
		postgres.Column(all, func(c UpheldComplaint) string { return c.ComplaintID }),
		postgres.Column(all, func(c UpheldComplaint) string { return c.VolunteerID }),
		postgres.Column(all, func(c UpheldComplaint) time.Time { return c.DecidedAt })); err != nil {
		return fmt.Errorf("insert %d complaints: %w", len(all), err)
	}
	return nil
}

// ListUpheldAbout returns about whom something was upheld between two instants: a
// complaint, or a thing to verify for which hours were corrected. With records
// named, only of these.
func ListUpheldAbout(ctx context.Context, q postgres.Querier, since, until time.Time, records ...string) ([]string, error) {
	const query = `
		SELECT volunteer_id
		FROM known_complaints
		WHERE decided_at BETWEEN $1 AND $2 AND (cardinality($3::uuid[]) = 0 OR volunteer_id = ANY ($3::uuid[]))
		UNION
		SELECT volunteer_id
		FROM corrections
		WHERE asked_as = 'anomaly' AND state = 'accepted' AND decided_at BETWEEN $1 AND $2 AND (cardinality($3::uuid[]) = 0 OR volunteer_id = ANY ($3::uuid[]))`

	var about []string
	if err := sqlx.SelectContext(ctx, q, &about, query, since, until, postgres.Array(records)); err != nil {
		return nil, fmt.Errorf("list about whom something was upheld: %w", err)
	}
	return about, nil
}
