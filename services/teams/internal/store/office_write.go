package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertOffices adds offices. It returns domain.ErrFederationTaken for the
// second open federation of a region.
func InsertOffices(ctx context.Context, q postgres.Querier, offices []domain.Office) error {
	const query = `
		INSERT INTO offices (id, kind, name, initials, grams, region_code, address, phone, demonstration, is_venue, latitude, longitude, state, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`

	for _, o := range offices { // some hundred at most
		if err := execOffice(ctx, q, query, o); err != nil {
			return err
		}
	}
	return nil
}

// UpdateOffice writes back an office. It returns domain.ErrFederationTaken
// when the region has another open federation.
func UpdateOffice(ctx context.Context, q postgres.Querier, o domain.Office) error {
	const query = `
		UPDATE offices
		SET kind = $2, name = $3, initials = $4, grams = $5, region_code = $6, address = $7, phone = $8, demonstration = $9, is_venue = $10,
			latitude = $11, longitude = $12, state = $13, version = $14
		WHERE id = $1`

	return execOffice(ctx, q, query, o)
}

func execOffice(ctx context.Context, q postgres.Querier, query string, o domain.Office) error {
	known := o.Latitude != 0 || o.Longitude != 0
	state := "open"
	if o.Closed {
		state = "closed"
	}
	_, err := q.ExecContext(ctx, query, o.ID, o.Kind, o.Name, pinyin.Initials(o.Name), postgres.Array(pinyin.Grams(o.Name)), o.RegionCode,
		o.Address, o.Phone, o.Demonstration, o.IsVenue, sql.NullFloat64{Float64: o.Latitude, Valid: known}, sql.NullFloat64{Float64: o.Longitude, Valid: known},
		state, o.Version)
	if postgres.Violated(err, "offices_federation_key") {
		return domain.ErrFederationTaken
	}
	if err != nil {
		return fmt.Errorf("write office %s: %w", o.ID, err)
	}
	return nil
}

// FindChosenOffice returns the office that was chosen to supervise a team, or
// domain.ErrNoOffice when none was, or when it is closed by now.
func FindChosenOffice(ctx context.Context, q postgres.Querier, teamID string) (domain.Office, error) {
	const query = `
		SELECT ` + officeColumns + `
		FROM teams t
		JOIN offices o ON o.id = t.office_id AND o.state = 'open'
		JOIN regions r ON r.code = o.region_code
		WHERE t.id = $1`

	return getOffice(ctx, q, query, teamID)
}

// SetTeamOffice writes which office supervises a team; empty for the nearest.
// It reports whether that is another one.
func SetTeamOffice(ctx context.Context, q postgres.Querier, teamID, officeID string) (bool, error) {
	const query = `
		UPDATE teams
		SET office_id = NULLIF($2, '')::uuid
		WHERE id = $1 AND office_id IS DISTINCT FROM NULLIF($2, '')::uuid
		RETURNING id`

	var id string
	err := sqlx.GetContext(ctx, q, &id, query, teamID, officeID)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("set office of team %s: %w", teamID, err)
	}
	return true, nil
}
