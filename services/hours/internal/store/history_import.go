package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const historyColumns = `id, team_id, region_path, reporting_unit, uploaded_by, created_at, touched_at, state, submitted_at, decided_by, decided_at, reason`

type historyImportRow struct {
	ID            string              `db:"id"`
	TeamID        string              `db:"team_id"`
	RegionPath    string              `db:"region_path"`
	ReportingUnit string              `db:"reporting_unit"`
	UploadedBy    string              `db:"uploaded_by"`
	CreatedAt     time.Time           `db:"created_at"`
	TouchedAt     time.Time           `db:"touched_at"`
	State         string              `db:"state"`
	SubmittedAt   sql.Null[time.Time] `db:"submitted_at"`
	DecidedBy     sql.Null[string]    `db:"decided_by"`
	DecidedAt     sql.Null[time.Time] `db:"decided_at"`
	Reason        string              `db:"reason"`
}

func (r historyImportRow) history() domain.HistoryImport {
	i := domain.HistoryImport{
		ID: r.ID, TeamID: r.TeamID, RegionPath: r.RegionPath, ReportingUnit: r.ReportingUnit, UploadedBy: r.UploadedBy,
		CreatedAt: r.CreatedAt.UTC(), TouchedAt: r.TouchedAt.UTC(), State: domain.HistoryState(r.State), DecidedBy: r.DecidedBy.V, Reason: r.Reason,
	}
	if r.SubmittedAt.Valid {
		i.SubmittedAt = r.SubmittedAt.V.UTC()
	}
	if r.DecidedAt.Valid {
		i.DecidedAt = r.DecidedAt.V.UTC()
	}
	return i
}

// InsertHistory keeps a new import. One that its uploader has open for the same
// brigade is gone on with: inserted is false then.
func InsertHistory(ctx context.Context, q postgres.Querier, i domain.HistoryImport) (inserted bool, err error) {
	const query = `
		INSERT INTO history_imports (id, team_id, region_path, reporting_unit, uploaded_by, created_at, touched_at, state)
		VALUES ($1, $2, $3, $4, $5, $6, $6, $7)
		ON CONFLICT DO NOTHING`

	res, err := q.ExecContext(ctx, query, i.ID, i.TeamID, i.RegionPath, i.ReportingUnit, i.UploadedBy, i.CreatedAt, i.State)
	if err != nil {
		return false, fmt.Errorf("insert history import %s: %w", i.ID, err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// FindHistory returns an import, or domain.ErrNoHistory.
func FindHistory(ctx context.Context, q postgres.Querier, id string) (domain.HistoryImport, error) {
	return findHistory(ctx, q, `SELECT `+historyColumns+` FROM history_imports WHERE id = $1`, id)
}

// LockHistory is FindHistory, and keeps others from changing it.
func LockHistory(ctx context.Context, q postgres.Querier, id string) (domain.HistoryImport, error) {
	return findHistory(ctx, q, `SELECT `+historyColumns+` FROM history_imports WHERE id = $1 FOR UPDATE`, id)
}

// FindOpenHistory returns the import that somebody has open for a brigade, or
// domain.ErrNoHistory.
func FindOpenHistory(ctx context.Context, q postgres.Querier, teamID, uploadedBy string) (domain.HistoryImport, error) {
	return findHistory(ctx, q, `SELECT `+historyColumns+` FROM history_imports WHERE team_id = $1 AND uploaded_by = $2 AND state IN ('draft', 'returned')`, teamID, uploadedBy)
}

func findHistory(ctx context.Context, q postgres.Querier, query string, args ...any) (domain.HistoryImport, error) {
	var row historyImportRow
	err := sqlx.GetContext(ctx, q, &row, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.HistoryImport{}, domain.ErrNoHistory
	}
	if err != nil {
		return domain.HistoryImport{}, fmt.Errorf("find history import %v: %w", args, err)
	}
	return row.history(), nil
}

// UpdateHistory writes where an import stands now. It returns domain.ErrHistoryOwn
// or ErrHistorySelf when the database finds that there are not two persons.
func UpdateHistory(ctx context.Context, q postgres.Querier, i domain.HistoryImport) error {
	const query = `
		UPDATE history_imports
		SET state = $2, touched_at = $3, submitted_at = $4, decided_by = $5, decided_at = $6, reason = $7
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, i.ID, i.State, i.TouchedAt, sql.Null[time.Time]{V: i.SubmittedAt, Valid: !i.SubmittedAt.IsZero()},
		sql.Null[string]{V: i.DecidedBy, Valid: i.DecidedBy != ""}, sql.Null[time.Time]{V: i.DecidedAt, Valid: !i.DecidedAt.IsZero()}, i.Reason)
	switch {
	case postgres.Violated(err, "history_imports_own_check"):
		return domain.ErrHistoryOwn
	case postgres.Violated(err, "history_imports_self_check"):
		return domain.ErrHistorySelf
	case err != nil:
		return fmt.Errorf("update history import %s: %w", i.ID, err)
	}
	return nil
}

// HistorySize is an import with how much is in it.
type HistorySize struct {
	domain.HistoryImport
	Rows    int // as handed in, without those that were struck
	Minutes int
	Pages   int
}

// ListHistoryOfTeam returns a brigade's imports, newest first, but for drafts of
// others and what was dropped.
func ListHistoryOfTeam(ctx context.Context, q postgres.Querier, teamID string, self []string, limit int) ([]HistorySize, error) {
	const where = `team_id = $1 AND (state IN ('submitted', 'approved') OR state IN ('draft', 'returned') AND uploaded_by = ANY ($2::uuid[]))
		ORDER BY created_at DESC, id DESC
		LIMIT $3`

	return listHistory(ctx, q, where, teamID, postgres.Array(self), limit)
}

// ListHistoryUnder returns imports that were handed in under the regions, those
// that wait first, the longest waiting first, then the newest of the approved.
func ListHistoryUnder(ctx context.Context, q postgres.Querier, paths []string, limit int) ([]HistorySize, error) {
	const where = `state IN ('submitted', 'approved') AND EXISTS (SELECT FROM unnest($1::text[]) AS p (path) WHERE starts_with(region_path, p.path))
		ORDER BY state = 'approved', CASE WHEN state = 'submitted' THEN submitted_at END, decided_at DESC, id
		LIMIT $2`

	return listHistory(ctx, q, where, postgres.Array(paths), limit)
}

func listHistory(ctx context.Context, q postgres.Querier, where string, args ...any) ([]HistorySize, error) {
	query := `
		SELECT ` + historyColumns + `, COALESCE(r.rows, 0) AS rows, COALESCE(r.minutes, 0) AS minutes, (SELECT count(*) FROM history_pages p WHERE p.import_id = i.id) AS pages
		FROM (
			SELECT ` + historyColumns + `
			FROM history_imports
			WHERE ` + where + `
		) AS i
		LEFT JOIN LATERAL (
			SELECT count(*) AS rows, sum(minutes) AS minutes
			FROM history_rows
			WHERE import_id = i.id AND struck_reason = ''
		) AS r ON true`

	var rows []struct {
		historyImportRow
		Rows    int `db:"rows"`
		Minutes int `db:"minutes"`
		Pages   int `db:"pages"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list history imports: %w", err)
	}
	found := make([]HistorySize, len(rows))
	for n, r := range rows {
		found[n] = HistorySize{HistoryImport: r.history(), Rows: r.Rows, Minutes: r.Minutes, Pages: r.Pages}
	}
	return found, nil
}

// LockOldHistory returns imports that were open and untouched since before, some
// at a time, and holds them; others' locked ones are left to them.
func LockOldHistory(ctx context.Context, q postgres.Querier, before time.Time) ([]domain.HistoryImport, error) {
	const query = `
		SELECT ` + historyColumns + `
		FROM history_imports
		WHERE state IN ('draft', 'returned') AND touched_at < $1
		ORDER BY touched_at
		LIMIT 20
		FOR UPDATE SKIP LOCKED`

	var rows []historyImportRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, before); err != nil {
		return nil, fmt.Errorf("lock old history imports: %w", err)
	}
	found := make([]domain.HistoryImport, len(rows))
	for n, r := range rows {
		found[n] = r.history()
	}
	return found, nil
}
