package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const qualificationKindColumns = `code, name, place, offered, expires, months, needs_number, needs_issuer, by_class`

type qualificationKindRow struct {
	Code        string `db:"code"`
	Name        string `db:"name"`
	Place       int    `db:"place"`
	Offered     bool   `db:"offered"`
	Expires     bool   `db:"expires"`
	Months      int    `db:"months"`
	NeedsNumber bool   `db:"needs_number"`
	NeedsIssuer bool   `db:"needs_issuer"`
	ByClass     bool   `db:"by_class"`
}

// ListQualificationKinds returns the whole list, in its order.
func ListQualificationKinds(ctx context.Context, q postgres.Querier) ([]domain.QualificationKind, error) {
	const query = `
		SELECT ` + qualificationKindColumns + `
		FROM qualification_kinds
		ORDER BY place, code`

	var rows []qualificationKindRow
	if err := sqlx.SelectContext(ctx, q, &rows, query); err != nil {
		return nil, fmt.Errorf("list qualification kinds: %w", err)
	}
	kinds := make([]domain.QualificationKind, len(rows))
	for i, row := range rows {
		kinds[i] = domain.QualificationKind(row)
	}
	return kinds, nil
}

// FindQualificationKind returns one of the list, or domain.ErrNoQualificationKind.
func FindQualificationKind(ctx context.Context, q postgres.Querier, code string) (domain.QualificationKind, error) {
	const query = `
		SELECT ` + qualificationKindColumns + `
		FROM qualification_kinds
		WHERE code = $1`

	var row qualificationKindRow
	err := sqlx.GetContext(ctx, q, &row, query, code)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.QualificationKind{}, domain.ErrNoQualificationKind
	}
	if err != nil {
		return domain.QualificationKind{}, fmt.Errorf("find qualification kind %s: %w", code, err)
	}
	return domain.QualificationKind(row), nil
}

// UpsertQualificationKind adds one to the list or changes it. It returns
// domain.ErrQualificationKindThere when another one has its name.
func UpsertQualificationKind(ctx context.Context, q postgres.Querier, k domain.QualificationKind) error {
	const query = `
		INSERT INTO qualification_kinds (` + qualificationKindColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (code) DO UPDATE
		SET name = excluded.name, place = excluded.place, offered = excluded.offered, expires = excluded.expires,
			months = excluded.months, needs_number = excluded.needs_number, needs_issuer = excluded.needs_issuer, by_class = excluded.by_class`

	_, err := q.ExecContext(ctx, query, k.Code, k.Name, k.Place, k.Offered, k.Expires, k.Months, k.NeedsNumber, k.NeedsIssuer, k.ByClass)
	if postgres.Violated(err, "qualification_kinds_name_key") {
		return domain.ErrQualificationKindThere
	}
	if err != nil {
		return fmt.Errorf("upsert qualification kind %s: %w", k.Code, err)
	}
	return nil
}
