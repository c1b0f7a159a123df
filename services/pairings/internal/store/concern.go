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

const concernColumns = `id, number, region_path, danger, state, seen_at, arrived_at, sealed, reporter_key, reporter_sealed, handler_id, handler_since, reported_at,
			closed_by, closed_at, outcome, rung, due_at, version`

type concernRow struct {
	ID             string              `db:"id"`
	Number         int                 `db:"number"`
	RegionPath     string              `db:"region_path"`
	Danger         bool                `db:"danger"`
	State          domain.ConcernState `db:"state"`
	SeenAt         time.Time           `db:"seen_at"`
	ArrivedAt      time.Time           `db:"arrived_at"`
	Sealed         []byte              `db:"sealed"`
	ReporterKey    string              `db:"reporter_key"`
	ReporterSealed []byte              `db:"reporter_sealed"`
	HandlerID      sql.Null[string]    `db:"handler_id"`
	HandlerSince   sql.Null[time.Time] `db:"handler_since"`
	ReportedAt     sql.Null[time.Time] `db:"reported_at"`
	ClosedBy       sql.Null[string]    `db:"closed_by"`
	ClosedAt       sql.Null[time.Time] `db:"closed_at"`
	Outcome        sql.Null[string]    `db:"outcome"`
	Rung           int                 `db:"rung"`
	DueAt          sql.Null[time.Time] `db:"due_at"`
	Version        int64               `db:"version"`
}

func (r concernRow) concern() domain.Concern {
	return domain.Concern{
		ID: r.ID, Number: r.Number, RegionPath: r.RegionPath, Danger: r.Danger, State: r.State, SeenAt: r.SeenAt.UTC(), ArrivedAt: r.ArrivedAt.UTC(),
		Sealed: r.Sealed, ReporterKey: r.ReporterKey, ReporterSealed: r.ReporterSealed, HandlerID: r.HandlerID.V, HandlerSince: instant(r.HandlerSince),
		ReportedAt: instant(r.ReportedAt), ClosedBy: r.ClosedBy.V, ClosedAt: instant(r.ClosedAt), Outcome: r.Outcome.V, Rung: r.Rung, DueAt: instant(r.DueAt), Version: r.Version,
	}
}

// InsertConcern keeps a concern and returns its number.
func InsertConcern(ctx context.Context, q postgres.Querier, c domain.Concern) (number int, err error) {
	const query = `
		INSERT INTO concerns (id, region_path, danger, state, seen_at, arrived_at, sealed, reporter_key, reporter_sealed, rung, due_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		RETURNING number`

	if err := sqlx.GetContext(ctx, q, &number, query, c.ID, c.RegionPath, c.Danger, c.State, c.SeenAt, c.ArrivedAt, c.Sealed, c.ReporterKey, c.ReporterSealed,
		c.Rung, nullable(c.DueAt), c.Version); err != nil {
		return 0, fmt.Errorf("keep a concern: %w", err)
	}
	return number, nil
}

// UpdateConcern writes what may change of a concern. It returns domain.ErrConcernPersons
// when who had it closes it, under whichever record.
func UpdateConcern(ctx context.Context, q postgres.Querier, c domain.Concern) error {
	const query = `
		UPDATE concerns
		SET state = $2, sealed = $3, handler_id = $4, handler_since = $5, reported_at = $6, closed_by = $7, closed_at = $8, outcome = $9, rung = $10, due_at = $11, version = $12
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, c.ID, c.State, c.Sealed, nullable(c.HandlerID), nullable(c.HandlerSince), nullable(c.ReportedAt), nullable(c.ClosedBy),
		nullable(c.ClosedAt), nullable(c.Outcome), c.Rung, nullable(c.DueAt), c.Version)
	if postgres.Violated(err, "concerns_persons_check") {
		return domain.ErrConcernPersons
	}
	if err != nil {
		return fmt.Errorf("write concern %s: %w", c.ID, err)
	}
	return nil
}

// FindConcern returns a concern, or domain.ErrNoConcern. What is sealed stays so.
func FindConcern(ctx context.Context, q postgres.Querier, concernID string) (domain.Concern, error) {
	const query = `
		SELECT ` + concernColumns + `
		FROM concerns
		WHERE id = $1`
	return findConcern(ctx, q, query, concernID)
}

// LockConcern is FindConcern for an update.
func LockConcern(ctx context.Context, q postgres.Querier, concernID string) (domain.Concern, error) {
	const query = `
		SELECT ` + concernColumns + `
		FROM concerns
		WHERE id = $1
		FOR UPDATE`
	return findConcern(ctx, q, query, concernID)
}

func findConcern(ctx context.Context, q postgres.Querier, query, concernID string) (domain.Concern, error) {
	var row concernRow
	err := sqlx.GetContext(ctx, q, &row, query, concernID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Concern{}, domain.ErrNoConcern
	}
	if err != nil {
		return domain.Concern{}, fmt.Errorf("find concern %s: %w", concernID, err)
	}
	return row.concern(), nil
}

// ListConcerns returns a page of the concerns of the regions and of all below, the newest
// first; before them those of which no authority knows, the most urgent of them first.
func ListConcerns(ctx context.Context, q postgres.Querier, regionPaths []string, page Page) ([]domain.Concern, error) {
	const rank, urgent = `array_position(ARRAY['closed', 'reported', 'raised'], state)`, `(state = 'raised' AND danger)`
	const query = postgres.Anew + `
		SELECT ` + concernColumns + `
		FROM concerns
		WHERE region_path ^@ ANY ($1) AND ($2 = '' OR state = $2)
			AND ($3::uuid IS NULL OR (` + rank + `, ` + urgent + `, arrived_at, id) < (SELECT ` + rank + `, ` + urgent + `, arrived_at, id FROM concerns WHERE id = $3))
		ORDER BY ` + rank + ` DESC, ` + urgent + ` DESC, arrived_at DESC, id DESC
		LIMIT $4`
	return listConcerns(ctx, q, query, postgres.Array(regionPaths), page.Part, nullable(page.After), page.Limit)
}

// CountConcerns returns how many there are in each state.
func CountConcerns(ctx context.Context, q postgres.Querier, regionPaths []string) (map[string]int, error) {
	const query = postgres.Anew + `
		SELECT state AS part, count(*) AS n
		FROM concerns
		WHERE region_path ^@ ANY ($1)
		GROUP BY state`
	return countParts(ctx, q, query, postgres.Array(regionPaths))
}

// TakeDueConcerns returns concerns of which the clock has to tell, locked, those left
// out that another replica has.
func TakeDueConcerns(ctx context.Context, q postgres.Querier, now time.Time, limit int) ([]domain.Concern, error) {
	const query = `
		SELECT ` + concernColumns + `
		FROM concerns
		WHERE due_at <= $1
		ORDER BY due_at, id
		LIMIT $2
		FOR UPDATE SKIP LOCKED`
	return listConcerns(ctx, q, query, now, limit)
}

// TakeConcernsToErase returns concerns that were closed until then and can still be
// read, locked, those left out that another replica has.
func TakeConcernsToErase(ctx context.Context, q postgres.Querier, closedUntil time.Time, limit int) ([]domain.Concern, error) {
	const query = `
		SELECT ` + concernColumns + `
		FROM concerns
		WHERE state = 'closed' AND closed_at <= $1
			AND EXISTS (SELECT FROM data_keys WHERE subject_id IN (concerns.id, concerns.reporter_key) AND destroyed_at IS NULL)
		ORDER BY closed_at, id
		LIMIT $2
		FOR UPDATE SKIP LOCKED`
	return listConcerns(ctx, q, query, closedUntil, limit)
}

func listConcerns(ctx context.Context, q postgres.Querier, query string, args ...any) ([]domain.Concern, error) {
	var rows []concernRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list concerns: %w", err)
	}
	concerns := make([]domain.Concern, len(rows))
	for i, r := range rows {
		concerns[i] = r.concern()
	}
	return concerns, nil
}

// InsertStep keeps what was done about a concern.
func InsertStep(ctx context.Context, q postgres.Querier, s domain.Step) error {
	const query = `
		INSERT INTO concern_steps (id, concern_id, kind, by_id, at, authority, told_at, sealed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

	if _, err := q.ExecContext(ctx, query, s.ID, s.ConcernID, s.Kind, s.ByID, s.At, nullable(s.Authority), nullable(s.ToldAt), s.Sealed); err != nil {
		return fmt.Errorf("keep what was done: %w", err)
	}
	return nil
}

// ListSteps returns what was done about a concern, in its order.
func ListSteps(ctx context.Context, q postgres.Querier, concernID string) ([]domain.Step, error) {
	const query = `
		SELECT id, kind, by_id, at, authority, told_at, sealed
		FROM concern_steps
		WHERE concern_id = $1
		ORDER BY n`

	var rows []struct {
		ID        string
		Kind      domain.StepKind
		ByID      string `db:"by_id"`
		At        time.Time
		Authority sql.Null[string]
		ToldAt    sql.Null[time.Time] `db:"told_at"`
		Sealed    []byte
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, concernID); err != nil {
		return nil, fmt.Errorf("list what was done: %w", err)
	}
	steps := make([]domain.Step, len(rows))
	for i, r := range rows {
		steps[i] = domain.Step{ID: r.ID, ConcernID: concernID, Kind: r.Kind, ByID: r.ByID, At: r.At.UTC(), Authority: r.Authority.V, ToldAt: instant(r.ToldAt), Sealed: r.Sealed}
	}
	return steps, nil
}

// OfficerLevels returns who has the role at an instant over a region, by level: the
// nearest first.
func OfficerLevels(ctx context.Context, q postgres.Querier, regionPath, role string, at time.Time) (levels [][]string, err error) {
	const query = `
		SELECT volunteer_id, max(length(region_path)) AS depth
		FROM known_grants
		WHERE state = 'active' AND role = $2 AND region_path <> '' AND starts_with($1, region_path)
			AND starts_at <= $3 AND (ends_at IS NULL OR ends_at > $3)
		GROUP BY volunteer_id
		ORDER BY depth DESC, volunteer_id`

	var rows []struct {
		VolunteerID string `db:"volunteer_id"`
		Depth       int    `db:"depth"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, regionPath, role, at); err != nil {
		return nil, fmt.Errorf("list officers of %s: %w", regionPath, err)
	}
	depth := -1
	for _, r := range rows {
		if r.Depth != depth {
			levels, depth = append(levels, nil), r.Depth
		}
		levels[len(levels)-1] = append(levels[len(levels)-1], r.VolunteerID)
	}
	return levels, nil
}

// FindTopRegion returns the region above all others.
func FindTopRegion(ctx context.Context, q postgres.Querier) (r domain.KnownRegion, err error) {
	const query = `
		SELECT code, name, path, version
		FROM known_regions
		ORDER BY length(path), path
		LIMIT 1`

	err = q.QueryRowxContext(ctx, query).Scan(&r.Code, &r.Name, &r.Path, &r.Version)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return r, fmt.Errorf("find the top region: %w", err)
	}
	return r, nil
}

// FindChildByNumber returns the child of a number, or domain.ErrNoChild.
func FindChildByNumber(ctx context.Context, q postgres.Querier, number int) (domain.Child, error) {
	const query = `
		SELECT ` + childColumns + `
		FROM children
		WHERE number = $1`

	var row childRow
	err := sqlx.GetContext(ctx, q, &row, query, number)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Child{}, domain.ErrNoChild
	}
	if err != nil {
		return domain.Child{}, fmt.Errorf("find child number %d: %w", number, err)
	}
	return row.child(), nil
}
