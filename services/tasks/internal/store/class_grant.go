package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FindClassGrant returns what a class grants now; the zero value when nothing
// was ever set for it.
func FindClassGrant(ctx context.Context, q postgres.Querier, taskID string) (domain.ClassGrant, error) {
	const query = `
		SELECT id, task_id, kind, months, set_by, set_at
		FROM class_grants
		WHERE task_id = $1
		ORDER BY set_at DESC, id DESC
		LIMIT 1`

	var row struct {
		ID     string    `db:"id"`
		TaskID string    `db:"task_id"`
		Kind   string    `db:"kind"`
		Months int       `db:"months"`
		SetBy  string    `db:"set_by"`
		SetAt  time.Time `db:"set_at"`
	}
	err := sqlx.GetContext(ctx, q, &row, query, taskID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.ClassGrant{}, nil
	}
	if err != nil {
		return domain.ClassGrant{}, fmt.Errorf("find what class %s grants: %w", taskID, err)
	}
	row.SetAt = row.SetAt.UTC()
	return domain.ClassGrant(row), nil
}

// InsertClassGrant adds what a class grants from now on.
func InsertClassGrant(ctx context.Context, q postgres.Querier, g domain.ClassGrant) error {
	const query = `
		INSERT INTO class_grants (id, task_id, kind, months, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6)`

	if _, err := q.ExecContext(ctx, query, g.ID, g.TaskID, g.Kind, g.Months, g.SetBy, g.SetAt); err != nil {
		return fmt.Errorf("insert what class %s grants: %w", g.TaskID, err)
	}
	return nil
}
