package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UpsertVolunteers keeps the newest that teams told of each person.
func UpsertVolunteers(ctx context.Context, q postgres.Querier, known []domain.KnownVolunteer) error {
	const query = `
		INSERT INTO known_volunteers (volunteer_id, minor, waits_for_guardian, location_consent, version)
		SELECT DISTINCT ON (volunteer_id) volunteer_id, minor, waits_for_guardian, location_consent, version
		FROM unnest($1::uuid[], $2::boolean[], $3::boolean[], $4::boolean[], $5::bigint[]) AS v (volunteer_id, minor, waits_for_guardian, location_consent, version)
		ORDER BY volunteer_id, version DESC
		ON CONFLICT (volunteer_id) DO UPDATE
		SET minor = excluded.minor, waits_for_guardian = excluded.waits_for_guardian,
			location_consent = excluded.location_consent, version = excluded.version
		WHERE known_volunteers.version < excluded.version`

	if _, err := q.ExecContext(ctx, query,
		postgres.Column(known, func(k domain.KnownVolunteer) string { return k.VolunteerID }),
		postgres.Column(known, func(k domain.KnownVolunteer) bool { return k.Minor }),
		postgres.Column(known, func(k domain.KnownVolunteer) bool { return k.WaitsForGuardian }),
		postgres.Column(known, func(k domain.KnownVolunteer) bool { return k.PlaceConsent }),
		postgres.Column(known, func(k domain.KnownVolunteer) int64 { return k.Version })); err != nil {
		return fmt.Errorf("upsert %d volunteers: %w", len(known), err)
	}
	return nil
}

// UpsertQualifications keeps the newest that teams told of each paper.
func UpsertQualifications(ctx context.Context, q postgres.Querier, known []domain.KnownQualification) error {
	const query = `
		INSERT INTO known_qualifications (qualification_id, volunteer_id, kind, state, valid_from, valid_until, version)
		SELECT DISTINCT ON (qualification_id) qualification_id, volunteer_id, kind, state, valid_from, valid_until, version
		FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::bigint[])
			AS k (qualification_id, volunteer_id, kind, state, valid_from, valid_until, version)
		ORDER BY qualification_id, version DESC
		ON CONFLICT (qualification_id) DO UPDATE
		SET volunteer_id = excluded.volunteer_id, kind = excluded.kind, state = excluded.state,
			valid_from = excluded.valid_from, valid_until = excluded.valid_until, version = excluded.version
		WHERE known_qualifications.version < excluded.version`

	type k = domain.KnownQualification
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(known, func(x k) string { return x.QualificationID }),
		postgres.Column(known, func(x k) string { return x.VolunteerID }),
		postgres.Column(known, func(x k) string { return x.Kind }),
		postgres.Column(known, func(x k) string { return x.State }),
		postgres.Column(known, func(x k) time.Time { return x.From }),
		postgres.Column(known, func(x k) sql.Null[time.Time] { return nullTime(x.Until) }),
		postgres.Column(known, func(x k) int64 { return x.Version })); err != nil {
		return fmt.Errorf("upsert %d qualifications: %w", len(known), err)
	}
	return nil
}

// ListEligibility returns what is known of these records, by record; whoever is
// not known is absent.
func ListEligibility(ctx context.Context, q postgres.Querier, volunteerIDs []string) (map[string]domain.Eligibility, error) {
	const query = `
		SELECT v.id AS volunteer_id, COALESCE(k.waits_for_guardian, false) AS waits, COALESCE(p.kind, '') AS kind, p.valid_from, p.valid_until
		FROM unnest($1::uuid[]) AS v (id)
		LEFT JOIN known_volunteers k ON k.volunteer_id = v.id
		LEFT JOIN known_qualifications p ON p.volunteer_id = v.id AND p.state = 'confirmed'
		WHERE k.waits_for_guardian OR p.kind IS NOT NULL`

	var rows []struct {
		VolunteerID string              `db:"volunteer_id"`
		Waits       bool                `db:"waits"`
		Kind        string              `db:"kind"`
		From        sql.Null[time.Time] `db:"valid_from"`
		Until       sql.Null[time.Time] `db:"valid_until"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("list who may take part: %w", err)
	}
	known := make(map[string]domain.Eligibility, len(rows))
	for _, r := range rows {
		e := known[r.VolunteerID]
		e.WaitsForGuardian = r.Waits
		if r.Kind != "" {
			e.Papers = append(e.Papers, domain.KnownQualification{VolunteerID: r.VolunteerID, Kind: r.Kind, State: "confirmed", From: utc(r.From), Until: utc(r.Until)})
		}
		known[r.VolunteerID] = e
	}
	return known, nil
}
