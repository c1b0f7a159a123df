package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UpsertPeople keeps the newest that teams told of people.
func UpsertPeople(ctx context.Context, q postgres.Querier, known []domain.KnownPerson) error {
	const query = `
		INSERT INTO known_people (volunteer_id, minor, erased, merged_into, version)
		SELECT DISTINCT ON (volunteer_id) volunteer_id, minor, erased, nullif(merged_into, '')::uuid, version
		FROM unnest($1::uuid[], $2::boolean[], $3::boolean[], $4::text[], $5::bigint[]) AS k (volunteer_id, minor, erased, merged_into, version)
		ORDER BY volunteer_id, version DESC
		ON CONFLICT ON CONSTRAINT known_people_pkey DO UPDATE
		SET minor = excluded.minor, erased = excluded.erased, merged_into = excluded.merged_into, version = excluded.version
		WHERE known_people.version < excluded.version`

	type person = domain.KnownPerson
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(known, func(k person) string { return k.VolunteerID }),
		postgres.Column(known, func(k person) bool { return k.Minor }),
		postgres.Column(known, func(k person) bool { return k.Erased }),
		postgres.Column(known, func(k person) string { return k.MergedInto }),
		postgres.Column(known, func(k person) int64 { return k.Version }),
	); err != nil {
		return fmt.Errorf("keep %d people: %w", len(known), err)
	}
	return nil
}

// UpsertTrainings keeps the newest that teams told of papers that prove a training.
func UpsertTrainings(ctx context.Context, q postgres.Querier, known []domain.KnownTraining) error {
	const query = `
		INSERT INTO known_trainings (qualification_id, volunteer_id, state, starts_at, ends_at, version)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT ON CONSTRAINT known_trainings_pkey DO UPDATE
		SET volunteer_id = excluded.volunteer_id, state = excluded.state, starts_at = excluded.starts_at, ends_at = excluded.ends_at, version = excluded.version
		WHERE known_trainings.version < excluded.version`

	for _, k := range known { // few, and seldom
		if _, err := q.ExecContext(ctx, query, k.QualificationID, k.VolunteerID, k.State, k.From, nullable(k.Until), k.Version); err != nil {
			return fmt.Errorf("keep training %s: %w", k.QualificationID, err)
		}
	}
	return nil
}

// SamePerson reports whether two records are of one human being.
func SamePerson(ctx context.Context, q postgres.Querier, one, another string) (same bool, err error) {
	const query = `SELECT person_of($1) = person_of($2)`

	if err := sqlx.GetContext(ctx, q, &same, query, one, another); err != nil {
		return false, fmt.Errorf("compare two records: %w", err)
	}
	return same, nil
}

// OtherPersons returns of these records one for each person, in their order, and none of
// the one without.
func OtherPersons(ctx context.Context, q postgres.Querier, records []string, without string) (others []string, err error) {
	const query = `
		SELECT id
		FROM (
			SELECT DISTINCT ON (person_of(id)) id, n
			FROM unnest($1::uuid[]) WITH ORDINALITY AS r (id, n)
			WHERE person_of(id) <> person_of($2)
			ORDER BY person_of(id), n
		) AS one
		ORDER BY n`

	if err := sqlx.SelectContext(ctx, q, &others, query, postgres.Array(records), without); err != nil {
		return nil, fmt.Errorf("tell persons apart: %w", err)
	}
	return others, nil
}

// IsMinor reports whether teams told that somebody is not 18 yet.
func IsMinor(ctx context.Context, q postgres.Querier, volunteerID string) (minor bool, err error) {
	const query = `SELECT EXISTS (SELECT FROM known_people WHERE volunteer_id = person_of($1) AND minor)`

	if err := sqlx.GetContext(ctx, q, &minor, query, volunteerID); err != nil {
		return false, fmt.Errorf("ask whether %s is a minor: %w", volunteerID, err)
	}
	return minor, nil
}
