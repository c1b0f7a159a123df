package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const householdColumns = `id, number, region_code, region_path, to_json(kinds) AS kinds, size, state, state_at, sealed, registered_by, registered_at, officer_id,
	erase_at, hold_reason, hold_by, version`

type householdRow struct {
	ID           string                `db:"id"`
	Number       int                   `db:"number"`
	RegionCode   string                `db:"region_code"`
	RegionPath   string                `db:"region_path"`
	Kinds        []byte                `db:"kinds"`
	Size         int                   `db:"size"`
	State        domain.HouseholdState `db:"state"`
	StateAt      time.Time             `db:"state_at"`
	Sealed       []byte                `db:"sealed"`
	RegisteredBy string                `db:"registered_by"`
	RegisteredAt time.Time             `db:"registered_at"`
	OfficerID    string                `db:"officer_id"`
	EraseAt      sql.Null[time.Time]   `db:"erase_at"`
	HoldReason   sql.Null[string]      `db:"hold_reason"`
	HoldBy       sql.Null[string]      `db:"hold_by"`
	Version      int64                 `db:"version"`
}

func (r householdRow) household() domain.Household {
	var kinds []string
	_ = json.Unmarshal(r.Kinds, &kinds) // an array of text that PostgreSQL wrote
	return domain.Household{
		ID: r.ID, Number: r.Number, RegionCode: r.RegionCode, RegionPath: r.RegionPath, Kinds: kinds, Size: r.Size, State: r.State, StateAt: r.StateAt.UTC(),
		Sealed: r.Sealed, RegisteredBy: r.RegisteredBy, RegisteredAt: r.RegisteredAt.UTC(), OfficerID: r.OfficerID, EraseAt: instant(r.EraseAt),
		HoldReason: r.HoldReason.V, HoldBy: r.HoldBy.V, Version: r.Version,
	}
}

// InsertHousehold keeps a family that was registered and returns its number.
func InsertHousehold(ctx context.Context, q postgres.Querier, h domain.Household) (number int, err error) {
	const query = `
		INSERT INTO households (id, region_code, region_path, kinds, size, state, state_at, sealed, registered_by, registered_at, officer_id, erase_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		RETURNING number`

	if err := sqlx.GetContext(ctx, q, &number, query, h.ID, h.RegionCode, h.RegionPath, postgres.Array(h.Kinds), h.Size, h.State, h.StateAt, h.Sealed,
		h.RegisteredBy, h.RegisteredAt, h.OfficerID, nullable(h.EraseAt), h.Version); err != nil {
		return 0, fmt.Errorf("keep a family: %w", err)
	}
	return number, nil
}

// ReplacePapers makes fingerprints of ID numbers those of a family's members, or
// returns domain.ErrHouseholdTwice when one is another family's. Whoever does the same
// at the same moment waits; all take them in one order, so that nobody waits for ever.
func ReplacePapers(ctx context.Context, q postgres.Querier, householdID string, indexes [][]byte) error {
	const remove = `DELETE FROM household_papers WHERE household_id = $1`
	const query = `
		INSERT INTO household_papers (paper_index, household_id)
		VALUES ($1, $2)
		ON CONFLICT ON CONSTRAINT household_papers_pkey DO NOTHING`

	if _, err := q.ExecContext(ctx, remove, householdID); err != nil {
		return fmt.Errorf("take away fingerprints: %w", err)
	}
	indexes = slices.Clone(indexes)
	slices.SortFunc(indexes, bytes.Compare)
	for _, index := range indexes {
		done, err := q.ExecContext(ctx, query, index, householdID)
		if err != nil {
			return fmt.Errorf("keep a fingerprint: %w", err)
		}
		if n, err := done.RowsAffected(); err == nil && n == 0 {
			return domain.ErrHouseholdTwice
		} else if err != nil {
			return fmt.Errorf("keep a fingerprint: %w", err)
		}
	}
	return nil
}

// FindHousehold returns a family's row, or domain.ErrNoHousehold. What is sealed stays so.
func FindHousehold(ctx context.Context, q postgres.Querier, householdID string) (domain.Household, error) {
	const query = `
		SELECT ` + householdColumns + `
		FROM households
		WHERE id = $1`
	return findHousehold(ctx, q, query, householdID)
}

// LockHousehold is FindHousehold for an update.
func LockHousehold(ctx context.Context, q postgres.Querier, householdID string) (domain.Household, error) {
	const query = `
		SELECT ` + householdColumns + `
		FROM households
		WHERE id = $1
		FOR UPDATE`
	return findHousehold(ctx, q, query, householdID)
}

func findHousehold(ctx context.Context, q postgres.Querier, query, householdID string) (domain.Household, error) {
	var row householdRow
	err := sqlx.GetContext(ctx, q, &row, query, householdID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Household{}, domain.ErrNoHousehold
	}
	if err != nil {
		return domain.Household{}, fmt.Errorf("find household %s: %w", householdID, err)
	}
	return row.household(), nil
}

// ListHouseholds returns the families below the regions, newest number first, from the
// one after which the page before ended; before is 0 for the first page.
func ListHouseholds(ctx context.Context, q postgres.Querier, regionPaths []string, before, limit int) ([]domain.Household, error) {
	const query = postgres.Anew + `
		SELECT ` + householdColumns + `
		FROM households
		WHERE region_path ^@ ANY ($1) AND ($2 = 0 OR number < $2) AND state <> 'erased'
		ORDER BY number DESC
		LIMIT $3`
	return listHouseholds(ctx, q, query, postgres.Array(regionPaths), before, limit)
}

func listHouseholds(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Household, error) {
	var rows []householdRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list families: %w", err)
	}
	households := make([]domain.Household, len(rows))
	for i, r := range rows {
		households[i] = r.household()
	}
	return households, nil
}

// UpdateHousehold writes what may change of a family's row.
func UpdateHousehold(ctx context.Context, q postgres.Querier, h domain.Household) error {
	const query = `
		UPDATE households
		SET kinds = $2, size = $3, state = $4, state_at = $5, sealed = $6, officer_id = $7, erase_at = $8, hold_reason = $9, hold_by = $10, version = $11
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, h.ID, postgres.Array(h.Kinds), h.Size, h.State, h.StateAt, h.Sealed, h.OfficerID, nullable(h.EraseAt),
		nullable(h.HoldReason), nullable(h.HoldBy), h.Version); err != nil {
		return fmt.Errorf("write a family: %w", err)
	}
	return nil
}

// TakeHouseholdsToErase locks families whose record's time is over and who are not held.
func TakeHouseholdsToErase(ctx context.Context, q postgres.Querier, now time.Time, limit int) ([]domain.Household, error) {
	const query = `
		SELECT ` + householdColumns + `
		FROM households
		WHERE erase_at <= $1 AND hold_reason IS NULL
		ORDER BY erase_at
		LIMIT $2
		FOR UPDATE SKIP LOCKED`
	return listHouseholds(ctx, q, query, now, limit)
}

// TakeHouseholdsWithoutConsent locks families whose consent is good no more.
func TakeHouseholdsWithoutConsent(ctx context.Context, q postgres.Querier, now time.Time, limit int) ([]domain.Household, error) {
	const query = `
		SELECT ` + householdColumns + `
		FROM households h
		WHERE state = 'consented' AND NOT household_consented(id, $1)
		ORDER BY id
		LIMIT $2
		FOR UPDATE SKIP LOCKED`
	return listHouseholds(ctx, q, query, now, limit)
}

const householdConsentColumns = `id, household_id, form_number, sealed, given_on::text, ends_at, recorded_by, recorded_at, withdrawn_at, withdrawn_by`

type householdConsentRow struct {
	ID          string              `db:"id"`
	HouseholdID string              `db:"household_id"`
	FormNumber  string              `db:"form_number"`
	Sealed      []byte              `db:"sealed"`
	GivenOn     string              `db:"given_on"`
	EndsAt      time.Time           `db:"ends_at"`
	RecordedBy  string              `db:"recorded_by"`
	RecordedAt  time.Time           `db:"recorded_at"`
	WithdrawnAt sql.Null[time.Time] `db:"withdrawn_at"`
	WithdrawnBy sql.Null[string]    `db:"withdrawn_by"`
}

// InsertHouseholdConsent keeps a family's yes, or returns domain.ErrFormTwice.
func InsertHouseholdConsent(ctx context.Context, q postgres.Querier, c domain.HouseholdConsent) error {
	const query = `
		INSERT INTO household_consents (id, household_id, form_number, sealed, given_on, ends_at, recorded_by, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

	_, err := q.ExecContext(ctx, query, c.ID, c.HouseholdID, c.FormNumber, c.Sealed, c.GivenOn, c.EndsAt, c.RecordedBy, c.RecordedAt)
	if postgres.Violated(err, "household_consents_form_number_key") {
		return domain.ErrFormTwice
	}
	if err != nil {
		return fmt.Errorf("keep a family's consent: %w", err)
	}
	return nil
}

// ListHouseholdConsents returns a family's consents, newest first.
func ListHouseholdConsents(ctx context.Context, q postgres.Querier, householdID string) ([]domain.HouseholdConsent, error) {
	const query = `
		SELECT ` + householdConsentColumns + `
		FROM household_consents
		WHERE household_id = $1
		ORDER BY recorded_at DESC, id DESC`

	var rows []householdConsentRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, householdID); err != nil {
		return nil, fmt.Errorf("list a family's consents: %w", err)
	}
	consents := make([]domain.HouseholdConsent, len(rows))
	for i, r := range rows {
		consents[i] = domain.HouseholdConsent{
			ID: r.ID, HouseholdID: r.HouseholdID, FormNumber: r.FormNumber, Sealed: r.Sealed, GivenOn: r.GivenOn, EndsAt: r.EndsAt.UTC(),
			RecordedBy: r.RecordedBy, RecordedAt: r.RecordedAt.UTC(), WithdrawnAt: instant(r.WithdrawnAt), WithdrawnBy: r.WithdrawnBy.V,
		}
	}
	return consents, nil
}

// WithdrawHouseholdConsents ends all consents of a family that stand, and returns how
// many did.
func WithdrawHouseholdConsents(ctx context.Context, q postgres.Querier, householdID, by string, now time.Time) (int64, error) {
	const query = `
		UPDATE household_consents
		SET withdrawn_at = $2, withdrawn_by = $3
		WHERE household_id = $1 AND withdrawn_at IS NULL`

	done, err := q.ExecContext(ctx, query, householdID, now, by)
	if err != nil {
		return 0, fmt.Errorf("withdraw a family's consent: %w", err)
	}
	return done.RowsAffected()
}
