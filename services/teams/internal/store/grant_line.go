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

// GrantLine is a grant with the names of those it is about.
type GrantLine struct {
	domain.Grant
	Name, Number  string // of the officer
	GrantedByName string // empty: given by whoever installed Qihe
	EndedByName   string // empty unless withdrawn
}

const grantLine = `
	SELECT ` + grantColumns + `, v.name, v.number, COALESCE(giver.name, '') AS granted_by_name, COALESCE(taker.name, '') AS ended_by_name
	FROM staff_grants g
	JOIN regions r ON r.code = g.region_code
	JOIN volunteers v ON v.id = g.volunteer_id
	LEFT JOIN volunteers giver ON giver.id = g.granted_by
	LEFT JOIN volunteers taker ON taker.id = g.ended_by`

type grantLineRow struct {
	grantRow
	Name          string `db:"name"`
	Number        string `db:"number"`
	GrantedByName string `db:"granted_by_name"`
	EndedByName   string `db:"ended_by_name"`
}

func (r grantLineRow) line() GrantLine {
	return GrantLine{Grant: r.grant(), Name: r.Name, Number: r.Number, GrantedByName: r.GrantedByName, EndedByName: r.EndedByName}
}

// FindGrantLine returns a grant with names, or domain.ErrNoGrant.
func FindGrantLine(ctx context.Context, q postgres.Querier, id string) (GrantLine, error) {
	const query = grantLine + `
		WHERE g.id = $1`

	var row grantLineRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return GrantLine{}, domain.ErrNoGrant
	}
	if err != nil {
		return GrantLine{}, fmt.Errorf("find grant %s: %w", id, err)
	}
	return row.line(), nil
}

// GrantFilter says which grants are listed.
type GrantFilter struct {
	RegionPath string    // and below
	Now        time.Time // divides what is over from what is not
	Over       bool      // those that are over, instead of the others
}

// ListGrantLines returns a page of a region's grants, newest first. Page.After
// is the id of a grant.
func ListGrantLines(ctx context.Context, q postgres.Querier, f GrantFilter, page Page) ([]GrantLine, error) {
	const query = grantLine + `
		WHERE r.path LIKE $1 || '%'
			AND (g.ended_at IS NOT NULL OR COALESCE(g.until_at <= $2, false)) = $3
			AND ($4::uuid IS NULL OR (g.from_at, g.id) < (SELECT from_at, id FROM staff_grants WHERE id = $4::uuid))
		ORDER BY g.from_at DESC, g.id DESC
		LIMIT $5`

	var rows []grantLineRow
	after := sql.NullString{String: page.After, Valid: page.After != ""}
	if err := sqlx.SelectContext(ctx, q, &rows, query, f.RegionPath, f.Now, f.Over, after, page.Limit); err != nil {
		return nil, fmt.Errorf("list grants below %s: %w", f.RegionPath, err)
	}
	lines := make([]GrantLine, len(rows))
	for i, row := range rows {
		lines[i] = row.line()
	}
	return lines, nil
}
