package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertReportFile keeps a workbook as it was uploaded, and returns its id.
func InsertReportFile(ctx context.Context, q postgres.Querier, name string, content []byte) (fileID string, err error) {
	const query = `INSERT INTO report_files (id, name, content) VALUES ($1, $2, $3)`

	fileID = id.New()
	if _, err := q.ExecContext(ctx, query, fileID, name, content); err != nil {
		return "", fmt.Errorf("keep a report's file: %w", err)
	}
	return fileID, nil
}

// FindReportFile returns a workbook as it was uploaded.
func FindReportFile(ctx context.Context, q postgres.Querier, fileID string) (content []byte, err error) {
	const query = `SELECT content FROM report_files WHERE id = $1`

	if err := sqlx.GetContext(ctx, q, &content, query, fileID); err != nil {
		return nil, fmt.Errorf("find file %s: %w", fileID, err)
	}
	return content, nil
}

// InsertReportForm adds a form without a version.
func InsertReportForm(ctx context.Context, q postgres.Querier, f domain.ReportForm) error {
	const query = `INSERT INTO report_forms (id, region_path, period_kind, created_by, created_at) VALUES ($1, $2, $3, $4, $5)`

	if _, err := q.ExecContext(ctx, query, f.ID, f.RegionPath, string(f.PeriodKind), f.CreatedBy, f.CreatedAt); err != nil {
		return fmt.Errorf("insert form %s: %w", f.ID, err)
	}
	return nil
}

type reportFormRow struct {
	ID         string    `db:"id"`
	RegionPath string    `db:"region_path"`
	PeriodKind string    `db:"period_kind"`
	CreatedBy  string    `db:"created_by"`
	CreatedAt  time.Time `db:"created_at"`
}

func (r reportFormRow) form() domain.ReportForm {
	return domain.ReportForm{ID: r.ID, RegionPath: r.RegionPath, PeriodKind: domain.PeriodKind(r.PeriodKind), CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt.UTC()}
}

// FindReportForm returns a form, or domain.ErrNoForm.
func FindReportForm(ctx context.Context, q postgres.Querier, formID string) (domain.ReportForm, error) {
	const query = `SELECT id, region_path, period_kind, created_by, created_at FROM report_forms WHERE id = $1`

	var r reportFormRow
	err := sqlx.GetContext(ctx, q, &r, query, formID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.ReportForm{}, domain.ErrNoForm
	}
	if err != nil {
		return domain.ReportForm{}, fmt.Errorf("find form %s: %w", formID, err)
	}
	return r.form(), nil
}

// LockReportForm keeps others from adding versions or reports to a form until
// the transaction ends.
func LockReportForm(ctx context.Context, q postgres.Querier, formID string) error {
	const query = `SELECT pg_advisory_xact_lock(hashtextextended('report form ' || $1::text, 0))`

	if _, err := q.ExecContext(ctx, query, formID); err != nil {
		return fmt.Errorf("lock form %s: %w", formID, err)
	}
	return nil
}

// ListReportForms returns the forms of a region and of those below it; of all
// when the path is empty.
func ListReportForms(ctx context.Context, q postgres.Querier, regionPath string) ([]domain.ReportForm, error) {
	const query = `
		SELECT id, region_path, period_kind, created_by, created_at
		FROM report_forms
		WHERE starts_with(region_path, $1)
		ORDER BY region_path, created_at, id`

	var rows []reportFormRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, regionPath); err != nil {
		return nil, fmt.Errorf("list forms of %s: %w", regionPath, err)
	}
	forms := make([]domain.ReportForm, len(rows))
	for i, r := range rows {
		forms[i] = r.form()
	}
	return forms, nil
}

// InsertFormVersion adds a version, the next of its form, and returns its number.
// The caller holds the form.
func InsertFormVersion(ctx context.Context, q postgres.Querier, v domain.FormVersion) (int, error) {
	const query = `
		INSERT INTO report_form_versions (form_id, version, name, addressee, cut_off_day, cut_off_next, cut_to_cut, valid_from, file_id, bindings, set_by, set_at)
		SELECT $1, COALESCE(max(version), 0) + 1, $2, $3, $4, $5, $6, $7::date, $8, $9::jsonb, $10, $11
		FROM report_form_versions
		WHERE form_id = $1
		RETURNING version`

	bindings, err := json.Marshal(v.Bindings)
	if err != nil {
		return 0, fmt.Errorf("write bindings: %w", err)
	}
	var version int
	if err := sqlx.GetContext(ctx, q, &version, query, v.FormID, v.Name, v.Addressee, v.CutOffDay, v.CutOffNext, v.CutToCut, v.ValidFrom.String(), v.FileID, string(bindings), v.SetBy, v.SetAt); err != nil {
		return 0, fmt.Errorf("insert a version of form %s: %w", v.FormID, err)
	}
	return version, nil
}

// FindFormHistories returns all versions of forms, by form, the oldest first.
func FindFormHistories(ctx context.Context, q postgres.Querier, formIDs ...string) (map[string]domain.FormHistory, error) {
	const query = `
		SELECT v.form_id, v.version, v.name, v.addressee, v.cut_off_day, v.cut_off_next, v.cut_to_cut, v.valid_from - DATE '1970-01-01', v.file_id, f.name,
			v.bindings, v.set_by, v.set_at
		FROM report_form_versions v
		JOIN report_files f ON f.id = v.file_id
		WHERE v.form_id = ANY ($1::uuid[])
		ORDER BY v.form_id, v.version`

	histories := map[string]domain.FormHistory{}
	err := each(ctx, q, query, []any{postgres.Array(formIDs)}, func(rows *sqlx.Rows) error {
		var v domain.FormVersion
		var bindings []byte
		if err := rows.Scan(&v.FormID, &v.Version, &v.Name, &v.Addressee, &v.CutOffDay, &v.CutOffNext, &v.CutToCut, &v.ValidFrom, &v.FileID, &v.FileName,
			&bindings, &v.SetBy, &v.SetAt); err != nil {
			return err
		}
		if err := json.Unmarshal(bindings, &v.Bindings); err != nil {
			return err
		}
		histories[v.FormID] = append(histories[v.FormID], v)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find versions of %d forms: %w", len(formIDs), err)
	}
	return histories, nil
}
