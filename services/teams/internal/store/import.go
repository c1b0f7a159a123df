package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

const importColumns = `i.id, i.created_by, i.created_at, COALESCE(i.team_id::text, '') AS team_id, array_to_string(i.scope, ' ') AS scope, i.name, i.size, i.sha256, i.state,
	i.refused, i.report, i.usable_only, i.outdated, i.step, i.step_done, i.step_of, i.tries, i.ended_at`

type importRow struct {
	ID         string              `db:"id"`
	CreatedBy  string              `db:"created_by"`
	CreatedAt  time.Time           `db:"created_at"`
	TeamID     string              `db:"team_id"`
	Scope      string              `db:"scope"`
	Name       string              `db:"name"`
	Size       int                 `db:"size"`
	SHA256     []byte              `db:"sha256"`
	State      string              `db:"state"`
	Refused    string              `db:"refused"`
	Report     []byte              `db:"report"`
	UsableOnly bool                `db:"usable_only"`
	Outdated   bool                `db:"outdated"`
	Step       string              `db:"step"`
	Done       int                 `db:"step_done"`
	Of         int                 `db:"step_of"`
	Tries      int                 `db:"tries"`
	EndedAt    sql.Null[time.Time] `db:"ended_at"`
}

func (r importRow) value() domain.Import {
	i := domain.Import{
		ID: r.ID, CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt.UTC(), TeamID: r.TeamID, Scope: strings.Fields(r.Scope), Name: r.Name, Size: r.Size, SHA256: r.SHA256,
		State: domain.ImportState(r.State), Refused: r.Refused, Report: r.Report, UsableOnly: r.UsableOnly, Outdated: r.Outdated,
		Step: r.Step, Done: r.Done, Of: r.Of, Tries: r.Tries,
	}
	if r.EndedAt.Valid {
		i.EndedAt = r.EndedAt.V.UTC()
	}
	return i
}

func filePlace(importID string) vault.Place {
	return vault.Place{Table: "imports", Column: "file_sealed", Row: importID}
}

// InsertImport keeps a new import and its file, sealed.
func InsertImport(ctx context.Context, q postgres.Querier, v *vault.Vault, i domain.Import, file []byte) error {
	const query = `
		INSERT INTO imports (id, created_by, created_at, team_id, scope, name, size, sha256, file_sealed, state)
		VALUES ($1, $2, $3, NULLIF($4, '')::uuid, $5, $6, $7, $8, $9, $10)`

	sealed, err := v.Seal(string(file), filePlace(i.ID))
	if err != nil {
		return err
	}
	if _, err := q.ExecContext(ctx, query, i.ID, i.CreatedBy, i.CreatedAt, i.TeamID, postgres.Array(i.Scope), i.Name, i.Size, i.SHA256, sealed, i.State); err != nil {
		return fmt.Errorf("insert import %s: %w", i.ID, err)
	}
	return nil
}

// FindImport returns an import, or domain.ErrNoImport.
func FindImport(ctx context.Context, q postgres.Querier, id string) (domain.Import, error) {
	const query = `
		SELECT ` + importColumns + `
		FROM imports i
		WHERE i.id = $1`

	return getImport(ctx, q, query, id)
}

// LockImport is FindImport and holds the row until the transaction ends.
func LockImport(ctx context.Context, q postgres.Querier, id string) (domain.Import, error) {
	const query = `
		SELECT ` + importColumns + `
		FROM imports i
		WHERE i.id = $1
		FOR NO KEY UPDATE`

	return getImport(ctx, q, query, id)
}

func getImport(ctx context.Context, q postgres.Querier, query, id string) (domain.Import, error) {
	var row importRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Import{}, domain.ErrNoImport
	}
	if err != nil {
		return domain.Import{}, fmt.Errorf("find import %s: %w", id, err)
	}
	return row.value(), nil
}

// ListImports returns somebody's imports, the newest first. Page.After is the
// id of the last one of the page before.
func ListImports(ctx context.Context, q postgres.Querier, createdBy string, page Page) ([]domain.Import, error) {
	const query = `
		SELECT ` + importColumns + `
		FROM imports i
		WHERE i.created_by = $1 AND i.state <> 'discarded' AND ($2::uuid IS NULL OR i.id < $2::uuid)
		ORDER BY i.id DESC
		LIMIT $3`

	var rows []importRow
	after := sql.NullString{String: page.After, Valid: page.After != ""}
	if err := sqlx.SelectContext(ctx, q, &rows, query, createdBy, after, page.Limit); err != nil {
		return nil, fmt.Errorf("list imports of %s: %w", createdBy, err)
	}
	imports := make([]domain.Import, len(rows))
	for i, row := range rows {
		imports[i] = row.value()
	}
	return imports, nil
}

// OpenImportFile returns the uploaded file, or domain.ErrImportOver.
func OpenImportFile(ctx context.Context, q postgres.Querier, v *vault.Vault, id string) ([]byte, error) {
	const query = `
		SELECT file_sealed
		FROM imports
		WHERE id = $1`

	var sealed []byte
	if err := sqlx.GetContext(ctx, q, &sealed, query, id); err != nil {
		return nil, fmt.Errorf("find file of import %s: %w", id, err)
	}
	if sealed == nil {
		return nil, domain.ErrImportOver
	}
	file, err := v.Open(sealed, filePlace(id))
	return []byte(file), err
}

// UpdateImport writes back what can change of an import. Its file goes when it has ended.
func UpdateImport(ctx context.Context, q postgres.Querier, i domain.Import) error {
	const query = `
		UPDATE imports
		SET state = $2, refused = $3, report = $4::jsonb, usable_only = $5, scope = $6, outdated = $7, step = $8, step_done = $9, step_of = $10,
			tries = $11, ended_at = $12,
			file_sealed = CASE WHEN $2 IN ('waiting', 'judged', 'confirmed') THEN file_sealed END
		WHERE id = $1`

	report := sql.NullString{String: string(i.Report), Valid: i.Report != nil}
	if _, err := q.ExecContext(ctx, query, i.ID, string(i.State), i.Refused, report, i.UsableOnly, postgres.Array(i.Scope), i.Outdated,
		i.Step, i.Done, i.Of, i.Tries, orNull(i.EndedAt)); err != nil {
		return fmt.Errorf("update import %s: %w", i.ID, err)
	}
	return nil
}

// LockImportToWorkOn returns the oldest import that nobody works on and that
// somebody should, and holds it until the transaction ends; domain.ErrNoImport
// when there is none.
func LockImportToWorkOn(ctx context.Context, q postgres.Querier, now time.Time) (domain.Import, error) {
	const query = `
		SELECT ` + importColumns + `
		FROM imports i
		WHERE i.state IN ('waiting', 'confirmed', 'applied') AND (i.worker_until IS NULL OR i.worker_until < $1)
		ORDER BY i.created_at
		LIMIT 1
		FOR NO KEY UPDATE SKIP LOCKED`

	var row importRow
	err := sqlx.GetContext(ctx, q, &row, query, now)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Import{}, domain.ErrNoImport
	}
	if err != nil {
		return domain.Import{}, fmt.Errorf("find an import to work on: %w", err)
	}
	return row.value(), nil
}

// TakeImport writes down who works on an import, until when that is believed,
// and how far they are. It returns whether it is still theirs.
func TakeImport(ctx context.Context, q postgres.Querier, i domain.Import, worker string, until time.Time) (bool, error) {
	const query = `
		UPDATE imports
		SET worker = $2, worker_until = $3, step = $4, step_done = $5, step_of = $6, tries = $7
		WHERE id = $1 AND (worker IS NULL OR worker = $2 OR worker_until < $8)`

	result, err := q.ExecContext(ctx, query, i.ID, worker, until, i.Step, i.Done, i.Of, i.Tries, until.Add(-ImportLease))
	if err != nil {
		return false, fmt.Errorf("take import %s: %w", i.ID, err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// LeaveImport lets others work on an import.
func LeaveImport(ctx context.Context, q postgres.Querier, id, worker string) error {
	const query = `
		UPDATE imports
		SET worker = NULL, worker_until = NULL
		WHERE id = $1 AND worker = $2`

	if _, err := q.ExecContext(ctx, query, id, worker); err != nil {
		return fmt.Errorf("leave import %s: %w", id, err)
	}
	return nil
}

// ImportLease is how long somebody is believed to work on an import without a word.
const ImportLease = time.Minute

// EndImports drops the files of imports that nobody confirmed since a time.
func EndImports(ctx context.Context, q postgres.Querier, before, now time.Time) error {
	const query = `
		UPDATE imports
		SET state = 'discarded', file_sealed = NULL, ended_at = $2
		WHERE state IN ('waiting', 'judged') AND created_at < $1`

	if _, err := q.ExecContext(ctx, query, before, now); err != nil {
		return fmt.Errorf("end old imports: %w", err)
	}
	return nil
}
