package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListBoardSwitches returns all that were ever set, the last day first.
func ListBoardSwitches(ctx context.Context, q postgres.Querier) (domain.BoardSwitches, error) {
	const query = `
		SELECT id, region_path, valid_from - DATE '1970-01-01' AS valid_from, off, reason, set_by, set_at
		FROM board_switches s
		ORDER BY s.valid_from DESC, set_at DESC, id DESC`

	var rows []struct {
		ID         string    `db:"id"`
		RegionPath string    `db:"region_path"`
		ValidFrom  int32     `db:"valid_from"`
		Off        bool      `db:"off"`
		Reason     string    `db:"reason"`
		SetBy      string    `db:"set_by"`
		SetAt      time.Time `db:"set_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query); err != nil {
		return nil, fmt.Errorf("list board switches: %w", err)
	}
	all := make(domain.BoardSwitches, len(rows))
	for i, r := range rows {
		all[i] = domain.BoardSwitch{
			ID: r.ID, RegionPath: r.RegionPath, ValidFrom: domain.Day(r.ValidFrom), Off: r.Off, Reason: r.Reason, SetBy: r.SetBy, SetAt: r.SetAt.UTC(),
		}
	}
	return all, nil
}

// InsertBoardSwitch adds a switch.
func InsertBoardSwitch(ctx context.Context, q postgres.Querier, s domain.BoardSwitch) error {
	const query = `
		INSERT INTO board_switches (id, region_path, valid_from, off, reason, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`

	if _, err := q.ExecContext(ctx, query, s.ID, s.RegionPath, s.ValidFrom.String(), s.Off, s.Reason, s.SetBy, s.SetAt); err != nil {
		return fmt.Errorf("insert board switch of %s: %w", s.RegionPath, err)
	}
	return nil
}
