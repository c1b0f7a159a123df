package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// KeptClaim is an accepted claim with what it proved.
type KeptClaim struct {
	domain.Claim
	Method   domain.Method
	ProvedAt time.Time
}

// ClaimedSeat is what a claim id was used for.
type ClaimedSeat struct {
	Seat
	Kind domain.ClaimKind
}

// ListClaims returns, of the claim ids, those that were accepted before.
func ListClaims(ctx context.Context, q postgres.Querier, ids []string) (map[string]ClaimedSeat, error) {
	const query = `
		SELECT id, shift_id, volunteer_id, kind
		FROM claims
		WHERE id = ANY ($1::uuid[])`

	var rows []struct {
		ID          string `db:"id"`
		ShiftID     string `db:"shift_id"`
		VolunteerID string `db:"volunteer_id"`
		Kind        string `db:"kind"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(ids)); err != nil {
		return nil, fmt.Errorf("list claims: %w", err)
	}
	kept := make(map[string]ClaimedSeat, len(rows))
	for _, r := range rows {
		kept[r.ID] = ClaimedSeat{Seat{r.ShiftID, r.VolunteerID}, domain.ClaimKind(r.Kind)}
	}
	return kept, nil
}

// InsertClaims keeps accepted claims as they came.
func InsertClaims(ctx context.Context, q postgres.Querier, claims []KeptClaim) error {
	const query = `
		INSERT INTO claims (id, shift_id, volunteer_id, actor_id, kind, method, proved_at, received_at)
		SELECT id, shift_id, volunteer_id, actor_id, kind, method, proved_at, received_at
		FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[])
			AS c (id, shift_id, volunteer_id, actor_id, kind, method, proved_at, received_at)`

	if _, err := q.ExecContext(ctx, query,
		postgres.Column(claims, func(c KeptClaim) string { return c.ID }),
		postgres.Column(claims, func(c KeptClaim) string { return c.ShiftID }),
		postgres.Column(claims, func(c KeptClaim) string { return c.VolunteerID }),
		postgres.Column(claims, func(c KeptClaim) string { return c.ActorID }),
		postgres.Column(claims, func(c KeptClaim) string { return string(c.Kind) }),
		postgres.Column(claims, func(c KeptClaim) string { return string(c.Method) }),
		postgres.Column(claims, func(c KeptClaim) time.Time { return c.ProvedAt }),
		postgres.Column(claims, func(c KeptClaim) time.Time { return c.ReceivedAt })); err != nil {
		return fmt.Errorf("insert %d claims: %w", len(claims), err)
	}
	return nil
}
