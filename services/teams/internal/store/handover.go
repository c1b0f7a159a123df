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

type handoverRow struct {
	ID         string              `db:"id"`
	TeamID     string              `db:"team_id"`
	FromID     string              `db:"from_id"`
	ToID       string              `db:"to_id"`
	ProposedBy string              `db:"proposed_by"`
	State      string              `db:"state"`
	Reason     string              `db:"reason"`
	ProposedAt time.Time           `db:"proposed_at"`
	DecidedAt  sql.Null[time.Time] `db:"decided_at"`
	Version    int64               `db:"version"`
}

func (r handoverRow) handover() domain.Handover {
	h := domain.Handover{
		ID: r.ID, TeamID: r.TeamID, FromID: r.FromID, ToID: r.ToID, ProposedBy: r.ProposedBy,
		State: domain.HandoverState(r.State), Reason: r.Reason, ProposedAt: r.ProposedAt.UTC(), Version: r.Version,
	}
	if r.DecidedAt.Valid {
		h.DecidedAt = r.DecidedAt.V.UTC()
	}
	return h
}

// FindOpenHandover returns the handover of a team that waits to be accepted,
// or domain.ErrNoHandover.
func FindOpenHandover(ctx context.Context, q postgres.Querier, teamID string) (domain.Handover, error) {
	const query = `
		SELECT id, team_id, COALESCE(from_id::text, '') AS from_id, to_id, proposed_by, state, reason, proposed_at, decided_at, version
		FROM team_handovers
		WHERE team_id = $1 AND state = 'proposed'`

	var row handoverRow
	err := sqlx.GetContext(ctx, q, &row, query, teamID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Handover{}, domain.ErrNoHandover
	}
	if err != nil {
		return domain.Handover{}, fmt.Errorf("find handover of team %s: %w", teamID, err)
	}
	return row.handover(), nil
}

// ListHandoversTo returns the teams that somebody is asked to lead.
func ListHandoversTo(ctx context.Context, q postgres.Querier, volunteerID string) ([]domain.Handover, error) {
	const query = `
		SELECT id, team_id, COALESCE(from_id::text, '') AS from_id, to_id, proposed_by, state, reason, proposed_at, decided_at, version
		FROM team_handovers
		WHERE to_id = $1 AND state = 'proposed'
		ORDER BY proposed_at, id`

	var rows []handoverRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list handovers to %s: %w", volunteerID, err)
	}
	handovers := make([]domain.Handover, len(rows))
	for i, row := range rows {
		handovers[i] = row.handover()
	}
	return handovers, nil
}

// InsertHandover keeps a handover, or returns domain.ErrHandoverOpen while
// another one of the team waits.
func InsertHandover(ctx context.Context, q postgres.Querier, h domain.Handover) error {
	const query = `
		INSERT INTO team_handovers (id, team_id, from_id, to_id, proposed_by, state, reason, proposed_at, decided_at, version)
		VALUES ($1, $2, NULLIF($3, '')::uuid, $4, $5, $6, $7, $8, $9, $10)`

	_, err := q.ExecContext(ctx, query, h.ID, h.TeamID, h.FromID, h.ToID, h.ProposedBy, h.State, h.Reason, h.ProposedAt, orNull(h.DecidedAt), h.Version)
	if postgres.Violated(err, "team_handovers_open_key") {
		return domain.ErrHandoverOpen
	}
	if err != nil {
		return fmt.Errorf("insert handover of team %s: %w", h.TeamID, err)
	}
	return nil
}

// UpdateHandover writes back how a handover ended. The team's row must be locked.
func UpdateHandover(ctx context.Context, q postgres.Querier, h domain.Handover) error {
	const query = `
		UPDATE team_handovers
		SET state = $2, decided_at = $3, version = $4
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, h.ID, h.State, orNull(h.DecidedAt), h.Version); err != nil {
		return fmt.Errorf("update handover %s: %w", h.ID, err)
	}
	return nil
}
