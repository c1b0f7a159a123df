package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/erased"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// CountErased returns how many keys are destroyed.
func CountErased(ctx context.Context, q postgres.Querier) (n int, err error) {
	const query = `SELECT count(*) FROM data_keys WHERE destroyed_at IS NOT NULL`

	if err := sqlx.GetContext(ctx, q, &n, query); err != nil {
		return 0, fmt.Errorf("count who was erased: %w", err)
	}
	return n, nil
}

// ListErased returns whose keys are destroyed.
func ListErased(ctx context.Context, q postgres.Querier) ([]erased.Line, error) {
	const query = `
		SELECT subject_id, destroyed_at, destroyed_by, reason
		FROM data_keys
		WHERE destroyed_at IS NOT NULL`

	var rows []struct {
		SubjectID string    `db:"subject_id"`
		At        time.Time `db:"destroyed_at"`
		By        string    `db:"destroyed_by"`
		Reason    string    `db:"reason"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query); err != nil {
		return nil, fmt.Errorf("list who was erased: %w", err)
	}
	lines := make([]erased.Line, len(rows))
	for i, r := range rows {
		lines[i] = erased.Line(r)
	}
	return lines, nil
}

// halfErased is where a key is destroyed and the row does not say so: it came back
// with a backup.
const halfErased = `id IN (SELECT subject_id FROM data_keys WHERE destroyed_at IS NOT NULL)`

// TakeHalfErasedChildren locks children whose key is destroyed while their record goes on.
func TakeHalfErasedChildren(ctx context.Context, q postgres.Querier, limit int) ([]domain.Child, error) {
	const query = `
		SELECT ` + childColumns + `
		FROM children
		WHERE state <> 'erased' AND ` + halfErased + `
		ORDER BY id
		LIMIT $1
		FOR UPDATE`
	return listChildren(ctx, q, query, limit)
}

// TakeHalfErasedHouseholds locks families whose key is destroyed while their record goes on.
func TakeHalfErasedHouseholds(ctx context.Context, q postgres.Querier, limit int) ([]domain.Household, error) {
	const query = `
		SELECT ` + householdColumns + `
		FROM households h
		WHERE state <> 'erased' AND ` + halfErased + `
		ORDER BY id
		LIMIT $1
		FOR UPDATE`
	return listHouseholds(ctx, q, query, limit)
}

// TakeHalfErasedCompanions locks companion parents whose key is destroyed while they go on.
func TakeHalfErasedCompanions(ctx context.Context, q postgres.Querier, limit int) ([]domain.Companion, error) {
	const query = `
		SELECT ` + companionColumns + `
		FROM companions
		WHERE state NOT IN ('left', 'refused') AND ` + halfErased + `
		ORDER BY id
		LIMIT $1
		FOR UPDATE`
	return listCompanions(ctx, q, query, limit)
}
