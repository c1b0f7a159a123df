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

const purposeColumns = `id, officer_id, emergency, region_path, child_id, reason, asked_at, ends_at, decided_by, decided_at, approved, answer, household_id`

type purposeRow struct {
	ID         string              `db:"id"`
	OfficerID  string              `db:"officer_id"`
	Emergency  bool                `db:"emergency"`
	RegionPath string              `db:"region_path"`
	ChildID    sql.Null[string]    `db:"child_id"`
	Reason     string              `db:"reason"`
	AskedAt    time.Time           `db:"asked_at"`
	EndsAt     time.Time           `db:"ends_at"`
	DecidedBy  sql.Null[string]    `db:"decided_by"`
	DecidedAt  sql.Null[time.Time] `db:"decided_at"`
	Approved   sql.Null[bool]      `db:"approved"`
	Answer     sql.Null[string]    `db:"answer"`

	HouseholdID sql.Null[string] `db:"household_id"`
}

func (r purposeRow) purpose() domain.Purpose {
	return domain.Purpose{
		ID: r.ID, OfficerID: r.OfficerID, Emergency: r.Emergency, RegionPath: r.RegionPath, ChildID: r.ChildID.V, Reason: r.Reason,
		AskedAt: r.AskedAt.UTC(), EndsAt: r.EndsAt.UTC(), DecidedBy: r.DecidedBy.V, DecidedAt: instant(r.DecidedAt), Approved: r.Approved.V, Answer: r.Answer.V,
		HouseholdID: r.HouseholdID.V,
	}
}

// InsertPurpose keeps on what grounds an officer wants to read.
func InsertPurpose(ctx context.Context, q postgres.Querier, p domain.Purpose) error {
	const query = `
		INSERT INTO purposes (id, officer_id, emergency, region_path, child_id, reason, asked_at, ends_at, household_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

	if _, err := q.ExecContext(ctx, query, p.ID, p.OfficerID, p.Emergency, p.RegionPath, nullable(p.ChildID), p.Reason, p.AskedAt, p.EndsAt, nullable(p.HouseholdID)); err != nil {
		return fmt.Errorf("keep a purpose: %w", err)
	}
	return nil
}

// UpdatePurposeDecided writes how a purpose was decided.
func UpdatePurposeDecided(ctx context.Context, q postgres.Querier, p domain.Purpose) error {
	const query = `
		UPDATE purposes
		SET decided_by = $2, decided_at = $3, approved = $4, answer = $5
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, p.ID, p.DecidedBy, p.DecidedAt, p.Approved, nullable(p.Answer))
	if postgres.Violated(err, "purposes_two_persons_check") {
		return domain.ErrPurposeOwn
	}
	if err != nil {
		return fmt.Errorf("decide a purpose: %w", err)
	}
	return nil
}

// LockPurpose returns a purpose for an update, or domain.ErrNoPurpose.
func LockPurpose(ctx context.Context, q postgres.Querier, purposeID string) (domain.Purpose, error) {
	const query = `
		SELECT ` + purposeColumns + `
		FROM purposes
		WHERE id = $1
		FOR UPDATE`

	var row purposeRow
	err := sqlx.GetContext(ctx, q, &row, query, purposeID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Purpose{}, domain.ErrNoPurpose
	}
	if err != nil {
		return domain.Purpose{}, fmt.Errorf("find purpose %s: %w", purposeID, err)
	}
	return row.purpose(), nil
}

// ListPurposesFor returns on what grounds an officer may read a child's record now,
// those that another person approved before emergencies.
func ListPurposesFor(ctx context.Context, q postgres.Querier, officerID string, c domain.Child, now time.Time) ([]domain.Purpose, error) {
	const query = `
		SELECT ` + purposeColumns + `
		FROM purposes
		WHERE officer_id = $1 AND ends_at > $4 AND (approved AND person_of(decided_by) <> person_of(officer_id) OR emergency)
			AND starts_with($3, region_path) AND (child_id IS NULL OR child_id = $2) AND household_id IS NULL
		ORDER BY emergency, ends_at DESC`
	return listPurposes(ctx, q, query, officerID, c.ID, c.RegionPath, now)
}

// ListFamilyPurposesFor returns on what grounds an officer may read a family's record now.
func ListFamilyPurposesFor(ctx context.Context, q postgres.Querier, officerID, householdID string, now time.Time) ([]domain.Purpose, error) {
	const query = `
		SELECT ` + purposeColumns + `
		FROM purposes
		WHERE officer_id = $1 AND ends_at > $3 AND approved AND person_of(decided_by) <> person_of(officer_id) AND household_id = $2
		ORDER BY ends_at DESC`
	return listPurposes(ctx, q, query, officerID, householdID, now)
}

// ListPurposes returns a page of the purposes of the regions and of all below, the newest
// first, before them those that wait. Below familyPaths they are those about families.
func ListPurposes(ctx context.Context, q postgres.Querier, regionPaths, familyPaths []string, page Page) ([]domain.Purpose, error) {
	const waits = `(decided_by IS NULL AND NOT emergency)`
	const query = postgres.Anew + `
		SELECT ` + purposeColumns + `
		FROM purposes
		WHERE (region_path ^@ ANY ($1) OR household_id IS NOT NULL AND region_path ^@ ANY ($2))
			AND ($3::uuid IS NULL OR (` + waits + `, asked_at, id) < (SELECT ` + waits + `, asked_at, id FROM purposes WHERE id = $3))
		ORDER BY ` + waits + ` DESC, asked_at DESC, id DESC
		LIMIT $4`
	return listPurposes(ctx, q, query, postgres.Array(regionPaths), postgres.Array(familyPaths), nullable(page.After), page.Limit)
}

func listPurposes(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Purpose, error) {
	var rows []purposeRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list purposes: %w", err)
	}
	purposes := make([]domain.Purpose, len(rows))
	for i, r := range rows {
		purposes[i] = r.purpose()
	}
	return purposes, nil
}

// PurposeReasons returns what the purposes say on which a child's record was opened,
// by their ids.
func PurposeReasons(ctx context.Context, q postgres.Querier, childID string) (map[string]string, error) {
	const query = `
		SELECT id, reason
		FROM purposes
		WHERE id IN (SELECT basis_id FROM openings WHERE subject_id = $1)`

	var rows []struct{ ID, Reason string }
	if err := sqlx.SelectContext(ctx, q, &rows, query, childID); err != nil {
		return nil, fmt.Errorf("read reasons: %w", err)
	}
	reasons := make(map[string]string, len(rows))
	for _, r := range rows {
		reasons[r.ID] = r.Reason
	}
	return reasons, nil
}
