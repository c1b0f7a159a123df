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

type invitationRow struct {
	ID        string    `db:"id"`
	TeamID    string    `db:"team_id"`
	InvitedBy string    `db:"invited_by"`
	SentTo    string    `db:"sent_to"`
	At        time.Time `db:"at"`

	MembershipID string              `db:"membership_id"`
	WithdrawnAt  sql.Null[time.Time] `db:"withdrawn_at"`
}

const invitationColumns = `id, team_id, invited_by, sent_to, at, COALESCE(membership_id::text, '') AS membership_id, withdrawn_at`

func (r invitationRow) invitation() domain.Invitation {
	return domain.Invitation{
		ID: r.ID, TeamID: r.TeamID, InvitedBy: r.InvitedBy, SentTo: r.SentTo, At: r.At.UTC(), MembershipID: r.MembershipID, WithdrawnAt: orZero(r.WithdrawnAt),
	}
}

// InsertInvitation keeps that a team asked somebody.
func InsertInvitation(ctx context.Context, q postgres.Querier, i domain.Invitation) error {
	const query = `
		INSERT INTO invitations (id, team_id, invited_by, sent_to, at, membership_id)
		VALUES ($1, $2, $3, $4, $5, NULLIF($6, '')::uuid)`

	if _, err := q.ExecContext(ctx, query, i.ID, i.TeamID, i.InvitedBy, i.SentTo, i.At, i.MembershipID); err != nil {
		return fmt.Errorf("insert invitation of team %s: %w", i.TeamID, err)
	}
	return nil
}

// LockInvitation returns an invitation and holds its row, or returns domain.ErrNoInvitation.
func LockInvitation(ctx context.Context, q postgres.Querier, id string) (domain.Invitation, error) {
	const query = `
		SELECT ` + invitationColumns + `
		FROM invitations
		WHERE id = $1
		FOR NO KEY UPDATE`

	var row invitationRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Invitation{}, domain.ErrNoInvitation
	}
	if err != nil {
		return domain.Invitation{}, fmt.Errorf("lock invitation %s: %w", id, err)
	}
	return row.invitation(), nil
}

// UpdateInvitation writes back whether an invitation is withdrawn.
func UpdateInvitation(ctx context.Context, q postgres.Querier, i domain.Invitation) error {
	const query = `
		UPDATE invitations
		SET withdrawn_at = $2
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, i.ID, orNull(i.WithdrawnAt)); err != nil {
		return fmt.Errorf("update invitation %s: %w", i.ID, err)
	}
	return nil
}

// ListInvitations returns the invitations a team has sent since a time, the
// newest first; at most domain.MaxInvitations × the days since then.
func ListInvitations(ctx context.Context, q postgres.Querier, teamID string, since time.Time) ([]domain.Invitation, error) {
	const query = `
		SELECT ` + invitationColumns + `
		FROM invitations
		WHERE team_id = $1 AND at > $2
		ORDER BY at DESC, id DESC`

	var rows []invitationRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, teamID, since); err != nil {
		return nil, fmt.Errorf("list invitations of team %s: %w", teamID, err)
	}
	invitations := make([]domain.Invitation, len(rows))
	for i, row := range rows {
		invitations[i] = row.invitation()
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
