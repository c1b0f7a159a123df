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

const companionColumns = `id, volunteer_id, region_code, region_path, state, state_since, reason, applied_at, sealed, offence_asked_by, offence_asked_at,
			approved_by, approved_at, due_at, version`

type companionRow struct {
	ID             string                `db:"id"`
	VolunteerID    string                `db:"volunteer_id"`
	RegionCode     string                `db:"region_code"`
	RegionPath     string                `db:"region_path"`
	State          domain.CompanionState `db:"state"`
	StateSince     time.Time             `db:"state_since"`
	Reason         sql.Null[string]      `db:"reason"`
	AppliedAt      time.Time             `db:"applied_at"`
	Sealed         []byte                `db:"sealed"`
	OffenceAskedBy sql.Null[string]      `db:"offence_asked_by"`
	OffenceAskedAt sql.Null[time.Time]   `db:"offence_asked_at"`
	ApprovedBy     sql.Null[string]      `db:"approved_by"`
	ApprovedAt     sql.Null[time.Time]   `db:"approved_at"`
	DueAt          sql.Null[time.Time]   `db:"due_at"`
	Version        int64                 `db:"version"`
}

func (r companionRow) companion() domain.Companion {
	return domain.Companion{
		ID: r.ID, VolunteerID: r.VolunteerID, RegionCode: r.RegionCode, RegionPath: r.RegionPath, State: r.State, StateSince: r.StateSince.UTC(),
		Reason: r.Reason.V, AppliedAt: r.AppliedAt.UTC(), Sealed: r.Sealed, OffenceAskedBy: r.OffenceAskedBy.V, OffenceAskedAt: instant(r.OffenceAskedAt),
		ApprovedBy: r.ApprovedBy.V, ApprovedAt: instant(r.ApprovedAt), DueAt: instant(r.DueAt), Version: r.Version,
	}
}

// LockPersonsCompanions makes applications of one person wait for each other.
func LockPersonsCompanions(ctx context.Context, q postgres.Querier, volunteerID string) error {
	const query = `SELECT pg_advisory_xact_lock(hashtextextended('companion ' || person_of($1)::text, 0))`

	if _, err := q.ExecContext(ctx, query, volunteerID); err != nil {
		return fmt.Errorf("lock the applications of %s: %w", volunteerID, err)
	}
	return nil
}

// InsertCompanion keeps an application. Its version goes on from those of the
// volunteer's earlier ones. It returns domain.ErrCompanionTwice while one is open.
func InsertCompanion(ctx context.Context, q postgres.Querier, c domain.Companion) (version int64, err error) {
	const query = `
		INSERT INTO companions (id, volunteer_id, region_code, region_path, state, state_since, applied_at, sealed, version)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9 + coalesce((SELECT max(version) FROM companions WHERE volunteer_id = $2), 0)
		RETURNING version`

	err = sqlx.GetContext(ctx, q, &version, query, c.ID, c.VolunteerID, c.RegionCode, c.RegionPath, c.State, c.StateSince, c.AppliedAt, c.Sealed, c.Version)
	if postgres.Violated(err, "companions_open_key") {
		return 0, domain.ErrCompanionTwice
	}
	if err != nil {
		return 0, fmt.Errorf("keep an application: %w", err)
	}
	return version, nil
}

// FindCompanion returns a companion, or domain.ErrNoCompanion. What is sealed stays so.
func FindCompanion(ctx context.Context, q postgres.Querier, companionID string) (domain.Companion, error) {
	const query = `
		SELECT ` + companionColumns + `
		FROM companions
		WHERE id = $1`
	return findCompanion(ctx, q, query, companionID)
}

// LockCompanion is FindCompanion for an update.
func LockCompanion(ctx context.Context, q postgres.Querier, companionID string) (domain.Companion, error) {
	const query = `
		SELECT ` + companionColumns + `
		FROM companions
		WHERE id = $1
		FOR UPDATE`
	return findCompanion(ctx, q, query, companionID)
}

// LockDueCompanion is LockCompanion for the clock: domain.ErrNoCompanion also for one
// that is not due any more, or that another replica has.
func LockDueCompanion(ctx context.Context, q postgres.Querier, companionID string, now time.Time) (domain.Companion, error) {
	const query = `
		SELECT ` + companionColumns + `
		FROM companions
		WHERE id = $1 AND due_at <= $2
		FOR UPDATE SKIP LOCKED`
	return findCompanion(ctx, q, query, companionID, now)
}

// FindMyCompanion returns the newest application of a person under any of their
// records, the open one first, or domain.ErrNoCompanion.
func FindMyCompanion(ctx context.Context, q postgres.Querier, volunteerID string) (domain.Companion, error) {
	const query = `
		SELECT ` + companionColumns + `
		FROM companions
		WHERE volunteer_id IN (SELECT records_of($1))
		ORDER BY state IN ('approved', 'suspended') DESC, state = 'applied' DESC, applied_at DESC, id DESC
		LIMIT 1`
	return findCompanion(ctx, q, query, volunteerID)
}

func findCompanion(ctx context.Context, q postgres.Querier, query string, args ...any) (domain.Companion, error) {
	var row companionRow
	err := sqlx.GetContext(ctx, q, &row, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Companion{}, domain.ErrNoCompanion
	}
	if err != nil {
		return domain.Companion{}, fmt.Errorf("find a companion: %w", err)
	}
	return row.companion(), nil
}

// companionsOf is a query's beginning: the companions below the regions of $1 with the
// parts that each belongs to at $2, who ends before $3 among them, and its rank: whom an
// officer has something to do for first, ended ones last.
const companionsOf = postgres.Anew + `
	WITH listed AS (
		SELECT c.*, array_position(ARRAY['suspended', 'applied', 'approved', 'refused', 'left'], c.state) AS rank,
			CASE WHEN c.state IN ('applied', 'suspended') THEN ARRAY['due'] WHEN c.state IN ('refused', 'left') THEN ARRAY['over']
				WHEN EXISTS (SELECT FROM companion_reminders r WHERE r.companion_id = c.id AND r.good_until > $2)
					AND (SELECT min(g.good_until) FROM companion_gates(c.id, $2) g) <= $3 THEN ARRAY['approved', 'ending'] ELSE ARRAY['approved'] END AS parts
		FROM companions c
		WHERE c.region_path ^@ ANY ($1)
	)`

// ListCompanions returns a page of the companions below the regions.
func ListCompanions(ctx context.Context, q postgres.Querier, regionPaths []string, page Page, now time.Time) ([]domain.Companion, error) {
	const query = companionsOf + `
		SELECT ` + companionColumns + `
		FROM listed
		WHERE ($4 = '' OR $4 = ANY (parts)) AND ($5::uuid IS NULL OR (rank, applied_at, id) > (SELECT rank, applied_at, id FROM listed WHERE id = $5))
		ORDER BY rank, applied_at, id
		LIMIT $6`
	return listCompanions(ctx, q, query, postgres.Array(regionPaths), now, now.Add(domain.RenewSoon), page.Part, nullable(page.After), page.Limit)
}

// CountCompanions returns how many there are in each part.
func CountCompanions(ctx context.Context, q postgres.Querier, regionPaths []string, now time.Time) (map[string]int, error) {
	const query = companionsOf + `
		SELECT part, count(*) AS n
		FROM listed, unnest(parts) AS part
		GROUP BY part`
	return countParts(ctx, q, query, postgres.Array(regionPaths), now, now.Add(domain.RenewSoon))
}

// ListApprovedCompanions returns all who are approved below the regions.
func ListApprovedCompanions(ctx context.Context, q postgres.Querier, regionPaths []string) ([]domain.Companion, error) {
	const query = postgres.Anew + `
		SELECT ` + companionColumns + `
		FROM companions
		WHERE region_path ^@ ANY ($1) AND state = 'approved'
		ORDER BY applied_at, id`
	return listCompanions(ctx, q, query, postgres.Array(regionPaths))
}

func listCompanions(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Companion, error) {
	var rows []companionRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list companions: %w", err)
	}
	companions := make([]domain.Companion, len(rows))
	for i, r := range rows {
		companions[i] = r.companion()
	}
	return companions, nil
}

// DueCompanion is one that the clock has to look at.
type DueCompanion struct {
	ID          string `db:"id"`
	VolunteerID string `db:"volunteer_id"`
}

// ListDueCompanions returns those that are due, the longest first.
func ListDueCompanions(ctx context.Context, q postgres.Querier, now time.Time, limit int) ([]DueCompanion, error) {
	const query = `
		SELECT id, volunteer_id
		FROM companions
		WHERE due_at <= $1
		ORDER BY due_at, id
		LIMIT $2`

	var due []DueCompanion
	if err := sqlx.SelectContext(ctx, q, &due, query, now, limit); err != nil {
		return nil, fmt.Errorf("list companions that are due: %w", err)
	}
	return due, nil
}

// UpdateCompanion writes how far things are. The database refuses an approval with
// anything missing or by somebody who may not: domain.ErrGatesOpen, ErrCompanionPersons,
// ErrCompanionMinor, ErrCompanionOnce.
func UpdateCompanion(ctx context.Context, q postgres.Querier, c domain.Companion) error {
	const query = `
		UPDATE companions
		SET state = $2, state_since = $3, reason = $4, offence_asked_by = $5, offence_asked_at = $6, approved_by = $7, approved_at = $8, due_at = $9, version = $10
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, c.ID, c.State, c.StateSince, nullable(c.Reason), nullable(c.OffenceAskedBy), nullable(c.OffenceAskedAt),
		nullable(c.ApprovedBy), nullable(c.ApprovedAt), nullable(c.DueAt), c.Version)
	for constraint, refusal := range map[string]error{
		"companions_gates_check": domain.ErrGatesOpen, "companions_persons_check": domain.ErrCompanionPersons,
		"companions_adult_check": domain.ErrCompanionMinor, "companions_once_check": domain.ErrCompanionOnce,
		string(domain.ConflictErased): domain.ErrCompanionOver,
	} {
		if postgres.Violated(err, constraint) {
			return refusal
		}
	}
	if err != nil {
		return fmt.Errorf("update companion %s: %w", c.ID, err)
	}
	return nil
}

// WakeCompanions makes open companions of these people due: those who are the
// volunteer, who approved, or who interviewed, under any record.
func WakeCompanions(ctx context.Context, q postgres.Querier, volunteerIDs []string, now time.Time) error {
	const query = `
		WITH records AS (SELECT DISTINCT r.id FROM unnest($1::uuid[]) AS a (id) CROSS JOIN records_of(a.id) AS r (id))
		UPDATE companions c
		SET due_at = $2
		WHERE state IN ('applied', 'approved', 'suspended') AND (
			volunteer_id IN (SELECT id FROM records) OR approved_by IN (SELECT id FROM records)
			OR EXISTS (SELECT FROM companion_evidence e WHERE e.companion_id = c.id AND e.by_id IN (SELECT id FROM records)))`

	if _, err := q.ExecContext(ctx, query, postgres.Array(volunteerIDs), now); err != nil {
		return fmt.Errorf("wake companions: %w", err)
	}
	return nil
}

// UpdateOffers writes what a companion parent says she can give.
func UpdateOffers(ctx context.Context, q postgres.Querier, companionID string, offers []string) error {
	const query = `
		UPDATE companions
		SET offers = $2
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, companionID, postgres.Array(offers)); err != nil {
		return fmt.Errorf("write offers: %w", err)
	}
	return nil
}

// FindOffers returns what a companion parent says she can give.
func FindOffers(ctx context.Context, q postgres.Querier, companionID string) (offers []string, err error) {
	const query = `
		SELECT to_json(offers)
		FROM companions
		WHERE id = $1`

	var raw []byte
	if err := sqlx.GetContext(ctx, q, &raw, query, companionID); err != nil {
		return nil, fmt.Errorf("find offers: %w", err)
	}
	_ = json.Unmarshal(raw, &offers)
	return offers, nil
}
