package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type teamCategoryRow struct {
	Code      string              `db:"code"`
	Name      string              `db:"name"`
	Position  int                 `db:"position"`
	RetiredOn sql.Null[time.Time] `db:"retired_on"`
	Version   int64               `db:"version"`
}

func (r teamCategoryRow) category() domain.TeamCategory {
	return domain.TeamCategory{Code: r.Code, Name: r.Name, Position: r.Position, RetiredOn: r.RetiredOn.V, Version: r.Version}
}

// ListTeamCategories returns all categories, retired ones too, in their order.
func ListTeamCategories(ctx context.Context, q postgres.Querier) ([]domain.TeamCategory, error) {
	const query = `
		SELECT code, name, position, retired_on, version
		FROM team_categories
		ORDER BY position, code`

	var rows []teamCategoryRow
	if err := sqlx.SelectContext(ctx, q, &rows, query); err != nil {
		return nil, fmt.Errorf("list team categories: %w", err)
	}
	categories := make([]domain.TeamCategory, len(rows))
	for i, row := range rows {
		categories[i] = row.category()
	}
	return categories, nil
}

// LockTeamCategory returns a category and holds it until the transaction ends;
// for a code that is not there it returns one with version 0.
func LockTeamCategory(ctx context.Context, q postgres.Querier, code string) (domain.TeamCategory, error) {
	const query = `
		SELECT code, name, position, retired_on, version
		FROM team_categories
		WHERE code = $1
		FOR NO KEY UPDATE`

	var row teamCategoryRow
	err := sqlx.GetContext(ctx, q, &row, query, code)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.TeamCategory{Code: code}, nil
	}
	if err != nil {
		return domain.TeamCategory{}, fmt.Errorf("lock team category %s: %w", code, err)
	}
	return row.category(), nil
}

// UpsertTeamCategory keeps a category; a new one comes last. It returns
// domain.ErrCategoryNameTaken if another one has the name.
func UpsertTeamCategory(ctx context.Context, q postgres.Querier, c domain.TeamCategory) error {
	const query = `
		INSERT INTO team_categories (code, name, position, retired_on, version)
		VALUES ($1, $2, (SELECT COALESCE(max(position), 0) + 1 FROM team_categories), $3, $4)
		ON CONFLICT ON CONSTRAINT team_categories_pkey DO UPDATE
		SET name = excluded.name, retired_on = excluded.retired_on, version = excluded.version`

	_, err := q.ExecContext(ctx, query, c.Code, c.Name, orNull(c.RetiredOn), c.Version)
	if postgres.Violated(err, "team_categories_name_key") {
		return domain.ErrCategoryNameTaken
	}
	if err != nil {
		return fmt.Errorf("keep team category %s: %w", c.Code, err)
	}
	return nil
}
