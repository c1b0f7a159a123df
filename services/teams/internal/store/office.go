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

// officeColumns are read into an officeRow; the office is called o, its region r.
const officeColumns = `o.id, o.kind, o.name, o.region_code, r.name AS region_name, r.path AS region_path, o.address, o.phone, o.demonstration,
	o.is_venue, COALESCE(o.latitude, 0) AS latitude, COALESCE(o.longitude, 0) AS longitude, o.state, o.version`

type officeRow struct {
	ID            string  `db:"id"`
	Kind          string  `db:"kind"`
	Name          string  `db:"name"`
	RegionCode    string  `db:"region_code"`
	RegionName    string  `db:"region_name"`
	RegionPath    string  `db:"region_path"`
	Address       string  `db:"address"`
	Phone         string  `db:"phone"`
	Demonstration string  `db:"demonstration"`
	IsVenue       bool    `db:"is_venue"`
	Latitude      float64 `db:"latitude"`
	Longitude     float64 `db:"longitude"`
	State         string  `db:"state"`
	Version       int64   `db:"version"`
}

func (r officeRow) office() domain.Office {
	return domain.Office{
		ID: r.ID,
		OfficeFacts: domain.OfficeFacts{
			Kind: r.Kind, Name: r.Name, RegionCode: r.RegionCode, Address: r.Address, Phone: r.Phone,
			Demonstration: r.Demonstration, IsVenue: r.IsVenue, Latitude: r.Latitude, Longitude: r.Longitude,
		},
		RegionName: r.RegionName, RegionPath: r.RegionPath, Closed: r.State == "closed", Version: r.Version,
	}
}

func convertOffices(rows []officeRow) []domain.Office {
	offices := make([]domain.Office, len(rows))
	for i, row := range rows {
		offices[i] = row.office()
	}
	return offices
}

// FindOffice returns an office, or domain.ErrNoOffice.
func FindOffice(ctx context.Context, q postgres.Querier, id string) (domain.Office, error) {
	const query = `
		SELECT ` + officeColumns + `
		FROM offices o
		JOIN regions r ON r.code = o.region_code
		WHERE o.id = $1`

	return getOffice(ctx, q, query, id)
}

// LockOffice is FindOffice and holds the row until the transaction ends.
func LockOffice(ctx context.Context, q postgres.Querier, id string) (domain.Office, error) {
	const query = `
		SELECT ` + officeColumns + `
		FROM offices o
		JOIN regions r ON r.code = o.region_code
		WHERE o.id = $1
		FOR NO KEY UPDATE OF o`

	return getOffice(ctx, q, query, id)
}

// FindNearestOffice returns the open federation of a region, or else of the
// next one above it that has one, or domain.ErrNoOffice.
func FindNearestOffice(ctx context.Context, q postgres.Querier, regionPath string) (domain.Office, error) {
	const query = `
		SELECT ` + officeColumns + `
		FROM offices o
		JOIN regions r ON r.code = o.region_code
		WHERE o.kind = 'federation' AND o.state = 'open' AND $1 LIKE r.path || '%'
		ORDER BY length(r.path) DESC
		LIMIT 1`

	return getOffice(ctx, q, query, regionPath)
}

func getOffice(ctx context.Context, q postgres.Querier, query string, args ...any) (domain.Office, error) {
	var row officeRow
	err := sqlx.GetContext(ctx, q, &row, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Office{}, domain.ErrNoOffice
	}
	if err != nil {
		return domain.Office{}, fmt.Errorf("find office: %w", err)
	}
	return row.office(), nil
}

// OfficeFilter says which offices are listed.
type OfficeFilter struct {
	RegionPath string       // and below; empty: everywhere
	Kind       string       // empty: both
	Closed     bool         // closed ones instead of open ones
	Typed      pinyin.Query // part of the name
}

// ListOffices returns a page of offices: from the city down by the codes of
// their regions, federations first, then by name. Page.After is an office's id.
func ListOffices(ctx context.Context, q postgres.Querier, f OfficeFilter, page Page) ([]domain.Office, error) {
	const query = `
		SELECT ` + officeColumns + `
		FROM offices o
		JOIN regions r ON r.code = o.region_code
		WHERE r.path LIKE $1 || '%' AND ($2 = '' OR o.kind = $2) AND o.state = $3
			AND ($4 = '' OR o.grams @> $5 AND (plain_name(o.name) LIKE '%' || $4 || '%' OR o.initials LIKE '%' || $4 || '%'))
			AND ($6::uuid IS NULL OR (r.path, o.kind, o.name, o.id) > (
				SELECT ar.path, a.kind, a.name, a.id FROM offices a JOIN regions ar ON ar.code = a.region_code WHERE a.id = $6::uuid))
		ORDER BY r.path, o.kind, o.name, o.id
		LIMIT $7`

	state := "open"
	if f.Closed {
		state = "closed"
	}
	grams := []string{}
	if !f.Typed.Empty() {
		grams = f.Typed.Grams()
	}
	var rows []officeRow
	after := sql.NullString{String: page.After, Valid: page.After != ""}
	err := sqlx.SelectContext(ctx, q, &rows, query, f.RegionPath, f.Kind, state, f.Typed.Text(), postgres.Array(grams), after, page.Limit)
	if err != nil {
		return nil, fmt.Errorf("list offices: %w", err)
	}
	return convertOffices(rows), nil
}

// AnyOfficeAt reports whether an open office is in a region itself.
func AnyOfficeAt(ctx context.Context, q postgres.Querier, regionCode string) (bool, error) {
	const query = `
		SELECT EXISTS (SELECT FROM offices WHERE region_code = $1 AND state = 'open')`

	var there bool
	if err := sqlx.GetContext(ctx, q, &there, query, regionCode); err != nil {
		return false, fmt.Errorf("look for offices at %s: %w", regionCode, err)
	}
	return there, nil
}

// RaiseOfficesAt raises the version of the open offices in these divisions and
// returns them: their path has changed.
func RaiseOfficesAt(ctx context.Context, q postgres.Querier, regionCodes []string) ([]domain.Office, error) {
	const query = `
		UPDATE offices o
		SET version = o.version + 1
		FROM regions r
		WHERE r.code = o.region_code AND o.region_code = ANY ($1) AND o.state = 'open'
		RETURNING ` + officeColumns

	var rows []officeRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(regionCodes)); err != nil {
		return nil, fmt.Errorf("raise the version of offices: %w", err)
	}
	return convertOffices(rows), nil
}
