package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

type invitationRow struct {
	ID        string    `db:"id"`
	TeamID    string    `db:"team_id"`
	InvitedBy string    `db:"invited_by"`
	SentTo    string    `db:"sent_to"`
	At        time.Time `db:"at"`
}

// InsertInvitation keeps that a team asked somebody.
func InsertInvitation(ctx context.Context, q postgres.Querier, i domain.Invitation) error {
	const query = `
		INSERT INTO invitations (id, team_id, invited_by, sent_to, at)
		VALUES ($1, $2, $3, $4, $5)`

	if _, err := q.ExecContext(ctx, query, i.ID, i.TeamID, i.InvitedBy, i.SentTo, i.At); err != nil {
		return fmt.Errorf("insert invitation of team %s: %w", i.TeamID, err)
	}
	return nil
}

// ListInvitations returns the invitations a team has sent since a time, the
// newest first; at most domain.MaxInvitations × the days since then.
func ListInvitations(ctx context.Context, q postgres.Querier, teamID string, since time.Time) ([]domain.Invitation, error) {
	const query = `
		SELECT id, team_id, invited_by, sent_to, at
		FROM invitations
		WHERE team_id = $1 AND at > $2
		ORDER BY at DESC, id DESC`

	var rows []invitationRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, teamID, since); err != nil {
		return nil, fmt.Errorf("list invitations of team %s: %w", teamID, err)
	}
	invitations := make([]domain.Invitation, len(rows))
	for i, row := range rows {
		invitations[i] = domain.Invitation(row)
		invitations[i].At = row.At.UTC()
	}
	return invitations, nil
}

// DeleteInvitations forgets invitations from before a time.
func DeleteInvitations(ctx context.Context, q postgres.Querier, before time.Time) error {
	const query = `
		DELETE FROM invitations
		WHERE at < $1`

	if _, err := q.ExecContext(ctx, query, before); err != nil {
		return fmt.Errorf("delete old invitations: %w", err)
	}
	return nil
}
