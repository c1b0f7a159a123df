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
	"github.com/qihe-volunteers/qihe/shared/vault"
)

type claimLinkRow struct {
	ID          string              `db:"id"`
	SecretHash  []byte              `db:"secret_hash"`
	TeamID      string              `db:"team_id"`
	VolunteerID string              `db:"volunteer_id"`
	FaceToFace  bool                `db:"face_to_face"`
	CreatedBy   string              `db:"created_by"`
	CreatedAt   time.Time           `db:"created_at"`
	ExpiresAt   time.Time           `db:"expires_at"`
	WrongTries  int                 `db:"wrong_tries"`
	EndedAt     sql.Null[time.Time] `db:"ended_at"`
}

const claimLinkColumns = `id, secret_hash, COALESCE(team_id::text, '') AS team_id, COALESCE(volunteer_id::text, '') AS volunteer_id,
	face_to_face, created_by, created_at, expires_at, wrong_tries, ended_at`

// FindClaimLink returns the link with the hash of a secret, whether it can
// still be used or not, or domain.ErrClaimLink.
func FindClaimLink(ctx context.Context, q postgres.Querier, secretHash []byte) (domain.ClaimLink, error) {
	const query = `
		SELECT ` + claimLinkColumns + `
		FROM claim_links
		WHERE secret_hash = $1`

	return getClaimLink(ctx, q, query, secretHash)
}

// LockClaimLink is FindClaimLink and holds the row until the transaction ends:
// tries by one link are judged one after the other.
func LockClaimLink(ctx context.Context, q postgres.Querier, secretHash []byte) (domain.ClaimLink, error) {
	const query = `
		SELECT ` + claimLinkColumns + `
		FROM claim_links
		WHERE secret_hash = $1
		FOR NO KEY UPDATE`

	return getClaimLink(ctx, q, query, secretHash)
}

func getClaimLink(ctx context.Context, q postgres.Querier, query string, secretHash []byte) (domain.ClaimLink, error) {
	var row claimLinkRow
	err := sqlx.GetContext(ctx, q, &row, query, secretHash)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.ClaimLink{}, domain.ErrClaimLink
	}
	if err != nil {
		return domain.ClaimLink{}, fmt.Errorf("find claim link: %w", err)
	}
	return domain.ClaimLink{
		ID: row.ID, SecretHash: row.SecretHash, TeamID: row.TeamID, VolunteerID: row.VolunteerID, FaceToFace: row.FaceToFace,
		CreatedBy: row.CreatedBy, CreatedAt: row.CreatedAt.UTC(), ExpiresAt: row.ExpiresAt.UTC(),
		WrongTries: row.WrongTries, EndedAt: row.EndedAt.V,
	}, nil
}

// InsertClaimLink adds a link.
func InsertClaimLink(ctx context.Context, q postgres.Querier, l domain.ClaimLink) error {
	const query = `
		INSERT INTO claim_links (id, secret_hash, team_id, volunteer_id, face_to_face, created_by, created_at, expires_at, wrong_tries)
		VALUES ($1, $2, NULLIF($3, '')::uuid, NULLIF($4, '')::uuid, $5, $6, $7, $8, $9)`

	if _, err := q.ExecContext(ctx, query, l.ID, l.SecretHash, l.TeamID, l.VolunteerID, l.FaceToFace,
		l.CreatedBy, l.CreatedAt, l.ExpiresAt, l.WrongTries); err != nil {
		return fmt.Errorf("insert claim link: %w", err)
	}
	return nil
}

// UpdateClaimLink writes back the wrong tries and the end of a link.
func UpdateClaimLink(ctx context.Context, q postgres.Querier, l domain.ClaimLink) error {
	const query = `
		UPDATE claim_links
		SET wrong_tries = $2, ended_at = $3
		WHERE id = $1`

	if _, err := q.ExecContext(ctx, query, l.ID, l.WrongTries, orNull(l.EndedAt)); err != nil {
		return fmt.Errorf("update claim link %s: %w", l.ID, err)
	}
	return nil
}

// ClaimLinksOf returns when the newest n links of a maker were made, newest first.
func ClaimLinksOf(ctx context.Context, q postgres.Querier, createdBy string, n int) ([]time.Time, error) {
	const query = `
		SELECT created_at
		FROM claim_links
		WHERE created_by = $1
		ORDER BY created_at DESC
		LIMIT $2`

	var times []time.Time
	if err := sqlx.SelectContext(ctx, q, &times, query, createdBy, n); err != nil {
		return nil, fmt.Errorf("list claim links of %s: %w", createdBy, err)
	}
	return times, nil
}

// DeleteClaimLinks removes links that ended before a time.
func DeleteClaimLinks(ctx context.Context, q postgres.Querier, before time.Time) error {
	const query = `
		DELETE FROM claim_links
		WHERE expires_at < $1`

	if _, err := q.ExecContext(ctx, query, before); err != nil {
		return fmt.Errorf("delete old claim links: %w", err)
	}
	return nil
}

// EndClaimLinksOf voids the links to a person's record and forgets the wrong
// tries at it.
func EndClaimLinksOf(ctx context.Context, q postgres.Querier, volunteerID string, at time.Time) error {
	const end = `
		UPDATE claim_links
		SET ended_at = $2
		WHERE volunteer_id = $1 AND ended_at IS NULL`
	const forget = `
		DELETE FROM claim_tries
		WHERE volunteer_id = $1`

	if _, err := q.ExecContext(ctx, end, volunteerID, at); err != nil {
		return fmt.Errorf("end claim links to %s: %w", volunteerID, err)
	}
	if _, err := q.ExecContext(ctx, forget, volunteerID); err != nil {
		return fmt.Errorf("forget claim tries at %s: %w", volunteerID, err)
	}
	return nil
}

// ListUnclaimed returns who of a brigade is not claimed yet, by name; at most
// 1,000.
func ListUnclaimed(ctx context.Context, q postgres.Querier, v *vault.Vault, teamID string) ([]domain.Volunteer, error) {
	const query = `
		SELECT ` + volunteerColumns + `
		FROM memberships m
		JOIN volunteers v ON v.id = m.volunteer_id
		WHERE m.team_id = $1 AND m.state = 'active' AND v.state = 'unclaimed'
		ORDER BY v.name, v.id
		LIMIT 1000`

	var rows []volunteerRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, teamID); err != nil {
		return nil, fmt.Errorf("list unclaimed of team %s: %w", teamID, err)
	}
	people := make([]domain.Volunteer, len(rows))
	for i, row := range rows {
		var err error
		if people[i], err = row.volunteer(v); err != nil {
			return nil, err
		}
	}
	return people, nil
}

// FindClaimTries returns the wrong tries at a person's digits. The person's
// row must be locked.
func FindClaimTries(ctx context.Context, q postgres.Querier, volunteerID string) (domain.ClaimTries, error) {
	const query = `
		SELECT wrong, last_at
		FROM claim_tries
		WHERE volunteer_id = $1`

	var row struct {
		Wrong  int       `db:"wrong"`
		LastAt time.Time `db:"last_at"`
	}
	err := sqlx.GetContext(ctx, q, &row, query, volunteerID)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return domain.ClaimTries{}, fmt.Errorf("find claim tries of %s: %w", volunteerID, err)
	}
	return domain.ClaimTries{VolunteerID: volunteerID, Wrong: row.Wrong, LastAt: row.LastAt}, nil
}

// UpsertClaimTries keeps the wrong tries at a person's digits.
func UpsertClaimTries(ctx context.Context, q postgres.Querier, t domain.ClaimTries) error {
	const query = `
		INSERT INTO claim_tries (volunteer_id, wrong, last_at)
		VALUES ($1, $2, $3)
		ON CONFLICT (volunteer_id) DO UPDATE SET wrong = EXCLUDED.wrong, last_at = EXCLUDED.last_at`

	if _, err := q.ExecContext(ctx, query, t.VolunteerID, t.Wrong, t.LastAt); err != nil {
		return fmt.Errorf("keep claim tries of %s: %w", t.VolunteerID, err)
	}
	return nil
}
