package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// UpsertMerges keeps the newest that teams told of whose record each one is.
func UpsertMerges(ctx context.Context, q postgres.Querier, known []domain.KnownMerge) error {
	const query = `
		INSERT INTO known_merges (volunteer_id, merged_into, version)
		SELECT DISTINCT ON (volunteer_id) volunteer_id, merged_into, version
		FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS m (volunteer_id, merged_into, version)
		ORDER BY volunteer_id, version DESC
		ON CONFLICT (volunteer_id) DO UPDATE
		SET merged_into = excluded.merged_into, version = excluded.version
		WHERE known_merges.version < excluded.version`

	if _, err := q.ExecContext(ctx, query,
		postgres.Column(known, func(k domain.KnownMerge) string { return k.VolunteerID }),
		postgres.Column(known, func(k domain.KnownMerge) string { return k.MergedInto }),
		postgres.Column(known, func(k domain.KnownMerge) int64 { return k.Version })); err != nil {
		return fmt.Errorf("upsert %d merges: %w", len(known), err)
	}
	return nil
}

// recordsOf goes on from the records that were asked for to all that are one person with them.
const recordsOf = `
		UNION
		SELECT p.asked, CASE WHEN m.volunteer_id = p.id THEN m.merged_into ELSE m.volunteer_id END
		FROM person p
		JOIN known_merges m ON p.id IN (m.volunteer_id, m.merged_into)
	)
	SELECT asked, id
	FROM person
	WHERE id <> asked`

// FindPerson returns all records that are one person with this one: itself,
// those that became part of it, and the whole of what it became part of itself.
func FindPerson(ctx context.Context, q postgres.Querier, volunteerID string) (domain.Person, error) {
	// With one id instead of an array PostgreSQL keeps the plan; every request asks this.
	const query = `
		WITH RECURSIVE person AS (
			SELECT $1::uuid AS asked, $1::uuid AS id` + recordsOf

	persons, err := persons(ctx, q, []string{volunteerID}, query, volunteerID)
	return persons[volunteerID], err
}

// FindPersons is FindPerson for several records at once, by record.
func FindPersons(ctx context.Context, q postgres.Querier, volunteerIDs []string) (map[string]domain.Person, error) {
	const query = `
		WITH RECURSIVE person AS (
			SELECT asked, asked AS id
			FROM unnest($1::uuid[]) AS a (asked)` + recordsOf

	return persons(ctx, q, volunteerIDs, query, postgres.Array(volunteerIDs))
}

func persons(ctx context.Context, q postgres.Querier, volunteerIDs []string, query string, arg any) (map[string]domain.Person, error) {
	var rows []struct {
		Asked string `db:"asked"`
		ID    string `db:"id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, arg); err != nil {
		return nil, fmt.Errorf("find the records of %d people: %w", len(volunteerIDs), err)
	}
	persons := make(map[string]domain.Person, len(volunteerIDs))
	for _, id := range volunteerIDs {
		persons[id] = domain.NewPerson(id)
	}
	for _, r := range rows {
		persons[r.Asked][r.ID] = true
	}
	return persons, nil
}
