package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
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

const doubtedClaims = `
	SELECT c.id, c.shift_id, c.volunteer_id, c.kind, c.method, c.doubt, c.proved_at, c.received_at,
		COALESCE(l.turn, 0) AS turn, COALESCE(l.verdict, '') AS verdict, l.actor_id, l.at, l.before, COALESCE(l.version, 0) AS version
	FROM claims c
	LEFT JOIN LATERAL (
		SELECT turn, verdict, actor_id, at, before, version
		FROM claim_looks
		WHERE claim_id = c.id
		ORDER BY turn DESC
		LIMIT 1) l ON true
	WHERE c.doubt <> ''`

type doubtedRow struct {
	ID          string              `db:"id"`
	ShiftID     string              `db:"shift_id"`
	VolunteerID string              `db:"volunteer_id"`
	Kind        string              `db:"kind"`
	Method      string              `db:"method"`
	Doubt       string              `db:"doubt"`
	At          time.Time           `db:"proved_at"`
	ReceivedAt  time.Time           `db:"received_at"`
	Turn        int                 `db:"turn"`
	Verdict     string              `db:"verdict"`
	ActorID     sql.Null[string]    `db:"actor_id"`
	LookedAt    sql.Null[time.Time] `db:"at"`
	Before      []byte              `db:"before"`
	Version     int64               `db:"version"`
}

func (r doubtedRow) claim() (domain.DoubtedClaim, error) {
	c := domain.DoubtedClaim{
		ClaimID: r.ID, VolunteerID: r.VolunteerID, Kind: domain.ClaimKind(r.Kind), Method: domain.Method(r.Method),
		Doubt: domain.Doubt(r.Doubt), At: r.At.UTC(), ReceivedAt: r.ReceivedAt.UTC(),
		Look: domain.Look{ClaimID: r.ID, Turn: r.Turn, Verdict: domain.LookVerdict(r.Verdict), ActorID: r.ActorID.V, At: utc(r.LookedAt), Version: r.Version},
	}
	if r.Before != nil {
		if err := json.Unmarshal(r.Before, &c.Look.Before); err != nil {
			return domain.DoubtedClaim{}, fmt.Errorf("read what a look changed: %w", err)
		}
	}
	return c, nil
}

// ListDoubtedClaims returns the claims of a shift that wait for the leader's
// look, and those looked at since, in the order in which they came.
func ListDoubtedClaims(ctx context.Context, q postgres.Querier, shiftID string, since time.Time) ([]domain.DoubtedClaim, error) {
	const query = doubtedClaims + `
			AND c.shift_id = $1
			AND (l.verdict IS NULL OR l.verdict = 'undo' OR l.at > $2)
		ORDER BY c.received_at, c.id`

	var rows []doubtedRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, shiftID, since); err != nil {
		return nil, fmt.Errorf("list doubted claims of %s: %w", shiftID, err)
	}
	claims := make([]domain.DoubtedClaim, len(rows))
	for i, r := range rows {
		var err error
		if claims[i], err = r.claim(); err != nil {
			return nil, err
		}
	}
	return claims, nil
}

// FindDoubtedClaim returns a claim that was held, and its shift, or
// domain.ErrNoSuchClaim.
func FindDoubtedClaim(ctx context.Context, q postgres.Querier, claimID string) (domain.DoubtedClaim, string, error) {
	const query = doubtedClaims + `
			AND c.id = $1`

	var row doubtedRow
	err := sqlx.GetContext(ctx, q, &row, query, claimID)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.DoubtedClaim{}, "", domain.ErrNoSuchClaim
	}
	if err != nil {
		return domain.DoubtedClaim{}, "", fmt.Errorf("find doubted claim %s: %w", claimID, err)
	}
	claim, err := row.claim()
	return claim, row.ShiftID, err
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
