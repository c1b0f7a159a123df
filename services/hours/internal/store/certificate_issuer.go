package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// officials is what is sealed of an issuer: names of people, if only of officials.
type officials struct {
	InCharge string `json:"in_charge"`
	Contact  string `json:"contact"`
}

func issuerPlace(id string) vault.Place {
	return vault.Place{Table: "certificate_issuers", Column: "sealed", Row: id}
}

// InsertIssuer keeps how an office issues from a day on.
func InsertIssuer(ctx context.Context, q postgres.Querier, v *vault.Vault, i domain.Issuer) error {
	const query = `
		INSERT INTO certificate_issuers (id, region_code, name, sealed, valid_from, set_by, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`

	plain, err := json.Marshal(officials{i.InCharge, i.Contact})
	if err != nil {
		return fmt.Errorf("encode officials: %w", err)
	}
	sealed, err := v.Seal(string(plain), issuerPlace(i.ID))
	if err != nil {
		return err
	}
	if _, err := q.ExecContext(ctx, query, i.ID, i.RegionCode, i.Name, sealed, i.ValidFrom.String(), i.SetBy, i.SetAt); err != nil {
		return fmt.Errorf("insert issuer of %s: %w", i.RegionCode, err)
	}
	return nil
}

const issuerColumns = `id, region_code, name, sealed, valid_from, set_by, set_at`

type issuerRow struct {
	ID         string    `db:"id"`
	RegionCode string    `db:"region_code"`
	Name       string    `db:"name"`
	Sealed     []byte    `db:"sealed"`
	ValidFrom  time.Time `db:"valid_from"`
	SetBy      string    `db:"set_by"`
	SetAt      time.Time `db:"set_at"`
}

func (r issuerRow) issuer(v *vault.Vault) (domain.Issuer, error) {
	i := domain.Issuer{ID: r.ID, RegionCode: r.RegionCode, Name: r.Name, ValidFrom: dayOf(r.ValidFrom), SetBy: r.SetBy, SetAt: r.SetAt.UTC()}
	plain, err := v.Open(r.Sealed, issuerPlace(r.ID))
	if err != nil {
		return i, err
	}
	var o officials
	err = json.Unmarshal([]byte(plain), &o)
	i.InCharge, i.Contact = o.InCharge, o.Contact
	return i, err
}

// dayOf reads a date of the database.
func dayOf(t time.Time) domain.Day { return domain.DayOn(t.Date()) }

// FindIssuer returns how certificates are issued on a day for who lives in the
// last of these divisions: under the name of its office, or of the nearest
// above it that has said how. It returns domain.ErrNoIssuer.
func FindIssuer(ctx context.Context, q postgres.Querier, v *vault.Vault, codes []string, on domain.Day) (domain.Issuer, error) {
	const query = `
		SELECT ` + issuerColumns + `
		FROM certificate_issuers
		WHERE region_code = ANY ($1::text[]) AND valid_from <= $2::date
		ORDER BY length(region_code) DESC, valid_from DESC, set_at DESC, id DESC
		LIMIT 1`

	var row issuerRow
	err := sqlx.GetContext(ctx, q, &row, query, postgres.Array(codes), on.String())
	if errors.Is(err, sql.ErrNoRows) {
		return domain.Issuer{}, domain.ErrNoIssuer
	}
	if err != nil {
		return domain.Issuer{}, fmt.Errorf("find issuer: %w", err)
	}
	return row.issuer(v)
}

// ListIssuers returns all that an office ever said of how it issues, newest first.
func ListIssuers(ctx context.Context, q postgres.Querier, v *vault.Vault, regionCode string) ([]domain.Issuer, error) {
	const query = `
		SELECT ` + issuerColumns + `
		FROM certificate_issuers
		WHERE region_code = $1
		ORDER BY valid_from DESC, set_at DESC, id DESC
		LIMIT 200`

	var rows []issuerRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, regionCode); err != nil {
		return nil, fmt.Errorf("list issuers of %s: %w", regionCode, err)
	}
	issuers := make([]domain.Issuer, len(rows))
	for i, r := range rows {
		var err error
		if issuers[i], err = r.issuer(v); err != nil {
			return nil, err
		}
	}
	return issuers, nil
}
