package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertHousehold keeps that two records are of one household. That it is known
// already changes nothing.
func InsertHousehold(ctx context.Context, q postgres.Querier, by, other string, at time.Time) error {
	const query = `
		INSERT INTO households (one_id, other_id, declared_by, declared_at)
		VALUES (LEAST($1::uuid, $2::uuid), GREATEST($1::uuid, $2::uuid), $1, $3)
		ON CONFLICT DO NOTHING`

	if _, err := q.ExecContext(ctx, query, by, other, at); err != nil {
		return fmt.Errorf("insert household of %s: %w", by, err)
	}
	return nil
}

// FindHouseholds returns, by record asked for, all records of those who live
// with that person; whoever lives with nobody that is known is absent.
func FindHouseholds(ctx context.Context, q postgres.Querier, persons map[string]domain.Person) (map[string]domain.Person, error) {
	const query = `
		SELECT one_id AS one, other_id AS other FROM households WHERE one_id = ANY ($1::uuid[])
		UNION
		SELECT other_id, one_id FROM households WHERE other_id = ANY ($1::uuid[])`

	var all []string
	for _, p := range persons {
		all = append(all, p.IDs()...)
	}
	var rows []struct {
		One   string `db:"one"`
		Other string `db:"other"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(all)); err != nil {
		return nil, fmt.Errorf("find the households of %d people: %w", len(persons), err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	others := make([]string, len(rows))
	for i, r := range rows {
		others[i] = r.Other
	}
	records, err := FindPersons(ctx, q, others)
	if err != nil {
		return nil, err
	}
	households := map[string]domain.Person{}
	for asked, p := range persons {
		for _, r := range rows {
			if !p.Is(r.One) {
				continue
			}
			if households[asked] == nil {
				households[asked] = domain.Person{}
			}
			for _, id := range records[r.Other].IDs() {
				households[asked][id] = true
			}
		}
	}
	return households, nil
}
