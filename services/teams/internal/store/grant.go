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

// grantColumns are read into a grantRow; the grant is called g, its region r.
const grantColumns = `g.id, g.volunteer_id, g.role, g.region_code, r.name AS region_name, r.path AS region_path,
	g.from_at, g.until_at, COALESCE(g.granted_by::text, '') AS granted_by, g.reason,
	g.ended_at, COALESCE(g.ended_by::text, '') AS ended_by, g.end_reason, g.version`

type grantRow struct {
	ID          string              `db:"id"`
	VolunteerID string              `db:"volunteer_id"`
	Role        string              `db:"role"`
	RegionCode  string              `db:"region_code"`
	RegionName  string              `db:"region_name"`
	RegionPath  string              `db:"region_path"`
	From        time.Time           `db:"from_at"`
	Until       sql.Null[time.Time] `db:"until_at"`
	GrantedBy   string              `db:"granted_by"`
	Reason      string              `db:"reason"`
	EndedAt     sql.Null[time.Time] `db:"ended_at"`
	EndedBy     string              `db:"ended_by"`
	EndReason   string              `db:"end_reason"`
	Version     int64               `db:"version"`
}

func (r grantRow) grant() domain.Grant {
	g := domain.Grant{
		ID:          r.ID,
		VolunteerID: r.VolunteerID,
		Role:        r.Role,
		RegionCode:  r.RegionCode,
		RegionName:  r.RegionName,
		RegionPath:  r.RegionPath,
		From:        r.From.UTC(),
		GrantedBy:   r.GrantedBy,
		Reason:      r.Reason,
		EndedBy:     r.EndedBy,
		EndReason:   r.EndReason,
		Version:     r.Version,
	}
	if r.Until.Valid {
		g.Until = r.Until.V.UTC()
	}
	if r.EndedAt.Valid {
		g.EndedAt = r.EndedAt.V.UTC()
	}
	return g
}

// LockAdministration makes everybody who gives or withdraws authority wait for
// this transaction: what they may do depends on what others do just now. It is
// the lock of the trigger that keeps the last administrator.
func LockAdministration(ctx context.Context, q postgres.Querier) error {
	const query = `SELECT pg_advisory_xact_lock(hashtextextended('qihe teams: administrators', 0))`

	if _, err := q.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("lock administration: %w", err)
	}
	return nil
}

// ListGrants returns all grants somebody has, had or will have, highest region
// first; which of them count now is said by domain.ActiveGrants.
func ListGrants(ctx context.Context, q postgres.Querier, volunteerID string) ([]domain.Grant, error) {
	const query = `
		SELECT ` + grantColumns + `
		FROM staff_grants g
		JOIN regions r ON r.code = g.region_code
		WHERE g.volunteer_id = $1
		ORDER BY r.path, g.role, g.id`

	var rows []grantRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list grants of %s: %w", volunteerID, err)
	}
	return convertGrants(rows), nil
}

func convertGrants(rows []grantRow) []domain.Grant {
	grants := make([]domain.Grant, len(rows))
	for i, row := range rows {
		grants[i] = row.grant()
	}
	return grants
}

// LockGrant returns a grant and holds its row until the transaction ends, or
// returns domain.ErrNoGrant.
func LockGrant(ctx context.Context, q postgres.Querier, id string) (domain.Grant, error) {
	const query = `
		SELECT ` + grantColumns + `
		FROM staff_grants g
		JOIN regions r ON r.code = g.region_code
		WHERE g.id = $1
		FOR NO KEY UPDATE OF g`

	var row grantRow
	err := sqlx.GetContext(ctx, q, &row, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Grant{}, domain.ErrNoGrant
	}
	if err != nil {
		return domain.Grant{}, fmt.Errorf("lock grant %s: %w", id, err)
	}
	return row.grant(), nil
}

// InsertGrants adds grants; their officers and regions must be there. It
// returns domain.ErrGrantTwice for an authority that somebody has already.
func InsertGrants(ctx context.Context, q postgres.Querier, grants []domain.Grant) error {
	const query = `
		INSERT INTO staff_grants (id, volunteer_id, role, region_code, from_at, until_at, granted_by, reason, ended_at, ended_by, end_reason, version)
		VALUES ($1, $2, $3, $4, $5, $6, NULLIF($7, '')::uuid, $8, $9, NULLIF($10, '')::uuid, $11, $12)`

	for _, g := range grants { // a handful of officers
		_, err := q.ExecContext(ctx, query, g.ID, g.VolunteerID, g.Role, g.RegionCode,
			g.From, orNull(g.Until), g.GrantedBy, g.Reason, orNull(g.EndedAt), g.EndedBy, g.EndReason, g.Version)
		if postgres.Violated(err, "staff_grants_lasting_key") {
			return domain.ErrGrantTwice
		}
		if err != nil {
			return fmt.Errorf("insert grant %s: %w", g.ID, err)
		}
	}
	return nil
}

// UpdateGrant writes back how a grant ended. It returns
// domain.ErrLastAdministrator when nobody would be left who can give any.
func UpdateGrant(ctx context.Context, q postgres.Querier, g domain.Grant) error {
	const query = `
		UPDATE staff_grants
		SET ended_at = $2, ended_by = NULLIF($3, '')::uuid, end_reason = $4, version = $5
		WHERE id = $1`

	_, err := q.ExecContext(ctx, query, g.ID, orNull(g.EndedAt), g.EndedBy, g.EndReason, g.Version)
	if postgres.Violated(err, "staff_grants_last_administrator") {
		return domain.ErrLastAdministrator
	}
	if err != nil {
		return fmt.Errorf("update grant %s: %w", g.ID, err)
	}
	return nil
}

// RaiseGrantsAt raises the version of the grants over these divisions that are
// not withdrawn, and returns them: their path has changed.
func RaiseGrantsAt(ctx context.Context, q postgres.Querier, regionCodes []string) ([]domain.Grant, error) {
	const query = `
		UPDATE staff_grants g
		SET version = g.version + 1
		FROM regions r
		WHERE r.code = g.region_code AND g.region_code = ANY ($1) AND g.ended_at IS NULL
		RETURNING ` + grantColumns

	var rows []grantRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(regionCodes)); err != nil {
		return nil, fmt.Errorf("raise the version of grants: %w", err)
	}
	return convertGrants(rows), nil
}

// AnyGrantOver reports whether somebody has, or will have, authority over a region itself.
func AnyGrantOver(ctx context.Context, q postgres.Querier, regionCode string, now time.Time) (bool, error) {
	const query = `
		SELECT EXISTS (SELECT FROM staff_grants WHERE region_code = $1 AND ended_at IS NULL AND COALESCE(until_at > $2, true))`

	var there bool
	if err := sqlx.GetContext(ctx, q, &there, query, regionCode, now); err != nil {
		return false, fmt.Errorf("look for grants over %s: %w", regionCode, err)
	}
	return there, nil
}
