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

// KeptClaim is an accepted claim with what it proved.
type KeptClaim struct {
	domain.Claim
	domain.Proved
}

// ClaimedSeat is what a claim id was used for.
type ClaimedSeat struct {
	Seat
	Kind  domain.ClaimKind
	Doubt domain.Doubt
}

// ListClaims returns, of the claim ids, those that were accepted before.
func ListClaims(ctx context.Context, q postgres.Querier, ids []string) (map[string]ClaimedSeat, error) {
	const query = `
		SELECT id, shift_id, volunteer_id, kind, doubt
		FROM claims
		WHERE id = ANY ($1::uuid[])`

	var rows []struct {
		ID          string `db:"id"`
		ShiftID     string `db:"shift_id"`
		VolunteerID string `db:"volunteer_id"`
		Kind        string `db:"kind"`
		Doubt       string `db:"doubt"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(ids)); err != nil {
		return nil, fmt.Errorf("list claims: %w", err)
	}
	kept := make(map[string]ClaimedSeat, len(rows))
	for _, r := range rows {
		kept[r.ID] = ClaimedSeat{Seat{r.ShiftID, r.VolunteerID}, domain.ClaimKind(r.Kind), domain.Doubt(r.Doubt)}
	}
	return kept, nil
}

// InsertClaims keeps claims as they came: those that count and those that wait
// for the leader's look.
func InsertClaims(ctx context.Context, q postgres.Querier, claims []KeptClaim) error {
	const query = `
		INSERT INTO claims (id, shift_id, volunteer_id, actor_id, kind, method, proved_at, received_at,
			device_id, counter, observed_at, sent_at, mark, shared, doubt)
		SELECT id, shift_id, volunteer_id, actor_id, kind, method, proved_at, received_at,
			device_id, counter, observed_at, sent_at, mark, shared, doubt
		FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[],
			$9::uuid[], $10::bigint[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::boolean[], $15::text[])
			AS c (id, shift_id, volunteer_id, actor_id, kind, method, proved_at, received_at,
				device_id, counter, observed_at, sent_at, mark, shared, doubt)`

	type c = KeptClaim
	if _, err := q.ExecContext(ctx, query,
		postgres.Column(claims, func(x c) string { return x.ID }),
		postgres.Column(claims, func(x c) string { return x.ShiftID }),
		postgres.Column(claims, func(x c) string { return x.VolunteerID }),
		postgres.Column(claims, func(x c) string { return x.ActorID }),
		postgres.Column(claims, func(x c) string { return string(x.Kind) }),
		postgres.Column(claims, func(x c) string { return string(x.Method) }),
		postgres.Column(claims, func(x c) time.Time { return x.At }),
		postgres.Column(claims, func(x c) time.Time { return x.ReceivedAt }),
		postgres.Column(claims, func(x c) sql.Null[string] { return nullText(x.signed().DeviceID) }),
		postgres.Column(claims, func(x c) sql.Null[int64] { return sql.Null[int64]{V: x.signed().Counter, Valid: x.Signed != nil} }),
		postgres.Column(claims, func(x c) sql.Null[time.Time] { return nullTime(x.signed().ObservedAt) }),
		postgres.Column(claims, func(x c) sql.Null[time.Time] { return nullTime(x.signed().SentAt) }),
		postgres.Column(claims, func(x c) string { return x.Mark }),
		postgres.Column(claims, func(x c) bool { return x.Shared }),
		postgres.Column(claims, func(x c) string { return string(x.Doubt) })); err != nil {
		return fmt.Errorf("insert %d claims: %w", len(claims), err)
	}
	return nil
}

func (c KeptClaim) signed() domain.Signed {
	if c.Signed == nil {
		return domain.Signed{}
	}
	return *c.Signed
}

// ListDoubtedClaims returns the claims of a shift that wait for the leader's
// look, in the order in which they came.
func ListDoubtedClaims(ctx context.Context, q postgres.Querier, shiftID string) ([]domain.DoubtedClaim, error) {
	const query = `
		SELECT id, volunteer_id, kind, method, doubt, proved_at, received_at
		FROM claims
		WHERE shift_id = $1
			AND doubt <> ''
		ORDER BY received_at, id`

	var rows []struct {
		ID          string    `db:"id"`
		VolunteerID string    `db:"volunteer_id"`
		Kind        string    `db:"kind"`
		Method      string    `db:"method"`
		Doubt       string    `db:"doubt"`
		At          time.Time `db:"proved_at"`
		ReceivedAt  time.Time `db:"received_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, shiftID); err != nil {
		return nil, fmt.Errorf("list doubted claims of %s: %w", shiftID, err)
	}
	claims := make([]domain.DoubtedClaim, len(rows))
	for i, r := range rows {
		claims[i] = domain.DoubtedClaim{
			ClaimID: r.ID, VolunteerID: r.VolunteerID, Kind: domain.ClaimKind(r.Kind), Method: domain.Method(r.Method),
			Doubt: domain.Doubt(r.Doubt), At: r.At.UTC(), ReceivedAt: r.ReceivedAt.UTC(),
		}
	}
	return claims, nil
}

// ListSightings returns what phones kept of a shift and counts, in the order in
// which it came.
func ListSightings(ctx context.Context, q postgres.Querier, shiftID string) ([]domain.Sighting, error) {
	const query = `
		SELECT id, volunteer_id, device_id, kind, method, proved_at, observed_at, received_at
		FROM claims
		WHERE shift_id = $1
			AND device_id IS NOT NULL
			AND doubt = ''
		ORDER BY received_at, id`

	var rows []struct {
		ID          string    `db:"id"`
		VolunteerID string    `db:"volunteer_id"`
		DeviceID    string    `db:"device_id"`
		Kind        string    `db:"kind"`
		Method      string    `db:"method"`
		At          time.Time `db:"proved_at"`
		Observed    time.Time `db:"observed_at"`
		ReceivedAt  time.Time `db:"received_at"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, shiftID); err != nil {
		return nil, fmt.Errorf("list sightings of %s: %w", shiftID, err)
	}
	sightings := make([]domain.Sighting, len(rows))
	for i, r := range rows {
		sightings[i] = domain.Sighting{
			ClaimID: r.ID, VolunteerID: r.VolunteerID, DeviceID: r.DeviceID, Kind: domain.ClaimKind(r.Kind), Method: domain.Method(r.Method),
			At: r.At.UTC(), Observed: r.Observed.UTC(), ReceivedAt: r.ReceivedAt.UTC(),
		}
	}
	return sightings, nil
}
