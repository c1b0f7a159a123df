package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertReport keeps a frozen report with its figures. made is false when there
// is this version already: another replica was first.
func InsertReport(ctx context.Context, q postgres.Querier, r domain.Report) (made bool, err error) {
	const report = `
		INSERT INTO reports (id, form_id, period, version, form_version, log_size, activity_seq, brigade_seq, settled_on, reason, made_by, frozen_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::date, $10, NULLIF($11, '')::uuid, $12)
		ON CONFLICT ON CONSTRAINT reports_version_key DO NOTHING`
	const figures = `
		INSERT INTO report_figures (report_id, sheet, cell, value)
		SELECT $1, sheet, cell, value
		FROM unnest($2::text[], $3::text[], $4::bigint[]) AS f (sheet, cell, value)`

	result, err := q.ExecContext(ctx, report, r.ID, r.FormID, r.Period.String(), r.Version, r.FormVersion,
		r.Place.LogSize, r.Place.ActivitySeq, r.Place.BrigadeSeq, r.Place.SettledOn.String(), r.Reason, r.MadeBy, r.FrozenAt)
	if err != nil {
		return false, fmt.Errorf("freeze %s of form %s: %w", r.Period, r.FormID, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	if _, err := q.ExecContext(ctx, figures, r.ID,
		postgres.Column(r.Figures, func(f domain.Figure) string { return f.Sheet }),
		postgres.Column(r.Figures, func(f domain.Figure) string { return f.Cell }),
		postgres.Column(r.Figures, func(f domain.Figure) int64 { return f.Value })); err != nil {
		return false, fmt.Errorf("freeze the figures of %s of form %s: %w", r.Period, r.FormID, err)
	}
	return true, nil
}

// ListReports returns the frozen reports of forms, by period and version, without
// their figures.
func ListReports(ctx context.Context, q postgres.Querier, formIDs ...string) ([]domain.Report, error) {
	const query = `
		SELECT id, form_id, period, version, form_version, log_size, activity_seq, brigade_seq, settled_on - DATE '1970-01-01', reason, made_by, frozen_at
		FROM reports
		WHERE form_id = ANY ($1::uuid[])
		ORDER BY form_id, period, version`
	const signatures = `
		SELECT s.report_id, s.place, s.signed_by, s.signed_at
		FROM report_signatures s
		JOIN reports r ON r.id = s.report_id
		WHERE r.form_id = ANY ($1::uuid[])
		ORDER BY s.report_id, s.place`

	var reports []domain.Report
	place := map[string]int{}
	err := each(ctx, q, query, []any{postgres.Array(formIDs)}, func(rows *sqlx.Rows) error {
		var r domain.Report
		var period string
		var by sql.NullString
		if err := rows.Scan(&r.ID, &r.FormID, &period, &r.Version, &r.FormVersion, &r.Place.LogSize, &r.Place.ActivitySeq, &r.Place.BrigadeSeq,
			&r.Place.SettledOn, &r.Reason, &by, &r.FrozenAt); err != nil {
			return err
		}
		var err error
		r.Period, err = domain.ParsePeriod(period, 0)
		r.MadeBy, r.FrozenAt = by.String, r.FrozenAt.UTC()
		place[r.ID] = len(reports)
		reports = append(reports, r)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list reports of %d forms: %w", len(formIDs), err)
	}
	if err := each(ctx, q, signatures, []any{postgres.Array(formIDs)}, func(rows *sqlx.Rows) error {
		var reportID string
		var n int
		var s domain.Signature
		if err := rows.Scan(&reportID, &n, &s.By, &s.At); err != nil {
			return err
		}
		s.Role, s.At = domain.ReportRoles[n-1], s.At.UTC()
		r := &reports[place[reportID]]
		r.Signatures = append(r.Signatures, s)
		return nil
	}); err != nil {
		return nil, fmt.Errorf("list signatures of %d forms: %w", len(formIDs), err)
	}
	return reports, nil
}

// FindFigures returns what a report was frozen with.
func FindFigures(ctx context.Context, q postgres.Querier, reportID string) (figures []domain.Figure, err error) {
	const query = `SELECT sheet, cell, value FROM report_figures WHERE report_id = $1`

	err = each(ctx, q, query, []any{reportID}, func(rows *sqlx.Rows) error {
		var f domain.Figure
		err := rows.Scan(&f.Sheet, &f.Cell, &f.Value)
		figures = append(figures, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find figures of report %s: %w", reportID, err)
	}
	return figures, nil
}

// InsertReportSignature signs a report next. It returns domain.ErrSignedOut when
// somebody signed meanwhile, and domain.ErrSamePerson when the filler reviews.
func InsertReportSignature(ctx context.Context, q postgres.Querier, r domain.Report, by string, at time.Time) error {
	const query = `
		INSERT INTO report_signatures (report_id, place, signed_by, signed_at, before_by)
		VALUES ($1, $2, $3, $4, NULLIF($5, '')::uuid)`

	before := ""
	if n := len(r.Signatures); n > 0 {
		before = r.Signatures[n-1].By
	}
	_, err := q.ExecContext(ctx, query, r.ID, len(r.Signatures)+1, by, at, before)
	switch {
	case postgres.Violated(err, "report_signatures_pkey"):
		return domain.ErrSignedOut
	case postgres.Violated(err, "report_signatures_own_check"):
		return domain.ErrSamePerson
	case err != nil:
		return fmt.Errorf("sign report %s: %w", r.ID, err)
	}
	return nil
}

// InsertReportExport records that a report was taken out.
func InsertReportExport(ctx context.Context, q postgres.Querier, e domain.ReportExport) error {
	const query = `
		INSERT INTO report_exports (id, form_id, period, version, format, position, exported_by, exported_at, purpose)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

	if _, err := q.ExecContext(ctx, query, e.ID, e.FormID, e.Period, e.Version, e.Format, e.Position, e.By, e.At, e.Purpose); err != nil {
		return fmt.Errorf("record export %s: %w", e.ID, err)
	}
	return nil
}
