package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func notePlace(id string) vault.Place {
	return vault.Place{Table: "certificate_requests", Column: "sealed_note", Row: id}
}

// InsertRequest adds a request, or returns domain.ErrRequestWaiting when one of
// the same record waits.
func InsertRequest(ctx context.Context, q postgres.Querier, v *vault.Vault, r domain.CertificateRequest) error {
	const query = `
		INSERT INTO certificate_requests (id, volunteer_id, region_path, first_day, last_day, sealed_note, whole_number, state, asked_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

	var sealed []byte
	if r.Note != "" {
		var err error
		if sealed, err = v.Seal(r.Note, notePlace(r.ID)); err != nil {
			return err
		}
	}
	_, err := q.ExecContext(ctx, query, r.ID, r.VolunteerID, r.RegionPath, dayOrNull(r.Asked.First), dayOrNull(r.Asked.Last), sealed, r.Whole, string(r.State), r.AskedAt)
	if postgres.Violated(err, "certificate_requests_waiting_key") {
		return domain.ErrRequestWaiting
	}
	if err != nil {
		return fmt.Errorf("insert request for a certificate: %w", err)
	}
	return nil
}

const requestColumns = `id, volunteer_id, region_path, first_day, last_day, sealed_note, whole_number, state, asked_at`

type requestRow struct {
	ID          string              `db:"id"`
	VolunteerID string              `db:"volunteer_id"`
	RegionPath  string              `db:"region_path"`
	FirstDay    sql.Null[time.Time] `db:"first_day"`
	LastDay     sql.Null[time.Time] `db:"last_day"`
	SealedNote  []byte              `db:"sealed_note"`
	Whole       bool                `db:"whole_number"`
	State       string              `db:"state"`
	AskedAt     time.Time           `db:"asked_at"`
}

// spanOf reads the ends of a Span, NULL for an open one.
func spanOf(first, last sql.Null[time.Time]) (s domain.Span) {
	if first.Valid {
		s.First = dayOf(first.V)
	}
	if last.Valid {
		s.Last = dayOf(last.V)
	}
	return s
}

func manyRequests(ctx context.Context, q postgres.Querier, v *vault.Vault, query string, args ...any) ([]domain.CertificateRequest, error) {
	var rows []requestRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("list requests for certificates: %w", err)
	}
	requests := make([]domain.CertificateRequest, len(rows))
	for i, r := range rows {
		requests[i] = domain.CertificateRequest{
			ID: r.ID, VolunteerID: r.VolunteerID, RegionPath: r.RegionPath, Asked: spanOf(r.FirstDay, r.LastDay),
			Whole: r.Whole, State: domain.RequestState(r.State), AskedAt: r.AskedAt.UTC(),
		}
		if r.SealedNote != nil {
			var err error
			if requests[i].Note, err = v.Open(r.SealedNote, notePlace(r.ID)); err != nil {
				return nil, err
			}
		}
	}
	return requests, nil
}

// ListWaitingRequests returns the requests that wait in any of these regions and
// below a division, longest first, after the one named, up to limit.
func ListWaitingRequests(ctx context.Context, q postgres.Querier, v *vault.Vault, paths []string, region, after string, limit int) ([]domain.CertificateRequest, error) {
	const query = `
		SELECT ` + requestColumns + `
		FROM certificate_requests r
		WHERE state = 'waiting' AND EXISTS (SELECT FROM unnest($1::text[]) AS p (path) WHERE starts_with(r.region_path, p.path))
			AND ('/' || r.region_path LIKE '%/' || $2 || '/%')
			AND ($3::uuid IS NULL OR (asked_at, id) > (SELECT asked_at, id FROM certificate_requests WHERE id = $3::uuid))
		ORDER BY asked_at, id
		LIMIT $4`

	return manyRequests(ctx, q, v, query, postgres.Array(paths), region, sql.Null[string]{V: after, Valid: after != ""}, limit)
}

// ListRequestsOf returns the requests of a person that wait.
func ListRequestsOf(ctx context.Context, q postgres.Querier, v *vault.Vault, p domain.Person) ([]domain.CertificateRequest, error) {
	const query = `
		SELECT ` + requestColumns + `
		FROM certificate_requests
		WHERE volunteer_id = ANY ($1::uuid[]) AND state = 'waiting'
		ORDER BY asked_at`

	return manyRequests(ctx, q, v, query, postgres.Array(p.IDs()))
}

// LockRequests returns these requests, held, in the order of their ids; who is
// not there is left out.
func LockRequests(ctx context.Context, q postgres.Querier, v *vault.Vault, ids []string) ([]domain.CertificateRequest, error) {
	const query = `
		SELECT ` + requestColumns + `
		FROM certificate_requests
		WHERE id = ANY ($1::uuid[])
		ORDER BY id
		FOR UPDATE`

	return manyRequests(ctx, q, v, query, postgres.Array(ids))
}

// LockRequestsOf holds all that a person has asked for: nobody erases them meanwhile.
func LockRequestsOf(ctx context.Context, q postgres.Querier, p domain.Person) error {
	const query = `
		SELECT id
		FROM certificate_requests
		WHERE volunteer_id = ANY ($1::uuid[])
		ORDER BY id
		FOR UPDATE`

	var ids []string
	if err := sqlx.SelectContext(ctx, q, &ids, query, postgres.Array(p.IDs())); err != nil {
		return fmt.Errorf("lock requests of a person: %w", err)
	}
	return nil
}

// FindRequests is LockRequests without holding them.
func FindRequests(ctx context.Context, q postgres.Querier, v *vault.Vault, ids []string) ([]domain.CertificateRequest, error) {
	const query = `
		SELECT ` + requestColumns + `
		FROM certificate_requests
		WHERE id = ANY ($1::uuid[])
		ORDER BY id`

	return manyRequests(ctx, q, v, query, postgres.Array(ids))
}

// EndRequest says what became of a request that waited.
func EndRequest(ctx context.Context, q postgres.Querier, id string, state domain.RequestState, at time.Time) error {
	const query = `
		UPDATE certificate_requests
		SET state = $2, ended_at = $3
		WHERE id = $1 AND state = 'waiting'`

	if _, err := q.ExecContext(ctx, query, id, string(state), at); err != nil {
		return fmt.Errorf("end request %s: %w", id, err)
	}
	return nil
}

// ForgetRequests withdraws what these people have asked for, and deletes what
// they said it was for.
func ForgetRequests(ctx context.Context, q postgres.Querier, volunteerIDs []string, at time.Time) error {
	const query = `
		UPDATE certificate_requests
		SET sealed_note = NULL, ended_at = COALESCE(ended_at, $2), state = CASE state WHEN 'waiting' THEN 'withdrawn' ELSE state END
		WHERE volunteer_id = ANY ($1::uuid[])`

	if _, err := q.ExecContext(ctx, query, postgres.Array(volunteerIDs), at); err != nil {
		return fmt.Errorf("forget requests of %d people: %w", len(volunteerIDs), err)
	}
	return nil
}
