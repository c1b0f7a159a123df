package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

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
		Version:     r.Version,
	}
	if r.Until.Valid {
		g.Until = r.Until.V.UTC()
	}
	return g
}

// ListGrants returns all grants somebody has, had or will have, highest region
// first; which of them count now is said by domain.ActiveGrants.
func ListGrants(ctx context.Context, q postgres.Querier, volunteerID string) ([]domain.Grant, error) {
	const query = `
		SELECT g.id, g.volunteer_id, g.role, g.region_code, r.name AS region_name, r.path AS region_path,
			g.from_at, g.until_at, COALESCE(g.granted_by::text, '') AS granted_by, g.reason, g.version
		FROM staff_grants g
		JOIN regions r ON r.code = g.region_code
		WHERE g.volunteer_id = $1
		ORDER BY r.path, g.role, g.id`

	var rows []grantRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, volunteerID); err != nil {
		return nil, fmt.Errorf("list grants of %s: %w", volunteerID, err)
	}
	grants := make([]domain.Grant, len(rows))
	for i, row := range rows {
		grants[i] = row.grant()
	}
	return grants, nil
}

// InsertGrants adds grants; their officers and regions must be there.
func InsertGrants(ctx context.Context, q postgres.Querier, grants []domain.Grant) error {
	const query = `
		INSERT INTO staff_grants (id, volunteer_id, role, region_code, from_at, until_at, granted_by, reason, version)
		VALUES ($1, $2, $3, $4, $5, $6, NULLIF($7, '')::uuid, $8, $9)`

	for _, g := range grants { // a handful of officers
		if _, err := q.ExecContext(ctx, query, g.ID, g.VolunteerID, g.Role, g.RegionCode,
			g.From, orNull(g.Until), g.GrantedBy, g.Reason, g.Version); err != nil {
			return fmt.Errorf("insert grant %s: %w", g.ID, err)
		}
	}
	return nil
}
