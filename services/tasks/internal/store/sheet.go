package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertSheet keeps that a sheet was printed, with the rows that are new on it.
func InsertSheet(ctx context.Context, q postgres.Querier, s domain.Sheet, added []domain.SheetLine) error {
	const sheet = `
		INSERT INTO sheets (id, shift_id, code, printed_by, printed_at)
		VALUES ($1, $2, $3, $4, $5)`
	const lines = `
		INSERT INTO sheet_lines (shift_id, number, code, volunteer_id, sheet_id)
		SELECT $1, number, code, volunteer_id, $2
		FROM unnest($3::int[], $4::text[], $5::uuid[]) AS l (number, code, volunteer_id)`

	if _, err := q.ExecContext(ctx, sheet, s.ID, s.ShiftID, s.Code, s.PrintedBy, s.PrintedAt); err != nil {
		return fmt.Errorf("insert sheet of shift %s: %w", s.ShiftID, err)
	}
	type l = domain.SheetLine
	if _, err := q.ExecContext(ctx, lines, s.ShiftID, s.ID,
		postgres.Column(added, func(x l) int64 { return int64(x.Number) }),
		postgres.Column(added, func(x l) string { return x.Code }),
		postgres.Column(added, func(x l) sql.Null[string] { return nullText(x.VolunteerID) })); err != nil {
		return fmt.Errorf("insert %d rows of shift %s: %w", len(added), s.ShiftID, err)
	}
	return nil
}

// ListSheetLines returns the rows of a shift's sheets: people first, then the
// empty ones, each in the order of printing, as the paper has them.
func ListSheetLines(ctx context.Context, q postgres.Querier, shiftID string) ([]domain.SheetLine, error) {
	const query = `
		SELECT number, code, volunteer_id, sheet_id
		FROM sheet_lines
		WHERE shift_id = $1
		ORDER BY volunteer_id IS NULL, number`

	var rows []struct {
		Number      int              `db:"number"`
		Code        string           `db:"code"`
		VolunteerID sql.Null[string] `db:"volunteer_id"`
		SheetID     string           `db:"sheet_id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, shiftID); err != nil {
		return nil, fmt.Errorf("list rows of shift %s: %w", shiftID, err)
	}
	lines := make([]domain.SheetLine, len(rows))
	for i, r := range rows {
		lines[i] = domain.SheetLine{ShiftID: shiftID, Number: r.Number, Code: r.Code, VolunteerID: r.VolunteerID.V, SheetID: r.SheetID}
	}
	return lines, nil
}

// FindLastPrint returns when a shift's sheet was last printed; zero: never.
func FindLastPrint(ctx context.Context, q postgres.Querier, shiftID string) (time.Time, error) {
	const query = `
		SELECT max(printed_at)
		FROM sheets
		WHERE shift_id = $1`

	var at sql.Null[time.Time]
	if err := sqlx.GetContext(ctx, q, &at, query, shiftID); err != nil {
		return time.Time{}, fmt.Errorf("find last print of shift %s: %w", shiftID, err)
	}
	return utc(at), nil
}

// SheetClaim says which row a claim came from.
type SheetClaim struct {
	ClaimID, Code string
	Kind          domain.ClaimKind
}

// InsertSheetClaims keeps which rows of the shift these claims came from.
func InsertSheetClaims(ctx context.Context, q postgres.Querier, shiftID string, claims []SheetClaim) error {
	const query = `
		INSERT INTO sheet_claims (claim_id, shift_id, code, kind)
		SELECT claim_id, $1, code, kind
		FROM unnest($2::uuid[], $3::text[], $4::text[]) AS c (claim_id, code, kind)`

	if _, err := q.ExecContext(ctx, query, shiftID,
		postgres.Column(claims, func(x SheetClaim) string { return x.ClaimID }),
		postgres.Column(claims, func(x SheetClaim) string { return x.Code }),
		postgres.Column(claims, func(x SheetClaim) string { return string(x.Kind) })); err != nil {
		return fmt.Errorf("insert %d claims from paper of shift %s: %w", len(claims), shiftID, err)
	}
	return nil
}

// ListTyped returns for whom each row of a shift was typed in; rows that were
// not are absent.
func ListTyped(ctx context.Context, q postgres.Querier, shiftID string) (map[string]string, error) {
	const query = `
		SELECT DISTINCT s.code, c.volunteer_id
		FROM sheet_claims s
		JOIN claims c ON c.id = s.claim_id
		WHERE s.shift_id = $1`

	var rows []struct {
		Code        string `db:"code"`
		VolunteerID string `db:"volunteer_id"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, shiftID); err != nil {
		return nil, fmt.Errorf("list typed rows of shift %s: %w", shiftID, err)
	}
	typed := make(map[string]string, len(rows))
	for _, r := range rows {
		typed[r.Code] = r.VolunteerID
	}
	return typed, nil
}
