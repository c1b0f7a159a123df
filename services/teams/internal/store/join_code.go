package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const joinCodeColumns = `id, team_id, handle, epoch, created_by, created_at, expires_at, withdrawn_at, uses`

type joinCodeRow struct {
	ID          string              `db:"id"`
	TeamID      string              `db:"team_id"`
	Handle      []byte              `db:"handle"`
	Epoch       int64               `db:"epoch"`
	CreatedBy   string              `db:"created_by"`
	CreatedAt   time.Time           `db:"created_at"`
	ExpiresAt   time.Time           `db:"expires_at"`
	WithdrawnAt sql.Null[time.Time] `db:"withdrawn_at"`
	Uses        int                 `db:"uses"`
}

func (r joinCodeRow) code() domain.JoinCode {
	return domain.JoinCode{
		ID: r.ID, TeamID: r.TeamID, Handle: r.Handle, Epoch: r.Epoch, CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt.UTC(),
		ExpiresAt: r.ExpiresAt.UTC(), WithdrawnAt: orZero(r.WithdrawnAt), Uses: r.Uses,
	}
}

// FindJoinCode returns the code with a handle, whether it counts or not, or
// domain.ErrJoinCode.
func FindJoinCode(ctx context.Context, q postgres.Querier, handle []byte) (domain.JoinCode, error) {
	const query = `
		SELECT ` + joinCodeColumns + `
		FROM join_codes
		WHERE handle = $1`

	return getJoinCode(ctx, q, query, handle)
}

// LockJoinCode returns the code with an id and holds its row, or returns
// domain.ErrJoinCode. Who locks its team too does that first.
func LockJoinCode(ctx context.Context, q postgres.Querier, id string) (domain.JoinCode, error) {
	const query = `
		SELECT ` + joinCodeColumns + `
		FROM join_codes
		WHERE id = $1
		FOR NO KEY UPDATE`

	return getJoinCode(ctx, q, query, id)
}

func getJoinCode(ctx context.Context, q postgres.Querier, query string, key any) (domain.JoinCode, error) {
	var row joinCodeRow
	err := sqlx.GetContext(ctx, q, &row, query, key)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.JoinCode{}, domain.ErrJoinCode
	}
	if err != nil {
		return domain.JoinCode{}, fmt.Errorf("find join code: %w", err)
	}
	return row.code(), nil
}

// ListJoinCodes returns a team's codes that count now, the newest first.
func ListJoinCodes(ctx context.Context, q postgres.Querier, teamID string, epoch int64, now time.Time) ([]domain.JoinCode, error) {
	const query = `
		SELECT ` + joinCodeColumns + `
		FROM join_codes
		WHERE team_id = $1 AND epoch = $2 AND expires_at > $3 AND withdrawn_at IS NULL
		ORDER BY created_at DESC, id DESC
		LIMIT 50`

	var rows []joinCodeRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, teamID, epoch, now); err != nil {
		return nil, fmt.Errorf("list join codes of team %s: %w", teamID, err)
	}
	codes := make([]domain.JoinCode, len(rows))
	for i, row := range rows {
		codes[i] = row.code()
	}
	return codes, nil
}

// InsertJoinCode adds a code.
func InsertJoinCode(ctx context.Context, q postgres.Querier, c domain.JoinCode) error {
	const query = `
		INSERT INTO join_codes (` + joinCodeColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

	_, err := q.ExecContext(ctx, query, c.ID, c.TeamID, c.Handle, c.Epoch, c.CreatedBy, c.CreatedAt, c.ExpiresAt, orNull(c.WithdrawnAt), c.Uses)
	if err != nil {
		return fmt.Errorf("insert join code of team %s: %w", c.TeamID, err)
	}
	return nil
}

// UpdateJoinCode writes back whether a code is withdrawn and how often it was used.
func UpdateJoinCode(ctx context.Context, q postgres.Querier, c domain.JoinCode) error {
	const query = `
		UPDATE join_codes
		SET withdrawn_at = $2, uses = $3
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, c.ID, orNull(c.WithdrawnAt), c.Uses); err != nil {
		return fmt.Errorf("update join code %s: %w", c.ID, err)
	}
	return nil
}

// FindJoinEpoch returns which codes of a team count: those of its present leader.
func FindJoinEpoch(ctx context.Context, q postgres.Querier, teamID string) (int64, error) {
	const query = `
		SELECT join_epoch
		FROM teams
		WHERE id = $1`

	var epoch int64
	if err := sqlx.GetContext(ctx, q, &epoch, query, teamID); err != nil {
		return 0, fmt.Errorf("find join epoch of team %s: %w", teamID, err)
	}
	return epoch, nil
}
