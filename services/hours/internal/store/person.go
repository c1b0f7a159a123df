package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FindPersons returns, for each of the records, all records that are one person
// with it: itself, those that became part of it, and the whole of what it became
// part of itself.
func FindPersons(ctx context.Context, q postgres.Querier, volunteerIDs ...string) (map[string]domain.Person, error) {
	const query = `
		WITH RECURSIVE person AS (
			SELECT asked, asked AS id
			FROM unnest($1::text[]) AS a (asked)
			UNION
			SELECT p.asked, CASE WHEN k.id = p.id THEN k.name ELSE k.id END
			FROM person p
			JOIN known k ON k.kind = 'merged' AND (k.id = p.id OR k.name = p.id)
		)
		SELECT asked, id
		FROM person`

	var rows []struct {
		Asked string `db:"asked"`
		ID    string `db:"id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("find the records of %d people: %w", len(volunteerIDs), err)
	}
	persons := make(map[string]domain.Person, len(volunteerIDs))
	for _, r := range rows {
		if persons[r.Asked] == nil {
			persons[r.Asked] = domain.Person{}
		}
		persons[r.Asked][r.ID] = true
	}
	return persons, nil
}

// LockPersons holds people until the transaction ends, each by Person.Key, all
// in one order: what is decided for somebody is decided on all that they were
// given.
func LockPersons(ctx context.Context, q postgres.Querier, keys []string) error {
	const query = `
		SELECT pg_advisory_xact_lock(hashtextextended('person ' || key, 0))
		FROM (SELECT DISTINCT key FROM unnest($1::text[]) AS p (key) ORDER BY key) AS p`

	if _, err := q.ExecContext(ctx, query, postgres.Array(keys)); err != nil {
		return fmt.Errorf("lock %d people: %w", len(keys), err)
	}
	return nil
}
