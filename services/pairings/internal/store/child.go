package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const childColumns = `id, number, region_code, region_path, birth_year, sex, state, sealed, paper_index, referred_by, referred_at, officer_id, version`

type childRow struct {
	ID         string            `db:"id"`
	Number     int               `db:"number"`
	RegionCode string            `db:"region_code"`
	RegionPath string            `db:"region_path"`
	BirthYear  int               `db:"birth_year"`
	Sex        string            `db:"sex"`
	State      domain.ChildState `db:"state"`
	Sealed     []byte            `db:"sealed"`
	PaperIndex []byte            `db:"paper_index"`
	ReferredBy string            `db:"referred_by"`
	ReferredAt time.Time         `db:"referred_at"`
	OfficerID  sql.Null[string]  `db:"officer_id"`
	Version    int64             `db:"version"`
}

func (r childRow) child() domain.Child {
	return domain.Child{
		ID: r.ID, Number: r.Number, RegionCode: r.RegionCode, RegionPath: r.RegionPath, BirthYear: r.BirthYear, Sex: r.Sex, State: r.State,
		Sealed: r.Sealed, PaperIndex: r.PaperIndex, ReferredBy: r.ReferredBy, ReferredAt: r.ReferredAt.UTC(), OfficerID: r.OfficerID.V, Version: r.Version,
	}
}

// InsertChild keeps a child that was referred and returns its number, or
// domain.ErrChildTwice.
func InsertChild(ctx context.Context, q postgres.Querier, c domain.Child) (number int, err error) {
	const query = `
		INSERT INTO children (id, region_code, region_path, birth_year, sex, state, sealed, paper_index, referred_by, referred_at, officer_id, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT ON CONSTRAINT children_paper_index_key DO NOTHING
		RETURNING number`

	err = sqlx.GetContext(ctx, q, &number, query, c.ID, c.RegionCode, c.RegionPath, c.BirthYear, c.Sex, c.State, c.Sealed, c.PaperIndex,
		c.ReferredBy, c.ReferredAt, nullable(c.OfficerID), c.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, domain.ErrChildTwice
	}
	if err != nil {
		return 0, fmt.Errorf("keep a child: %w", err)
	}
	return number, nil
}

// FindChild returns a child's row, or domain.ErrNoChild. What is sealed stays so.
func FindChild(ctx context.Context, q postgres.Querier, childID string) (domain.Child, error) {
	const query = `
		SELECT ` + childColumns + `
		FROM children
		WHERE id = $1`
	return findChild(ctx, q, query, childID)
}

// LockChild is FindChild for an update.
func LockChild(ctx context.Context, q postgres.Querier, childID string) (domain.Child, error) {
	const query = `
		SELECT ` + childColumns + `
		FROM children
		WHERE id = $1
		FOR UPDATE`
	return findChild(ctx, q, query, childID)
}

func findChild(ctx context.Context, q postgres.Querier, query, childID string) (domain.Child, error) {
	var row childRow
	err := sqlx.GetContext(ctx, q, &row, query, childID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Child{}, domain.ErrNoChild
	}
	if err != nil {
		return domain.Child{}, fmt.Errorf("find child %s: %w", childID, err)
	}
	return row.child(), nil
}

// ListChildren returns the children below a region, newest number first, from the
// one after which the page before ended; before is 0 for the first page.
func ListChildren(ctx context.Context, q postgres.Querier, regionPaths []string, before, limit int) ([]domain.Child, error) {
	const query = postgres.Anew + `
		SELECT ` + childColumns + `
		FROM children
		WHERE region_path ^@ ANY ($1) AND ($2 = 0 OR number < $2)
		ORDER BY number DESC
		LIMIT $3`

	var rows []childRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(regionPaths), before, limit); err != nil {
		return nil, fmt.Errorf("list children: %w", err)
	}
	children := make([]domain.Child, len(rows))
	for i, r := range rows {
		children[i] = r.child()
	}
	return children, nil
}

// UpdateChildOfficer writes who has the case.
func UpdateChildOfficer(ctx context.Context, q postgres.Querier, c domain.Child) error {
	const query = `
		UPDATE children
		SET officer_id = $2, version = $3
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, c.ID, nullable(c.OfficerID), c.Version); err != nil {
		return fmt.Errorf("hand over a case: %w", err)
	}
	return nil
}
