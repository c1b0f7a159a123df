package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ErrNoProgramme tells that there is no such programme.
var ErrNoProgramme = apperr.New(apperr.NotFound, "no_programme", "没有这个项目。", "There is no such programme.")

// ListProgrammes returns all programmes in their order on pages.
func ListProgrammes(ctx context.Context, q postgres.Querier) ([]domain.Programme, error) {
	const query = `
		SELECT id, name, position, retired_at IS NOT NULL AS retired, version
		FROM programmes
		ORDER BY position, id`

	var programmes []domain.Programme
	if err := sqlx.SelectContext(ctx, q, &programmes, query); err != nil {
		return nil, fmt.Errorf("list programmes: %w", err)
	}
	return programmes, nil
}

// InsertProgrammes adds programmes that are not there yet and returns how many were new.
func InsertProgrammes(ctx context.Context, q postgres.Querier, programmes []domain.Programme) (int, error) {
	const query = `
		INSERT INTO programmes (id, name, position, version)
		SELECT id, name, position, version
		FROM unnest($1::uuid[], $2::text[], $3::int[], $4::bigint[]) AS p (id, name, position, version)
		ON CONFLICT DO NOTHING`

	res, err := q.ExecContext(ctx, query,
		postgres.Column(programmes, func(p domain.Programme) string { return p.ID }),
		postgres.Column(programmes, func(p domain.Programme) string { return p.Name }),
		postgres.Column(programmes, func(p domain.Programme) int64 { return int64(p.Position) }),
		postgres.Column(programmes, func(p domain.Programme) int64 { return p.Version }))
	if err != nil {
		return 0, fmt.Errorf("insert programmes: %w", err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}
