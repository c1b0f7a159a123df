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

// InsertInvitations invites people to a shift and returns those who were not
// invited before.
func InsertInvitations(ctx context.Context, q postgres.Querier, shiftID, by string, volunteerIDs []string, now time.Time) ([]string, error) {
	const query = `
		INSERT INTO shift_invitations (shift_id, volunteer_id, invited_by, invited_at)
		SELECT $1, v.id, $2, $3
		FROM unnest($4::uuid[]) AS v (id)
		ON CONFLICT ON CONSTRAINT shift_invitations_pkey DO NOTHING
		RETURNING volunteer_id`

	var news []string
	if err := sqlx.SelectContext(ctx, q, &news, query, shiftID, by, now, postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("invite %d people to shift %s: %w", len(volunteerIDs), shiftID, err)
	}
	return news, nil
}

// DeclineInvitations notes that somebody, under whichever record, does not come
// to a shift, and returns how many invitations of theirs there are.
func DeclineInvitations(ctx context.Context, q postgres.Querier, shiftID string, person domain.Person, now time.Time) (int64, error) {
	const query = `
		UPDATE shift_invitations
		SET declined_at = COALESCE(declined_at, $3)
		WHERE shift_id = $1 AND volunteer_id = ANY ($2::uuid[])`

	done, err := q.ExecContext(ctx, query, shiftID, postgres.Array(person.IDs()), now)
	if err != nil {
		return 0, fmt.Errorf("decline an invitation to shift %s: %w", shiftID, err)
	}
	return done.RowsAffected()
}

// ListInvitations returns the invitations of these people to these shifts.
func ListInvitations(ctx context.Context, q postgres.Querier, shiftIDs, volunteerIDs []string) (map[Seat]domain.Invitation, error) {
	const query = `
		SELECT shift_id, volunteer_id, invited_by, invited_at, declined_at
		FROM shift_invitations
		WHERE shift_id = ANY ($1::uuid[]) AND volunteer_id = ANY ($2::uuid[])`

	var rows []struct {
		ShiftID     string              `db:"shift_id"`
		VolunteerID string              `db:"volunteer_id"`
		InvitedBy   string              `db:"invited_by"`
		InvitedAt   time.Time           `db:"invited_at"`
		DeclinedAt  sql.Null[time.Time] `db:"declined_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(shiftIDs), postgres.Array(volunteerIDs)); err != nil {
		return nil, fmt.Errorf("list invitations: %w", err)
	}
	found := make(map[Seat]domain.Invitation, len(rows))
	for _, r := range rows {
		found[Seat{r.ShiftID, r.VolunteerID}] = domain.Invitation{
			ShiftID: r.ShiftID, VolunteerID: r.VolunteerID, InvitedBy: r.InvitedBy, InvitedAt: r.InvitedAt.UTC(), DeclinedAt: utc(r.DeclinedAt),
		}
	}
	return found, nil
}
