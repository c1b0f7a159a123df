package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const childExportColumns = `id, officer_id, region_path, to_json(child_ids) AS child_ids, reason, asked_at, decided_by, decided_at, approved, answer, ends_at, taken`

type childExportRow struct {
	ID         string              `db:"id"`
	OfficerID  string              `db:"officer_id"`
	RegionPath string              `db:"region_path"`
	ChildIDs   []byte              `db:"child_ids"`
	Reason     string              `db:"reason"`
	AskedAt    time.Time           `db:"asked_at"`
	DecidedBy  sql.Null[string]    `db:"decided_by"`
	DecidedAt  sql.Null[time.Time] `db:"decided_at"`
	Approved   sql.Null[bool]      `db:"approved"`
	Answer     sql.Null[string]    `db:"answer"`
	EndsAt     sql.Null[time.Time] `db:"ends_at"`
	Taken      int                 `db:"taken"`
}

func (r childExportRow) export() domain.ChildExport {
	var ids []string
	_ = json.Unmarshal(r.ChildIDs, &ids) // an array that PostgreSQL wrote
	return domain.ChildExport{
		ID: r.ID, OfficerID: r.OfficerID, RegionPath: r.RegionPath, ChildIDs: ids, Reason: r.Reason, AskedAt: r.AskedAt.UTC(),
		DecidedBy: r.DecidedBy.V, DecidedAt: instant(r.DecidedAt), Approved: r.Approved.V, Answer: r.Answer.V, EndsAt: instant(r.EndsAt), Taken: r.Taken,
	}
}

// InsertChildExport keeps that somebody asked for a list.
func InsertChildExport(ctx context.Context, q postgres.Querier, e domain.ChildExport) error {
	const query = `
		INSERT INTO child_exports (id, officer_id, region_path, child_ids, reason, asked_at, ends_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`

	if _, err := q.ExecContext(ctx, query, e.ID, e.OfficerID, e.RegionPath, postgres.Array(e.ChildIDs), e.Reason, e.AskedAt, nullable(e.EndsAt)); err != nil {
		return fmt.Errorf("keep an export: %w", err)
	}
	return nil
}

// LockChildExport returns a list for an update, or domain.ErrNoExport.
func LockChildExport(ctx context.Context, q postgres.Querier, exportID string) (domain.ChildExport, error) {
	const query = `
		SELECT ` + childExportColumns + `
		FROM child_exports
		WHERE id = $1
		FOR UPDATE`

	var row childExportRow
	err := sqlx.GetContext(ctx, q, &row, query, exportID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.ChildExport{}, domain.ErrNoExport
	}
	if err != nil {
		return domain.ChildExport{}, fmt.Errorf("find export %s: %w", exportID, err)
	}
	return row.export(), nil
}

// UpdateChildExport writes how a list was decided and how often it was taken. It
// returns domain.ErrExportOwn when who decides is the person who asked.
func UpdateChildExport(ctx context.Context, q postgres.Querier, e domain.ChildExport) error {
	const query = `
		UPDATE child_exports
		SET decided_by = $2, decided_at = $3, approved = $4, answer = $5, ends_at = $6, taken = $7
		WHERE id = $1`

	var approved any
	if e.DecidedBy != "" {
		approved = e.Approved
	}
	_, err := q.ExecContext(ctx, query, e.ID, nullable(e.DecidedBy), nullable(e.DecidedAt), approved, nullable(e.Answer), nullable(e.EndsAt), e.Taken)
	if postgres.Violated(err, "child_exports_persons_check") {
		return domain.ErrExportOwn
	}
	if err != nil {
		return fmt.Errorf("write export %s: %w", e.ID, err)
	}
	return nil
}

// ListChildExports returns a page of the lists of the regions and of all below, the
// newest first, before them those that wait.
func ListChildExports(ctx context.Context, q postgres.Querier, regionPaths []string, page Page) ([]domain.ChildExport, error) {
	const waits = `(ends_at IS NULL AND decided_by IS NULL)`
	const query = postgres.Anew + `
		SELECT ` + childExportColumns + `
		FROM child_exports
		WHERE region_path ^@ ANY ($1)
			AND ($2::uuid IS NULL OR (` + waits + `, asked_at, id) < (SELECT ` + waits + `, asked_at, id FROM child_exports WHERE id = $2))
		ORDER BY ` + waits + ` DESC, asked_at DESC, id DESC
		LIMIT $3`

	var rows []childExportRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(regionPaths), nullable(page.After), page.Limit); err != nil {
		return nil, fmt.Errorf("list exports: %w", err)
	}
	exports := make([]domain.ChildExport, len(rows))
	for i, r := range rows {
		exports[i] = r.export()
	}
	return exports, nil
}

// ListConsentedChildren returns the ids of the children of a region whose guardian's
// consent stands, in the order of their numbers, limit at most.
func ListConsentedChildren(ctx context.Context, q postgres.Querier, regionPath string, limit int) (ids []string, err error) {
	const query = postgres.Anew + `
		SELECT id
		FROM children
		WHERE region_path ^@ $1 AND state NOT IN ('referred', 'consent_withdrawn', 'erased')
		ORDER BY number
		LIMIT $2`

	if err := sqlx.SelectContext(ctx, q, &ids, query, regionPath, limit); err != nil {
		return nil, fmt.Errorf("list children with consent: %w", err)
	}
	return ids, nil
}

// LockConsentedChildren returns those of the children given whose guardian's consent
// stands. Until the transaction ends nobody takes one back.
func LockConsentedChildren(ctx context.Context, q postgres.Querier, ids []string) ([]domain.Child, error) {
	const query = `
		SELECT ` + childColumns + `
		FROM children
		WHERE id = ANY ($1) AND state NOT IN ('referred', 'consent_withdrawn', 'erased')
		ORDER BY number
		FOR SHARE`
	return listChildren(ctx, q, query, postgres.Array(ids))
}
