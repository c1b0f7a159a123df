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

const childColumns = `id, number, region_code, region_path, birth_year, sex, state, sealed, paper_index, referred_by, referred_at, officer_id, version,
	circle, to_json(needs) AS needs, companion_sex, state_at, erase_at, hold_reason, hold_by`

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

	Circle       []byte              `db:"circle"`
	Needs        []byte              `db:"needs"`
	CompanionSex string              `db:"companion_sex"`
	StateAt      time.Time           `db:"state_at"`
	EraseAt      sql.Null[time.Time] `db:"erase_at"`
	HoldReason   sql.Null[string]    `db:"hold_reason"`
	HoldBy       sql.Null[string]    `db:"hold_by"`
}

func (r childRow) child() domain.Child {
	var needs []string
	_ = json.Unmarshal(r.Needs, &needs) // an array of text that PostgreSQL wrote
	return domain.Child{
		ID: r.ID, Number: r.Number, RegionCode: r.RegionCode, RegionPath: r.RegionPath, BirthYear: r.BirthYear, Sex: r.Sex, State: r.State,
		Sealed: r.Sealed, PaperIndex: r.PaperIndex, ReferredBy: r.ReferredBy, ReferredAt: r.ReferredAt.UTC(), OfficerID: r.OfficerID.V, Version: r.Version,
		Circle: r.Circle, Needs: needs, CompanionSex: r.CompanionSex, StateAt: r.StateAt.UTC(), EraseAt: instant(r.EraseAt), HoldReason: r.HoldReason.V, HoldBy: r.HoldBy.V,
	}
}

// InsertChild keeps a child that was referred and returns its number, or
// domain.ErrChildTwice.
func InsertChild(ctx context.Context, q postgres.Querier, c domain.Child) (number int, err error) {
	const query = `
		INSERT INTO children (id, region_code, region_path, birth_year, sex, state, sealed, paper_index, referred_by, referred_at, officer_id, version, companion_sex, state_at, erase_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT ON CONSTRAINT children_paper_index_key DO NOTHING
		RETURNING number`

	err = sqlx.GetContext(ctx, q, &number, query, c.ID, c.RegionCode, c.RegionPath, c.BirthYear, c.Sex, c.State, c.Sealed, c.PaperIndex,
		c.ReferredBy, c.ReferredAt, nullable(c.OfficerID), c.Version, c.CompanionSex, c.StateAt, nullable(c.EraseAt))
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
		WHERE region_path ^@ ANY ($1) AND ($2 = 0 OR number < $2) AND state <> 'erased'
		ORDER BY number DESC
		LIMIT $3`

	return listChildren(ctx, q, query, postgres.Array(regionPaths), before, limit)
}

func listChildren(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Child, error) {
	var rows []childRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
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

// UpdateChildDetails writes who answers for a child and what it needs.
func UpdateChildDetails(ctx context.Context, q postgres.Querier, c domain.Child) error {
	const query = `
		UPDATE children
		SET circle = $2, needs = $3, companion_sex = $4, version = $5
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, c.ID, c.Circle, postgres.Array(c.Needs), c.CompanionSex, c.Version); err != nil {
		return fmt.Errorf("write details of a child: %w", err)
	}
	return nil
}

// UpdateChildState writes how far things are with a child, until when its record is
// kept, and whether it is held.
func UpdateChildState(ctx context.Context, q postgres.Querier, c domain.Child) error {
	const query = `
		UPDATE children
		SET state = $2, state_at = $3, erase_at = $4, hold_reason = $5, hold_by = $6, version = $7
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, c.ID, c.State, c.StateAt, nullable(c.EraseAt), nullable(c.HoldReason), nullable(c.HoldBy), c.Version); err != nil {
		return fmt.Errorf("write the state of a child: %w", err)
	}
	return nil
}

// UpdateChildErased takes away what of an erased child is not unreadable by itself.
func UpdateChildErased(ctx context.Context, q postgres.Querier, c domain.Child) error {
	const query = `
		UPDATE children
		SET state = $2, state_at = $3, erase_at = NULL, sealed = '', circle = NULL, needs = '{}', paper_index = NULL, version = $4
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, c.ID, c.State, c.StateAt, c.Version); err != nil {
		return fmt.Errorf("erase a child: %w", err)
	}
	return nil
}

// TakeChildrenToErase locks children whose record's time is over and who are not
// held.
func TakeChildrenToErase(ctx context.Context, q postgres.Querier, now time.Time, limit int) ([]domain.Child, error) {
	const query = `
		SELECT ` + childColumns + `
		FROM children
		WHERE erase_at <= $1 AND hold_reason IS NULL
		ORDER BY erase_at
		LIMIT $2
		FOR UPDATE SKIP LOCKED`
	return listChildren(ctx, q, query, now, limit)
}

// TakeChildrenWithoutConsent locks children who went on with a consent that is good
// no more.
func TakeChildrenWithoutConsent(ctx context.Context, q postgres.Querier, now time.Time, limit int) ([]domain.Child, error) {
	const query = `
		SELECT ` + childColumns + `
		FROM children c
		WHERE state IN ('consented', 'waiting', 'paired') AND NOT EXISTS (
			SELECT FROM consents g
			WHERE g.child_id = c.id AND g.withdrawn_at IS NULL AND g.ends_at > $1 AND (g.way = 'link' OR g.picture IS NOT NULL))
		ORDER BY id
		LIMIT $2
		FOR UPDATE SKIP LOCKED`
	return listChildren(ctx, q, query, now, limit)
}
