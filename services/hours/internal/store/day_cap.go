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

type dayCapRow struct {
	ID          string         `db:"id"`
	ProgrammeID sql.NullString `db:"programme_id"`
	ValidFrom   domain.Day     `db:"valid_from"`
	Minutes     int            `db:"minutes"`
	Reason      string         `db:"reason"`
	SetBy       string         `db:"set_by"`
	SetAt       time.Time      `db:"set_at"`
}

// ListDayCaps returns all caps that were ever set, the last day first.
func ListDayCaps(ctx context.Context, q postgres.Querier) (domain.Caps, error) {
	const query = `
		SELECT id, programme_id, valid_from - DATE '1970-01-01' AS valid_from, minutes, reason, set_by, set_at
		FROM day_caps
		ORDER BY day_caps.valid_from DESC, set_at DESC, id DESC`

	var rows []dayCapRow
	if err := sqlx.SelectContext(ctx, q, &rows, query); err != nil {
		return nil, fmt.Errorf("list day caps: %w", err)
	}
	caps := make(domain.Caps, len(rows))
	for i, r := range rows {
		caps[i] = domain.DayCap{
			ID: r.ID, ProgrammeID: r.ProgrammeID.String, ValidFrom: r.ValidFrom, Minutes: r.Minutes, Reason: r.Reason, SetBy: r.SetBy, SetAt: r.SetAt.UTC(),
		}
	}
	return caps, nil
}

// InsertDayCap adds a cap.
func InsertDayCap(ctx context.Context, q postgres.Querier, c domain.DayCap) error {
	const query = `
		INSERT INTO day_caps (id, programme_id, valid_from, minutes, reason, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`

	programme := sql.NullString{String: c.ProgrammeID, Valid: c.ProgrammeID != ""}
	if _, err := q.ExecContext(ctx, query, c.ID, programme, c.ValidFrom.String(), c.Minutes, c.Reason, c.SetBy, c.SetAt); err != nil {
		return fmt.Errorf("insert day cap: %w", err)
	}
	return nil
}
